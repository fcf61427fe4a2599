//! What goes wrong on the way to AWS: the environment, the payload of a message, the response, a batch of which
//! a part was refused.

use std::fmt::{Formatter, Result as FmtResult};

use crate::Error;

pub(crate) fn region_missing() -> Error {
    let message = "the environment has no AWS region; help: set `AWS_REGION`, as Lambda does";
    Error::new("MissingRegion", message)
}

pub(crate) fn credentials_missing() -> Error {
    let message = "the environment has no AWS credentials: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, which \
                   Lambda sets; help: in a shell, `eval \"$(aws configure export-credentials --format env)\"`";
    Error::new("MissingCredentials", message)
}

pub(crate) fn payload_not_json(what: &str, why: &serde_json::Error) -> Error {
    Error::new("InvalidMessage", format!("{what} cannot be serialized as JSON: {why}"))
}

pub(crate) fn payload_too_large(what: &str, bytes: usize, limit: usize) -> Error {
    let message = format!(
        "{what} has {bytes} bytes, and AWS accepts {limit}; help: put large contents into a bucket and send the \
         key"
    );
    Error::new("MessageTooLarge", message)
}

/// `name` is AWS's code, or the name of another failure of the request.
pub(crate) fn operation_failed(
    name: String,
    operation: &str,
    kind: &str,
    id: &str,
    why: &str,
) -> Error {
    Error::new(name, format!("{operation} on the {kind} `{id}`: {why}"))
}

pub(crate) fn timed_out() -> &'static str {
    "AWS did not respond in time"
}

pub(crate) fn not_reached(cause: &str) -> String {
    format!("AWS could not be reached: {cause}")
}

pub(crate) fn invalid_response() -> &'static str {
    "the response is not valid"
}

pub(crate) fn invalid_request(cause: &str) -> String {
    format!("the request is not valid: {cause}")
}

pub(crate) fn request_failed() -> &'static str {
    "the request failed"
}

/// An entry of a batch that was not sent because an earlier one was refused.
pub(crate) fn held_back() -> &'static str {
    "not sent after the failure of an earlier one"
}

/// The text of a `BatchError`. `listed` are position, code and message of the first entries that were not sent.
pub(crate) fn batch_failed<'a>(
    f: &mut Formatter<'_>,
    failed: usize,
    count: usize,
    listed: impl ExactSizeIterator<Item = (usize, &'a str, &'a str)>,
) -> FmtResult {
    write!(f, "{failed} of {count} messages were not sent")?;
    let more = failed - listed.len();
    for (number, (index, code, message)) in listed.enumerate() {
        let separator = if number == 0 { ':' } else { ',' };
        write!(f, "{separator} {index} ({code}: {message})")?;
    }
    if more == 0 { Ok(()) } else { write!(f, " and {more} more") }
}

pub(crate) fn cached_value_used(error: &Error) -> String {
    format!("the cached value is used: {}: {error}", error.name())
}
