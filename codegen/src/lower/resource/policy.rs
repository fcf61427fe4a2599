//! The policy of a resource: it rejects requests that are not encrypted, and has the user's statements. AWS keeps one
//! policy for a resource, so both are in one.

use skylift_model::aws::node::{Map, Node};

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
}
