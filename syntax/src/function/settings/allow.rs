//! The key `allow(actions = […], resources = […], conditions = {…})`: a statement for the function's role. Takes the
//! arguments, and returns the statements. A statement that would allow nothing is an error.

use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::iam_statement::{StatementPart, check_statement};
use skylift_model::aws::value::CfnValue;
use skylift_model::aws::{arn, function_keys};

use super::conditions::{self, read_conditions, with_references};
use super::permissions::read_action;
use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_cfn_value, read_list};
use crate::tree::{ArgValue, ArgValueKind, Args};
use crate::written::read_unchecked;

/// Reads the policy statements of all `allow(…)` keys.
pub(crate) fn read_allow(args: &Args, errors: &mut Errors) -> Vec<AllowStatement> {
    let mut statements = Vec::new();
    for (_, value) in args.take_each(&[function_keys::ALLOW.name]) {
        let ArgValueKind::Call(_, args) = &value.kind else {
            errors.push(&value.span, messages::allow_without_parentheses());
            continue;
        };
        args.explain(messages::ALLOW_KEYS);
        let (actions, resources, conditions) =
            args.read_all(function_keys::ALLOW.name, errors, |args, errors| {
                (
                    take_non_empty_list(args, "actions", errors),
                    take_non_empty_list(args, "resources", errors),
                    args.take(conditions::KEY, |value, _| Some(value), errors),
                )
            });
        let (Some(actions), Some(resources)) = (actions, resources) else { continue };
        let mut statement = read_statement(actions, resources, errors);
        if let Some(value) = conditions {
            let actions: Vec<&str> = statement.actions.iter().map(String::as_str).collect();
            let read = read_conditions(value, &actions, errors);
            statement.conditions = read.unwrap_or_default();
        }
        statements.push(statement);
    }
    statements
}

/// Reads the actions and the resources of a policy statement, and compares them.
fn read_statement(
    actions: &[ArgValue],
    resources: &[ArgValue],
    errors: &mut Errors,
) -> AllowStatement {
    let known = |errors: &mut Errors, value| {
        let (value, is_unchecked) = read_unchecked(value, errors)?;
        Some((read_allowed_resource(value, errors)?, is_unchecked))
    };
    let read_actions: Vec<Option<String>> =
        actions.iter().map(|value| read_action(value, errors)).collect();
    let read_resources: Vec<Option<(CfnValue, bool)>> =
        resources.iter().map(|value| known(errors, value)).collect();
    let is_whole = read_actions.iter().all(Option::is_some);
    let statement = AllowStatement {
        actions: read_actions.into_iter().flatten().collect(),
        resources: read_resources.iter().flatten().map(|(value, _)| value.clone()).collect(),
        conditions: Vec::new(),
    };
    // A mistake of an action or of a resource is the only error of the statement.
    if is_whole && statement.resources.len() == resources.len() {
        let arns: Vec<Option<String>> = read_resources
            .iter()
            .flatten()
            .map(|(value, is_unchecked)| known_arn(value).filter(|_| !is_unchecked))
            .collect();
        let arns: Vec<Option<&str>> = arns.iter().map(Option::as_deref).collect();
        let names: Vec<&str> = statement.actions.iter().map(String::as_str).collect();
        for (part, message) in check_statement(&names, &arns) {
            let value = match part {
                StatementPart::Action(number) => &actions[number],
                StatementPart::Resource(number) => &resources[number],
            };
            errors.push(&value.span, message);
        }
    }
    statement
}

/// Returns the ARN of a resource as the user wrote it. Returns `None` if only the template shows the ARN.
fn known_arn(value: &CfnValue) -> Option<String> {
    match value {
        CfnValue::Literal(text) => Some(text.clone()),
        CfnValue::Sub(text) if text.references().is_empty() => Some(text.written()),
        _ => None,
    }
}

/// Reads a list of a policy statement, `allow(…)`, which has to have at least one item.
fn take_non_empty_list<'a>(
    args: &'a Args,
    key: &'static str,
    errors: &mut Errors,
) -> Option<&'a [ArgValue]> {
    let read = |value: &'a ArgValue, errors: &mut Errors| {
        let items = read_list(value);
        if items.is_empty() {
            errors.push(&value.span, messages::empty_list_in_allow(key));
        }
        Some(items).filter(|items| !items.is_empty())
    };
    args.take_if_set(key, read, errors).unwrap_or_else(|| {
        errors.push_missing(&args.span, messages::list_missing_in_allow(key));
        None
    })
}

/// Reads a resource of a policy statement. Returns `None` after an error was recorded.
fn read_allowed_resource(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let resource = read_cfn_value(value, errors)?;
    let Some(text) = resource.literal() else { return Some(resource) };
    if text != "*" && !arn::is_arn_pattern(text) && !text.starts_with("${") {
        errors.push(&value.span, messages::not_an_arn(text));
        return None;
    }
    with_references(resource, value, errors)
}
