//! Why a text is no path, and what to write instead.

use std::{error, fmt};

/// Why a text is not a [`JsonPath`](super::JsonPath).
///
/// `Display` gives the message, and the advice on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPathError {
    text: String,
    reason: Reason,
    replacement: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
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
    pub(super) fn new(text: &str, reason: Reason, replacement: Option<String>) -> Self {
        Self { text: text.to_owned(), reason, replacement }
    }

    /// The message alone, in one line, without the advice.
    #[must_use]
    pub fn message(&self) -> String {
        let text = &self.text;
        match self.reason {
            Reason::Empty => "the path is empty".to_owned(),
            Reason::NoRoot => format!("`{text}` does not begin with `$`, the whole document"),
            Reason::Space => format!("`{text}` has white space at an end"),
            Reason::NoStep(letter) => format!("`{letter}` of `{text}` begins no step"),
            Reason::NoName => format!("`{text}` ends where a name should stand"),
            Reason::BeginsName(letter) => {
                format!("`{letter}` of `{text}` cannot begin a name without quotes")
            }
            Reason::InName(letter) => {
                format!("`{letter}` of `{text}` cannot stand in a name without quotes")
            }
            Reason::NoQuotes => format!("the name in the brackets of `{text}` has no quotes"),
            Reason::InBrackets => format!("`{text}` ends within brackets"),
            Reason::InQuotes => format!("`{text}` ends within quotes"),
            Reason::NothingInBrackets => format!("`{text}` has empty brackets"),
            Reason::Escape => format!("only a quote or a `\\` can follow a `\\` in `{text}`"),
            Reason::Several => {
                format!("`{text}` leads to several values, a path here leads to one")
            }
            Reason::FromTheEnd => format!("`{text}` counts from the end of a list"),
            Reason::LeadingZero => format!("an index in `{text}` begins with 0"),
            Reason::TooLarge => format!("no list is that long: `{text}`"),
        }
    }

    /// What to do, where there is something to do, without a leading `help:`.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        if let Some(replacement) = &self.replacement {
            return Some(format!("write `{replacement}`"));
        }
        match self.reason {
            Reason::Empty => {
                Some("write `$` for the whole document, `$.id` for a field of it".to_owned())
            }
            Reason::Several | Reason::FromTheEnd => {
                Some("write `.name` for a field, `[0]` for an item of a list".to_owned())
            }
            Reason::NoStep(_) | Reason::NothingInBrackets => {
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
