//! Messages about the Lambda runtime API: events that do not come, responses that are not accepted, and a
//! connection that fails.

use std::fmt::Display;

use crate::Error;

/// Says, before the last error, that the runtime API returned no event in `tries` tries; `address` is host and
/// port of the runtime API.
pub(crate) fn no_event(address: &str, tries: u32) -> String {
    format!("the runtime API at {address} gave no event in {tries} tries")
}

/// Reports that the runtime API refused the request for the next event; `response` is the status and the
/// beginning of the body.
pub(crate) fn next_refused(response: &str) -> Error {
    runtime_api(format_args!("`/invocation/next` was answered {response}"))
}

/// Reports, in the log, that an event was not received, and that the runtime API is asked again.
pub(crate) fn event_not_received(error: &Error) -> String {
    format!(
        "no event was received, and the runtime API is asked again: {}: {error:#}",
        error.name()
    )
}

/// Reports, in the log, that the environment variable `variable` has a value that is not a number of invocations from 1
/// to `limit`, and how many invocations the process handles at once instead.
pub(crate) fn invalid_concurrency(
    variable: &str,
    value: &str,
    limit: usize,
    used: usize,
) -> String {
    format!(
        "`{variable}` is `{value}`, not a whole number from 1 to {limit}: the process handles {used} at once; help: \
         leave the variable to Lambda, which sets it"
    )
}

/// Reports that the process has to stop while an invocation is running, and that its handler was stopped after
/// `milliseconds`.
pub(crate) fn stopped_by_shutdown(milliseconds: u128) -> Error {
    let message = format!(
        "Lambda ends the process (SIGTERM), and the handler was stopped because it had not ended after \
         {milliseconds} ms"
    );
    Error::new("ShutDown", message)
}

/// Reports that an event has no request id; `header` is the name of the missing header.
pub(crate) fn event_without_id(header: &str) -> Error {
    runtime_api(format_args!("an event came without `{header}`"))
}

/// Reports that the runtime API closed the connection before a response was complete.
pub(crate) fn connection_closed() -> Error {
    runtime_api("the runtime API closed the connection")
}

/// Reports that the runtime API accepted a request, and did not answer it, or not completely.
pub(crate) fn not_acknowledged() -> Error {
    runtime_api("the runtime API did not answer in time")
}

/// Reports that a response is awaited on a connection that is not open.
pub(crate) fn not_connected() -> Error {
    Error::msg("no connection")
}

/// Reports that a response of the runtime API breaks HTTP/1.1; `what` is the wrong part of the response.
pub(crate) fn invalid_response(what: HttpFault) -> Error {
    let what = match what {
        HttpFault::StatusLine => "its first line",
        HttpFault::FoldedHeader => "a header that continues on another line",
        HttpFault::HeaderWithoutColon => "a line without a colon",
        HttpFault::ContentLength => "its content length",
        HttpFault::TransferEncoding => "a transfer encoding other than `chunked`",
        HttpFault::LongHead => "a head of more than 1 MiB",
        HttpFault::LongBody => "a body of more than 32 MiB",
        HttpFault::ChunkLength => "a chunk's length",
        HttpFault::ChunkEnd => "the bytes after a chunk",
        HttpFault::Trailers => "its trailers",
    };
    runtime_api(format_args!("the response is not HTTP/1.1: {what}"))
}

/// The part of a response of the runtime API that breaks HTTP/1.1.
#[derive(Clone, Copy)]
pub(crate) enum HttpFault {
    StatusLine,
    FoldedHeader,
    HeaderWithoutColon,
    ContentLength,
    TransferEncoding,
    LongHead,
    LongBody,
    ChunkLength,
    ChunkEnd,
    Trailers,
}

/// Describes a post that the runtime API refused; `response` is the status and the beginning of the body.
pub(crate) fn post_refused(path: impl Display, response: &str) -> String {
    format!("`{path}` was answered {response}")
}

/// Describes a post that could not be sent.
pub(crate) fn post_failed(path: impl Display, error: &Error) -> String {
    format!("`{path}` could not be posted: {error:#}")
}

/// Reports that the response of an event could not be posted; `why` is [`post_refused`] or [`post_failed`].
pub(crate) fn response_refused(why: String) -> Error {
    Error::new("AnswerRefused", why)
}

/// Reports that the error of an event could not be posted; `why` is [`post_refused`] or [`post_failed`].
pub(crate) fn error_refused(why: String) -> Error {
    runtime_api(why)
}

/// Reports that the runtime API refused the error of an event as too large.
pub(crate) fn error_refused_as_too_large() -> Error {
    runtime_api("an error was refused as too large")
}

/// Reports, in the log, that the runtime API refused the streamed response of a request; `response` is the
/// status and the beginning of the body.
pub(crate) fn stream_refused(request: &str, response: &str) -> String {
    format!("the stream of {request} was answered {response}")
}

/// Says, before an error, that a streamed response could not be sent to its end.
pub(crate) fn stream_broken() -> &'static str {
    "the response stream broke"
}

/// Reports that Lambda refused to register the extension; `request` is the line of the request.
pub(crate) fn registration_refused(request: &str, status: u16) -> Error {
    runtime_api(format_args!("`{request}` was answered {status}"))
}

/// Reports, in the log, that the extension could not be registered, so that Lambda may send no SIGTERM and
/// shutdown hooks may not run.
pub(crate) fn extension_not_registered(error: &Error) -> String {
    format!(
        "the extension without which Lambda sends no SIGTERM could not be registered, and shutdown hooks may not \
         run: {error:#}"
    )
}

/// Makes an error of the runtime API. Every error of the runtime API itself has the same name.
fn runtime_api(message: impl Display) -> Error {
    Error::new("RuntimeApi", message)
}
