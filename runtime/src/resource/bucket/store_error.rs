//! Turns an error of `object_store` into an [`Error`]. Its name is S3's code.

use object_store::Error as StoreError;

use super::Bucket;
use crate::{Error, messages};

/// Returns a function for `map_err` that makes the error of an operation on the bucket `R`.
pub(super) fn map_store_error<R: Bucket>(operation: &str) -> impl FnOnce(StoreError) -> Error {
    move |error| {
        let text = error.to_string();
        let name = xml_element(&text, "Code").unwrap_or_else(|| error_name(&error));
        let message = xml_element(&text, "Message").unwrap_or(&text);
        messages::client::bucket_operation_failed(name, operation, R::ID, message)
    }
}

/// Returns whether the object does not exist. For a bucket that does not exist, `object_store` says "not found"
/// too.
pub(super) fn is_missing(error: &StoreError) -> bool {
    let missing = matches!(error, StoreError::NotFound { .. });
    missing && xml_element(&error.to_string(), "Code") != Some("NoSuchBucket")
}

/// Returns the content of an element of S3's XML. The text of the error contains the XML.
fn xml_element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, from) = text.split_once(&format!("<{name}>"))?;
    Some(from.split_once("</")?.0)
}

/// Returns the name of an error whose response has no body and so no code, such as a response to `HEAD`.
fn error_name(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound { .. } => "NotFound",
        StoreError::PermissionDenied { .. } => "AccessDenied",
        StoreError::Unauthenticated { .. } => "Unauthenticated",
        StoreError::Precondition { .. } => "PreconditionFailed",
        _ => "StorageError",
    }
}
