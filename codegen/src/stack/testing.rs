//! How tests look at a stack: by logical id and path, as JSON.
//!
//! `stack.resource("UploadsPermission").property("SourceArn")` is what CloudFormation gets.

use serde_json::Value;
use skylift_model::aws::node::Map;

use super::{Resource, Stack, over};

/// A resource of a stack.
pub(crate) struct Seen {
    /// The resource, with what it has by default.
    pub(crate) resource: Resource,
    json: Value,
}

impl Stack {
    /// The resource with this id.
    pub(crate) fn resource(&self, id: &str) -> Seen {
        let mut all = self.all();
        let found = all.find(|it| it.id == id);
        let mut resource =
            found.unwrap_or_else(|| panic!("no `{id}` among {:?}", self.ids())).clone();
        let function = self.functions.iter().find(|it| it.function.id == id);
        let none = Map::new();
        let properties = match function {
            Some(of) => of.properties(&self.defaults),
            None => over(&none, &resource.properties),
        };
        let properties = properties
            .into_iter()
            .fold(Map::new(), |all, (key, value)| all.with(key, value.into_owned()));
        let json = serde_json::to_value(&properties).unwrap();
        resource.properties = properties;
        Seen { resource, json }
    }

    /// All ids, in the order of the stack.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.all().map(|it| it.id.as_str()).collect()
    }
}

impl Seen {
    /// All properties.
    pub(crate) fn properties(&self) -> &Value {
        &self.json
    }

    /// The property at a path, whose parts are separated by dots; null where there is none.
    pub(crate) fn property(&self, path: &str) -> Value {
        let step = |value: &Value, key: &str| match key.parse::<usize>() {
            Ok(index) if value.is_array() => value[index].clone(),
            _ => value[key].clone(),
        };
        path.split('.').fold(self.json.clone(), |value, key| step(&value, key))
    }

    /// Its type.
    pub(crate) fn kind(&self) -> &str {
        self.resource.kind
    }
}
