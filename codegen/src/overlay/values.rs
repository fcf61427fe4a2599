//! Checks the values in an overlay's entries that CloudFormation takes from a list: types of resources, and what becomes
//! of a resource that is deleted.

use skylift_model::aws::node::Node;
use skylift_model::aws::resource_type::check_resource_type;

use super::error::OverlayErrors;
use super::tree::{YamlKey, YamlNode, YamlValue};
use crate::messages;

/// The keys of a resource whose values are from a list, each with the list.
const WORDS: [(&str, &[&str]); 2] = [
    ("DeletionPolicy", &["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]),
    ("UpdateReplacePolicy", &["Delete", "Retain", "Snapshot"]),
];

/// Checks the `Type` of a resource.
pub(super) fn check_type(kind: &YamlNode, errors: &mut OverlayErrors) {
    let Some(text) = expect_type_text(kind, errors) else { return };
    if !text.contains("::") {
        errors.push(kind.at, messages::not_a_resource_type(text));
    } else if let Err(unknown) = check_resource_type(text) {
        errors.push(kind.at, messages::unknown_resource_type(text, &unknown.near));
    }
}

/// Returns the text of a `Type`, or `None` after an error was recorded.
pub(super) fn expect_type_text<'a>(
    kind: &'a YamlNode,
    errors: &mut OverlayErrors,
) -> Option<&'a str> {
    if let YamlValue::Scalar(Node::Str(text)) = &kind.value {
        return Some(text);
    }
    errors.push(kind.at, messages::type_not_text(&kind.describe()));
    None
}

/// Checks the values of a resource's keys, apart from `Type` and `Properties`. With `AWS::LanguageExtensions`, a value
/// can be an intrinsic function.
pub(super) fn check_resource_values(entries: &[(YamlKey, YamlNode)], errors: &mut OverlayErrors) {
    for (key, value) in entries {
        let Some((_, words)) = WORDS.iter().find(|(name, _)| *name == key.text) else { continue };
        match &value.value {
            YamlValue::Scalar(Node::Str(text)) if words.contains(&text.as_str()) => {}
            YamlValue::Scalar(Node::Str(text)) => {
                errors.push(value.at, messages::unknown_value(&key.text, text, words));
            }
            YamlValue::Scalar(_) | YamlValue::Seq(_) => {
                let message = messages::value_not_text(&key.text, &value.describe(), words);
                errors.push(value.at, message);
            }
            YamlValue::Map(_) | YamlValue::Tag(..) => {}
        }
    }
}
