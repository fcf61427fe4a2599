//! Finds what plain CloudFormation does not support: SAM's own types, keys and globals in an overlay, properties of
//! functions that exist only in SAM, and names or numbers of parameters that conflict with what the template
//! needs.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};

use super::sam::TYPE_PREFIX;
use crate::messages;
use crate::overlay::{Overlay, OverlayEntry, Section};
use crate::stack::Stack;

/// The keys of a resource that only SAM knows.
const SAM_KEYS: [&str; 2] = ["Connectors", "IgnoreGlobals"];

/// Returns the reasons why plain CloudFormation does not support the stack or the overlay; none if it supports
/// both.
pub(super) fn find_unsupported(stack: &Stack, overlay: &Overlay) -> Vec<String> {
    let mut found: Vec<String> = stack
        .functions
        .iter()
        .flat_map(|it| it.user_properties.unsupported.iter().cloned())
        .collect();
    found.extend(overlay.entries.iter().filter_map(|entry| unsupported_entry(entry, stack)));
    found.extend(too_many_parameters(stack, overlay));
    found
}

/// Returns the reason why plain CloudFormation does not support an entry of the overlay, or `None` if it does.
fn unsupported_entry(entry: &OverlayEntry, stack: &Stack) -> Option<String> {
    let (name, origin) = (&entry.name, &entry.origin);
    match entry.section {
        Section::Globals => Some(messages::globals_unsupported(origin)),
        Section::Conditions => {
            let mut generated = stack.functions.iter().map(|it| &it.user_properties.conditions);
            generated
                .any(|conditions| conditions.get(name).is_some())
                .then(|| messages::condition_name_taken(name, origin))
        }
        Section::Resources => entry_resources(entry).into_iter().find_map(|resource| {
            if let Some(Node::Str(kind)) = resource.get("Type")
                && kind.starts_with(TYPE_PREFIX)
            {
                return Some(messages::sam_type(name, origin, kind));
            }
            let key = SAM_KEYS.into_iter().find(|key| resource.get(key).is_some())?;
            Some(messages::sam_key(name, origin, key))
        }),
        Section::Metadata
        | Section::Parameters
        | Section::Rules
        | Section::Mappings
        | Section::Hooks
        | Section::Outputs => None,
    }
}

/// Returns the resources of an overlay's entry under `Resources`: the entry itself or, if the entry is a loop, the
/// resources that the loop creates.
fn entry_resources(entry: &OverlayEntry) -> Vec<&Map> {
    fn collect_resources<'a>(node: &'a Node, found: &mut Vec<&'a Map>) {
        match node {
            Node::Map(map) if map.get("Type").is_some() => found.push(map),
            Node::Map(map) => map.iter().for_each(|(_, node)| collect_resources(node, found)),
            Node::Seq(items) => items.iter().for_each(|item| collect_resources(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect_resources(&entry.node, &mut found);
    found
}

/// Returns the reason that the plain CloudFormation template has too many parameters. Returns `None` if the number
/// is allowed, or is too large even without the code parameters.
fn too_many_parameters(stack: &Stack, overlay: &Overlay) -> Option<String> {
    let parameters = stack.parameters.len() + overlay.entries_of(Section::Parameters).count();
    let (all, limit) = (parameters + stack.code_parameters.len(), limits::PARAMETERS);
    (parameters <= limit && all > limit).then(|| messages::too_many_parameters(all, limit))
}
