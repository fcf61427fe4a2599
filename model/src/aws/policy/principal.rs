//! The principals of a statement: accounts and identities, and services of AWS.

use super::report::{certain, check_texts, one_letter_off, typing_mistake};
use crate::aws::arn::is_account;
use crate::aws::iam_service::services;
use crate::aws::shape::ShapeProblem;
use crate::aws::written::{Content, Written, WrittenEntry, has_function};
use crate::messages::policy as messages;
use crate::suggest;

/// The kinds of principals.
const KINDS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

/// The end of a service's principal.
const DOMAIN: &str = "amazonaws.com";

/// Services that are often principals, by the first part of the principal.
const COMMON_SERVICES: [&str; 24] = [
    "apigateway",
    "application-autoscaling",
    "appsync",
    "backup",
    "bedrock",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "codedeploy",
    "codepipeline",
    "cognito-idp",
    "dynamodb",
    "ecs-tasks",
    "edgelambda",
    "events",
    "firehose",
    "lambda",
    "logs",
    "pipes",
    "scheduler",
    "secretsmanager",
    "states",
];

/// Checks the value of `Principal` or `NotPrincipal`; `key` is that key.
pub(super) fn check_principal<'a, T: Written<'a>>(
    key: &str,
    value: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let kinds = match value.content() {
        Content::Map(kinds) if !has_function(&kinds) => kinds,
        Content::Text(text) if text != "*" => {
            report(&value.place(), certain(messages::principal_without_kind(key, text)));
            return;
        }
        _ => return,
    };
    for WrittenEntry { key: kind, at, value } in kinds {
        match kind {
            _ if matches!(value.content(), Content::Unchecked) => {}
            "AWS" => check_accounts(value, report),
            "Service" => check_texts(value, report, find_service_mistake),
            kind if KINDS.contains(&kind) => {}
            other => report(&at, certain(messages::unknown_principal_kind(other, &KINDS))),
        }
    }
}

/// Checks accounts and identities. CloudFormation converts a number to text.
fn check_accounts<'a, T: Written<'a>>(value: T, report: &mut dyn FnMut(&T::Place, ShapeProblem)) {
    match value.content() {
        Content::List(items) => items.into_iter().for_each(|item| check_accounts(item, report)),
        Content::Integer(number) => {
            if let Some(problem) = find_account_mistake(&number.to_string()) {
                report(&value.place(), problem);
            }
        }
        _ => check_texts(value, report, find_account_mistake),
    }
}

/// Returns the problem of a text that is not a principal. A principal is an account, an ARN, or the id of a
/// user or a role.
fn find_account_mistake(text: &str) -> Option<ShapeProblem> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    // A user or a role that was deleted has its id in the policies that named it.
    let is_id = text.len() >= 16
        && text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
        && text.starts_with('A');
    if text == "*" || text.contains("${") || is_id || is_account(text) {
        return None;
    }
    let account = text.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(3));
    match account {
        Some(account) if is_number(account) && !is_account(account) => {
            Some(certain(messages::not_an_account(account)))
        }
        Some(_) => None,
        None if is_number(text) => Some(certain(messages::not_an_account(text))),
        None => Some(certain(messages::not_a_principal(text))),
    }
}

/// Returns the problem of a text that is not the principal of a service.
fn find_service_mistake(text: &str) -> Option<ShapeProblem> {
    if text.contains(['*', '$']) {
        return None;
    }
    let unknown = |near: String| certain(messages::unknown_service_principal(text, &near));
    let labels: Vec<&str> = text.split('.').collect();
    if let [service] = labels.as_slice() {
        return Some(unknown(format!("{service}.{DOMAIN}")));
    }
    if let Some(service) = text.strip_suffix(DOMAIN).and_then(|it| it.strip_suffix('.')) {
        let is_known = services().any(|known| known == service);
        let near = one_letter_off(service, COMMON_SERVICES).filter(|_| !is_known)?;
        let message = messages::unknown_service_principal(text, &format!("{near}.{DOMAIN}"));
        return Some(typing_mistake(message));
    }
    // `amazonaw.com` after a service, or `amazonaws` without its end.
    let start = labels[..labels.len() - 1].join(".");
    if labels.last() == Some(&"amazonaws") {
        return Some(unknown(format!("{start}.{DOMAIN}")));
    }
    let [services @ .., domain, end] = labels.as_slice() else { return None };
    let is_domain = suggest::nearest(&format!("{domain}.{end}"), [DOMAIN]).is_some();
    let is_meant = is_domain && !services.is_empty();
    is_meant.then(|| unknown(format!("{}.{DOMAIN}", services.join("."))))
}
