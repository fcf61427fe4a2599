//! What a service sends with the content of a message or an event. It stays JSON until a handler reads it, which is rare.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use crate::invocation::decode;
use crate::messages;
use crate::observability::log;

/// An envelope of the type `E`, as JSON or decoded.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<E> {
    /// The JSON; empty if the envelope was made from a value.
    json: Box<[u8]>,
    decoded: OnceLock<Box<E>>,
}

impl<E> Envelope<E> {
    /// Makes an envelope that is decoded when it is first read.
    pub(crate) fn from_json(json: &[u8]) -> Self {
        Self { json: json.into(), decoded: OnceLock::new() }
    }

    /// Makes an envelope from a value.
    pub(crate) fn from_value(envelope: E) -> Self {
        Self { json: Box::default(), decoded: OnceLock::from(Box::new(envelope)) }
    }
}

impl<E: DeserializeOwned> Envelope<E> {
    /// Returns the decoded envelope. If it cannot be decoded, the log says so, and `fallback` makes the envelope from the
    /// JSON.
    pub(crate) fn get_or(&self, fallback: impl FnOnce(&[u8]) -> E) -> &E {
        self.decoded.get_or_init(|| {
            Box::new(decode::decode_json(&self.json).unwrap_or_else(|error| {
                log::error(messages::batch::envelope_incomplete(&error));
                fallback(&self.json)
            }))
        })
    }
}
