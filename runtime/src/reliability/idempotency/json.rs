//! [`ExactJson`]: JSON values that parsing does not change. A number keeps all its digits: as 64-bit floats,
//! many different numbers would become one, and only the first of several events with one key is handled.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The maximum depth of nested values, which is more than serde's own limit. If values are nested deeper, the
/// whole JSON becomes a string.
const DEEPEST: usize = 128;

/// A JSON value that keeps every number as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExactJson {
    /// Null, `true`, `false`, or a number as it was written.
    Literal(Box<str>),
    Text(String),
    Array(Vec<ExactJson>),
    Object(BTreeMap<String, ExactJson>),
}

impl ExactJson {
    /// Parses JSON. A text that is not JSON becomes a string.
    pub(crate) fn parse_or_text(raw: &[u8]) -> Self {
        let text = || Self::Text(String::from_utf8_lossy(raw).into_owned());
        serde_json::from_slice(raw)
            .ok()
            .and_then(|raw| parse_value(raw, DEEPEST))
            .unwrap_or_else(text)
    }

    /// Returns whether the value is null.
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Literal(it) if **it == *"null")
    }

    /// Returns the value of a field; `None` if the value is not an object or does not have the field.
    #[cfg(feature = "http")]
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        if let Self::Object(fields) = self { fields.get(name) } else { None }
    }

    /// Sets a field of an object. Any other value is returned unchanged.
    #[cfg(feature = "http")]
    pub(crate) fn with_field(mut self, name: &str, value: Self) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.insert(name.to_owned(), value);
        }
        self
    }
}

/// Converts JSON that serde has checked to a value, by its first character. `depth` is how deep values may
/// still be nested; returns `None` if they are nested deeper.
fn parse_value(raw: &RawValue, depth: usize) -> Option<ExactJson> {
    let (text, depth) = (raw.get(), depth.checked_sub(1)?);
    Some(match text.as_bytes().first()? {
        b'{' => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let read = |(name, value): (_, &RawValue)| Some((name, parse_value(value, depth)?));
            ExactJson::Object(fields.into_iter().map(read).collect::<Option<_>>()?)
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            ExactJson::Array(
                items.into_iter().map(|item| parse_value(item, depth)).collect::<Option<_>>()?,
            )
        }
        b'"' => ExactJson::Text(serde_json::from_str(text).ok()?),
        _ => ExactJson::Literal(text.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_value(text: &str) -> ExactJson {
        ExactJson::parse_or_text(text.as_bytes())
    }

    #[test]
    fn every_value_is_parsed_and_every_number_keeps_its_digits() {
        let fields = |fields: &[(&str, ExactJson)]| {
            ExactJson::Object(
                fields.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect(),
            )
        };
        let list = ExactJson::Array(["18446744073709551617", "-0.10", "1e400"].map(plain).into());
        assert_eq!(
            parse_value(
                r#" { "a" : [18446744073709551617, -0.10,1e400 ], "b\u0062": {"c":null}, "a ": "\n" } "#
            ),
            fields(&[
                ("a", list),
                ("bb", fields(&[("c", plain("null"))])),
                ("a ", ExactJson::Text("\n".into())),
            ])
        );
        assert_eq!(parse_value("true"), plain("true"));
        assert_eq!(parse_value(r#"{"a":1,"a":2}"#), fields(&[("a", plain("2"))]));
        assert!(parse_value("null").is_null() && !parse_value("\"null\"").is_null());
    }

    fn plain(text: &str) -> ExactJson {
        ExactJson::Literal(text.into())
    }

    #[test]
    fn invalid_or_too_deeply_nested_json_is_a_string() {
        for text in ["", "plain", "{\"a\":}", "01", "[1", "\"\u{1}\""] {
            assert_eq!(parse_value(text), ExactJson::Text(text.into()));
        }
        assert_eq!(ExactJson::parse_or_text(b"\"\xff\""), ExactJson::Text("\"\u{fffd}\"".into()));
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(matches!(parse_value(&nested(127)), ExactJson::Array(_)));
        assert_eq!(parse_value(&nested(200_000)), ExactJson::Text(nested(200_000)));
    }
}
