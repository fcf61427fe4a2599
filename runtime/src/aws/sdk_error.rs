//! What AWS refused, as an [`Error`]: AWS's own code is its name, and the message says which
//! operation on which resource.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::Error;

/// The error of an operation on the resource of this kind and id.
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
    let (name, message) = told(error);
    Error::new(name, format!("{operation} on the {kind} `{id}`: {message}"))
}

/// Its name and its message.
fn told<E, T>(error: SdkError<E, T>) -> (String, String)
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    T: Debug + 'static,
{
    match error {
        SdkError::ServiceError(refused) => {
            let refused = refused.err();
            let name = refused.code().unwrap_or("ServiceError").to_owned();
            let message = refused.message().map_or_else(|| chain(refused), ToOwned::to_owned);
            (name, message)
        }
        SdkError::TimeoutError(_) => ("Timeout".into(), "AWS did not answer in time".into()),
        SdkError::DispatchFailure(failure) => {
            let cause = failure.as_connector_error().map_or_else(String::new, |it| chain(it));
            ("DispatchFailure".into(), format!("AWS could not be reached: {cause}"))
        }
        SdkError::ResponseError(_) => {
            ("ResponseError".into(), "the answer cannot be read as AWS's".into())
        }
        SdkError::ConstructionFailure(failure) => {
            let cause = chain(&SdkError::<E, T>::ConstructionFailure(failure));
            ("InvalidRequest".into(), format!("the request cannot be made: {cause}"))
        }
        _ => ("AwsError".into(), "the call failed".into()),
    }
}

fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    for cause in std::iter::successors(error.source(), |cause| (*cause).source()) {
        let _ = write!(text, ": {cause}");
    }
    text
}
