//! Errors in an overlay, with their places. A file is read to its end if possible, so that the user sees
//! all errors at once.

use std::path::Path;

use skylift_model::SourceLocation;
use skylift_model::message::Message;

use super::tree::Position;
use crate::messages::FileError;

/// One error and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverlayError {
    pub(crate) origin: SourceLocation,
    pub(crate) message: Message,
}

impl OverlayError {
    /// Creates an error at this place.
    pub(crate) fn new(origin: &SourceLocation, message: Message) -> Self {
        Self { origin: origin.clone(), message }
    }

    /// Returns the error with the path of its file; `folder` is the package's.
    pub(crate) fn in_folder(&self, folder: &Path) -> FileError {
        let SourceLocation { file, line, column } = &self.origin;
        let (path, message) = (folder.join(file), self.message.clone());
        FileError { path, line: *line, column: *column, message }
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
    pub(super) fn push(&mut self, at: Position, message: Message) {
        let error = OverlayError::new(&self.origin(at), message);
        self.found.push(error);
    }

    /// Returns the number of errors, so that a caller can see whether a step found one.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    pub(super) fn into_vec(self) -> Vec<OverlayError> {
        self.found
    }
}
