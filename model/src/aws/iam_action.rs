//! The actions of IAM. Takes an action as a user writes it in a policy statement, and finds those that no service
//! has. IAM accepts a statement with an unknown action, and the statement then allows nothing.
//!
//! Actions are not the operations of AWS's API: `s3:GetObject` also allows `HeadObject`, and the action for
//! `ListBuckets` is `s3:ListAllMyBuckets`.
// See decision 0087.

use std::collections::BTreeSet;

use super::iam_service::{self, services, table_services};
use super::tables;
use super::tables::words::{self, LETTERS, index_in};
use crate::suggest;

/// Operations of AWS's API that users take for actions, each with the action that allows it.
const OPERATIONS: &[(&str, &str)] = &[
    ("apigateway:InvalidateCache", "execute-api:InvalidateCache"),
    ("apigateway:Invoke", "execute-api:Invoke"),
    ("apigateway:ManageConnections", "execute-api:ManageConnections"),
    ("apigateway:PostToConnection", "execute-api:ManageConnections"),
    ("bedrock:Converse", "bedrock:InvokeModel"),
    ("bedrock:ConverseStream", "bedrock:InvokeModelWithResponseStream"),
    ("dynamodb:BatchExecuteStatement", "dynamodb:PartiQLSelect"),
    ("dynamodb:ExecuteStatement", "dynamodb:PartiQLSelect"),
    ("dynamodb:ExecuteTransaction", "dynamodb:PartiQLSelect"),
    ("dynamodb:TransactGetItems", "dynamodb:GetItem"),
    ("dynamodb:TransactWriteItems", "dynamodb:PutItem"),
    ("execute-api:PostToConnection", "execute-api:ManageConnections"),
    ("lambda:Invoke", "lambda:InvokeFunction"),
    ("lambda:InvokeWithResponseStream", "lambda:InvokeFunction"),
    ("s3:CompleteMultipartUpload", "s3:PutObject"),
    ("s3:CopyObject", "s3:PutObject"),
    ("s3:CreateMultipartUpload", "s3:PutObject"),
    ("s3:DeleteObjects", "s3:DeleteObject"),
    ("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
    ("s3:HeadBucket", "s3:ListBucket"),
    ("s3:HeadObject", "s3:GetObject"),
    ("s3:ListBuckets", "s3:ListAllMyBuckets"),
    ("s3:ListMultipartUploads", "s3:ListBucketMultipartUploads"),
    ("s3:ListObjectVersions", "s3:ListBucketVersions"),
    ("s3:ListObjects", "s3:ListBucket"),
    ("s3:ListObjectsV2", "s3:ListBucket"),
    ("s3:ListParts", "s3:ListMultipartUploadParts"),
    ("s3:PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"),
    ("s3:UploadPart", "s3:PutObject"),
    ("s3:UploadPartCopy", "s3:PutObject"),
    ("sns:PublishBatch", "sns:Publish"),
    ("sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility"),
    ("sqs:DeleteMessageBatch", "sqs:DeleteMessage"),
    ("sqs:SendMessageBatch", "sqs:SendMessage"),
];

/// The beginnings of API Gateway's operations, each with the action that allows them: its actions are the methods of
/// HTTP.
const API_GATEWAY_VERBS: &[(&str, &str)] = &[
    ("Create", "POST"),
    ("Delete", "DELETE"),
    ("Get", "GET"),
    ("Import", "POST"),
    ("Put", "PUT"),
    ("Update", "PATCH"),
];

/// An action that no service has, although a service has a similar one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAction {
    /// The similar action that exists.
    pub near: String,
}

/// Returns whether a text has the form of an action: `*`, or the names of a service and of an action with a `:` between
/// them. Both may contain wildcards.
#[must_use]
pub fn is_action(text: &str) -> bool {
    let is_word = |word: &str| {
        let allowed = |it: char| it.is_ascii_alphanumeric() || "-_*?".contains(it);
        !word.is_empty() && word.chars().all(allowed)
    };
    text == "*"
        || text.split_once(':').is_some_and(|(service, name)| is_word(service) && is_word(name))
}

/// Checks an action such as `s3:GetObject`, which may contain the wildcards `*` and `?`. An unknown action is
/// accepted if no known action is similar, because AWS adds actions every week. IAM ignores upper and lower case
/// in actions.
///
/// # Errors
///
/// Returns the similar action if the action does not exist.
pub fn check_action(action: &str) -> Result<(), UnknownAction> {
    let Some((service, name)) = action.split_once(':') else { return Ok(()) };
    if service.contains(['*', '?']) {
        return Ok(());
    }
    let operation = OPERATIONS.iter().find(|(operation, _)| operation.eq_ignore_ascii_case(action));
    if let Some((_, allowed_by)) = operation {
        return Err(UnknownAction { near: (*allowed_by).to_owned() });
    }
    let near = match list_actions(&service.to_lowercase()) {
        Some(known) => find_similar_action(name, &known)
            .or_else(|| find_method(service, name, &known))
            .map(|near| format!("{service}:{near}"))
            .or_else(|| find_sibling(service, name, &known)),
        None => match iam_service::prefix_of_other_name(service) {
            Some(prefix) => {
                let right = format!("{prefix}:{name}");
                Some(check_action(&right).err().map_or(right, |unknown| unknown.near))
            }
            None => find_similar_service(service, name),
        },
    };
    near.map_or(Ok(()), |near| Err(UnknownAction { near }))
}

