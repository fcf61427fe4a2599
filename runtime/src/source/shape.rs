//! [`Shape`]: the few fields by which an enum of events chooses among them.

use serde::Deserialize;

use crate::handler::Delivery;

impl<'a, E> Delivery<'a, E> {
    /// What kind of payload this is.
    #[must_use]
    pub fn shape(&self) -> Shape<'a> {
        serde_json::from_slice(self.payload).unwrap_or_default()
    }
}

/// The few fields that tell one source's payload from another's.
#[doc(hidden)]
#[derive(Default, Deserialize)]
pub struct Shape<'a> {
    #[serde(borrow, default)]
    source: Option<&'a str>,
    #[serde(borrow, default, rename = "Records")]
    records: Vec<RecordShape<'a>>,
}

#[derive(Deserialize)]
struct RecordShape<'a> {
    #[serde(borrow, default, rename = "eventSource")]
    event_source: Option<&'a str>,
}

impl Shape<'_> {
    /// An `EventBridge` event from that source.
    #[must_use]
    pub fn is_from(&self, source: &str) -> bool {
        self.source == Some(source)
    }

    /// A batch of records from that source.
    #[must_use]
    pub fn has_records_of(&self, source: &str) -> bool {
        self.records.first().is_some_and(|record| record.event_source == Some(source))
    }
}
