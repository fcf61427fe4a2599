//! Messages about HTTP requests. The texts that a client gets for an error are those of API Gateway.

use super::invocation::invalid_payload;
use crate::Error;

/// Reports that a Skylift extractor is used in a request that no host of Skylift made.
pub(crate) fn request_without_call() -> Error {
    Error::msg("the request did not come through a host of Skylift")
}

/// Reports that a handler takes the request context of a request that has none.
pub(crate) fn request_without_context() -> Error {
    Error::msg("the request has no context of API Gateway")
}

/// Reports that a handler takes claims, and the request has none; `authorizer` is the name of their authorizer.
pub(crate) fn request_without_claims(authorizer: &str) -> Error {
    Error::msg(format!(
        "API Gateway sent no claims of `{authorizer}` with the request; help: deploy the template of this build"
    ))
}

/// Reports that the claims of a request do not fit their type; `authorizer` is the name of their authorizer.
pub(crate) fn invalid_claims(authorizer: &str, why: &serde_json::Error) -> Error {
    Error::msg(format!("the claims of `{authorizer}` do not fit their type: {why}"))
}

/// Reports that an extractor takes the claims of an authorizer that the route of the request does not have.
pub(crate) fn route_without_authorizer(authorizer: &str) -> Error {
    Error::msg(format!(
        "the route of the request has no `auth = {authorizer}`, so that its callers need no claims; help: take \
         `Claims` as a parameter of the handler, which is checked when it is compiled"
    ))
}

/// Reports that API Gateway sent a payload of another format version than 2.0; `version` is the version of the
/// payload.
pub(crate) fn payload_format(version: &str) -> Error {
    if version.is_empty() {
        return invalid_payload(format_args!(
            "the payload has no `version`: it is not a request of an HTTP API, but perhaps one of a load balancer, or \
             another event; help: an `http` handler takes the requests of its routes"
        ));
    }
    invalid_payload(format_args!(
        "the payload is not API Gateway's format 2.0 but `{version}`; help: set the integration's payload format \
         version to 2.0"
    ))
}

/// Says, before a decoding error, that the error is in the request context of the payload.
pub(crate) fn request_context() -> &'static str {
    "the request context"
}

/// Reports that a payload has a text as its HTTP method that is not a method.
pub(crate) fn invalid_method(method: &str) -> Error {
    invalid_payload(format_args!("`{method}` is not a method"))
}

/// Reports that a payload has a text as its path that no URI can have.
pub(crate) fn invalid_path(path: &str, why: &::http::uri::InvalidUri) -> Error {
    invalid_payload(format_args!("`{path}` is not a path: {why}"))
}

/// Reports that a payload declares its body as base64, and the body is not base64.
pub(crate) fn body_not_base64(why: &base64::DecodeError) -> Error {
    invalid_payload(format_args!("the body is not base64: {why}"))
}

/// Reports that the body of a response has more bytes than Lambda accepts of a response that is not streamed.
pub(crate) fn body_too_large(limit: usize) -> Error {
    let message = format!(
        "the body of the response has more than {limit} bytes, the most that Lambda takes of a response that is not \
         streamed; help: add `stream` to `url(…)`, or write large results to a bucket and respond with the key"
    );
    Error::new("ResponseTooLarge", message)
}

/// Reports that a streamed response ended within its status and headers.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn head_incomplete() -> Error {
    Error::new("InvalidResponse", "the response ended before its headers were complete")
}

/// Reports that a handler returned an error whose response says that the request succeeded; `status` is the status of
/// that response.
pub(crate) fn error_with_success_status(status: ::http::StatusCode) -> Error {
    let message = format!(
        "the handler returned an `Err` whose response has the status {}, so that the client would not see that the \
         request failed; help: return an error with a status of 400 or more, or return this response as `Ok`",
        status.as_u16()
    );
    Error::new("InvalidErrorStatus", message)
}

/// Reports, in the log, that the handler of a request failed with `error`; `id` is the request id.
pub(crate) fn handler_failed(id: &str, method: &str, path: &str, error: &Error) -> String {
    format!("{id}: {method} {path} failed: {}: {error:#}", error.name())
}

/// Reports, in the log, that `idempotent` refused a request; `status` is the status of the response to the
/// client.
pub(crate) fn request_refused(id: &str, status: ::http::StatusCode, error: &Error) -> String {
    format!("{id}: {status}: {}: {error:#}", error.name())
}

/// Tells the client that its request has no idempotency key at `path`.
pub(crate) fn key_missing(path: &str) -> String {
    format!("The request has nothing at {path}")
}

/// Tells the client that another request with the same idempotency key is in progress.
pub(crate) fn key_in_progress() -> &'static str {
    "A request with the same key is in progress"
}

/// Tells the client that an earlier request with the same idempotency key had another payload.
pub(crate) fn key_with_another_payload() -> &'static str {
    "The same key came with another payload before"
}

/// Tells the client that an earlier request with the same idempotency key was done, and that its response is
/// not known.
pub(crate) fn response_not_stored() -> &'static str {
    "The request was done before, and its response was too large to be stored"
}

/// Returns API Gateway's text for a handler that failed.
pub(crate) fn internal_server_error() -> &'static str {
    "Internal Server Error"
}

/// Says, in the response of the local host to a request whose handler failed, that clients do not get the cause.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn cause_is_local() -> &'static str {
    "Only the local host sends the cause: in AWS it is in the log, and a client gets the message alone"
}

/// Returns API Gateway's text for a request that no route matches.
pub(crate) fn not_found() -> &'static str {
    "Not Found"
}

/// Returns API Gateway's text for a request that is too large.
pub(crate) fn request_too_large() -> &'static str {
    "Request Entity Too Large"
}

/// Returns API Gateway's text for a request without a valid token.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) const fn unauthorized() -> &'static str {
    "Unauthorized"
}

/// Returns API Gateway's text for a request whose caller may not make it.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) const fn forbidden() -> &'static str {
    "Forbidden"
}