/// Returns whether an action, which may have the wildcards `*` and `?`, means only such known actions of its service
/// for which `is_meant` holds. Returns `false` if the action means no known action.
pub(super) fn means_only(action: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    let Some((service, name)) = action.split_once(':') else { return false };
    let Some(known) = list_actions(&service.to_lowercase()) else { return false };
    let mut meant = known.iter().filter(|it| matches(name.as_bytes(), it.as_bytes())).peekable();
    meant.peek().is_some() && meant.all(|it| is_meant(it))
}

/// Returns whether a name matches a pattern with `*` and `?`. Upper and lower case are the same.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern, name) {
        ([b'*', rest @ ..], _) => {
            matches(rest, name)
                || name.split_first().is_some_and(|(_, name)| matches(pattern, name))
        }
        ([first, pattern @ ..], [letter, name @ ..]) => {
            (*first == b'?' || first.eq_ignore_ascii_case(letter)) && matches(pattern, name)
        }
        ([], name) => name.is_empty(),
        (_, []) => false,
    }
}

/// Returns the actions of a service, without the name of the service. Returns `None` if no service has this name.
#[must_use]
pub fn list_actions(service: &str) -> Option<BTreeSet<String>> {
    let (_, groups) = table_services().find(|(known, _)| *known == service)?;
    let mut lines = tables::table_lines(tables::ACTIONS);
    let verbs: Vec<&str> = lines.next()?.split(' ').collect();
    let mut actions = BTreeSet::new();
    let mut letters = "";
    for item in groups.split(' ') {
        if let Some(group) = item.strip_prefix('`') {
            letters = group;
            continue;
        }
        let text = words::decode(item);
        if letters.is_empty() {
            actions.insert(text);
            continue;
        }
        for letter in letters.chars() {
            let verb = index_in(LETTERS, letter.to_ascii_lowercase()).and_then(|it| verbs.get(it));
            let noun = if letter.is_ascii_uppercase() { plural(&text) } else { text.clone() };
            actions.insert(format!("{}{noun}", verb.copied().unwrap_or_default()));
        }
    }
    Some(actions)
}

/// Returns the plural of a noun.
fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Returns the known action that is similar to `name`. Returns `None` if `name` is known itself, if it has a
/// wildcard and matches a known action, or if no known action is similar.
fn find_similar_action(name: &str, known: &BTreeSet<String>) -> Option<String> {
    if let Some(start) = name.strip_suffix('*').filter(|start| !start.contains(['*', '?'])) {
        return find_similar_start(start, known);
    }
    if name.contains(['*', '?']) || known.iter().any(|it| it.eq_ignore_ascii_case(name)) {
        return None;
    }
    suggest::nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
}

/// Returns the beginning of a known action that is similar to `start`, followed by `*`. Returns `None` if a known
/// action begins with `start`, or if no beginning is similar.
fn find_similar_start(start: &str, known: &BTreeSet<String>) -> Option<String> {
    let lower = start.to_lowercase();
    if known.iter().any(|it| it.to_lowercase().starts_with(&lower)) {
        return None;
    }
    // A beginning that ends with a whole word, such as `Get` or `GetObject`.
    let ends = |name: &str| -> Vec<String> {
        let ends = name.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_uppercase());
        ends.map(|(at, _)| name[..at].to_owned()).chain([name.to_owned()]).collect()
    };
    let starts: BTreeSet<String> = known.iter().flat_map(|it| ends(it)).collect();
    let near = suggest::nearest(start, starts.iter().map(String::as_str))?;
    Some(format!("{near}*"))
}

/// Returns the method of HTTP that allows an operation of API Gateway, and `None` for an action that exists and for any
/// other service.
fn find_method(service: &str, name: &str, known: &BTreeSet<String>) -> Option<String> {
    let is_known = || known.iter().any(|it| matches(name.as_bytes(), it.as_bytes()));
    if !service.eq_ignore_ascii_case("apigateway") || is_known() {
        return None;
    }
    let (_, method) = API_GATEWAY_VERBS.iter().find(|(verb, _)| {
        name.strip_prefix(verb).is_some_and(|rest| rest.starts_with(|it: char| it.is_uppercase()))
    })?;
    Some((*method).to_owned())
}

