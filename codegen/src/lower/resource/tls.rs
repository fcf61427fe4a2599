//! The document of a resource policy that rejects unencrypted requests.

use skylift_model::aws::node::{Map, Node};

/// Returns a resource policy that denies `action` on the resources `arns` for requests without TLS.
pub(super) fn tls_only_document(action: &str, arns: Vec<Node>) -> Map {
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
