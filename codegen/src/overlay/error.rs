//! Errors in an overlay, with text, place and help. A file is read to its end if possible, so that the user sees
//! all errors at once.

use std::path::Path;

use skylift_model::SourceLocation;

use super::tree::Position;

/// One error and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverlayError {
    pub(crate) origin: SourceLocation,
    pub(crate) text: String,
    pub(crate) help: Option<String>,
}

impl OverlayError {
    /// Creates an error without help.
    pub(crate) fn new(origin: &SourceLocation, text: impl Into<String>) -> Self {
        Self { origin: origin.clone(), text: text.into(), help: None }
    }

    /// Sets the help.
    pub(crate) fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    /// Returns the error as the build step prints it; `folder` is the package's.
    pub(crate) fn full(&self, folder: &Path) -> String {
        let SourceLocation { file, line, column } = &self.origin;
        let mut full = format!("{}:{line}:{column}: {}", folder.join(file).display(), self.text);
        if let Some(help) = &self.help {
            full.push_str("\n\nhelp: ");
            full.push_str(help);
        }
        full
    }
}

/// The errors found so far, and the file that is being read.
#[derive(Debug, Default)]
pub(super) struct OverlayErrors {
    file: String,
    found: Vec<OverlayError>,
}

impl OverlayErrors {
    /// Sets the file that the next errors are in.
    pub(super) fn file(&mut self, path: &str) {
        path.clone_into(&mut self.file);
    }

    /// Returns a place in the file that is being read.
    pub(super) fn origin(&self, Position { line, column }: Position) -> SourceLocation {
        SourceLocation { file: self.file.clone(), line, column }
    }

    /// Records an error.
    pub(super) fn push(&mut self, at: Position, text: impl Into<String>) -> &mut OverlayError {
        let error = OverlayError::new(&self.origin(at), text);
        self.found.push(error);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Returns the number of errors, so that a caller can see whether a step found one.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    pub(super) fn into_vec(self) -> Vec<OverlayError> {
        self.found
    }
}
