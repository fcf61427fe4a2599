//! The policy of a resource that refuses what is not encrypted on the way. It takes the resource and
//! what it is called, and gives the policy as a resource of its own.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;

use super::kept;

/// What such a policy is in a template.
pub(super) struct Only {
    /// Its type.
    pub(super) kind: &'static str,
    /// The property that says what it belongs to, and its value.
    pub(super) of: (&'static str, Node),
    /// What is refused, and where.
    pub(super) action: &'static str,
    pub(super) arns: Vec<Node>,
}

/// The policy, which stays where the resource stays.
pub(super) fn only(resource: &Resource, Only { kind, of, action, arns }: Only) -> Node {
    let condition = Map::new().with("Bool", Map::new().with("aws:SecureTransport", "false"));
    let mut statement = Map::new();
    statement.push("Sid", "TlsOnly");
    statement.push("Effect", "Deny");
    statement.push("Principal", "*");
    statement.push("Action", action);
    statement.push("Resource", arns);
    statement.push("Condition", condition);
    let document =
        Map::new().with("Version", "2012-10-17").with("Statement", vec![Node::Map(statement)]);
    let mut node = kept(resource, kind);
    node.push("Properties", Map::new().with(of.0, of.1).with("PolicyDocument", document));
    node.into()
}
