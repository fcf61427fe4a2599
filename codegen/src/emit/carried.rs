//! What plain CloudFormation does not carry: SAM's own types, keys and globals in an overlay, and those of
//! the user's properties that have no form there.

use skylift_model::aws::node::Node;

use super::sam::TYPES;
use crate::overlay::{Entry, Overlay, Section};
use crate::stack::Stack;

/// What SAM alone knows of the keys of any resource.
const KEYS: [&str; 2] = ["Connectors", "IgnoreGlobals"];

/// Everything that is not carried, each with the reason.
pub(super) fn find(stack: &Stack, overlay: &Overlay) -> Vec<String> {
    let mut found: Vec<String> =
        stack.functions.iter().flat_map(|it| it.users.not_carried.iter().cloned()).collect();
    found.extend(overlay.entries.iter().filter_map(of_entry));
    found
}

fn of_entry(entry: &Entry) -> Option<String> {
    let (name, origin) = (&entry.name, &entry.origin);
    if entry.section == Section::Globals {
        return Some(format!("`Globals` at {origin} are of what only SAM makes"));
    }
    if entry.section != Section::Resources {
        return None;
    }
    if let Some(kind) = entry.kind().filter(|kind| kind.starts_with(TYPES)) {
        return Some(format!("`{name}` at {origin} is of SAM's type `{kind}`"));
    }
    let Node::Map(map) = &entry.node else { return None };
    let key = KEYS.into_iter().find(|key| map.get(key).is_some())?;
    Some(format!("`{name}` at {origin} has `{key}`, which only SAM knows"))
}
