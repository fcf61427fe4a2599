//! The version of a file. The first line names the build step that wrote it, `skylift-codegen 0.1.0`;
//! the macros read only what a build step of their own version wrote. A reader of another version
//! gets an [`Unread`], which says what to tell the user.

/// The crate of the build step, which writes the files.
const WRITER: &str = "skylift-codegen";

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// Another version of the build step wrote it: which one, where the file says so.
    OtherVersion(Option<String>),
    /// It is of this version, and broken.
    Broken,
}

impl Unread {
    /// What is wrong and what to do about it, for the user. `here` is the version of the macros.
    #[must_use]
    pub fn message(&self, here: &str) -> (String, String) {
        let theirs = match self {
            Self::OtherVersion(Some(version)) => format!("version {version}"),
            Self::OtherVersion(None) => "another version".to_owned(),
            Self::Broken => {
                return (
                    "what Skylift's build step left for this package cannot be read".to_owned(),
                    "run `cargo clean`, so that the build step runs again".to_owned(),
                );
            }
        };
        let message = format!(
            "`skylift` is version {here} and `{WRITER}` is {theirs}: they have to be the same"
        );
        // A plain version would also take any later one that is compatible.
        let help =
            format!("write in Cargo.toml:\n  [build-dependencies]\n  {WRITER} = \"={here}\"");
        (message, help)
    }
}

/// The first line of a file that a build step of this version writes.
pub(super) fn head(version: &str) -> String {
    format!("{WRITER} {version}\n")
}

/// The lines after the first, where the file is of this version.
pub(super) fn body<'a>(text: &'a str, version: &str) -> Result<&'a str, Unread> {
    let (head, body) = text.split_once('\n').unwrap_or((text, ""));
    let written = head.strip_prefix(WRITER).and_then(|rest| rest.strip_prefix(' '));
    match written.map(str::trim_end) {
        Some(written) if written == version => Ok(body),
        written => Err(Unread::OtherVersion(written.map(str::to_owned))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_the_same_version_is_read() {
        let file = format!("{}id\tA\n", head("1.2.3"));
        assert_eq!(file, "skylift-codegen 1.2.3\nid\tA\n");
        assert_eq!(body(&file, "1.2.3"), Ok("id\tA\n"));
        assert_eq!(body("skylift-codegen 1.2.3", "1.2.3"), Ok(""));
        let other = |version: &str| Err(Unread::OtherVersion(Some(version.to_owned())));
        assert_eq!(body(&file, "1.2.4"), other("1.2.3"));
        assert_eq!(body(&file, "1.2"), other("1.2.3"));
        for foreign in ["", "\n", "something else 3\nid\tA\n", "skylift-codegen\nid\tA\n"] {
            assert_eq!(body(foreign, "1.2.3"), Err(Unread::OtherVersion(None)), "{foreign:?}");
        }
    }

    #[test]
    fn the_user_is_told_both_versions_and_what_to_write() {
        let (message, help) = Unread::OtherVersion(Some("0.1.0".to_owned())).message("0.2.0");
        assert_eq!(
            message,
            "`skylift` is version 0.2.0 and `skylift-codegen` is version 0.1.0: they have to be the same"
        );
        assert_eq!(
            help,
            "write in Cargo.toml:\n  [build-dependencies]\n  skylift-codegen = \"=0.2.0\""
        );
        let (message, _) = Unread::OtherVersion(None).message("0.2.0");
        assert!(message.contains("`skylift-codegen` is another version"), "{message}");
        let (message, help) = Unread::Broken.message("0.2.0");
        assert!(message.ends_with("cannot be read") && help.contains("cargo clean"), "{message}");
    }
}
