//! Messages about JSON paths: why a text is not a path, and what to write instead.

use std::fmt;

use super::common::write_instead;
use crate::json_path::error::{JsonPathError, JsonPathErrorKind};
use crate::message::Message;

impl JsonPathError {
    /// Returns the message in one line, without the help.
    #[must_use]
    pub fn message(&self) -> String {
        let text = &self.text;
        match self.kind {
            JsonPathErrorKind::Empty => "the path is empty".to_owned(),
            JsonPathErrorKind::NoRoot => {
                format!("`{text}` does not begin with `$`, the whole document")
            }
            JsonPathErrorKind::Space => format!("`{text}` has white space at an end"),
            JsonPathErrorKind::NoStep(letter) => format!("`{letter}` of `{text}` begins no step"),
            JsonPathErrorKind::NoName => format!("`{text}` ends where a name is expected"),
            JsonPathErrorKind::BeginsName(letter) => {
                format!("`{letter}` of `{text}` cannot begin a name without quotes")
            }
            JsonPathErrorKind::InName(letter) => {
                format!("`{letter}` of `{text}` cannot be in a name without quotes")
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

    /// Returns what the user can do, without a leading `help:`, and `None` if there is no single thing to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        if let Some(replacement) = &self.replacement {
            return Some(write_instead(replacement));
        }
        let help = match self.kind {
            JsonPathErrorKind::Empty => {
                "write `$` for the whole document, `$.id` for a field of it"
            }
            JsonPathErrorKind::Several | JsonPathErrorKind::FromTheEnd => {
                "write `.name` for a field, `[0]` for an item of a list"
            }
            JsonPathErrorKind::NoStep(_) | JsonPathErrorKind::NothingInBrackets => {
                "a step is `.name`, `['name']` or `[0]`"
            }
            _ => return None,
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for JsonPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl From<JsonPathError> for Message {
    fn from(error: JsonPathError) -> Self {
        Self { text: error.message(), help: error.help() }
    }
}
