//! Messages about lengths of time: why a text is not a duration, and what to write instead.

use std::fmt;

use super::common::write_instead;
use crate::duration::{DurationError, DurationErrorKind, TimeUnit};
use crate::message::Message;

impl DurationError {
    /// Returns the message in one line, without the help.
    #[must_use]
    pub fn message(&self) -> String {
        let text = &self.text;
        match &self.kind {
            DurationErrorKind::Empty => "the duration is empty".to_owned(),
            DurationErrorKind::NoNumber => {
                format!("`{text}` is not a duration, it does not start with a number")
            }
            DurationErrorKind::NoUnit => format!("`{text}` is not a duration, the unit is missing"),
            DurationErrorKind::Fraction => format!("`{text}` is not a whole number of its unit"),
            DurationErrorKind::Parts => format!("`{text}` has more than one part"),
            DurationErrorKind::Spelling => format!("`{text}` is not how a duration is written"),
            DurationErrorKind::UnknownUnit(unit) => format!("`{unit}` is not a unit of time"),
            DurationErrorKind::TooFine(unit) => {
                format!("`{unit}` is too fine, the smallest unit is a second")
            }
            DurationErrorKind::TooCoarse(unit) => {
                format!("`{unit}` is too coarse, the largest unit is a day")
            }
            DurationErrorKind::TooLarge => format!("`{text}` is too long a time"),
        }
    }

    /// Returns what the user can do, without a leading `help:`, and `None` if there is no single thing to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        if let Some(replacement) = &self.replacement {
            return Some(write_instead(replacement));
        }
        let milliseconds = self.smallest_unit == TimeUnit::Millisecond;
        let number: String = self.text.chars().take_while(char::is_ascii_digit).collect();
        match &self.kind {
            DurationErrorKind::NoUnit if milliseconds => {
                Some(format!("write `{number}ms`, `{number}s` or `{number}m`"))
            }
            DurationErrorKind::NoUnit => {
                Some(format!("write `{number}s`, `{number}m`, `{number}h` or `{number}d`"))
            }
            DurationErrorKind::Fraction | DurationErrorKind::Parts => {
                let example = if milliseconds { "1500ms" } else { "90m" };
                Some(format!("write a whole number of a smaller unit, such as `{example}`"))
            }
            DurationErrorKind::TooLarge => None,
            DurationErrorKind::Empty
            | DurationErrorKind::NoNumber
            | DurationErrorKind::Spelling
            | DurationErrorKind::UnknownUnit(_)
            | DurationErrorKind::TooFine(_)
            | DurationErrorKind::TooCoarse(_) => {
                let examples = if milliseconds {
                    "`500ms`, `2s` or `1m`"
                } else {
                    "`30s`, `5m`, `1h` or `2d`"
                };
                Some(format!("write a whole number and a unit, such as {examples}"))
            }
        }
    }
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl From<DurationError> for Message {
    fn from(error: DurationError) -> Self {
        Self { text: error.message(), help: error.help() }
    }
}
