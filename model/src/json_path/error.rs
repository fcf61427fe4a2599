//! The error of a text that is not a JSON path: which rule it breaks, and the corrected text, if there is one
//! way to correct it. Its texts are in `messages/json_path.rs`.

use std::error;

/// Why a text is not a [`JsonPath`](super::JsonPath).
///
/// `Display` writes the message, and the help on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPathError {
    pub(crate) text: String,
    pub(crate) kind: JsonPathErrorKind,
    pub(crate) replacement: Option<String>,
}

/// The rule that a text breaks. The letters are the wrong ones of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonPathErrorKind {
    Empty,
    NoRoot,
    Space,
    NoStep(char),
    NoName,
    BeginsName(char),
    InName(char),
    NoQuotes,
    InBrackets,
    InQuotes,
    NothingInBrackets,
    Escape,
    Several,
    FromTheEnd,
    LeadingZero,
    TooLarge,
}

impl JsonPathError {
    pub(super) fn new(text: &str, kind: JsonPathErrorKind, replacement: Option<String>) -> Self {
        Self { text: text.to_owned(), kind, replacement }
    }

    /// Returns the corrected text, if there is one way to correct it. It always parses.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }
}

impl error::Error for JsonPathError {}
