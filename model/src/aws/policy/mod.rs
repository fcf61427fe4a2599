//! Policy documents in the language of IAM, as a user writes them in an attribute or in an overlay. Takes a document or
//! a statement, and reports what IAM refuses, and names with which a statement would never match. Values that are
//! known only when the stack is deployed pass every check.

mod condition;
mod principal;
#[cfg(test)]
mod tests;

use super::iam_action::{check_action, is_action};
use super::shape::{Certainty, ShapeProblem};
use super::value::has_dynamic_reference;
use super::written::{Content, Written, WrittenEntry, has_function};
use crate::message::Message;
use crate::messages::policy as messages;
use crate::suggest;

/// The keys of a policy document.
const DOCUMENT_KEYS: [&str; 3] = ["Version", "Id", STATEMENT];

/// The key of a policy document that has its statements.
pub const STATEMENT: &str = "Statement";

/// The versions of the language.
const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

/// The keys of a statement.
const STATEMENT_KEYS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

const PRINCIPAL: [&str; 2] = ["Principal", "NotPrincipal"];
const ACTION: [&str; 2] = ["Action", "NotAction"];
const RESOURCE: [&str; 2] = ["Resource", "NotResource"];

/// What a policy belongs to, which decides the keys of its statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyOwner {
    /// A role, a user or a group: the policy says what it may do.
    Identity,
    /// A role: the policy says who may assume it.
    Trust,
    /// A resource such as a queue: the policy says who may use it.
    Resource,
    /// Not known.
    Unknown,
}

impl PolicyOwner {
    /// Returns the keys that a statement needs, one key of each list.
    fn required(self) -> Vec<&'static [&'static str]> {
        let mut keys: Vec<&[&str]> = vec![&["Effect"]];
        match self {
            Self::Identity => keys.extend([ACTION.as_slice(), RESOURCE.as_slice()]),
            Self::Trust | Self::Resource => {
                keys.extend([PRINCIPAL.as_slice(), ACTION.as_slice()]);
            }
            Self::Unknown => {}
        }
        keys
    }

    /// Returns whether a statement cannot have the key.
    fn refuses(self, key: &str) -> bool {
        match self {
            Self::Identity => PRINCIPAL.contains(&key),
            Self::Trust => RESOURCE.contains(&key),
            Self::Resource | Self::Unknown => false,
        }
    }
}

/// Checks a policy document: a map with statements. Calls `report` with each mistake and its place.
pub fn check_document<'a, T: Written<'a>>(
    document: T,
    owner: PolicyOwner,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let Content::Map(entries) = document.content() else { return };
    if has_function(&entries) {
        return;
    }
    let mut is_complete = false;
    for WrittenEntry { key, at, value } in entries {
        match key {
            STATEMENT => {
                is_complete = true;
                check_statements(value, owner, report);
            }
            "Version" => {
                if let Content::Text(text) = value.content()
                    && !VERSIONS.contains(&text)
                {
                    let message = messages::unknown_version(text, VERSIONS[0]);
                    report(&value.place(), certain(message));
                }
            }
            "Id" => {}
            other => {
                is_complete = true;
                report(&at, certain(messages::unknown_document_key(other, &DOCUMENT_KEYS)));
            }
        }
    }
    if !is_complete {
        report(&document.place(), certain(messages::document_incomplete()));
    }
}

/// Checks a statement, or a list of statements. Calls `report` with each mistake and its place.
pub fn check_statements<'a, T: Written<'a>>(
    statements: T,
    owner: PolicyOwner,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    match statements.content() {
        Content::List(items) => {
            items.into_iter().for_each(|item| check_statement(item, owner, report));
        }
        _ => check_statement(statements, owner, report),
    }
}

fn check_statement<'a, T: Written<'a>>(
    statement: T,
    owner: PolicyOwner,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let Content::Map(entries) = statement.content() else { return };
    if has_function(&entries) {
        return;
    }
    let mut has_unknown_key = false;
    for WrittenEntry { key, at, value } in &entries {
        if matches!(value.content(), Content::Unchecked) {
            continue;
        }
        if owner.refuses(key) {
            report(at, certain(messages::refused_statement_key(key, owner)));
            continue;
        }
        match *key {
            "Effect" => check_effect(*value, report),
            key if PRINCIPAL.contains(&key) => principal::check_principal(key, *value, report),
            key if ACTION.contains(&key) => check_texts(*value, report, find_action_mistake),
            key if RESOURCE.contains(&key) && owner == PolicyOwner::Identity => {
                check_texts(*value, report, find_resource_mistake);
            }
            "Condition" => condition::check_condition(*value, report),
            key if STATEMENT_KEYS.contains(&key) => {}
            other => {
                has_unknown_key = true;
                report(at, certain(messages::unknown_statement_key(other, &STATEMENT_KEYS)));
            }
        }
    }
    let has = |keys: &&[&str]| entries.iter().any(|entry| keys.contains(&entry.key));
    // The unknown key is most likely the one that is missing.
    let missing = owner.required().into_iter().find(|keys| !has(keys)).filter(|_| !has_unknown_key);
    if let Some(missing) = missing {
        report(&statement.place(), certain(messages::statement_incomplete(missing[0], owner)));
    }
}

fn check_effect<'a, T: Written<'a>>(value: T, report: &mut dyn FnMut(&T::Place, ShapeProblem)) {
    let is_right = match value.content() {
        Content::Text(text) => matches!(text, "Allow" | "Deny") || has_dynamic_reference(text),
        Content::Integer(_) | Content::Fraction | Content::Boolean | Content::List(_) => false,
        _ => true,
    };
    if !is_right {
        report(&value.place(), certain(messages::unknown_effect()));
    }
}

/// Calls `find_mistake` for each literal text of a value, which is a text or a list of texts, and reports what it
/// returns.
fn check_texts<'a, T: Written<'a>>(
    value: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
    find_mistake: fn(&str) -> Option<ShapeProblem>,
) {
    match value.content() {
        Content::List(items) => {
            items.into_iter().for_each(|item| check_texts(item, report, find_mistake));
        }
        Content::Text(text) if !has_dynamic_reference(text) => {
            if let Some(problem) = find_mistake(text) {
                report(&value.place(), problem);
            }
        }
        _ => {}
    }
}

fn find_action_mistake(action: &str) -> Option<ShapeProblem> {
    if action.contains("${") {
        return None;
    }
    if !is_action(action) {
        return Some(certain(messages::not_an_iam_action(action)));
    }
    let near = check_action(action).err()?.near;
    Some(typing_mistake(messages::unknown_iam_action(action, &near)))
}

fn find_resource_mistake(resource: &str) -> Option<ShapeProblem> {
    let may_match = ["arn:", "*", "${"].iter().any(|start| resource.starts_with(start));
    (!may_match).then(|| certain(messages::not_an_arn(resource)))
}

/// A mistake that AWS refuses in any case.
fn certain(message: Message) -> ShapeProblem {
    ShapeProblem { message, certainty: Certainty::Certain }
}

/// A name that is similar to a known one.
fn typing_mistake(message: Message) -> ShapeProblem {
    ShapeProblem { message, certainty: Certainty::TypingMistake }
}

/// Returns the name among `known` that differs from `name` by one letter. Returns `None` if `name` is known itself,
/// apart from upper and lower case.
fn one_letter_off<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = None;
    for other in known {
        if other.eq_ignore_ascii_case(name) {
            return None;
        }
        if suggest::is_one_letter_off(&name.to_lowercase(), &other.to_lowercase()) {
            near = near.or(Some(other));
        }
    }
    near
}
