//! Rules of Lambda for the properties of a function that its schema does not have: the ARNs of layers and of
//! keys, the paths of file systems, and the two lists of a VPC. Takes what a user wrote in an attribute or in an
//! overlay, and reports what Lambda refuses.

use super::shape::{Certainty, ShapeProblem};
use super::value::has_dynamic_reference;
use super::written::{Content, Written, WrittenEntry, has_function};
use super::{arn, limits};
use crate::message::Message;
use crate::messages::shape as messages;

/// The types of functions.
const FUNCTIONS: [&str; 2] = ["AWS::Lambda::Function", "AWS::Serverless::Function"];

/// The lists of a VPC's configuration. Lambda needs both or none.
const VPC_LISTS: [&str; 2] = ["SubnetIds", "SecurityGroupIds"];

/// Checks the properties of a function; `kind` is the type of the resource, and resources of other types have no such
/// rules. Calls `report` with each mistake and its place.
pub fn check_function_properties<'a, T: Written<'a>>(
    kind: &str,
    properties: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let Content::Map(entries) = properties.content() else { return };
    if !FUNCTIONS.contains(&kind) || has_function(&entries) {
        return;
    }
    let mut report = |at: &T::Place, message| {
        report(at, ShapeProblem { message, certainty: Certainty::Certain });
    };
    for WrittenEntry { key, at, value } in entries {
        match (key, value.content()) {
            ("Layers", Content::List(layers)) => {
                if layers.len() > limits::LAYERS {
                    report(&at, messages::too_many_layers(layers.len(), limits::LAYERS));
                }
                for layer in layers {
                    if let Some((text, true)) = arn_text(layer).map(|it| (it, !is_layer(it))) {
                        report(&layer.place(), messages::not_a_layer_version(text));
                    }
                }
            }
            ("KmsKeyArn" | "SourceKMSKeyArn", Content::Text(text)) => {
                let is_literal = !text.contains("${") && !has_dynamic_reference(text);
                if is_literal && !text.is_empty() && !arn::is_kms_key_arn(text) {
                    report(&value.place(), messages::not_a_kms_key(text));
                }
            }
            ("FileSystemConfigs", Content::List(systems)) => {
                for system in systems {
                    let Content::Map(entries) = system.content() else { continue };
                    let path = entries.iter().find(|entry| entry.key == "LocalMountPath");
                    let Some(WrittenEntry { value, .. }) = path else { continue };
                    if let Content::Text(path) = value.content()
                        && !is_mount_path(path)
                    {
                        report(&value.place(), messages::not_a_mount_path(path));
                    }
                }
            }
            // A key that VPCs do not have is most likely the missing list.
            ("VpcConfig", Content::Map(lists)) if lists.iter().all(|it| is_vpc_key(it.key)) => {
                let [has_subnets, has_groups] = VPC_LISTS.map(|name| has_list(&lists, name));
                match (has_subnets, has_groups) {
                    (true, false) => report(&at, messages::vpc_list_missing(VPC_LISTS)),
                    (false, true) => {
                        let [subnets, groups] = VPC_LISTS;
                        report(&at, messages::vpc_list_missing([groups, subnets]));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Returns the message about a text that is not the ARN of a version of a layer, and `None` if it is one.
#[must_use]
pub fn find_layer_mistake(text: &str) -> Option<Message> {
    (!is_layer(text)).then(|| messages::not_a_layer_version(text))
}

/// Returns the message about a path at which Lambda cannot mount a file system, and `None` if it can.
#[must_use]
pub fn find_mount_path_mistake(path: &str) -> Option<Message> {
    (!is_mount_path(path)).then(|| messages::not_a_mount_path(path))
}

/// Returns the message about a list of this many layers, and `None` if Lambda accepts it.
#[must_use]
pub fn find_layer_count_mistake(count: usize) -> Option<Message> {
    (count > limits::LAYERS).then(|| messages::too_many_layers(count, limits::LAYERS))
}

/// Returns whether Lambda can mount a file system at the path. A reference in it may be any part.
fn is_mount_path(path: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let name = path.strip_prefix("/mnt/");
    path.contains("${")
        || has_dynamic_reference(path)
        || name.is_some_and(|name| !name.is_empty() && name.chars().all(is_letter))
}

/// Returns whether the configuration of a VPC has the key.
fn is_vpc_key(key: &str) -> bool {
    VPC_LISTS.contains(&key) || key == "Ipv6AllowedForDualStack"
}

/// Returns whether a map has a list that is not known to be empty.
fn has_list<'a, T: Written<'a>>(entries: &[WrittenEntry<'a, T>], name: &str) -> bool {
    let list = entries.iter().find(|entry| entry.key == name).map(|entry| entry.value.content());
    list.is_some_and(|list| !matches!(list, Content::List(items) if items.is_empty()))
}

/// Returns the text of a layer: a literal, or that of `Fn::Sub`.
fn arn_text<'a, T: Written<'a>>(layer: T) -> Option<&'a str> {
    match layer.content() {
        Content::Text(text) if !has_dynamic_reference(text) => Some(text),
        Content::Function("Sub", text) => arn_text(text),
        Content::Map(entries) => match entries.as_slice() {
            [WrittenEntry { key: "Fn::Sub", value, .. }] => arn_text(*value),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether a text can be the ARN of a version of a layer. A reference in it may be any part.
fn is_layer(text: &str) -> bool {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, (_, after))) =
        rest.split_once("${").and_then(|(before, it)| Some((before, it.split_once('}')?)))
    {
        plain.push_str(before);
        plain.push('$');
        rest = after;
    }
    plain.push_str(rest);
    let parts: Vec<&str> = plain.split(':').collect();
    let is_version = |text: &str| {
        text.contains('$') || !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
    };
    match parts.as_slice() {
        // A reference can be the rest of the ARN, or the whole ARN.
        [.., last] if parts.len() < 8 && last.contains('$') => true,
        ["arn", _, "lambda", _, _, "layer", _, version] => is_version(version),
        _ => false,
    }
}
