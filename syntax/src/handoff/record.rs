//! The record of what was published last: the package that owns the output directory, and the templates and
//! builds to which the programs in it belong. It stays when the templates are removed.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use super::fields::{escape_path, unescape_path};
use super::file::{HandoffError, read_file, write_file};

/// The version of the record, which is the version of the crates.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The record in an output directory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicationRecord {
    /// The folder of the manifest of the package that publishes here, relative to the output directory. A
    /// project that is moved or copied as a whole keeps its outputs.
    pub package: PathBuf,
    /// The hash of the templates to which the programs belong.
    pub templates: u64,
    /// The programs that are published.
    pub programs: Vec<PublishedProgram>,
}

/// A published program in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProgram {
    /// The name of the binary.
    pub binary: String,
    /// The path to which rustc wrote the binary. It differs between profiles, targets and packages.
    pub built: PathBuf,
}

impl PublicationRecord {
    /// Returns the content of the record's file.
    #[must_use]
    pub fn write(&self) -> String {
        write_file(VERSION, |text| self.write_lines(text))
    }

    /// Reads the content of a record's file.
    ///
    /// # Errors
    ///
    /// Returns an error if another version wrote the file, or if its content is invalid.
    pub fn read(text: &str) -> Result<Self, HandoffError> {
        read_file(text, VERSION, Self::add_line)
    }

    /// Returns the path to which rustc wrote the published program of a binary. Returns `None` if no program of
    /// the binary is published.
    #[must_use]
    pub fn built(&self, binary: &str) -> Option<&PathBuf> {
        self.programs.iter().find(|program| program.binary == binary).map(|program| &program.built)
    }

    /// Writes the lines of the record after the first line of the file.
    fn write_lines(&self, f: &mut String) -> fmt::Result {
        writeln!(f, "package\t{}", escape_path(&self.package))?;
        writeln!(f, "templates\t{:016x}", self.templates)?;
        for PublishedProgram { binary, built } in &self.programs {
            writeln!(f, "program\t{binary}\t{}", escape_path(built))?;
        }
        Ok(())
    }

    /// Adds the fields of one line to the record. Returns `None` if the fields are invalid.
    fn add_line(&mut self, fields: &[&str]) -> Option<()> {
        match fields {
            ["package", package] => self.package = unescape_path(package),
            ["templates", hash] => self.templates = u64::from_str_radix(hash, 16).ok()?,
            ["program", binary, built] => self.programs.push(PublishedProgram {
                binary: (*binary).to_owned(),
                built: unescape_path(built),
            }),
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_record_is_read_back() {
        let program = |binary: &str| PublishedProgram {
            binary: binary.to_owned(),
            built: format!("/target/debug/deps/{binary}-1").into(),
        };
        let record = PublicationRecord {
            package: "../../my\tapp".into(),
            templates: u64::MAX - 1,
            programs: vec![program("api"), program("jobs")],
        };
        assert_eq!(record.built("jobs"), Some(&PathBuf::from("/target/debug/deps/jobs-1")));
        assert_eq!(record.built("other"), None);
        for record in [record, PublicationRecord::default()] {
            assert_eq!(PublicationRecord::read(&record.write()), Ok(record));
        }
        assert!(PublicationRecord::read("something else").is_err());
    }
}
