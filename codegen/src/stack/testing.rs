//! Access to a stack for tests: resources by logical id, properties by path, as JSON.
//!
//! `stack.resource("UploadsPermission").property("SourceArn")` returns the value in the template.

use serde_json::Value;
use skylift_model::aws::node::Map;

use super::{Resource, Stack, merge_over_defaults};

/// A resource of a stack, as tests examine it.
pub(crate) struct ResourceView {
    /// The resource; a function includes the defaults of all functions.
    pub(crate) resource: Resource,
    json: Value,
}

impl Stack {
    /// Returns the resource of the stack with this logical id.
    pub(crate) fn resource(&self, id: &str) -> ResourceView {
        let mut all = self.all_resources();
        let found = all.find(|it| it.id == id);
        let mut resource =
            found.unwrap_or_else(|| panic!("no `{id}` among {:?}", self.ids())).clone();
        let function = self.functions.iter().find(|it| it.function.id == id);
        let none = Map::new();
        let properties = match function {
            Some(of) => of.properties(&self.defaults),
            None => merge_over_defaults(&none, &resource.properties),
        };
        let properties = properties
            .into_iter()
            .fold(Map::new(), |all, (key, value)| all.with(key, value.into_owned()));
        let json = serde_json::to_value(&properties).unwrap();
        resource.properties = properties;
        ResourceView { resource, json }
    }

    /// Returns the logical ids of all resources, in the order of the stack.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.all_resources().map(|it| it.id.as_str()).collect()
    }
}

impl ResourceView {
    /// Returns all properties of the resource as JSON.
    pub(crate) fn properties(&self) -> &Value {
        &self.json
    }

    /// Returns the resource's property at a path with dots between its keys; null if the resource does not have
    /// the property.
    pub(crate) fn property(&self, path: &str) -> Value {
        let step = |value: &Value, key: &str| match key.parse::<usize>() {
            Ok(index) if value.is_array() => value[index].clone(),
            _ => value[key].clone(),
        };
        path.split('.').fold(self.json.clone(), |value, key| step(&value, key))
    }

    /// Returns the CloudFormation type of the resource.
    pub(crate) fn kind(&self) -> &str {
        self.resource.kind
    }
}
