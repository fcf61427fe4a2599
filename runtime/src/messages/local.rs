//! What the local host says to the developer, and to clients of the Invoke API. The texts that begin with a
//! capital are Lambda's own, so that its clients show what they show in AWS.

use std::fmt::Display;

use crate::Error;

pub(crate) fn invalid_port(text: &str) -> Error {
    let message = format!(
        "`SKYLIFT_PORT` is `{text}`, which is not a port; help: set it to 0 to 65535, or 0 for any free port"
    );
    Error::new("InvalidPort", message)
}

pub(crate) fn port_taken(address: impl Display, why: &std::io::Error) -> Error {
    let message =
        format!("cannot listen on {address}: {why}; help: set `SKYLIFT_PORT`, 0 for any free port");
    Error::new("PortTaken", message)
}

pub(crate) fn connection_not_accepted(why: &std::io::Error) -> String {
    format!("cannot accept a connection: {why}")
}

pub(crate) fn no_host() -> String {
    request_refused("no `Host`")
}

/// A header names another machine.
pub(crate) fn foreign_header(name: &str, value: &str) -> String {
    request_refused(&format!("`{name}: {value}`"))
}

fn request_refused(what: &str) -> String {
    format!(
        "the request has {what}, and handlers run here with your credentials; help: call them from this machine, \
         as `localhost`, `127.0.0.1` or `[::1]`"
    )
}

pub(crate) fn function_not_found(arn: &str) -> String {
    format!("Function not found: {arn}")
}

pub(crate) fn invalid_invocation_type(value: &str) -> String {
    format!("`{value}` is not an invocation type: RequestResponse, Event or DryRun")
}

pub(crate) fn invalid_client_context() -> &'static str {
    "Client context must be a valid Base64-encoded JSON object."
}

pub(crate) fn request_too_large(limit: usize) -> String {
    format!("Request must be smaller than {limit} bytes")
}

pub(crate) fn body_not_json(why: &serde_json::Error) -> String {
    format!("Could not parse request body into json: {why}")
}

/// The function and the request of a failure in the log.
pub(crate) fn call(function: &str, request: &str) -> String {
    format!("{function} ({request})")
}
