//! Lowers the KMS key of a resource that services of AWS send to. The policy of an AWS managed key cannot be changed, and
//! allows only callers of the account. A key with a policy of its own allows these services too.
// See decision 0126.

use skylift_model::aws::node::{Map, Node};

use super::kind::NewResource;
use crate::lower::text::text_nodes;
use crate::stack::{Purpose, Resource};

/// The actions by which a message is encrypted for a queue or a topic, and decrypted to be delivered.
const ACTIONS: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey*"];

/// Returns the key of a resource. The callers of the account use it through `service`, the resource's own, as they do with
/// the AWS managed key; the services that the resource's consumers name use it for this account alone.
pub(super) fn lower_key(new: &NewResource<'_>, service: &str) -> Resource {
    let account = || Node::reference("AWS::AccountId");
    let root = Node::sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root");
    let through = via_service(service, "${AWS::Region}");
    let condition = Map::new().with("kms:CallerAccount", account()).with("kms:ViaService", through);
    let mut statements = vec![
        statement("Account", Map::new().with("AWS", root), vec![Node::from("kms:*")], None),
        statement("Callers", Map::new().with("AWS", "*"), text_nodes(ACTIONS), Some(condition)),
    ];
    let users = text_nodes(new.needs.key_users.iter().copied());
    statements.push(statement(
        "Services",
        Map::new().with("Service", users),
        text_nodes(ACTIONS),
        Some(Map::new().with("aws:SourceAccount", account())),
    ));
    let policy = Map::new().with("Version", "2012-10-17").with("Statement", statements);
    let id = new.resource.id.join("Key");
    let kind = new.resource.kind().as_str();
    let properties = Map::new()
        .with("Description", format!("Key of the {kind} {}", new.id()))
        .with("EnableKeyRotation", true)
        .with("KeyPolicy", policy);
    new.part_resource(id.as_str(), "AWS::KMS::Key", Purpose::Key, properties)
}

/// Returns the value of `kms:ViaService` for a service in a region. AWS documents the domain `amazonaws.com` alone. AWS:
/// "`kms:ViaService`" of the Developer Guide of KMS.
pub(crate) fn via_service(service: &str, region: &str) -> Node {
    let host = format!("{service}.{region}.amazonaws.com");
    if host.contains("${") { Node::sub(host) } else { Node::from(host) }
}

/// Returns a statement that allows these actions on the key.
fn statement(sid: &str, principal: Map, actions: Vec<Node>, equals: Option<Map>) -> Node {
    let mut statement = Map::new()
        .with("Sid", sid)
        .with("Effect", "Allow")
        .with("Principal", principal)
        .with("Action", actions)
        .with("Resource", "*");
    statement.set_some("Condition", equals.map(|equals| Map::new().with("StringEquals", equals)));
    statement.into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::stack_from_source;

    const FUNCTION: &str = "#[function(alarms(errors = 1, to = Alerts))]\nasync fn take() -> Result<(), Error> { Ok(()) }";

    #[test]
    fn a_key_is_for_the_account_and_for_the_services_that_publish() {
        let stack =
            stack_from_source(&format!("#[resource(topic)]\npub struct Alerts;\n{FUNCTION}"));
        let key = stack.resource("AlertsKey");
        assert_eq!(key.kind(), "AWS::KMS::Key");
        assert_eq!(key.property("EnableKeyRotation"), true);
        let account = json!({ "Ref": "AWS::AccountId" });
        let statement = |index: usize| key.property(&format!("KeyPolicy.Statement.{index}"));
        assert_eq!(statement(0)["Action"], json!(["kms:*"]));
        let root = json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" });
        assert_eq!(statement(0)["Principal"]["AWS"], root);
        let actions = json!(["kms:Decrypt", "kms:GenerateDataKey*"]);
        assert_eq!((&statement(1)["Action"], &statement(2)["Action"]), (&actions, &actions));
        let through = json!({ "Fn::Sub": "sns.${AWS::Region}.amazonaws.com" });
        assert_eq!(
            statement(1)["Condition"]["StringEquals"],
            json!({ "kms:CallerAccount": account, "kms:ViaService": through })
        );
        assert_eq!(statement(2)["Principal"], json!({ "Service": ["cloudwatch.amazonaws.com"] }));
        let equals = json!({ "aws:SourceAccount": account });
        assert_eq!(statement(2)["Condition"]["StringEquals"], equals);
    }

    #[test]
    fn a_topic_with_the_users_own_key_has_no_other() {
        let stack = stack_from_source(&format!(
            "#[resource(topic(properties = {{ \"KmsMasterKeyId\": \"alias/mine\" }}))]\npub struct Alerts;\n{FUNCTION}"
        ));
        assert!(!stack.ids().contains(&"AlertsKey"), "{:?}", stack.ids());
        assert_eq!(stack.resource("Alerts").property("KmsMasterKeyId"), "alias/mine");
    }
}
