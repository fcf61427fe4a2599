//! The fields of a record that are read before a handler gets it. The other fields stay text until a handler reads them.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::invocation::decode;
use crate::source::batch::borrowed_text::BorrowedText;

/// A record of an event, before its message is decoded.
pub(super) struct RawRecord<'a> {
    /// The whole record, as JSON.
    pub(super) text: &'a str,
    /// The id of the message.
    pub(super) id: Cow<'a, str>,
    /// The message as text.
    pub(super) message: Cow<'a, str>,
}

/// The fields of a record that are read before a handler gets it.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, rename = "Sns")]
    sns: MessageFields<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MessageFields<'a> {
    #[serde(borrow)]
    message: BorrowedText<'a>,
    #[serde(borrow)]
    message_id: Option<BorrowedText<'a>>,
}

impl<'a> RawRecord<'a> {
    pub(super) fn read(record: &'a RawValue) -> Result<Self, Error> {
        let text = record.get();
        let Fields { sns } = decode::decode_text(text)?;
        let id = sns.message_id.map(|id| id.0).unwrap_or_default();
        Ok(Self { text, id, message: sns.message.0 })
    }
}
