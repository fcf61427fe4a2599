//! [`PayloadShape`]: the few fields of a payload by which an enum of events chooses its variant.

use serde::Deserialize;

use crate::handler::Delivery;

impl<'a, E> Delivery<'a, E> {
    /// Reads the shape of the payload. The shape of a payload that cannot be read as JSON has no fields.
    #[must_use]
    pub fn shape(&self) -> PayloadShape<'a> {
        serde_json::from_slice(self.payload).unwrap_or_default()
    }
}

/// The few fields of a payload that show which source sent it.
#[doc(hidden)]
#[derive(Default, Deserialize)]
pub struct PayloadShape<'a> {
    #[serde(borrow, default)]
    source: Option<&'a str>,
    #[serde(borrow, default, rename = "Records")]
    records: Vec<RecordShape<'a>>,
}

/// The field of a record that shows which source sent its batch.
#[derive(Deserialize)]
struct RecordShape<'a> {
    // AWS services write it in both ways.
    #[serde(borrow, default, rename = "eventSource", alias = "EventSource")]
    event_source: Option<&'a str>,
}

impl PayloadShape<'_> {
    /// Returns whether the payload is an `EventBridge` event whose field `source` is `source`.
    #[must_use]
    pub fn is_from(&self, source: &str) -> bool {
        self.source == Some(source)
    }

    /// Returns whether the payload is a batch whose first record has `source` in its field `eventSource`.
    #[must_use]
    pub fn has_records_of(&self, source: &str) -> bool {
        self.records.first().is_some_and(|record| record.event_source == Some(source))
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
}
