//! The key `policy = [{ … }]` of a bucket, a queue, a topic, a table, a stream or a secret: statements for the policy of the
//! resource, in the language of IAM. The resource itself has one policy, which may also refuse requests without TLS.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::policy::{PolicyOwner, check_statements};
use skylift_model::aws::shape::ShapeProblem;

use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_json_object, read_list, report_expected};
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};
use crate::written::without_unchecked;

/// The key that has the statements.
pub(super) const KEY: &str = "policy";

/// The key of a table that has the statements for its stream.
pub(super) const STREAM_KEY: &str = "stream_policy";

/// The services that refuse every policy for everyone.
const ALWAYS_PRIVATE: [&str; 2] = ["dynamodb", "secretsmanager"];

/// The service of buckets.
const S3: &str = "s3";

/// The property of a bucket that blocks public access, unless the user sets it.
const ACCESS_BLOCK: &str = "PublicAccessBlockConfiguration";

/// Reads the statements of a resource's policy; `service` is the prefix of the service's actions, such as `sqs`, and
/// `properties` are the user's properties of the resource. Returns `None` after an error was recorded.
pub(super) fn read_statements(
    value: &ArgValue,
    service: &str,
    properties: &Map,
    errors: &mut Errors,
) -> Option<Vec<Map>> {
    let is_private = service == S3 && properties.get(ACCESS_BLOCK).is_none();
    let mut read = |item: &ArgValue| {
        let statement = read_statement(item, service, errors)?;
        if is_private && is_public(&statement) {
            errors.push(&item.span, messages::public_bucket_policy(ACCESS_BLOCK));
            return None;
        }
        if ALWAYS_PRIVATE.contains(&service) && is_public(&statement) {
            errors.push(&item.span, messages::public_policy(service));
            return None;
        }
        Some(statement)
    };
    read_list(value).iter().map(&mut read).collect()
}

/// Returns whether a statement permits something to everyone. S3 refuses such a policy of a bucket that blocks public
/// access.
fn is_public(statement: &Map) -> bool {
    let everyone = Node::from("*");
    let principal = match statement.get("Principal") {
        Some(Node::Map(principal)) => principal.get("AWS"),
        principal => principal,
    };
    statement.get("Effect") == Some(&Node::from("Allow"))
        && principal == Some(&everyone)
        && statement.get("Condition").is_none()
}

/// Reads one statement. Returns `None` after an error was recorded.
fn read_statement(value: &ArgValue, service: &str, errors: &mut Errors) -> Option<Map> {
    let ArgValueKind::Map(entries) = &value.kind else {
        return report_expected(phrases::STATEMENT, value, errors);
    };
    let plain = without_unchecked(value, errors)?;
    let statement = read_json_object(&plain, errors)?;
    errors.scope(|errors| {
        let mut report = |span: &SourceSpan, problem: ShapeProblem| {
            errors.push(span, messages::shape_problem(problem));
        };
        check_statements(value, PolicyOwner::Resource, &mut report);
        Some(())
    })?;
    let is_action = |key: &str| matches!(key, "Action" | "NotAction");
    let mut actions = entries.iter().filter(|(ArgKey { text, .. }, _)| is_action(text));
    if let Some((action, text)) = actions.find_map(|(_, it)| find_foreign_action(it, service)) {
        errors.push(&action.span, messages::foreign_action(text, service));
        return None;
    }
    Some(statement)
}

