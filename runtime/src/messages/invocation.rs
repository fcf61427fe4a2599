//! Messages of one invocation: errors of its payload, its context, its handler, its response and its time.

use std::fmt::Display;

use crate::Error;

/// Reports that a payload cannot be decoded as the type `expected`. `path` is the path of the field at which
/// decoding stopped, and empty for the whole payload; `byte` is the position in the payload.
pub(crate) fn payload_not_of_type(expected: &str, path: &str, why: &str, byte: usize) -> Error {
    let field = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
    invalid_payload(format_args!("the payload is not a `{expected}`: {field}{why}, at byte {byte}"))
}

/// Reports that a payload is none of the events of the enum `event`.
pub(crate) fn payload_of_no_variant(event: &str) -> Error {
    invalid_payload(format_args!("the payload is none of the events of `{event}`"))
}

/// Makes the error of an invalid payload. Every error about a payload has the same name, so that alarms and
/// retry rules can match it.
pub(super) fn invalid_payload(message: impl Display) -> Error {
    Error::new("InvalidPayload", message)
}

/// Reports that no trigger of a function delivers the event that its handler takes.
pub(crate) fn event_not_delivered() -> Error {
    Error::msg("no trigger delivers the event of this function")
}

/// Reports that a header that the caller of an invocation wrote is invalid; `what` is [`client_context`] or
/// [`cognito_identity`].
pub(crate) fn invalid_context(what: &str, why: &dyn Display) -> Error {
    Error::new("InvalidContext", format!("{what}: {why}"))
}

/// Names the header with the client context, for [`invalid_context`].
pub(crate) fn client_context() -> &'static str {
    "the client context"
}

/// Names the header with the Cognito identity, for [`invalid_context`].
pub(crate) fn cognito_identity() -> &'static str {
    "the Cognito identity"
}

/// Reports that a handler or an init function panicked; `location` is `None` if the place of the panic is not
/// known.
pub(crate) fn panicked(message: &str, location: Option<&str>) -> Error {
    match location {
        Some(location) => Error::new("Panic", format!("{message}, at {location}")),
        None => Error::new("Panic", message),
    }
}

/// Returns the message of a panic whose value is not text.
pub(crate) fn panicked_without_text() -> &'static str {
    "panicked with a value that is not text"
}

/// Says why the text of an error of the user's code is incomplete; `panic` is the panic of its `Display`, or `None` if
/// its `Display` returned an error.
pub(crate) fn error_not_formatted(panic: Option<&Error>) -> String {
    match panic {
        Some(panic) => format!("the error cannot be formatted: its `Display` panicked: {panic}"),
        None => "the error cannot be formatted: its `Display` returned an error".to_owned(),
    }
}

/// Says that the text of an error of the user's code was cut. `bytes` is the length of what was kept.
pub(crate) fn error_text_cut(bytes: usize) -> String {
    format!("the text was cut after {bytes} bytes")
}

/// Reports that the value that a handler returned cannot be serialized as JSON.
pub(crate) fn response_not_json(why: &serde_json::Error) -> Error {
    Error::new("InvalidResponse", format!("the response cannot be written as JSON: {why}"))
}

/// Reports that a response has more bytes than Lambda accepts, before it is sent.
pub(crate) fn response_too_large(bytes: usize, limit: usize) -> Error {
    let message = format!(
        "the response has {bytes} bytes, and Lambda takes {limit}; help: write large results to a bucket and \
         respond with the key"
    );
    Error::new("ResponseTooLarge", message)
}

/// Reports that the Lambda runtime API refused a response as too large.
pub(crate) fn response_refused_as_too_large() -> Error {
    let message = "Lambda refused the response as too large; help: write large results to a bucket and respond \
                   with the key";
    Error::new("ResponseTooLarge", message)
}

/// Reports that a streamed response has more bytes than Lambda accepts.
pub(crate) fn stream_too_large(limit: usize) -> Error {
    let message =
        format!("the response has more than {limit} bytes, the most that Lambda takes of a stream");
    Error::new("ResponseTooLarge", message)
}

/// Reports that the content type of a streamed response has characters that no HTTP header can hold.
pub(crate) fn invalid_content_type(content_type: &str) -> Error {
    let message = format!(
        "no header can hold the content type {content_type:?}; help: use ASCII without control characters, such \
         as `text/plain; charset=utf-8`"
    );
    Error::new("InvalidContentType", message)
}

/// Reports that a streamed response cannot be written because its caller no longer reads it.
pub(crate) fn caller_gone() -> Error {
    Error::new("CallerGone", "the caller no longer reads the response")
}

/// Reports that a handler was stopped `milliseconds` before the function's timeout.
pub(crate) fn timed_out(milliseconds: u128) -> Error {
    let message = format!(
        "the handler was stopped {milliseconds} ms before the function's timeout; help: raise `timeout`, or do \
         less in one invocation"
    );
    Error::new("TimedOut", message)
}

/// Reports, in the log, that a shutdown hook failed.
pub(crate) fn shutdown_hook_failed(error: &Error) -> String {
    format!("a shutdown hook failed: {}: {error:#}", error.name())
}

/// Reports, in the log, that the shutdown hooks together took longer than `milliseconds` and were stopped.
pub(crate) fn shutdown_hooks_cut_off(milliseconds: u128) -> String {
    format!("the shutdown hooks were stopped after {milliseconds} ms, all the time that they have")
}
