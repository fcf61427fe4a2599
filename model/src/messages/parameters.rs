//! Messages about numbers that are the values of template parameters.

use crate::aws::name::ParameterName;
use crate::message::Message;

/// Adds the remedy to a message about the worst value of a template parameter: a limit in Cargo.toml. `key` is `min` or
/// `max`.
pub(crate) fn limit(message: Message, parameter: &ParameterName, key: &str, bound: u32) -> Message {
    message.with_help(limit_help(parameter.as_str(), key, bound))
}

/// Returns the help that limits a template parameter. `key` is `min` or `max`.
pub(crate) fn limit_help(parameter: &str, key: &str, bound: u32) -> String {
    format!(
        "limit the parameter in Cargo.toml: `[package.metadata.skylift.parameters.{parameter}]` with `{key} = {bound}`"
    )
}
