//! Turns an error of `object_store`, or a response of S3 that is an error, into an [`Error`] whose name is S3's code.

use std::error::Error as StdError;

use http::{Response, StatusCode};
use object_store::Error as StoreError;
use object_store::client::HttpError;

use super::Bucket;
use super::xml::{find_element, unescape};
use crate::{Error, messages};

/// Returns a function for `map_err` that turns an error of `object_store` into the error of an operation on the
/// bucket `R`.
pub(super) fn map_store_error<R: Bucket>(operation: &str) -> impl FnOnce(StoreError) -> Error {
    move |error| {
        let text = error.to_string();
        let name = find_element(&text, "Code").unwrap_or_else(|| name_error_without_code(&error));
        let message = find_element(&text, "Message").unwrap_or(&text);
        messages::client::bucket_operation_failed(name, operation, R::ID, message)
    }
}

/// Returns whether an error of `object_store` means that the object does not exist. Returns `false` for a bucket that
/// does not exist, for which `object_store` says "not found" too.
pub(super) fn is_missing(error: &StoreError) -> bool {
    let missing = matches!(error, StoreError::NotFound { .. });
    missing && find_element(&error.to_string(), "Code") != Some("NoSuchBucket")
}

/// Returns whether S3 may have answered a request for an object of the view `R` with this error because the object does not
/// exist. S3 says so only to those who may list the bucket; a role that may list only the keys with a prefix gets
/// `AccessDenied`.
pub(super) fn hides_missing_objects<R: Bucket>(error: &StoreError) -> bool {
    !R::PREFIX.is_empty() && matches!(error, StoreError::PermissionDenied { .. })
}

/// Returns the error of an operation on the bucket `R` for a response of S3 that is an error.
pub(super) fn map_response_error<R: Bucket>(operation: &str, response: &Response<String>) -> Error {
    let (status, body) = (response.status(), response.body());
    let name = find_element(body, "Code").unwrap_or(match status {
        StatusCode::NOT_FOUND => "NotFound",
        StatusCode::FORBIDDEN => "AccessDenied",
        _ => "StorageError",
    });
    let message = find_element(body, "Message").map_or_else(|| status.to_string(), unescape);
    messages::client::bucket_operation_failed(name, operation, R::ID, &message)
}

/// Returns the error of an operation on the bucket `R` for a request that got no response.
pub(super) fn request_error<R: Bucket>(operation: &str, error: &HttpError) -> Error {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let causes = causes.map(|cause| format!(": {cause}"));
    let message = messages::aws::not_reached(&(error.to_string() + &causes.collect::<String>()));
    messages::client::bucket_operation_failed("StorageError", operation, R::ID, &message)
}

/// Returns the name for an error of `object_store` that has no code of S3, because the response has no body. An
/// example is a response to `HEAD`.
fn name_error_without_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound { .. } => "NotFound",
        StoreError::PermissionDenied { .. } => "AccessDenied",
        StoreError::Unauthenticated { .. } => "Unauthenticated",
        StoreError::Precondition { .. } => "PreconditionFailed",
        _ => "StorageError",
    }
}
