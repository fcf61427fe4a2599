//! Errors in an overlay, with their places. The reader goes on after an error if possible, so that the user sees
//! all errors of an overlay at once.

use std::path::Path;

use skylift_model::SourceLocation;
use skylift_model::message::Message;

use super::tree::Position;
use crate::messages::FileError;

/// An error in an overlay, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OverlayError {
    pub(crate) origin: SourceLocation,
    pub(crate) message: Message,
}

impl OverlayError {
    /// Creates an error at the place `origin` of an overlay.
    pub(crate) fn new(origin: &SourceLocation, message: Message) -> Self {
        Self { origin: origin.clone(), message }
    }

    /// Converts an overlay's error to an error with the full path of the file; `folder` is the package's folder,
    /// and the overlay's path is relative to it.
    pub(crate) fn in_folder(&self, folder: &Path) -> FileError {
        let SourceLocation { file, line, column } = &self.origin;
        let (path, message) = (folder.join(file), self.message.clone());
        FileError { path, line: *line, column: *column, message }
    }
}

/// The errors found in the overlays so far, and the overlay that is being read.
#[derive(Debug, Default)]
pub(crate) struct OverlayErrors {
    file: String,
    found: Vec<OverlayError>,
}

impl OverlayErrors {
    /// Sets the overlay that the next errors are in; `path` is relative to the package's folder.
    pub(crate) fn set_file(&mut self, path: &str) {
        path.clone_into(&mut self.file);
    }

    /// Returns a position in the overlay that is being read, with the overlay's path.
    pub(crate) fn locate(&self, Position { line, column }: Position) -> SourceLocation {
        SourceLocation { file: self.file.clone(), line, column }
    }

    /// Records an error at a position of the overlay that is being read.
    pub(crate) fn push(&mut self, at: Position, message: Message) {
        let error = OverlayError::new(&self.locate(at), message);
        self.found.push(error);
    }

    /// Returns the number of errors recorded so far. A caller compares two numbers to see whether a check found an
    /// error.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns the recorded errors, in the order in which they were found.
    pub(crate) fn into_vec(self) -> Vec<OverlayError> {
        self.found
    }
}
