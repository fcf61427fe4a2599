//! Reads YAML tags as the short forms of CloudFormation's intrinsic functions. It takes a tag, and returns the
//! function or an error.

use saphyr_parser::Tag;
use skylift_model::suggest;

/// The functions that have a short form. AWS: "Intrinsic function reference".
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

/// The functions that have only a long form.
const LONG: [&str; 6] =
    ["Contains", "EachMemberEquals", "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll"];

/// The meaning of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagMeaning {
    /// An intrinsic function.
    Function(&'static str),
    /// `!!str`: the scalar is text, even if it looks like a number.
    Text,
    /// An unknown tag; the error is recorded already.
    Unknown,
}

/// The text and the help for an unknown tag.
pub(super) type Unknown = (String, String);

/// Returns the meaning of this tag.
pub(super) fn parse_tag(tag: &Tag) -> Result<TagMeaning, Unknown> {
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
            Err((format!("CloudFormation has no tag `{shown}`"), "leave it out".to_owned()))
        }
    }
}

fn parse_function(name: &str) -> Result<TagMeaning, Unknown> {
    if let Some(known) = SHORT.iter().find(|known| **known == name) {
        return Ok(TagMeaning::Function(known));
    }
    if name == "ForEach" {
        let help = "write its long form, `Fn::ForEach::Name`, with a name of your own";
        return Err(("`ForEach` has no short form".to_owned(), help.to_owned()));
    }
    if LONG.contains(&name) {
        return Err((
            format!("`{name}` has no short form"),
            format!("write its long form, `Fn::{name}`"),
        ));
    }
    let help = match suggest::nearest(name, SHORT) {
        Some(near) => format!("did you mean `!{near}`?"),
        None => "the functions are listed under \"Intrinsic function reference\" in the CloudFormation guide".to_owned(),
    };
    Err((format!("CloudFormation has no function `!{name}`"), help))
}
