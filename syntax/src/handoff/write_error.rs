//! The failure to write a file of the build step or of the output directory.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::messages;

/// A failure to write, read or remove a file.
#[derive(Debug)]
pub struct WriteError {
    /// The path of the file.
    pub path: PathBuf,
    /// The error of the file system.
    pub cause: io::Error,
}

impl WriteError {
    /// Adds the path of the file to the error of a file operation.
    ///
    /// # Errors
    ///
    /// Returns an error if the operation failed.
    pub fn attach_path<T>(path: &Path, result: io::Result<T>) -> Result<T, Self> {
        result.map_err(|cause| Self { path: path.to_path_buf(), cause })
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&messages::file_not_written(&self.path, &self.cause).full())
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
