//! What is reported about HTTP requests. What a client reads of an error is API Gateway's own words.

use super::invocation::invalid_payload;
use crate::Error;

pub(crate) fn request_without_call() -> Error {
    Error::msg("the request did not come through a host of Skylift")
}

pub(crate) fn request_without_context() -> Error {
    Error::msg("the request has no context of API Gateway")
}

pub(crate) fn payload_format(version: &str) -> Error {
    invalid_payload(format_args!(
        "the payload is not API Gateway's format 2.0 but `{version}`; help: set the integration's payload format \
         version to 2.0"
    ))
}

pub(crate) fn request_context() -> &'static str {
    "the request context"
}

pub(crate) fn invalid_method(method: &str) -> Error {
    invalid_payload(format_args!("`{method}` is not a method"))
}

pub(crate) fn invalid_path(path: &str, why: &::http::uri::InvalidUri) -> Error {
    invalid_payload(format_args!("`{path}` is not a path: {why}"))
}

pub(crate) fn body_not_base64(why: &base64::DecodeError) -> Error {
    invalid_payload(format_args!("the body is not base64: {why}"))
}

pub(crate) fn response_body() -> &'static str {
    "the body of the response"
}

pub(crate) fn handler_failed(id: &str, method: &str, path: &str, error: &Error) -> String {
    format!("{id}: {method} {path} failed: {}: {error:#}", error.name())
}

/// A request that idempotency refuses, with the status of the response.
pub(crate) fn request_refused(id: &str, status: ::http::StatusCode, error: &Error) -> String {
    format!("{id}: {status}: {}: {error:#}", error.name())
}

pub(crate) fn key_missing(path: &str) -> String {
    format!("The request has nothing at {path}")
}

pub(crate) fn key_in_progress() -> &'static str {
    "A request with the same key is in progress"
}

pub(crate) fn key_with_another_payload() -> &'static str {
    "The same key came with another payload before"
}

pub(crate) fn response_not_stored() -> &'static str {
    "The request was done before, and its response was too large to be stored"
}

pub(crate) fn internal_server_error() -> &'static str {
    "Internal Server Error"
}

pub(crate) fn not_found() -> &'static str {
    "Not Found"
}

pub(crate) fn request_too_large() -> &'static str {
    "Request Entity Too Large"
}
