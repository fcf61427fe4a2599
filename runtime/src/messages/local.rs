//! Messages of the local host to the developer and to clients of the Invoke API. The texts that begin with a
//! capital letter are Lambda's own, so that clients show the same texts as in AWS.

use std::fmt::Display;

use crate::Error;

/// Reports that the environment variable `SKYLIFT_PORT` is not a port; `text` is its value.
pub(crate) fn invalid_port(text: &str) -> Error {
    let message = format!(
        "`SKYLIFT_PORT` is `{text}`, which is not a port; help: set it to 0 to 65535, or 0 for any free port"
    );
    Error::new("InvalidPort", message)
}

/// Reports that the environment variable `name` is neither `0` nor `1`; `text` is its value, or what is wrong with it.
pub(crate) fn invalid_switch(name: &str, text: &str) -> Error {
    Error::new("InvalidSetting", format!("`{name}` is `{text}`; help: set it to 1, or to 0"))
}

/// Reports that the environment variable `name` names an environment that the application does not have; `known` are
/// those that it has.
pub(crate) fn unknown_environment(name: &str, text: &str, known: &[&str]) -> Error {
    let help = match known {
        [] => "unset it".to_owned(),
        known => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("set it to {}", known.join(" or "))
        }
    };
    let message =
        format!("`{name}` is `{text}`, which is no environment of the application; help: {help}");
    Error::new("UnknownEnvironment", message)
}

/// Warns that the variables `names`, which `env(…)` sets, are not set, because the process cannot be started again.
pub(crate) fn variables_not_set(names: &[&str], why: &std::io::Error) -> String {
    format!("cannot set {} as `env(…)` does: {why}", names.join(", "))
}

/// Warns that two functions give a variable different values. The local host sets the first value.
pub(crate) fn two_values(name: &str, first: &str, other: &str) -> String {
    format!(
        "`env(…)` sets `{name}` to `{first}` and to `{other}`: functions share a process here, which has `{first}`"
    )
}

/// Says, before an error about an environment variable, which variables of the application are not set.
pub(crate) fn variables_without_value(names: &[&str]) -> String {
    format!("not set here, because only a deployment knows the value: {}", names.join(", "))
}

/// Says, in the listing, that the variables that follow have to be set.
pub(crate) fn variables_to_set() -> &'static str {
    "Set by the template in AWS, and missing here"
}

/// Reports that the local host cannot listen on its address, usually because another process does.
pub(crate) fn port_taken(address: impl Display, why: &std::io::Error) -> Error {
    let message =
        format!("cannot listen on {address}: {why}; help: set `SKYLIFT_PORT`, 0 for any free port");
    Error::new("PortTaken", message)
}

/// Reports, in the log, that the local host could not accept a connection.
pub(crate) fn connection_not_accepted(why: &std::io::Error) -> String {
    format!("cannot accept a connection: {why}")
}

/// Tells a client that its request is refused because it has no header `Host`.
pub(crate) fn no_host() -> String {
    request_refused("no `Host`")
}

/// Tells a client that its request is refused because the header `Host` or `Origin` names another machine.
pub(crate) fn foreign_header(name: &str, value: &str) -> String {
    request_refused(&format!("`{name}: {value}`"))
}

/// Makes the text with which the local host refuses a request; `what` describes the header that is missing or
/// wrong.
fn request_refused(what: &str) -> String {
    format!(
        "the request has {what}, and handlers run here with your credentials; help: call them from this machine, \
         as `localhost`, `127.0.0.1` or `[::1]`"
    )
}

/// Returns Lambda's text for an invocation that names an unknown function.
pub(crate) fn function_not_found(arn: &str) -> String {
    format!("Function not found: {arn}")
}

/// Tells a client that the invocation type of its request does not exist; `value` is the value of the header.
pub(crate) fn invalid_invocation_type(value: &str) -> String {
    format!("`{value}` is not an invocation type: RequestResponse, Event or DryRun")
}

/// Returns Lambda's text for a client context that is not base64 or not JSON.
pub(crate) fn invalid_client_context() -> &'static str {
    "Client context must be a valid Base64-encoded JSON object."
}

/// Returns Lambda's text for an event that is too large.
pub(crate) fn request_too_large(limit: usize) -> String {
    format!("Request must be smaller than {limit} bytes")
}

/// Returns Lambda's text for an event that is not JSON.
pub(crate) fn body_not_json(why: &serde_json::Error) -> String {
    format!("Could not parse request body into json: {why}")
}

/// Reports that a streamed response ended before it was complete: the log has the reason.
#[cfg(feature = "http")]
pub(crate) fn response_broken() -> Error {
    Error::msg("the response ended before it was complete")
}

/// Describes a call in the log, by the name of the function and the request id.
pub(crate) fn describe_call(function: &str, request: &str) -> String {
    format!("{function} ({request})")
}

/// Reports that the environment variable `name` does not have claims.
#[cfg(feature = "http")]
pub(crate) fn invalid_claims(name: &str) -> Error {
    let message = format!(
        "`{name}` is not a JSON object; help: set it to the claims to assume, such as '{{\"sub\":\"me\"}}'"
    );
    Error::new("InvalidSetting", message)
}

/// Reports that the environment variable `name` does not have an ARN; `text` is its value.
#[cfg(feature = "http")]
pub(crate) fn invalid_principal(name: &str, text: &str) -> Error {
    let message = format!(
        "`{name}` is `{text}`; help: set it to an ARN, such as arn:aws:iam::123456789012:user/me"
    );
    Error::new("InvalidSetting", message)
}

/// Says, in the listing, that the local host verifies nothing.
#[cfg(feature = "http")]
pub(crate) const fn nothing_verified() -> &'static str {
    "This host verifies neither tokens nor signatures:"
}

/// Says, in the listing, which claims a caller has; `name` is the variable with claims, and `assumed` whether it is set.
#[cfg(feature = "http")]
pub(crate) fn assumed_claims(name: &str, assumed: bool) -> String {
    if assumed {
        format!("  every caller has the claims of `{name}`")
    } else {
        format!("  routes with an authorizer answer 401; set `{name}` to claims to assume")
    }
}

/// Says, in the listing, who signs requests: `principal`, which the variable `name` sets.
#[cfg(feature = "http")]
pub(crate) fn assumed_principal(name: &str, principal: Option<&str>) -> String {
    match principal {
        Some(arn) => format!("  every caller is {arn}"),
        None => format!("  routes with `auth = iam` answer 403; set `{name}` to an ARN to assume"),
    }
}
