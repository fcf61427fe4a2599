//! Messages about template parameters that the overlay declares.

use std::fmt::Display;

use skylift_model::message::Message;

use super::did_you_mean;

/// Warns that a parameter of the overlay takes any text. `noun` is the noun for the content that it has to have, with
/// its article, and `pattern` is a regular expression of such contents.
pub(crate) fn unchecked_parameter(
    name: &str,
    origin: impl Display,
    noun: &str,
    pattern: &str,
) -> Message {
    Message::new(format!(
        "parameter `{name}` at {origin} takes any text, and the application uses it as {noun}: `*` would grant access to all"
    ))
    .with_help(format!("give it an `AllowedPattern`, such as `{pattern}`"))
}

/// Warns that a parameter of the overlay has a type of Systems Manager. `noun` is the noun for the content that it has
/// to have, with its article.
pub(crate) fn unchecked_ssm_parameter(name: &str, origin: impl Display, noun: &str) -> Message {
    Message::new(format!(
        "parameter `{name}` at {origin} is a parameter of Systems Manager, whose value CloudFormation does not check, and the application uses it as {noun}"
    ))
    .with_help(
        "let only those change it who may choose what the functions have access to, or make it a `String` with an `AllowedPattern`",
    )
}

/// Warns that nothing uses a parameter that Cargo.toml declares. `undeclared` are the parameters that are used and not
/// declared there.
pub(crate) fn unused_parameter(name: &str, undeclared: &[&str]) -> Message {
    Message::new(format!("nothing uses the parameter `{name}`")).with_help(did_you_mean(
        name,
        undeclared.iter().copied(),
        || format!("write `param(\"{name}\")` where its value is needed, or leave it out"),
    ))
}
