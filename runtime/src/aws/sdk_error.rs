//! Turns an error of the AWS SDK into an [`Error`] whose name is AWS's code and whose text names the operation and
//! the resource.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::{Error, messages};

/// Makes the error of an AWS operation that failed. `kind` and `id` name the resource of the operation in the text.
pub(crate) fn operation_error<E, T>(
    operation: &str,
    kind: &str,
    id: &str,
    error: SdkError<E, T>,
) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    T: Debug + 'static,
{
    let (name, message) = describe_sdk_error(error);
    messages::aws::operation_failed(name, operation, kind, id, &message)
}

/// Returns the name and the message for an error of the AWS SDK. If AWS answered with an error, the name is the code
/// of AWS.
fn describe_sdk_error<E, T>(error: SdkError<E, T>) -> (String, String)
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    T: Debug + 'static,
{
    match error {
        SdkError::ServiceError(refused) => {
            let refused = refused.err();
            let name = refused.code().unwrap_or("ServiceError").to_owned();
            let message =
                refused.message().map_or_else(|| join_error_causes(refused), ToOwned::to_owned);
            (name, message)
        }
        SdkError::TimeoutError(_) => ("Timeout".into(), messages::aws::timed_out().into()),
        SdkError::DispatchFailure(failure) => {
            let cause =
                failure.as_connector_error().map_or_else(String::new, |it| join_error_causes(it));
            ("DispatchFailure".into(), messages::aws::not_reached(&cause))
        }
        SdkError::ResponseError(_) => {
            ("ResponseError".into(), messages::aws::invalid_aws_response().into())
        }
        SdkError::ConstructionFailure(failure) => {
            let cause = join_error_causes(&SdkError::<E, T>::ConstructionFailure(failure));
            ("InvalidRequest".into(), messages::aws::invalid_aws_request(&cause))
        }
        _ => ("AwsError".into(), messages::aws::request_failed().into()),
    }
}

/// Returns the text of an error followed by the texts of its causes, separated by colons.
fn join_error_causes(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    for cause in std::iter::successors(error.source(), |cause| (*cause).source()) {
        let _ = write!(text, ": {cause}");
    }
    text
}
