//! Resolves references that only SAM knows: `!Ref Order.Alias`, `!GetAtt Order.DestinationQueue.Arn`, and the same
//! inside a `Sub`. Such a reference names a generated resource by the function's id and a suffix. It becomes a
//! reference to the logical id of that resource.

use skylift_model::aws::node::{Map, Node};

use super::result::LoweredProperties;
use super::sam_resource::SamResourcePurpose;

impl LoweredProperties {
    /// Returns the logical ids of the queue and the topic that SAM generates as destinations, each with the suffix
    /// by which SAM names it: `DestinationQueue` or `DestinationTopic`. If SAM generates two queues or two topics
    /// for the function, the suffix means the second one, as in SAM.
    ///
    /// The names of the alias and of the version are not included.
    pub(crate) fn destination_ids(&self) -> Vec<(&'static str, String)> {
        let mut names = Vec::new();
        for (name, kind) in
            [("DestinationTopic", "AWS::SNS::Topic"), ("DestinationQueue", "AWS::SQS::Queue")]
        {
            let mut generated = self
                .resources
                .iter()
                .filter(|resource| resource.purpose == SamResourcePurpose::Destination);
            let last = generated.rfind(|resource| resource.kind == kind);
            names.extend(last.map(|resource| (name, resource.id.clone())));
        }
        names
    }
}

/// Replaces SAM's names in the references of a node by logical ids. `find` takes a function's id and a suffix such
/// as `Alias`, and returns the logical id, or `None` if SAM has no such name.
pub(crate) fn resolve_sam_references(
    node: &Node,
    find: &dyn Fn(&str, &str) -> Option<String>,
) -> Node {
    match node {
        Node::Tag(name, argument) => {
            Node::Tag(name, Box::new(resolve_argument(name, argument, find)))
        }
        Node::Seq(items) => {
            Node::Seq(items.iter().map(|item| resolve_sam_references(item, find)).collect())
        }
        Node::Map(map) => {
            let entry = |lowered: Map, (key, value): (&str, &Node)| {
                let value = match key.strip_prefix("Fn::").or((key == "Ref").then_some(key)) {
                    Some(name) => resolve_argument(name, value, find),
                    None => resolve_sam_references(value, find),
                };
                lowered.with(key, value)
            };
            Node::Map(map.iter().fold(Map::new(), entry))
        }
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => node.clone(),
    }
}

/// Resolves SAM's names in the argument of the intrinsic function `name`.
fn resolve_argument(
    name: &str,
    argument: &Node,
    find: &dyn Fn(&str, &str) -> Option<String>,
) -> Node {
    match (name, argument) {
        ("Ref" | "GetAtt", Node::Str(path)) => Node::from(resolve_path(path, find)),
        // The path may be split at any dot: `[Order, Alias.Arn]` and `[Order.Alias, Arn]` are the same.
        ("GetAtt", Node::Seq(parts)) => match parts.as_slice() {
            [Node::Str(id), Node::Str(attribute)] => {
                let path = resolve_path(&format!("{id}.{attribute}"), find);
                let (id, attribute) = path.split_once('.').unwrap_or((&path, ""));
                Node::Seq(vec![Node::from(id), Node::from(attribute)])
            }
            _ => argument.clone(),
        },
        ("Sub", Node::Str(text)) => Node::from(resolve_sub_text(text, find)),
        ("Sub", Node::Seq(parts)) => {
            let part = |(index, part): (usize, &Node)| match part {
                Node::Str(text) if index == 0 => Node::from(resolve_sub_text(text, find)),
                other => resolve_sam_references(other, find),
            };
            Node::Seq(parts.iter().enumerate().map(part).collect())
        }
        _ => resolve_sam_references(argument, find),
    }
}

/// Resolves SAM's name in a path: `Order.Alias.Arn` becomes `OrderAliaslive.Arn`. Returns the path unchanged if it
/// contains no name of SAM.
fn resolve_path(path: &str, find: &dyn Fn(&str, &str) -> Option<String>) -> String {
    let mut parts = path.splitn(3, '.');
    let id = parts.next().zip(parts.next()).and_then(|(id, name)| find(id, name));
    match (id, parts.next()) {
        (None, _) => path.to_owned(),
        (Some(id), None) => id,
        (Some(id), Some(attribute)) => format!("{id}.{attribute}"),
    }
}

/// Resolves SAM's names in the text of a `Sub`, in which each `${…}` contains a path.
fn resolve_sub_text(text: &str, find: &dyn Fn(&str, &str) -> Option<String>) -> String {
    let mut pieces = text.split("${");
    let mut lowered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (path, rest) = piece.split_at(piece.find('}').unwrap_or(0));
        lowered.push_str("${");
        lowered.push_str(&resolve_path(path, find));
        lowered.push_str(rest);
    }
    lowered
}
