//! Why a text is no path, and what to write instead.

use std::{error, fmt};

/// Why a text is not a [`JsonPath`](super::JsonPath).
///
/// `Display` gives the message, and the advice on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPathError {
    text: String,
    reason: JsonPathErrorKind,
    replacement: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonPathErrorKind {
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
    pub(super) fn new(text: &str, reason: JsonPathErrorKind, replacement: Option<String>) -> Self {
        Self { text: text.to_owned(), reason, replacement }
    }

    /// The message alone, in one line, without the advice.
    #[must_use]
    pub fn message(&self) -> String {
        let text = &self.text;
        match self.reason {
            JsonPathErrorKind::Empty => "the path is empty".to_owned(),
            JsonPathErrorKind::NoRoot => {
                format!("`{text}` does not begin with `$`, the whole document")
            }
            JsonPathErrorKind::Space => format!("`{text}` has white space at an end"),
            JsonPathErrorKind::NoStep(letter) => format!("`{letter}` of `{text}` begins no step"),
            JsonPathErrorKind::NoName => format!("`{text}` ends where a name should stand"),
            JsonPathErrorKind::BeginsName(letter) => {
                format!("`{letter}` of `{text}` cannot begin a name without quotes")
            }
            JsonPathErrorKind::InName(letter) => {
                format!("`{letter}` of `{text}` cannot stand in a name without quotes")
            }
            JsonPathErrorKind::NoQuotes => {
                format!("the name in the brackets of `{text}` has no quotes")
            }
            JsonPathErrorKind::InBrackets => format!("`{text}` ends within brackets"),
            JsonPathErrorKind::InQuotes => format!("`{text}` ends within quotes"),
            JsonPathErrorKind::NothingInBrackets => format!("`{text}` has empty brackets"),
            JsonPathErrorKind::Escape => {
                format!("only a quote or a `\\` can follow a `\\` in `{text}`")
            }
            JsonPathErrorKind::Several => {
                format!("`{text}` leads to several values, a path here leads to one")
            }
            JsonPathErrorKind::FromTheEnd => format!("`{text}` counts from the end of a list"),
            JsonPathErrorKind::LeadingZero => format!("an index in `{text}` begins with 0"),
            JsonPathErrorKind::TooLarge => format!("no list is that long: `{text}`"),
        }
    }

    /// What to do, where there is something to do, without a leading `help:`.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        if let Some(replacement) = &self.replacement {
            return Some(format!("write `{replacement}`"));
        }
        match self.reason {
            JsonPathErrorKind::Empty => {
                Some("write `$` for the whole document, `$.id` for a field of it".to_owned())
            }
            JsonPathErrorKind::Several | JsonPathErrorKind::FromTheEnd => {
                Some("write `.name` for a field, `[0]` for an item of a list".to_owned())
            }
            JsonPathErrorKind::NoStep(_) | JsonPathErrorKind::NothingInBrackets => {
                Some("a step is `.name`, `['name']` or `[0]`".to_owned())
            }
            _ => None,
        }
    }

    /// The whole text put right, where there is one way to do it. It always parses.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }
}

impl fmt::Display for JsonPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl error::Error for JsonPathError {}
