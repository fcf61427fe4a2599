//! Writes a resource of the stack as an entry of a template's section `Resources`.

use std::borrow::Cow;

use skylift_model::aws::node::Node;

use super::yaml::Writer;
use crate::stack::Resource;

/// The indentation of the keys of a resource in a template, such as `Type`.
pub(super) const KEY_DEPTH: usize = 4;

/// The indentation of the properties of a resource in a template.
pub(super) const PROPERTY_DEPTH: usize = 6;

/// Writes a resource of the stack as an entry of the section `Resources`.
pub(super) fn write_resource(resource: &Resource, to: &mut Writer) {
    let properties = resource.properties.iter();
    write_resource_with(resource, properties.map(|(key, value)| (key, Cow::Borrowed(value))), to);
}

/// Writes a resource of the stack as an entry of the section `Resources`, with `properties` instead of the
/// resource's own.
pub(super) fn write_resource_with<'a>(
    resource: &Resource,
    properties: impl Iterator<Item = (&'a str, Cow<'a, Node>)>,
    to: &mut Writer,
) {
    to.begin_entry();
    to.write_key(&resource.id, 2);
    let mut text = |key, text: &str| to.write_text(key, text, KEY_DEPTH);
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
        to.write_entry("DependsOn", &ids.into(), KEY_DEPTH);
    }
    if let Some(policy) = &resource.update_policy {
        to.write_entry("UpdatePolicy", &policy.clone().into(), KEY_DEPTH);
    }
    let mut properties = properties.peekable();
    if properties.peek().is_some() {
        to.write_key("Properties", KEY_DEPTH);
    }
    for (key, value) in properties {
        to.write_entry(key, &value, PROPERTY_DEPTH);
    }
}
