//! [`PayloadShape`]: the few parts of a payload by which an enum of events chooses its variant.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::handler::Delivery;

/// The values of `source` in the `EventBridge` events that are events of other sources: `schedule` and `s3`.
const SERVICES_OF_OTHER_SOURCES: [&str; 3] = ["aws.events", "aws.scheduler", "aws.s3"];

impl<'a, E> Delivery<'a, E> {
    /// Reads the shape of the payload. The shape of a payload that cannot be read as JSON has no fields.
    #[must_use]
    pub fn shape(&self) -> PayloadShape<'a> {
        serde_json::from_slice(self.payload).unwrap_or_default()
    }
}

/// The names and texts in the outermost object of a payload, and those in its first record. They show which source sent
/// the payload.
#[doc(hidden)]
#[derive(Default)]
pub struct PayloadShape<'a> {
    fields: Vec<Field<'a>>,
    fields_of_record: Vec<Field<'a>>,
}

/// A field that is not null.
struct Field<'a> {
    name: Cow<'a, str>,
    /// The value, if it is a text without escapes.
    text: Option<&'a str>,
}

impl<'a> PayloadShape<'a> {
    /// Returns whether the payload has a field with this name that is not null.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Returns the text of a field. Returns `None` if the payload has no such field, or its value is no text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.fields.iter().find(|field| field.name == name)?.text
    }

    /// Returns whether the payload is an `EventBridge` event whose field `source` is `source`.
    #[must_use]
    pub fn is_from(&self, source: &str) -> bool {
        self.text("source") == Some(source)
    }

    /// Returns whether the payload is an `EventBridge` event that is not an event of another source, such as a
    /// schedule.
    #[must_use]
    pub fn is_of_eventbridge(&self) -> bool {
        let of_other = |service| SERVICES_OF_OTHER_SOURCES.contains(&service);
        self.has("detail-type") && self.text("source").is_some_and(|service| !of_other(service))
    }

    /// Returns whether the payload is a batch whose first record has `source` in its field `eventSource`.
    #[must_use]
    pub fn has_records_of(&self, source: &str) -> bool {
        // AWS services write the name in both ways.
        let is_source = |field: &Field<'_>| field.name.eq_ignore_ascii_case("eventSource");
        self.fields_of_record.iter().any(|it| is_source(it) && it.text == Some(source))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for PayloadShape<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = PayloadShape<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut shape = PayloadShape::default();
        while let Some(Name(name)) = map.next_key()? {
            if name == "Records" {
                shape.fields_of_record = map.next_value::<FirstRecord<'_>>()?.0;
                continue;
            }
            match map.next_value()? {
                Value::Null => {}
                Value::Text(text) => shape.fields.push(Field { name, text: Some(text) }),
                Value::Other => shape.fields.push(Field { name, text: None }),
            }
        }
        Ok(shape)
    }
}

/// The name of a field, borrowed if it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The fields of the first record of a batch.
struct FirstRecord<'a>(Vec<Field<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for FirstRecord<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RecordsVisitor)
    }
}

struct RecordsVisitor;

impl<'de> Visitor<'de> for RecordsVisitor {
    type Value = FirstRecord<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<Self::Value, A::Error> {
        let first: Option<PayloadShape<'_>> = records.next_element()?;
        while records.next_element::<IgnoredAny>()?.is_some() {}
        Ok(FirstRecord(first.unwrap_or_default().fields))
    }
}

/// A value, as far as it shows a source.
enum Value<'a> {
    Null,
    Text(&'a str),
    Other,
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Value::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_of_records_is_read_from_both_spellings_of_its_key() {
        for key in ["eventSource", "EventSource"] {
            let payload = format!(r#"{{"Records":[{{"{key}":"aws:sqs"}}]}}"#);
            let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
            assert!(shape.has_records_of("aws:sqs"), "{key}");
            assert!(!shape.has_records_of("aws:s3"), "{key}");
        }
        let shape: PayloadShape<'_> =
            serde_json::from_str(r#"{"Records":[{"source":"aws:sqs"}]}"#).unwrap();
        assert!(!shape.has_records_of("aws:sqs"));
    }

    #[test]
    fn names_are_kept_with_their_texts_and_without_other_values() {
        let payload =
            r#"{"a":"x","b":null,"c":{"a":[1]},"d":"\n","\u0065":true,"f":-1,"g":1.5,"h":[{}]}"#;
        let shape: PayloadShape<'_> = serde_json::from_str(payload).unwrap();
        assert_eq!(
            ["a", "b", "c", "d", "z"].map(|it| shape.text(it)),
            [Some("x"), None, None, None, None]
        );
        let found = ["a", "b", "c", "d", "e", "f", "g", "h", "z"].map(|name| shape.has(name));
        assert_eq!(found, [true, false, true, true, true, true, true, true, false]);
        for wrong in ["[]", "1", r#"{"Records":1}"#, r#"{"Records":[1]}"#, "{"] {
            assert!(serde_json::from_str::<PayloadShape<'_>>(wrong).is_err(), "{wrong}");
        }
        let shape: PayloadShape<'_> = serde_json::from_str(r#"{"Records":[]}"#).unwrap();
        assert!(!shape.has_records_of("aws:sqs"));
    }

    #[test]
    fn events_of_schedules_and_buckets_are_no_events_of_a_rule() {
        let is_event = |json: &str| {
            serde_json::from_str::<PayloadShape<'_>>(json).unwrap().is_of_eventbridge()
        };
        assert!(is_event(r#"{"source":"shop","detail-type":"placed","detail":{}}"#));
        assert!(is_event(r#"{"source":"aws.ec2","detail-type":"x"}"#));
        for source in ["aws.events", "aws.scheduler", "aws.s3"] {
            assert!(!is_event(&format!(r#"{{"source":"{source}","detail-type":"x"}}"#)));
        }
        assert!(!is_event(r#"{"source":"shop"}"#) && !is_event(r#"{"detail-type":"x"}"#));
    }
}
