//! What goes wrong between the process and the Lambda runtime API.

use std::fmt::Display;

use crate::Error;

pub(crate) fn no_event(address: &str, tries: u32) -> String {
    format!("the runtime API at {address} gave no event in {tries} tries")
}

/// `response` is the status and the beginning of the body.
pub(crate) fn next_refused(response: &str) -> Error {
    runtime_api(format_args!("`/invocation/next` was answered {response}"))
}

pub(crate) fn event_without_id(header: &str) -> Error {
    runtime_api(format_args!("an event came without `{header}`"))
}

pub(crate) fn connection_closed() -> Error {
    runtime_api("the runtime API closed the connection")
}

pub(crate) fn not_connected() -> Error {
    Error::msg("no connection")
}

/// The response breaks HTTP/1.1; `what` is one of [`HttpFault`].
pub(crate) fn invalid_response(what: HttpFault) -> Error {
    let what = match what {
        HttpFault::StatusLine => "its first line",
        HttpFault::HeaderWithoutColon => "a line without a colon",
        HttpFault::ContentLength => "its content length",
        HttpFault::TransferEncoding => "a transfer encoding other than `chunked`",
        HttpFault::LongHead => "a head of more than 1 MiB",
        HttpFault::LongBody => "a body of more than 256 MiB",
        HttpFault::ChunkLength => "a chunk's length",
        HttpFault::ChunkEnd => "the bytes after a chunk",
        HttpFault::Trailers => "its trailers",
    };
    runtime_api(format_args!("the response is not HTTP/1.1: {what}"))
}

/// The part of a response that is wrong.
#[derive(Clone, Copy)]
pub(crate) enum HttpFault {
    StatusLine,
    HeaderWithoutColon,
    ContentLength,
    TransferEncoding,
    LongHead,
    LongBody,
    ChunkLength,
    ChunkEnd,
    Trailers,
}

pub(crate) fn post_refused(path: impl Display, response: &str) -> String {
    format!("`{path}` was answered {response}")
}

pub(crate) fn post_failed(path: impl Display, error: &Error) -> String {
    format!("`{path}` could not be posted: {error:#}")
}

/// `why` is [`post_refused`] or [`post_failed`].
pub(crate) fn response_refused(why: String) -> Error {
    Error::new("AnswerRefused", why)
}

/// `why` is [`post_refused`] or [`post_failed`].
pub(crate) fn error_refused(why: String) -> Error {
    runtime_api(why)
}

pub(crate) fn error_refused_as_too_large() -> Error {
    runtime_api("an error was refused as too large")
}

pub(crate) fn stream_refused(request: &str, response: &str) -> String {
    format!("the stream of {request} was answered {response}")
}

pub(crate) fn stream_broken() -> &'static str {
    "the response stream broke"
}

pub(crate) fn registration_refused(request: &str, status: u16) -> Error {
    runtime_api(format_args!("`{request}` was answered {status}"))
}

pub(crate) fn extension_not_registered(error: &Error) -> String {
    format!(
        "the extension without which Lambda sends no SIGTERM could not be registered, and shutdown hooks may not \
         run: {error:#}"
    )
}

/// Any error of the runtime API itself has this name.
fn runtime_api(message: impl Display) -> Error {
    Error::new("RuntimeApi", message)
}
