//! What AWS refused of an operation on a resource, as an [`Error`] that names both.

use std::error::Error as StdError;
use std::fmt::Debug;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::kinds::{Resource, ResourceKind};
use crate::Error;
use crate::aws::sdk_error::operation_error;

/// Makes the error of an operation on a resource.
pub(crate) fn map_sdk_error<R: Resource, E, T>(
    operation: &str,
) -> impl FnOnce(SdkError<E, T>) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    T: Debug + 'static,
{
    move |error| operation_error(operation, <R::Kind as ResourceKind<R>>::NAME, R::ID, error)
}
