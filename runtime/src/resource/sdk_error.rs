//! Turns an error of the AWS SDK, or an answer that confirms nothing, into an [`Error`] that names the operation and the
//! resource.

use std::error::Error as StdError;
use std::fmt::Debug;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::kinds::{ClientsByCapability, Resource};
use crate::Error;
use crate::aws::sdk_error::operation_error;
#[cfg(any(feature = "queue", feature = "stream", feature = "topic"))]
use crate::messages;

/// Returns a function for `map_err` that turns an error of the AWS SDK into the error of an operation on the resource
/// `R`.
pub(crate) fn map_sdk_error<R: Resource, E, T>(
    operation: &str,
) -> impl FnOnce(SdkError<E, T>) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    T: Debug + 'static,
{
    move |error| operation_error(operation, <R::Kind as ClientsByCapability<R>>::NAME, R::ID, error)
}

/// Fails with `Unconfirmed` if the answer of AWS to an operation on the resource `R` is a success, but does not have
/// the id by which AWS confirms that it accepted the message.
#[cfg(any(feature = "queue", feature = "stream", feature = "topic"))]
pub(crate) fn require_confirmation<R: Resource>(
    operation: &str,
    is_confirmed: bool,
) -> Result<(), Error> {
    if is_confirmed {
        return Ok(());
    }
    let kind = <R::Kind as ClientsByCapability<R>>::NAME;
    Err(messages::aws::operation_unconfirmed(operation, kind, R::ID))
}