/// Returns the first action that is not one of the service.
fn find_foreign_action<'a>(
    actions: &'a ArgValue,
    service: &str,
) -> Option<(&'a ArgValue, &'a str)> {
    read_list(actions).iter().find_map(|action| match &action.kind {
        ArgValueKind::Str(text) => {
            let own = text
                .split_once(':')
                .is_some_and(|(of, name)| of.eq_ignore_ascii_case(service) && !name.is_empty());
            (!own && text != "*").then_some((action, text.as_str()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::resource::testing::{accepted, rejected};

    #[test]
    fn a_statement_is_read_as_it_is_written() {
        for attribute in [
            r#"queue(policy = { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "News" } } } })"#,
            r#"bucket(policy = [{ "Sid": "A", "Effect": "Deny", "NotPrincipal": "*", "NotAction": ["s3:Get*"], "Resource": "*" }], tls_only = false)"#,
            r#"topic(policy = [{ "Effect": "Allow", "Principal": "*", "Action": "*" }])"#,
        ] {
            assert_eq!(accepted(attribute).policy.len(), 1, "{attribute}");
        }
    }

    #[test]
    fn a_bucket_that_blocks_public_access_has_no_public_policy() {
        let bucket = |principal: &str, more: &str| {
            format!(
                r#"bucket(policy = {{ "Effect": "Allow", "Principal": {principal}, "Action": "s3:GetObject" {more} }})"#
            )
        };
        for public in [r#""*""#, r#"{ "AWS": "*" }"#] {
            let found = rejected(&bucket(public, ""));
            assert!(found.starts_with("S3 refuses a policy for everyone: "), "{found}");
        }
        accepted(&bucket(r#"{ "Service": "cloudfront.amazonaws.com" }"#, ""));
        accepted(&bucket(
            r#""*""#,
            r#", "Condition": { "Bool": { "aws:SecureTransport": "true" } }"#,
        ));
        let open = r#"properties = { "PublicAccessBlockConfiguration": { "BlockPublicPolicy": false } }, policy"#;
        accepted(&bucket(r#""*""#, "").replace("policy", open));
    }

    #[test]
    fn a_wrong_statement_is_an_error_at_its_token() {
        let principal = r#""Principal": "*""#;
        for (statement, message) in [
            ("3".to_owned(), "expected a statement of IAM in braces, found a number"),
            (
                format!(r#"{{ {principal}, "Action": "sqs:SendMessage" }}"#),
                "a statement of a policy needs `Effect`",
            ),
            (
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage" }"#.to_owned(),
                "a statement of a policy needs `Principal`",
            ),
            (
                format!(r#"{{ "Effect": "Allow", {principal} }}"#),
                "a statement of a policy needs `Action`",
            ),
            (
                format!(r#"{{ "Effect": "allow", {principal}, "Action": "sqs:SendMessage" }}"#),
                "`Effect` is `\"Allow\"` or `\"Deny\"`",
            ),
            (
                format!(r#"{{ "Effect": "Allow", {principal}, "Actions": "sqs:SendMessage" }}"#),
                "a statement of a policy has no key `Actions`\n\nhelp: did you mean `Action`?",
            ),
            (
                format!(r#"{{ "Effect": "Allow", {principal}, "Action": "s3:GetObject" }}"#),
                "`s3:GetObject` is not an action of `sqs`\n\nhelp: the policy of this resource can only permit `sqs:…`",
            ),
        ] {
            let found = rejected(&format!("queue(policy = {statement})"));
            assert!(found.starts_with(message), "{statement}: {found}");
        }
        let existing = rejected(r#"queue(existing = "jobs", policy = [])"#);
        assert!(existing.contains("`policy`"), "{existing}");
    }

    #[test]
    fn tables_streams_and_secrets_have_policies_of_their_services() {
        let statement = |action: &str, principal: &str| {
            format!(r#"{{ "Effect": "Allow", "Principal": {principal}, "Action": "{action}" }}"#)
        };
        let account = r#"{ "AWS": "123456789012" }"#;
        for (kind, service) in [
            ("table(key = \"id\", ", "dynamodb"),
            ("stream(", "kinesis"),
            ("secret(", "secretsmanager"),
        ] {
            let with = |action: &str, principal: &str| {
                format!("{kind}policy = [{}])", statement(action, principal))
            };
            let read = accepted(&with(&format!("{service}:*"), account));
            assert_eq!((read.policy.len(), read.stream_policy.len()), (1, 0));
            let found = rejected(&with("s3:GetObject", account));
            assert!(found.starts_with(&format!("`s3:GetObject` is not an action of `{service}`")));
        }
        for (attribute, name) in [
            (r#"table(key = "id", policy = STATEMENT)"#, "dynamodb"),
            (r#"table(key = "id", stream = keys, stream_policy = STATEMENT)"#, "dynamodb"),
            ("secret(policy = STATEMENT)", "secretsmanager"),
        ] {
            let statement = statement(&format!("{name}:*"), r#""*""#);
            let found = rejected(&attribute.replace("STATEMENT", &statement));
            assert!(
                found.contains("refuses a policy for everyone\n\nhelp: name who is meant"),
                "{found}"
            );
        }
        accepted(&format!("stream(policy = {})", statement("kinesis:*", r#""*""#)));
    }

    #[test]
    fn a_stream_of_a_table_has_a_policy_if_there_is_one() {
        let statement = r#"{ "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "dynamodb:GetRecords" }"#;
        let read =
            accepted(&format!(r#"table(key = "id", stream = keys, stream_policy = {statement})"#));
        assert_eq!((read.policy.len(), read.stream_policy.len()), (0, 1));
        assert_eq!(
            rejected(&format!(r#"table(key = "id", stream_policy = {statement})"#)),
            "`stream_policy` is for the stream of the table, and it has none\n\nhelp: write `stream = new_and_old` beside it"
        );
        assert!(rejected("stream(stream_policy = [])").starts_with("unknown key `stream_policy`"));
        let both = rejected(
            r#"table(key = "id", properties = { "ResourcePolicy": { "PolicyDocument": {} } })"#,
        );
        assert!(both.contains("`policy`"), "{both}");
    }
}
