//! The message type that all crates of the workspace share: the mistake, and what the user can do about it. A
//! message has no location. The type that records a message adds the location:
//! [`Problem`](crate::problem::Problem) in this crate, `Diagnostic` in `syntax`.
// See decision 0083.

use std::fmt::Write as _;

/// A message for the user, in rustc's style: lower case, no full stop, names in backquotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The description of the mistake.
    pub text: String,
    /// The one thing that the user can do about the mistake, if there is one. The text has no leading `help:`.
    pub help: Option<String>,
}

impl Message {
    /// Creates a message without help.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), help: None }
    }

    /// Adds the help to the message, or replaces it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Returns the text and the help as a compile error shows them. The lines of the help are aligned.
    #[must_use]
    pub fn full(&self) -> String {
        let mut full = self.text.clone();
        if let Some(help) = &self.help {
            let indented = help.replace('\n', "\n      ");
            // Writing to a string cannot fail.
            let _ = write!(full, "\n\nhelp: {indented}");
        }
        full
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Message {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_without_help_is_its_text() {
        assert_eq!(Message::new("wrong").full(), "wrong");
        assert_eq!(Message::from("wrong"), Message::from("wrong".to_owned()));
    }

    #[test]
    fn the_lines_of_a_help_are_aligned() {
        let message = Message::from("wrong").with_help("write\n  this");
        assert_eq!(message.full(), "wrong\n\nhelp: write\n        this");
    }
}
