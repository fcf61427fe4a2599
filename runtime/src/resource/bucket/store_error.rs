//! Turns an error of `object_store` into an [`Error`] whose name is S3's code.

use object_store::Error as StoreError;

use super::Bucket;
use crate::{Error, messages};

/// Returns a function for `map_err` that turns an error of `object_store` into the error of an operation on the
/// bucket `R`.
pub(super) fn map_store_error<R: Bucket>(operation: &str) -> impl FnOnce(StoreError) -> Error {
    move |error| {
        let text = error.to_string();
        let name =
            find_xml_element(&text, "Code").unwrap_or_else(|| name_error_without_code(&error));
        let message = find_xml_element(&text, "Message").unwrap_or(&text);
        messages::client::bucket_operation_failed(name, operation, R::ID, message)
    }
}

/// Returns whether an error of `object_store` means that the object does not exist. Returns `false` for a bucket that
/// does not exist, for which `object_store` says "not found" too.
pub(super) fn is_missing(error: &StoreError) -> bool {
    let missing = matches!(error, StoreError::NotFound { .. });
    missing && find_xml_element(&error.to_string(), "Code") != Some("NoSuchBucket")
}

/// Returns the content of the first XML element of that name in the text of an error of `object_store`, or `None` if
/// the text has no element of that name. The text contains the XML answer of S3.
fn find_xml_element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, from) = text.split_once(&format!("<{name}>"))?;
    Some(from.split_once("</")?.0)
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
