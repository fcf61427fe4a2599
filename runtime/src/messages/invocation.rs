//! What one invocation fails with: its payload, its context, its handler, its response, its time.

use std::fmt::Display;

use crate::Error;

/// The payload cannot be decoded. `path` is the field at which decoding stopped, or empty.
pub(crate) fn payload_not_of_type(expected: &str, path: &str, why: &str, byte: usize) -> Error {
    let field = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
    invalid_payload(format_args!("the payload is not a `{expected}`: {field}{why}, at byte {byte}"))
}

pub(crate) fn payload_of_no_variant(event: &str) -> Error {
    invalid_payload(format_args!("the payload is none of the events of `{event}`"))
}

/// Any error about a payload has this name, so that alarms and retry rules can match it.
pub(super) fn invalid_payload(message: impl Display) -> Error {
    Error::new("InvalidPayload", message)
}

pub(crate) fn event_not_delivered() -> Error {
    Error::msg("no trigger delivers the event of this function")
}

/// A header that the caller wrote is wrong; `what` is [`client_context`] or [`cognito_identity`].
pub(crate) fn invalid_context(what: &str, why: &dyn Display) -> Error {
    Error::new("InvalidContext", format!("{what}: {why}"))
}

pub(crate) fn client_context() -> &'static str {
    "the client context"
}

pub(crate) fn cognito_identity() -> &'static str {
    "the Cognito identity"
}

pub(crate) fn panicked(message: &str, location: Option<&str>) -> Error {
    match location {
        Some(location) => Error::new("Panic", format!("{message}, at {location}")),
        None => Error::new("Panic", message),
    }
}

pub(crate) fn panicked_without_text() -> &'static str {
    "panicked with a value that is not text"
}

pub(crate) fn response_not_json(why: &serde_json::Error) -> Error {
    Error::new("InvalidResponse", format!("the response cannot be written as JSON: {why}"))
}

pub(crate) fn response_too_large(bytes: usize, limit: usize) -> Error {
    let message = format!(
        "the response has {bytes} bytes, and Lambda takes {limit}; help: write large results to a bucket and \
         respond with the key"
    );
    Error::new("ResponseTooLarge", message)
}

pub(crate) fn response_refused_as_too_large() -> Error {
    let message = "Lambda refused the response as too large; help: write large results to a bucket and respond \
                   with the key";
    Error::new("ResponseTooLarge", message)
}

pub(crate) fn stream_too_large(limit: usize) -> Error {
    let message =
        format!("the response has more than {limit} bytes, the most that Lambda takes of a stream");
    Error::new("ResponseTooLarge", message)
}

pub(crate) fn invalid_content_type(content_type: &str) -> Error {
    let message = format!(
        "no header can hold the content type {content_type:?}; help: use ASCII without control characters, such \
         as `text/plain; charset=utf-8`"
    );
    Error::new("InvalidContentType", message)
}

pub(crate) fn caller_gone() -> Error {
    Error::new("CallerGone", "the caller no longer reads the response")
}

pub(crate) fn timed_out(milliseconds: u128) -> Error {
    let message = format!(
        "the handler was stopped {milliseconds} ms before the function's timeout; help: raise `timeout`, or do \
         less in one invocation"
    );
    Error::new("TimedOut", message)
}

pub(crate) fn shutdown_hook_failed(error: &Error) -> String {
    format!("a shutdown hook failed: {}: {error:#}", error.name())
}

pub(crate) fn shutdown_hooks_cut_off(milliseconds: u128) -> String {
    format!("the shutdown hooks were stopped after {milliseconds} ms, all the time that they have")
}
