//! What plain CloudFormation does not carry: SAM's own types, attributes and references in an overlay, and
//! those of the user's properties that have no form there.

use std::collections::HashSet;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};

use super::sam::{SUFFIXES, TYPES};
use crate::overlay::{Entry, Overlay, Section};
use crate::stack::Stack;

/// What SAM alone knows of the keys of any resource.
const KEYS: [&str; 2] = ["Connectors", "IgnoreGlobals"];

/// Everything that is not carried, each with the reason.
pub(super) fn find(stack: &Stack, overlay: &Overlay, app: &App) -> Vec<String> {
    let mut found: Vec<String> =
        stack.functions.iter().flat_map(|it| it.users.not_carried.iter().cloned()).collect();
    let functions: HashSet<&str> = app.functions.iter().map(|it| it.id.as_str()).collect();
    for entry in &overlay.entries {
        found.extend(of_entry(entry));
        if let Some(reference) = reference(&entry.node, &functions) {
            let (name, origin) = (&entry.name, &entry.origin);
            found.push(format!(
                "`{name}` at {origin} refers to `{reference}`, which only SAM knows"
            ));
        }
    }
    for function in &app.functions {
        if let Some(reference) = of_map(&function.properties, &functions) {
            let (handler, origin) = (&function.handler, &function.origin);
            found.push(format!(
                "`properties` of function `{handler}` at {origin} refer to `{reference}`, which only SAM knows"
            ));
        }
    }
    for resource in &app.resources {
        if let Some(reference) = of_map(&resource.properties, &functions) {
            let (ident, origin) = (&resource.ident, &resource.origin);
            found.push(format!(
                "`properties` of `{ident}` at {origin} refer to `{reference}`, which only SAM knows"
            ));
        }
    }
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

/// A reference to something that SAM makes of a resource, by its own way of naming it.
fn reference<'a>(node: &'a Node, functions: &HashSet<&str>) -> Option<&'a str> {
    match node {
        Node::Tag(name, argument) => of_function(name, argument, functions),
        Node::Seq(items) => items.iter().find_map(|item| reference(item, functions)),
        Node::Map(map) => of_map(map, functions),
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => None,
    }
}

fn of_map<'a>(map: &'a Map, functions: &HashSet<&str>) -> Option<&'a str> {
    map.iter().find_map(|(key, value)| match key.strip_prefix("Fn::") {
        Some(name) => of_function(name, value, functions),
        None if key == "Ref" => of_function(key, value, functions),
        None => reference(value, functions),
    })
}

fn of_function<'a>(name: &str, argument: &'a Node, functions: &HashSet<&str>) -> Option<&'a str> {
    let of_sam = |text: &&str| {
        let id = SUFFIXES.iter().find_map(|suffix| text.strip_suffix(suffix));
        id.is_some_and(|id| functions.contains(id))
    };
    match (name, argument) {
        ("Ref" | "GetAtt", Node::Str(text)) => Some(text.as_str()).filter(of_sam),
        ("Sub", Node::Str(text)) => names_in(text).find(of_sam),
        ("Sub", Node::Seq(parts)) => {
            let text = match parts.first() {
                Some(Node::Str(text)) => names_in(text).find(of_sam),
                _ => None,
            };
            text.or_else(|| reference(argument, functions))
        }
        _ => reference(argument, functions),
    }
}

/// What the text of a `Sub` names.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| rest.split('}').next())
}
