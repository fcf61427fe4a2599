//! Reads YAML tags of an overlay as the short forms of CloudFormation's intrinsic functions. It takes a tag, and
//! returns the function or a message.

use saphyr_parser::Tag;
use skylift_model::message::Message;

use crate::messages;

/// The intrinsic functions that have a short form. AWS: "Intrinsic function reference".
pub(super) const SHORT: [&str; 21] = [
    "And",
    "Base64",
    "Cidr",
    "Condition",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "GetStackOutput",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Ref",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// The intrinsic functions that have only a long form, apart from `Fn::ForEach`.
const LONG: [&str; 6] =
    ["Contains", "EachMemberEquals", "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll"];

/// The meaning of a YAML tag in an overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagMeaning {
    /// The tag is the short form of the intrinsic function with this name.
    Function(&'static str),
    /// The tag is `!!str` or `!`: the scalar is text, even if it looks like a number.
    Text,
    /// CloudFormation does not know the tag, and the error is recorded already.
    Unknown,
}

/// Returns the meaning of a YAML tag, or a message if CloudFormation does not know the tag.
pub(super) fn parse_tag(tag: &Tag) -> Result<TagMeaning, Message> {
    let name = tag.suffix.as_str();
    match tag.handle.as_str() {
        // `! text` is YAML's way to mark a scalar as text.
        "" if name == "!" => Ok(TagMeaning::Text),
        _ if tag.is_yaml_core_schema() && name == "str" => Ok(TagMeaning::Text),
        "!" => parse_function(name),
        handle => {
            let shown = if tag.is_yaml_core_schema() {
                format!("!!{name}")
            } else {
                format!("{handle}{name}")
            };
            Err(messages::unknown_tag(&shown))
        }
    }
}

/// Returns the intrinsic function with this name, or a message if the function does not exist or has no short form.
fn parse_function(name: &str) -> Result<TagMeaning, Message> {
    if let Some(known) = SHORT.iter().find(|known| **known == name) {
        return Ok(TagMeaning::Function(known));
    }
    if name == "ForEach" || LONG.contains(&name) {
        return Err(messages::no_short_form(name));
    }
    Err(messages::unknown_function(name, &SHORT))
}