/// Returns the action of a service whose name continues that of `service` after a hyphen: `rds-data:ExecuteStatement` for
/// `rds:ExecuteStatement`. Returns `None` if `service` has the action itself, or if no such service has it.
fn find_sibling(service: &str, name: &str, known: &BTreeSet<String>) -> Option<String> {
    let has = |actions: &BTreeSet<String>| {
        actions.iter().any(|it| matches(name.as_bytes(), it.as_bytes()))
    };
    if has(known) {
        return None;
    }
    let prefix = format!("{}-", service.to_lowercase());
    let mut siblings = services().filter(|it| it.starts_with(&prefix));
    let sibling = siblings.find(|it| list_actions(it).is_some_and(|actions| has(&actions)))?;
    Some(format!("{sibling}:{name}"))
}

/// Returns the action `name` of a service that is similar to the unknown `service`, if that service has the action.
fn find_similar_service(service: &str, name: &str) -> Option<String> {
    let near = suggest::nearest(service, services())?;
    let known = list_actions(near)?;
    let name = known.iter().find(|it| it.eq_ignore_ascii_case(name))?;
    Some(format!("{near}:{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(action: &str) -> Option<String> {
        check_action(action).err().map(|unknown| unknown.near)
    }

    #[test]
    fn known_actions_and_wildcards_are_accepted() {
        for action in [
            "s3:GetObject",
            "s3:getobject",
            "S3:GetObject",
            "s3:Get*",
            "s3:*",
            "*",
            "*:*",
            "s3:?etObject",
            "s3:*Object",
            "dynamodb:BatchGetItem",
            "execute-api:ManageConnections",
            "ses:SendEmail",
            "bedrock:InvokeModel",
            "apigateway:GET",
            "rds-db:connect",
        ] {
            assert_eq!(near(action), None, "{action}");
        }
    }

    #[test]
    fn an_unknown_action_has_the_similar_one() {
        for (action, expected) in [
            ("s3:GetObjct", "s3:GetObject"),
            ("s3:PutObjects", "s3:PutObject"),
            ("dynamodb:GetItems", "dynamodb:GetItem"),
            ("sqs:SendMesage", "sqs:SendMessage"),
            ("kms:Decript", "kms:Decrypt"),
            ("ses:SendEmial", "ses:SendEmail"),
            ("secretsmanager:GetSecretsValue", "secretsmanager:GetSecretValue"),
            ("s3:Gett*", "s3:Get*"),
            ("dynamdb:GetItem", "dynamodb:GetItem"),
        ] {
            assert_eq!(near(action).as_deref(), Some(expected), "{action}");
        }
    }

    #[test]
    fn an_operation_has_the_action_that_allows_it() {
        assert_eq!(near("s3:HeadObject").as_deref(), Some("s3:GetObject"));
        assert_eq!(near("lambda:Invoke").as_deref(), Some("lambda:InvokeFunction"));
        let exists = |action: &str| {
            let (service, name) = action.split_once(':').unwrap();
            list_actions(service).unwrap().contains(name)
        };
        for (operation, action) in OPERATIONS {
            assert!(exists(action), "{action}");
            assert!(!exists(operation), "{operation}");
        }
    }

    #[test]
    fn a_service_with_another_name_in_iam_has_that_name() {
        for (action, expected) in [
            ("sfn:StartExecution", "states:StartExecution"),
            ("stepfunctions:StartExecuton", "states:StartExecution"),
            ("cloudwatchlogs:PutLogEvents", "logs:PutLogEvents"),
            ("secrets:GetSecretValue", "secretsmanager:GetSecretValue"),
            ("eventbridge:PutEvents", "events:PutEvents"),
            ("bedrock-runtime:Converse", "bedrock:InvokeModel"),
            ("ddb:*", "dynamodb:*"),
            ("parameterstore:Get*", "ssm:Get*"),
            ("apigateway:Invoke", "execute-api:Invoke"),
            ("apigateway:GetRestApis", "apigateway:GET"),
            ("sesv2:SendEmail", "ses:SendEmail"),
            ("rds:ExecuteStatement", "rds-data:ExecuteStatement"),
            ("redshift:ExecuteStatement", "redshift-data:ExecuteStatement"),
        ] {
            assert_eq!(near(action).as_deref(), Some(expected), "{action}");
        }
        assert_eq!(near("apigateway:AddCertificateToDomain"), None);
    }

    #[test]
    fn an_action_with_wildcards_means_the_known_ones_that_match() {
        let is_object = |name: &str| name.contains("Object");
        for (action, expected) in [
            ("s3:GetObject*", true),
            ("s3:getobject", true),
            ("s3:?etObject", true),
            ("s3:Get*", false),
            ("s3:Nothing", false),
            ("other:GetObject", false),
            ("*", false),
        ] {
            assert_eq!(means_only(action, is_object), expected, "{action}");
        }
    }

    #[test]
    fn an_action_that_is_like_no_other_is_accepted() {
        for action in ["s3:Frobnicate", "quantum:Entangle", "newservice:GetObject"] {
            assert_eq!(near(action), None, "{action}");
        }
    }

    #[test]
    fn a_noun_has_its_plural() {
        for (noun, expected) in
            [("Item", "Items"), ("Policy", "Policies"), ("Key", "Keys"), ("Alias", "Aliases")]
        {
            assert_eq!(plural(noun), expected);
        }
    }
}
