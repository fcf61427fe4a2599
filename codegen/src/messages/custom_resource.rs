//! Messages about custom resources of the overlay that a function serves.

use std::fmt::Display;

use skylift_model::message::Message;

/// Returns the help that shows the `ServiceToken` of the function `function`.
fn write_token(function: &str) -> String {
    format!("write `ServiceToken: !GetAtt {function}.Arn` under its `Properties`")
}

/// Reports that a custom resource has no `ServiceToken`. `id` and `origin` are the resource's logical id and place.
pub(crate) fn service_token_missing(id: &str, origin: impl Display, function: &str) -> Message {
    Message::new(format!("`{id}` at {origin} has no `ServiceToken`, which names this function"))
        .with_help(write_token(function))
}

/// Reports that the `ServiceToken` of a custom resource is not this function. `id` and `origin` are the resource's
/// logical id and place.
pub(crate) fn service_token_of_another(id: &str, origin: impl Display, function: &str) -> Message {
    Message::new(format!("the `ServiceToken` of `{id}` at {origin} is not this function"))
        .with_help(write_token(function))
}

/// Reports that the `ServiceToken` of a custom resource is the name of this function, and not its ARN. `id` and
/// `origin` are the resource's logical id and place.
pub(crate) fn service_token_is_name(id: &str, origin: impl Display, function: &str) -> Message {
    Message::new(format!(
        "the `ServiceToken` of `{id}` at {origin} is the name of this function, not its ARN"
    ))
    .with_help(write_token(function))
}

/// Reports that CloudFormation stops waiting for a custom resource before the timeout of its function is over. `id` and
/// `origin` are the resource's logical id and place; `waits` and `timeout` are both times in seconds.
pub(crate) fn service_timeout_too_short(
    id: &str,
    origin: impl Display,
    waits: u32,
    timeout: u32,
) -> Message {
    Message::new(format!(
        "CloudFormation waits {waits} s for `{id}` at {origin}, and this function has a timeout of {timeout} s"
    ))
    .with_help(format!(
        "write a `ServiceTimeout` of more than {timeout} there, leave it out for an hour, or lower the timeout"
    ))
}
