//! Writes a resource as an entry of a template.

use std::borrow::Cow;

use skylift_model::aws::node::Node;

use super::yaml::Writer;
use crate::stack::Resource;

/// The indentation of a resource's keys.
pub(super) const KEYS: usize = 4;

/// The indentation of its properties.
pub(super) const PROPERTIES: usize = 6;

/// Writes a resource.
pub(super) fn write(resource: &Resource, to: &mut Writer) {
    let properties = resource.properties.iter();
    write_with(resource, properties.map(|(key, value)| (key, Cow::Borrowed(value))), to);
}

/// Writes a resource with these properties.
pub(super) fn write_with<'a>(
    resource: &Resource,
    properties: impl Iterator<Item = (&'a str, Cow<'a, Node>)>,
    to: &mut Writer,
) {
    to.apart();
    to.key(&resource.id, 2);
    let mut text = |key, text: &str| to.text(key, text, KEYS);
    text("Type", resource.kind);
    if let Some(condition) = &resource.condition {
        text("Condition", condition);
    }
    if let Some(retention) = resource.retention {
        text("DeletionPolicy", retention.as_str());
        text("UpdateReplacePolicy", retention.as_str());
    }
    if !resource.depends_on.is_empty() {
        let ids: Vec<Node> = resource.depends_on.iter().map(Node::from).collect();
        to.entry("DependsOn", &ids.into(), KEYS);
    }
    if let Some(policy) = &resource.update_policy {
        to.entry("UpdatePolicy", &policy.clone().into(), KEYS);
    }
    let mut properties = properties.peekable();
    if properties.peek().is_some() {
        to.key("Properties", KEYS);
    }
    for (key, value) in properties {
        to.entry(key, &value, PROPERTIES);
    }
}
