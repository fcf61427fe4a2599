//! The error of a text that is not a JSON path: the rule that the text breaks, and the corrected text, if there
//! is one way to correct it. The texts of the errors are in `messages/json_path.rs`.

use std::error;

/// The reason why a text is not a [`JsonPath`](super::JsonPath).
///
/// `Display` writes the message, and the help on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPathError {
    pub(crate) text: String,
    pub(crate) kind: JsonPathErrorKind,
    pub(crate) replacement: Option<String>,
}

/// The rule that a JSON path breaks. The letters are the wrong letters of the text.
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
    /// Creates the error of a JSON path. `replacement` is the corrected path, if it is known.
    pub(super) fn new(text: &str, kind: JsonPathErrorKind, replacement: Option<String>) -> Self {
        Self { text: text.to_owned(), kind, replacement }
    }

    /// Returns the corrected JSON path, which always parses. Returns `None` if there is no single way to
    /// correct the text.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }
}

impl error::Error for JsonPathError {}
