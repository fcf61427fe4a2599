//! [`CustomResourceAnswer`]: what a handler answers to CloudFormation, and [`HandlerAnswer`], the same as the runtime
//! reads it from the handler's response.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Error, messages};

/// The answer to a request of CloudFormation: the attributes of the resource, and its physical id.
///
/// The data is a map of names and values: a struct, or any other type that is serialized as a map. The values are
/// texts, numbers, booleans, or lists of these. A template reads a value as `!GetAtt Seed.Rows`. The whole answer has
/// at most 4,096 bytes. Mirrors "Custom resource request and response reference" of the AWS CloudFormation Template
/// Reference.
///
/// ```
/// use serde::Serialize;
/// use skylift::event::CustomResourceAnswer;
///
/// #[derive(Serialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Seeded { rows: u32 }
///
/// let answer = CustomResourceAnswer::with_data(Seeded { rows: 7 }).no_echo();
/// let json = serde_json::to_value(&answer).unwrap();
/// assert_eq!(json, serde_json::json!({ "NoEcho": true, "Data": { "Rows": 7 } }));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[must_use]
pub struct CustomResourceAnswer<T = ()> {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_resource_id: Option<String>,
    no_echo: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

impl<T> Default for CustomResourceAnswer<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> CustomResourceAnswer<T> {
    /// Makes an answer without data, such as one to the request to delete the resource.
    pub const fn new() -> Self {
        Self { physical_resource_id: None, no_echo: false, data: None }
    }

    /// Makes an answer with the attributes of the resource.
    pub const fn with_data(data: T) -> Self {
        Self { physical_resource_id: None, no_echo: false, data: Some(data) }
    }

    /// Sets the physical id of the resource, which `!Ref` returns. Without it the resource keeps its id. Another id
    /// in the answer to an update says that the resource was replaced: CloudFormation then asks to delete the one
    /// with the old id. The answer to the request to delete the resource cannot change it.
    pub fn with_physical_id(mut self, id: impl Into<String>) -> Self {
        self.physical_resource_id = Some(id.into());
        self
    }

    /// Hides the data where CloudFormation shows the attributes of the resource.
    pub const fn no_echo(mut self) -> Self {
        self.no_echo = true;
        self
    }
}

/// What a handler answered. The response `null` is that of a handler without an answer.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct HandlerAnswer {
    pub(super) physical_resource_id: Option<String>,
    pub(super) no_echo: bool,
    pub(super) data: Value,
}

impl HandlerAnswer {
    /// Reads the answer from the response of the handler.
    pub(super) fn read(response: &[u8]) -> Result<Self, Error> {
        let answer: Option<Self> = serde_json::from_slice(response)
            .map_err(|error| messages::custom_resource::invalid_answer(&error))?;
        Ok(answer.unwrap_or_default())
    }

    /// Takes the data, which is a map of scalars and of lists of scalars. Fields that are null are left out.
    pub(super) fn take_data(&mut self) -> Result<Map<String, Value>, Error> {
        let mut data = match self.data.take() {
            Value::Null => Map::new(),
            Value::Object(data) => data,
            _ => return Err(messages::custom_resource::data_not_a_map()),
        };
        data.retain(|_, value| !value.is_null());
        let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
        let is_nested = |value: &Value| match value {
            Value::Array(items) => !items.iter().all(is_scalar),
            value => !is_scalar(value),
        };
        match data.iter().find(|(_, value)| is_nested(value)) {
            Some((name, _)) => Err(messages::custom_resource::data_nested(name)),
            None => Ok(data),
        }
    }
}
