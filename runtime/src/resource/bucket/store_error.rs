//! What S3 refused, as an [`Error`]: S3's own code is its name.

use object_store::Error as StoreError;

use super::declared::Bucket;
use crate::Error;

/// Makes the error of an operation on a bucket.
pub(super) fn map_store_error<R: Bucket>(operation: &str) -> impl FnOnce(StoreError) -> Error {
    move |error| {
        let text = error.to_string();
        let name = element(&text, "Code").unwrap_or_else(|| name(&error));
        let message = element(&text, "Message").unwrap_or(&text);
        Error::new(name.to_owned(), format!("{operation} on the bucket `{}`: {message}", R::ID))
    }
}

/// Whether an object is not there. A bucket that is not there is "not found" too.
pub(super) fn is_missing(error: &StoreError) -> bool {
    let missing = matches!(error, StoreError::NotFound { .. });
    missing && element(&error.to_string(), "Code") != Some("NoSuchBucket")
}

/// The content of an element of S3's XML, which stands in the text of the error.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, from) = text.split_once(&format!("<{name}>"))?;
    Some(from.split_once("</")?.0)
}

/// An answer to `HEAD` has no body to take a code from.
fn name(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound { .. } => "NotFound",
        StoreError::PermissionDenied { .. } => "AccessDenied",
        StoreError::Unauthenticated { .. } => "Unauthenticated",
        StoreError::Precondition { .. } => "PreconditionFailed",
        _ => "StorageError",
    }
}
