//! The policy of a resource that refuses what is not encrypted on the way. It takes what the policy is
//! about, and gives its document.

use skylift_model::aws::node::{Map, Node};

/// Refuses `action` on these ARNs where the request is not encrypted.
pub(super) fn only(action: &str, arns: Vec<Node>) -> Map {
    let condition = Map::new().with("Bool", Map::new().with("aws:SecureTransport", "false"));
    let mut statement = Map::new();
    statement.push("Sid", "TlsOnly");
    statement.push("Effect", "Deny");
    statement.push("Principal", "*");
    statement.push("Action", action);
    statement.push("Resource", arns);
    statement.push("Condition", condition);
    Map::new().with("Version", "2012-10-17").with("Statement", vec![Node::Map(statement)])
}
