//! An error in a file that is not Rust source: a manifest or an overlay.

use std::fmt;
use std::path::PathBuf;

use skylift_model::message::Message;

/// An error in a file, with its place. It is shown as `file:line:column: text`, followed by the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileError {
    pub(crate) path: PathBuf,
    /// The line of the mistake, from 1.
    pub(crate) line: usize,
    /// The column of the mistake in characters, from 1.
    pub(crate) column: usize,
    pub(crate) message: Message,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, message } = self;
        write!(f, "{}:{line}:{column}: {}", path.display(), message.full())
    }
}

impl std::error::Error for FileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_begins_with_its_place_and_ends_with_its_help() {
        let message = Message::new("wrong").with_help("write this");
        let error = FileError { path: "infra/extra.yaml".into(), line: 2, column: 5, message };
        assert_eq!(error.to_string(), "infra/extra.yaml:2:5: wrong\n\nhelp: write this");
    }
}
