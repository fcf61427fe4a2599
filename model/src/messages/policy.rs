//! Messages about policy documents of IAM: in `policy` of an attribute and in an overlay.

use crate::message::Message;
use crate::suggest;

/// Returns a help that suggests the nearest known word, or that lists all of them.
fn nearest_or_all(word: &str, known: &[&str]) -> String {
    match suggest::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", suggest::list(known.iter().copied())),
    }
}

// Documents.

/// Reports a key that a policy document does not have. `known` are its keys.
pub(crate) fn unknown_document_key(key: &str, known: &[&str]) -> Message {
    Message::new(format!("a policy document has no key `{key}`"))
        .with_help(nearest_or_all(key, known))
}

/// Reports a policy document without statements.
pub(crate) fn document_incomplete() -> Message {
    "a policy document needs `Statement`".into()
}

/// Reports a version of the language that IAM does not have. `newest` is the newest version.
pub(crate) fn unknown_version(text: &str, newest: &str) -> Message {
    Message::new(format!("IAM has no version `{text}` of its language"))
        .with_help(format!("write `{newest}`"))
}

// Statements.

/// Reports that the effect of a statement is neither `Allow` nor `Deny`.
pub(crate) fn unknown_effect() -> Message {
    "`Effect` is `\"Allow\"` or `\"Deny\"`".into()
}

/// Reports a key that a statement does not have. `known` are the keys of a statement.
pub(crate) fn unknown_statement_key(key: &str, known: &[&str]) -> Message {
    Message::new(format!("a statement of a policy has no key `{key}`"))
        .with_help(nearest_or_all(key, known))
}

/// Reports a key that a statement cannot have. `is_trust` says whether the policy is about who may assume a role, and
/// not about what a role may do.
pub(crate) fn refused_statement_key(key: &str, is_trust: bool) -> Message {
    let (which, help) = if is_trust {
        ("a policy that says who may assume a role", "leave it out: the policy is about the role")
    } else {
        (
            "a policy of a role, a user or a group",
            "leave it out: the policy is about the role, the user or the group that has it",
        )
    };
    Message::new(format!("{which} has no `{key}`")).with_help(help)
}

/// Reports a statement without a key that it needs. `is_identity` says whether the policy is that of a role, a user or
/// a group.
pub(crate) fn statement_incomplete(key: &str, is_identity: bool) -> Message {
    let example = if is_identity {
        "write `{ \"Effect\": \"Allow\", \"Action\": \"…\", \"Resource\": \"…\" }`"
    } else {
        "write `{ \"Effect\": \"Allow\", \"Principal\": { … }, \"Action\": \"…\" }`"
    };
    Message::new(format!("a statement of a policy needs `{key}`")).with_help(example)
}

/// Reports a text that is not an IAM action.
pub(crate) fn not_an_iam_action(text: &str) -> Message {
    Message::new(format!("`{text}` is not an IAM action"))
        .with_help("write `service:Action`, such as `ses:SendEmail`")
}

/// Reports that IAM has no action of this name. `near` is the similar action, or the action that allows the operation
/// with this name.
pub(crate) fn unknown_iam_action(action: &str, near: &str) -> Message {
    Message::new(format!("IAM has no action `{action}`"))
        .with_help(format!("did you mean `{near}`?"))
}

/// Reports a resource of a statement that is not an ARN.
pub(crate) fn not_an_arn(text: &str) -> Message {
    Message::new(format!("`{text}` is not an ARN"))
        .with_help("write an ARN, or `*` for all resources")
}

// Principals.

/// Reports a principal that is a text. `key` is `Principal` or `NotPrincipal`.
pub(crate) fn principal_without_kind(key: &str, text: &str) -> Message {
    let kind = if text.contains("amazonaws.com") { "Service" } else { "AWS" };
    Message::new(format!("`{text}` lacks the kind of the principal"))
        .with_help(format!("write `\"{key}\": {{ \"{kind}\": \"{text}\" }}`"))
}

/// Reports a kind of principal that IAM does not have. `known` are the kinds.
pub(crate) fn unknown_principal_kind(kind: &str, known: &[&str]) -> Message {
    Message::new(format!("IAM has no principals of the kind `{kind}`"))
        .with_help(nearest_or_all(kind, known))
}

/// Reports a number that is not the id of an account.
pub(crate) fn not_an_account(number: &str) -> Message {
    Message::new(format!("`{number}` is not the id of an account"))
        .with_help("an id has 12 digits: write it in quotes, with the zeros at its beginning")
}

/// Reports a text that is neither an account nor an ARN.
pub(crate) fn not_a_principal(text: &str) -> Message {
    Message::new(format!("`{text}` is neither the id of an account nor an ARN")).with_help(
        "write `\"123456789012\"`, or an ARN such as `arn:aws:iam::123456789012:role/NAME`",
    )
}

/// Reports a text that is not the principal of a service; `near` is what was most likely meant.
pub(crate) fn unknown_service_principal(text: &str, near: &str) -> Message {
    Message::new(format!("AWS has no service `{text}`"))
        .with_help(format!("did you mean `{near}`?"))
}

// Conditions.

/// Reports an operator that IAM does not have. `near` is the similar operator, if there is one.
pub(crate) fn unknown_operator(operator: &str, near: Option<&str>) -> Message {
    let message = Message::new(format!("IAM has no condition operator `{operator}`"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message,
    }
}

/// Reports the value of an operator that is not a map. `found` describes the value.
pub(crate) fn operator_without_keys(operator: &str, found: &str) -> Message {
    Message::new(format!("`{operator}` takes a map from condition keys to values, found {found}"))
        .with_help(format!("write `\"{operator}\": {{ \"aws:SourceArn\": \"…\" }}`"))
}

/// Reports a condition key that IAM does not have. A condition with it never matches. `near` is the similar key.
pub(crate) fn unknown_condition_key(key: &str, near: &str) -> Message {
    Message::new(format!("IAM has no condition key `{key}`"))
        .with_help(format!("did you mean `{near}`?"))
}

/// Reports a value that an operator cannot compare. `expected` describes the values of the operator, and `found` the
/// value.
pub(crate) fn value_of_another_type(operator: &str, expected: &str, found: &str) -> Message {
    format!("`{operator}` compares with {expected}, found {found}").into()
}

/// Reports a condition key of a service that no action of the statement is of.
pub(crate) fn condition_key_of_another_service(key: &str, service: &str) -> Message {
    let text =
        format!("`{key}` is a condition key of `{service}`, and no action of this statement is");
    Message::new(text).with_help(format!(
        "leave the condition out, or write an `allow` of its own for actions of `{service}`"
    ))
}
