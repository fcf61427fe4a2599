//! The entries of an event, before they are decoded as what a handler takes.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;
use crate::messages;
use crate::source::batch::borrowed_text::BorrowedText;

/// The type of an event that has entries. The others are control messages, which check that the function exists.
const WITH_ENTRIES: &str = "DATA_MESSAGE";

/// The entries of an event, with the log that they are from.
pub(super) struct RawEntries<'a> {
    pub(super) log_group: Arc<str>,
    pub(super) log_stream: Arc<str>,
    /// The JSON of each entry.
    pub(super) entries: Vec<&'a RawValue>,
}

/// An entry, with its message as text.
pub(super) struct RawEntry<'a> {
    /// The whole entry, as JSON.
    pub(super) json: &'a str,
    pub(super) id: Cow<'a, str>,
    /// The time of the entry, in milliseconds since 1970.
    pub(super) timestamp: i64,
    pub(super) message: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow, rename = "messageType")]
    message_type: BorrowedText<'a>,
    #[serde(borrow, rename = "logGroup")]
    group: BorrowedText<'a>,
    #[serde(borrow, rename = "logStream")]
    stream: BorrowedText<'a>,
    #[serde(borrow, rename = "logEvents")]
    events: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    id: BorrowedText<'a>,
    timestamp: i64,
    #[serde(borrow)]
    message: BorrowedText<'a>,
}

/// Decodes unpacked JSON. An error says that it is in the unpacked data.
pub(super) fn decode_unpacked<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, Error> {
    decode::decode_json(json).map_err(|error| error.with_context(messages::batch::log_data()))
}

/// Returns whether events of this type have entries.
pub(super) fn has_entries(message_type: &str) -> bool {
    message_type == WITH_ENTRIES
}

impl<'a> RawEntries<'a> {
    /// Reads the entries of an event from its unpacked JSON. Returns `None` for a control message.
    pub(super) fn read(json: &'a [u8]) -> Result<Option<Self>, Error> {
        let Batch { message_type, group, stream, events } = decode_unpacked(json)?;
        let (log_group, log_stream) = (Arc::from(&*group), Arc::from(&*stream));
        Ok(has_entries(&message_type).then_some(Self { log_group, log_stream, entries: events }))
    }
}

impl<'a> RawEntry<'a> {
    pub(super) fn read(json: &'a RawValue) -> Result<Self, Error> {
        let json = json.get();
        let Entry { id, timestamp, message } = decode::decode_text(json)?;
        Ok(Self { json, id: id.0, timestamp, message: message.0 })
    }
}
