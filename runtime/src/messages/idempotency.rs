//! Messages of idempotent functions: why an event is refused, and what goes wrong with the table of records.

use crate::Error;

/// Says, before an error, that the function with this handler cannot open the table of its idempotency.
pub(crate) fn cannot_open_table(handler: &str, id: &str) -> String {
    format!("`{handler}` cannot open the table `{id}`")
}

/// Reports that an event has no value at `path`, which is a path of the idempotency key.
pub(crate) fn key_missing(path: &str) -> Error {
    let message = format!("the event has nothing at `{path}`, which is its key");
    Error::new("MissingIdempotencyKey", message)
}

/// Reports that another run with the same key is in progress.
pub(crate) fn in_progress() -> Error {
    let message = "another run with the same key is in progress; help: try again later";
    Error::new("IdempotencyInProgress", message)
}

/// Reports that an earlier event with the same key had other values at some of `paths`, the paths that `check`
/// compares.
pub(crate) fn payload_mismatch(paths: &[&str]) -> Error {
    let paths: Vec<_> = paths.iter().map(|path| format!("`{path}`")).collect();
    let paths = paths.join(" or ");
    let message = format!("the same key came with another payload before: {paths} differs");
    Error::new("IdempotencyPayloadMismatch", message)
}

/// Reports that the work of an event was done by an earlier run, whose response was too large to be stored.
pub(crate) fn response_not_stored() -> Error {
    let message = "the work for this key was done, and its response was too large to be stored; help: write large \
                   results to a bucket and respond with the key";
    Error::new("IdempotentAnswerNotKept", message)
}

/// Reports that the table has an item under the key of a record, and that the item is not a record.
pub(crate) fn invalid_record(table: &str) -> Error {
    let message = format!(
        "the table `{table}` has an item under this key that is not a record of idempotency"
    );
    Error::new("InvalidIdempotencyRecord", message)
}

/// Reports that the table did not respond in time.
pub(crate) fn table_timed_out() -> Error {
    Error::new("Timeout", "the table did not respond in time")
}

/// Reports, in the log, that the record of finished work could not be updated or removed, so that it stays in
/// progress for `milliseconds` more.
pub(crate) fn record_stays(request: &str, id: &str, milliseconds: u128, error: &Error) -> String {
    format!(
        "{request}: the record `{id}` stays in progress for {milliseconds} ms, and events with the same key are \
         refused until then: {}: {error:#}",
        error.name()
    )
}

/// Reports, in the log, that a response is too large to be stored in the record `id`.
pub(crate) fn response_too_large(request: &str, id: &str, bytes: usize, limit: usize) -> String {
    format!(
        "{request}: the response for the record `{id}` has {bytes} bytes, and an item of DynamoDB holds {limit}: \
         the record says that the work is done, without its response"
    )
}

/// Reports, in the log, that another run has acquired the record `id` before this run finished.
pub(crate) fn record_taken_over(request: &str, id: &str) -> String {
    format!(
        "{request}: another run has taken over the record `{id}`: this run continued past its deadline, and its \
         work may have been done twice"
    )
}
