//! Replaces intrinsic functions by placeholders such as `${UPLOADS_BUCKET_NAME}`. It takes nodes of a template, and
//! returns nodes without intrinsic functions, and the node that each placeholder replaces.
//!
//! The name of a placeholder has letters, digits and underscores only, so that `envsubst`, Terraform's `templatefile`
//! and CloudFormation's `Fn::Sub` can all fill it. A resource of the application has the name of the environment
//! variable through which functions find it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use skylift_model::aws::node::{Map, Node};

use super::identifiers::Identifiers;
use crate::lower::function::properties::function_and_argument;

/// The beginning of a dynamic reference, which only CloudFormation resolves.
const DYNAMIC_REFERENCE: &str = "{{resolve:";

/// Replaces the intrinsic functions of one function's parts, and records the placeholders.
pub(super) struct Placeholders<'a> {
    identifiers: &'a Identifiers,
    /// The node that each placeholder replaces.
    by_name: BTreeMap<String, Node>,
}

impl<'a> Placeholders<'a> {
    pub(super) fn new(identifiers: &'a Identifiers) -> Self {
        Self { identifiers, by_name: BTreeMap::new() }
    }

    /// Returns the node that each placeholder replaces, by the placeholder's name.
    pub(super) fn into_list<'n>(self) -> Vec<(String, Cow<'n, Node>)> {
        self.by_name.into_iter().map(|(name, node)| (name, Cow::Owned(node))).collect()
    }

    /// Returns a node without intrinsic functions; `key` is the key of its value, for the name of a placeholder that
    /// has no better one.
    pub(super) fn replace(&mut self, node: &Node, key: &str) -> Node {
        if let Some((name, argument)) = function_and_argument(node) {
            return self.replace_function(name, argument, node, key).into();
        }
        match node {
            Node::Str(text) if text.contains(DYNAMIC_REFERENCE) || has_placeholder(text) => {
                self.add(key, node).into()
            }
            Node::Seq(items) => {
                items.iter().map(|it| self.replace(it, key)).collect::<Vec<_>>().into()
            }
            Node::Map(map) => self.replace_map(map).into(),
            plain => plain.clone(),
        }
    }

    /// Returns a map without intrinsic functions.
    pub(super) fn replace_map(&mut self, map: &Map) -> Map {
        let mut replaced = Map::new();
        for (key, value) in map.iter() {
            replaced.push(key, self.replace(value, key));
        }
        replaced
    }

    /// Returns the text for an intrinsic function.
    fn replace_function(&mut self, name: &str, argument: &Node, node: &Node, key: &str) -> String {
        let no_variables = Map::new();
        match (name, argument) {
            ("Ref" | "GetAtt", Node::Str(text)) => {
                self.replace_references(&format!("${{{text}}}"), &no_variables)
            }
            ("GetAtt", Node::Seq(parts)) => match parts.as_slice() {
                [Node::Str(id), Node::Str(attribute)] => {
                    self.replace_references(&format!("${{{id}.{attribute}}}"), &no_variables)
                }
                _ => self.add(key, node),
            },
            ("Sub", Node::Str(text)) if !has_literal_placeholder(text) => {
                self.replace_references(text, &no_variables)
            }
            ("Sub", Node::Seq(parts)) => match parts.as_slice() {
                [Node::Str(text), Node::Map(variables)] if !has_literal_placeholder(text) => {
                    self.replace_references(text, variables)
                }
                _ => self.add(key, node),
            },
            ("ImportValue", Node::Str(export)) => self.add(export, node),
            _ => self.add(key, node),
        }
    }

    /// Returns the text of a `Fn::Sub` with placeholders instead of its references; `variables` are its own.
    fn replace_references(&mut self, text: &str, variables: &Map) -> String {
        let identifiers = self.identifiers;
        let mut out = String::new();
        let mut done = 0;
        while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
            if let Some(found) = identifiers.find(&text[..done], rest) {
                out.push_str(&self.add(found.variable, found.node));
                done += found.len;
            } else if let Some((name, _)) =
                rest.strip_prefix("${").and_then(|rest| rest.split_once('}'))
            {
                done += name.len() + "${}".len();
                match (name.strip_prefix('!'), variables.get(name)) {
                    // A variable of IAM, which stays.
                    (Some(literal), _) => out.extend(["${", literal, "}"]),
                    (None, Some(value)) => match self.replace(value, name) {
                        Node::Str(text) => out.push_str(&text),
                        _ => out.push_str(&self.add(name, value)),
                    },
                    (None, None) => match identifiers.log_group_arn(name) {
                        Some(arn) => out.push_str(&self.replace_references(&arn, &Map::new())),
                        None => out.push_str(&self.add(name, &reference(name))),
                    },
                }
            } else {
                let letter = rest.chars().next().unwrap_or_default();
                out.push(letter);
                done += letter.len_utf8();
            }
        }
        out
    }

    /// Records a placeholder for a node, and returns the placeholder. Another name is chosen if one of this name stands
    /// for another node.
    fn add(&mut self, wanted: &str, node: &Node) -> String {
        let wanted = placeholder_name(wanted);
        let mut name = wanted.clone();
        let mut number = 2;
        while self.by_name.get(&name).is_some_and(|other| other != node) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        let placeholder = format!("${{{name}}}");
        self.by_name.insert(name, node.clone());
        placeholder
    }
}

/// Returns the node for the name of a reference in `Fn::Sub`.
fn reference(name: &str) -> Node {
    match name.split_once('.') {
        Some((id, attribute)) => Node::attribute(id, attribute),
        None => Node::reference(name),
    }
}

/// Returns whether a text has `${NAME}` as it is written, which would be taken for a placeholder.
fn has_placeholder(text: &str) -> bool {
    text.split("${").skip(1).any(|rest| rest.split_once('}').is_some_and(|it| is_variable(it.0)))
}

/// Returns whether the text of a `Fn::Sub` has `${!NAME}`, which would become a placeholder.
fn has_literal_placeholder(text: &str) -> bool {
    text.split("${!").skip(1).any(|rest| rest.split_once('}').is_some_and(|it| is_variable(it.0)))
}

/// Returns whether a text can be the name of a variable.
fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// Returns the name of a placeholder for a name in the template: `JOBS_ARN` for `Jobs.Arn`.
fn placeholder_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 4);
    let mut lower = false;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            lower = false;
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            continue;
        }
        if letter.is_ascii_uppercase() && lower {
            name.push('_');
        }
        lower = !letter.is_ascii_uppercase();
        name.push(letter.to_ascii_uppercase());
    }
    let name = name.trim_end_matches('_');
    // A name that begins with a digit is no variable.
    if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("VALUE_{name}").trim_end_matches('_').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_placeholders_are_those_of_variables() {
        for (text, name) in [
            ("Jobs.Arn", "JOBS_ARN"),
            ("AWS::AccountId", "AWS_ACCOUNT_ID"),
            ("UPLOADS_BUCKET_NAME", "UPLOADS_BUCKET_NAME"),
            ("elasticfilesystem:AccessPointArn", "ELASTICFILESYSTEM_ACCESS_POINT_ARN"),
            ("9lives", "VALUE_9LIVES"),
            ("--", "VALUE"),
        ] {
            assert_eq!(placeholder_name(text), name);
        }
    }
}
