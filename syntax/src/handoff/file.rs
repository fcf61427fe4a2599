//! The form that all files of the build step for the macros share. The first line of a file names the build
//! step that wrote the file, such as `skylift-codegen 0.1.0`; the fields of each further line are separated by
//! tabs. The macros read only files of their own version.
// See decision 0009.

use std::fmt;

use skylift_model::message::Message;

use crate::messages;

/// The name of the crate of the build step, which writes the files.
const WRITER: &str = "skylift-codegen";

/// The reason why the macros cannot read a file of the build step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffError {
    /// Another version of the build step wrote the file. The version is `None` if the file does not name it.
    OtherVersion(Option<String>),
    /// The file has the right version, but its content is invalid.
    Broken,
}

impl HandoffError {
    /// Returns the message about the file that cannot be read. `macros` is the version of the macros.
    #[must_use]
    pub fn message(&self, macros: &str) -> Message {
        match self {
            Self::OtherVersion(theirs) => {
                messages::other_version(macros, WRITER, theirs.as_deref())
            }
            Self::Broken => messages::broken_file(),
        }
    }
}

/// Returns the content of a file of the build step. `version` is the version of the build step, which the first
/// line names. `write_lines` writes the lines after the first.
pub(super) fn write_file(
    version: &str,
    write_lines: impl FnOnce(&mut String) -> fmt::Result,
) -> String {
    let mut text = format!("{WRITER} {version}\n");
    // Writing to a string cannot fail.
    let _ = write_lines(&mut text);
    text
}

/// Reads a file that a build step of this version wrote. `add_line` adds the fields of one line after the first
/// to the result, and returns `None` if the fields are invalid.
pub(super) fn read_file<T: Default>(
    text: &str,
    version: &str,
    add_line: impl Fn(&mut T, &[&str]) -> Option<()>,
) -> Result<T, HandoffError> {
    let mut content = T::default();
    for line in check_version(text, version)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        add_line(&mut content, &fields).ok_or(HandoffError::Broken)?;
    }
    Ok(content)
}

/// Checks that a build step of this version wrote the file, and returns the lines after the first.
fn check_version<'a>(text: &'a str, version: &str) -> Result<&'a str, HandoffError> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let written = first.strip_prefix(WRITER).and_then(|rest| rest.strip_prefix(' '));
    match written.map(str::trim_end) {
        Some(written) if written == version => Ok(rest),
        written => Err(HandoffError::OtherVersion(written.map(str::to_owned))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_the_same_version_is_read() {
        let file = write_file("1.2.3", |text| {
            text.push_str("id\tA\n");
            Ok(())
        });
        assert_eq!(file, "skylift-codegen 1.2.3\nid\tA\n");
        assert_eq!(check_version(&file, "1.2.3"), Ok("id\tA\n"));
        assert_eq!(check_version("skylift-codegen 1.2.3", "1.2.3"), Ok(""));
        let other = |version: &str| Err(HandoffError::OtherVersion(Some(version.to_owned())));
        assert_eq!(check_version(&file, "1.2.4"), other("1.2.3"));
        assert_eq!(check_version(&file, "1.2"), other("1.2.3"));
        for foreign in ["", "\n", "something else 3\nid\tA\n", "skylift-codegen\nid\tA\n"] {
            let unknown = Err(HandoffError::OtherVersion(None));
            assert_eq!(check_version(foreign, "1.2.3"), unknown, "{foreign:?}");
        }
    }

    #[test]
    fn a_message_names_both_versions_and_the_line_to_write() {
        let other = HandoffError::OtherVersion(Some("0.1.0".to_owned())).message("0.2.0");
        assert_eq!(
            other.full(),
            "`skylift` is version 0.2.0 and `skylift-codegen` is version 0.1.0: they have to be the same\n\nhelp: write in Cargo.toml:\n        [build-dependencies]\n        skylift-codegen = \"=0.2.0\""
        );
        let unknown = HandoffError::OtherVersion(None).message("0.2.0");
        assert!(unknown.text.contains("`skylift-codegen` is another version"), "{unknown:?}");
        let broken = HandoffError::Broken.message("0.2.0").full();
        assert!(broken.contains("cannot be read") && broken.contains("cargo clean"), "{broken}");
    }
}
