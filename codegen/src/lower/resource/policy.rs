//! The policy of a resource: it may reject requests that are not encrypted, and has the user's statements. AWS keeps one
//! policy for a resource, so both are in one.

use skylift_model::aws::node::{Map, Node};

use super::kind::NewResource;
use crate::stack::{Purpose, Resource};

/// A type of CloudFormation for the policy of a resource.
pub(super) struct PolicyType {
    pub(super) kind: &'static str,
    /// The property that names the resource.
    pub(super) target: &'static str,
    /// The property with the document.
    pub(super) document: &'static str,
}

/// Returns the policy of a resource as a resource of its own, with the target by which it names the resource.
pub(super) fn policy_resource(
    new: &NewResource<'_>,
    policy: &PolicyType,
    target: Node,
    document: Map,
) -> Resource {
    let properties = Map::new().with(policy.target, target).with(policy.document, document);
    let id = new.resource.id.join("Policy");
    new.part_resource(id.as_str(), policy.kind, Purpose::Policy, properties)
}

/// Returns the policy of a resource, or `None` if it has no statements. With `tls_only` it denies `actions` on the
/// ARNs of the resource for requests without TLS. `others` are the statements of the user and of
/// triggers; one without a `Resource` is about these ARNs.
pub(super) fn policy_document(
    tls_only: bool,
    others: &[Map],
    actions: &str,
    arns: &[Node],
) -> Option<Map> {
    let mut statements = Vec::new();
    if tls_only {
        statements.push(Node::Map(tls_statement(actions, arns.to_vec())));
    }
    for statement in others {
        let mut statement = statement.clone();
        if statement.get("Resource").is_none() && statement.get("NotResource").is_none() {
            statement.set("Resource", arns.to_vec());
        }
        statements.push(statement.into());
    }
    let document =
        || Map::new().with("Version", "2012-10-17").with("Statement", statements.clone());
    (!statements.is_empty()).then(document)
}

/// Returns the statement that denies `actions` on the resources `arns` for requests without TLS.
fn tls_statement(actions: &str, arns: Vec<Node>) -> Map {
    let condition = Map::new().with("Bool", Map::new().with("aws:SecureTransport", "false"));
    let mut statement = Map::new();
    statement.push("Sid", "TlsOnly");
    statement.push("Effect", "Deny");
    statement.push("Principal", "*");
    statement.push("Action", actions);
    statement.push("Resource", arns);
    statement.push("Condition", condition);
    statement
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    #[test]
    fn a_statement_of_the_users_joins_the_policy_and_is_about_the_resource() {
        let stack = stack_from_source(
            r#"#[resource(topic)]
pub struct News;
#[resource(queue(policy = [{ "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "News" } } } }]))]
pub struct Jobs;
#[resource(bucket(tls_only = false, policy = { "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject" }))]
pub struct Files;
#[resource(topic(policy = { "Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*" }))]
pub struct Alarms;
#[function]
async fn take() -> Result<(), Error> { Ok(()) }"#,
        );
        let statements = |id: &str| {
            stack.resource(id).property("PolicyDocument.Statement").as_array().unwrap().clone()
        };
        let jobs = statements("JobsPolicy");
        assert_eq!(jobs.len(), 2);
        assert_eq!(jobs[0]["Sid"], "TlsOnly");
        assert_eq!(jobs[1]["Resource"], json!([{ "Fn::GetAtt": "Jobs.Arn" }]));
        assert_eq!(jobs[1]["Condition"]["ArnEquals"]["aws:SourceArn"], json!({ "Ref": "News" }));
        assert_eq!(statements("JobsDeadLettersPolicy").len(), 1);
        let files = statements("FilesPolicy");
        assert_eq!((files.len(), files[0]["Resource"].as_array().unwrap().len()), (1, 2));
        let alarms = statements("AlarmsPolicy");
        assert_eq!((alarms.len(), &alarms[1]["Resource"]), (2, &json!("*")));
    }

    #[test]
    fn tables_streams_and_secrets_have_a_policy_only_with_statements_of_the_users() {
        let source = |key: &str, stream: &str| {
            let statement = |service: &str| {
                format!(
                    r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "123456789012" }}, "Action": "{service}:*" }}"#
                )
            };
            let policy = |key: &str, service: &str| match key {
                "" => String::new(),
                key => format!("{key} = {}", statement(service)),
            };
            let (table, click) = (policy(key, "dynamodb"), policy(key, "kinesis"));
            let (secret, stream) = (policy(key, "secretsmanager"), policy(stream, "dynamodb"));
            format!(
                "#[resource(table(key = \"id\", stream = new, {table}{} {stream}))] pub struct Orders;\n#[resource(stream({click}))] pub struct Clicks;\n#[resource(secret({secret}))] pub struct Token;\n#[function] async fn take() -> Result<(), Error> {{ Ok(()) }}",
                if table.is_empty() { "" } else { "," }
            )
        };
        let none = stack_from_source(&source("", ""));
        assert!(!none.ids().iter().any(|id| ["ClicksPolicy", "TokenPolicy"].contains(id)));
        let orders = none.resource("Orders");
        assert!(orders.property("ResourcePolicy").is_null());
        assert_eq!(
            orders.property("StreamSpecification"),
            json!({ "StreamViewType": "NEW_IMAGE" })
        );

        let all = stack_from_source(&source("policy", "stream_policy"));
        let orders = all.resource("Orders");
        for place in ["ResourcePolicy", "StreamSpecification.ResourcePolicy"] {
            let statement = orders.property(&format!("{place}.PolicyDocument.Statement.0"));
            assert_eq!(statement["Resource"], json!(["*"]), "{place}");
            assert_eq!(statement["Action"], "dynamodb:*");
        }
        assert_eq!(orders.property("StreamSpecification.StreamViewType"), "NEW_IMAGE");
        let clicks = all.resource("ClicksPolicy");
        assert_eq!(clicks.kind(), "AWS::Kinesis::ResourcePolicy");
        let arn = json!({ "Fn::GetAtt": "Clicks.Arn" });
        assert_eq!(clicks.property("ResourceArn"), arn);
        assert_eq!(clicks.property("ResourcePolicy.Statement.0.Resource"), json!([arn]));
        let token = all.resource("TokenPolicy");
        assert_eq!(token.kind(), "AWS::SecretsManager::ResourcePolicy");
        assert_eq!(token.property("SecretId"), json!({ "Ref": "Token" }));
        assert_eq!(token.property("BlockPublicPolicy"), true);
        assert_eq!(
            token.property("ResourcePolicy.Statement.0.Resource"),
            json!([{ "Ref": "Token" }])
        );
    }
}
