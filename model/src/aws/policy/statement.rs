//! A statement of a policy: its keys, its effect, its actions and its resources.

use super::condition::check_condition;
use super::owner::{ACTION, PRINCIPAL, PolicyOwner, RESOURCE};
use super::principal::check_principal;
use super::report::{certain, check_texts, typing_mistake};
use crate::aws::iam_action::{check_action, is_action};
use crate::aws::shape::ShapeProblem;
use crate::aws::value::has_dynamic_reference;
use crate::aws::written::{Content, Written, WrittenEntry, has_function};
use crate::messages::policy as messages;

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

/// Checks a statement, or a list of statements. Calls `report` with each mistake and its place.
pub fn check_statements<'a, T: Written<'a>>(
    statements: T,
    owner: PolicyOwner,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    match statements.content() {
        Content::List(items) => {
            for item in items {
                check_statement(item, owner, report);
            }
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
            report(at, certain(messages::refused_statement_key(key, owner == PolicyOwner::Trust)));
            continue;
        }
        match *key {
            "Effect" => check_effect(*value, report),
            key if PRINCIPAL.contains(&key) => check_principal(key, *value, report),
            key if ACTION.contains(&key) => check_texts(*value, report, find_action_mistake),
            key if RESOURCE.contains(&key) && owner == PolicyOwner::Identity => {
                check_texts(*value, report, find_resource_mistake);
            }
            "Condition" => check_condition(*value, report),
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
        report(
            &statement.place(),
            certain(messages::statement_incomplete(missing[0], owner == PolicyOwner::Identity)),
        );
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
