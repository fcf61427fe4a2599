//! [`MqProperty`]: a property that a program gave a message, a JMS property of `ActiveMQ` or a header of `RabbitMQ`.

use serde::Deserialize;
use serde_json::Value;

/// A property of a message.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Value")]
#[non_exhaustive]
pub enum MqProperty {
    /// A text.
    Text(String),
    /// Bytes that are not a text.
    Bytes(Vec<u8>),
    /// A number, a truth, or a value with parts of its own, as Lambda sends it.
    Other(Value),
}

impl MqProperty {
    /// Returns the text; `None` for a property that is not one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) | Self::Other(_) => None,
        }
    }
}

impl From<Value> for MqProperty {
    /// Reads a property. A text of a header of `RabbitMQ` is an object with its bytes.
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            Value::Object(ref object) if object.len() == 1 => match read_bytes(object) {
                Some(bytes) => match String::from_utf8(bytes) {
                    Ok(text) => Self::Text(text),
                    Err(error) => Self::Bytes(error.into_bytes()),
                },
                None => Self::Other(value),
            },
            other => Self::Other(other),
        }
    }
}

/// Reads the bytes in `{"bytes": […]}`. A byte above 127 can be a negative number, as Java has it.
fn read_bytes(object: &serde_json::Map<String, Value>) -> Option<Vec<u8>> {
    let byte = |number: &Value| {
        let number = number.as_i64()?;
        let signed = || i8::try_from(number).ok().map(i8::cast_unsigned);
        u8::try_from(number).ok().or_else(signed)
    };
    object.get("bytes")?.as_array()?.iter().map(byte).collect()
}
