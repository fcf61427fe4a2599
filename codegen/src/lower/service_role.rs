//! The roles with which services of AWS act for the application: EventBridge, Step Functions and AWS IoT. Takes the service
//! and what it does, and returns the properties of the role. No other account can make the service use the role.

use skylift_model::aws::node::{Map, Node};

use super::text::text_nodes;

/// Returns the properties of a role that `service` uses for this account, with the policy `name` of these statements.
pub(crate) fn role_properties(service: &str, name: &str, statements: Vec<Node>) -> Map {
    let account = Map::new().with("aws:SourceAccount", Node::reference("AWS::AccountId"));
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", service))
        .with("Action", "sts:AssumeRole")
        .with("Condition", Map::new().with("StringEquals", account));
    let mut role = Map::new().with("AssumeRolePolicyDocument", document(vec![trust.into()]));
    if !statements.is_empty() {
        let policy =
            Map::new().with("PolicyName", name).with("PolicyDocument", document(statements));
        role.set("Policies", vec![policy.into()]);
    }
    role
}

/// Returns a statement that allows actions on one resource.
pub(crate) fn allow(actions: &[&str], on: Node) -> Node {
    let actions = match actions {
        [one] => Node::from(*one),
        several => text_nodes(several.iter().copied()).into(),
    };
    Map::new().with("Effect", "Allow").with("Action", actions).with("Resource", on).into()
}

/// Returns a policy document with these statements.
fn document(statements: Vec<Node>) -> Map {
    Map::new().with("Version", "2012-10-17").with("Statement", statements)
}
