//! Messages about files of the build step that cannot be read or written.

use std::io;
use std::path::Path;

use skylift_model::message::Message;

/// Reports that a file of the build step has invalid content.
pub(crate) fn broken_file() -> Message {
    Message::new("the files of Skylift's build step for this package cannot be read")
        .with_help("run `cargo clean`, so that the build step runs again")
}

/// Reports that another version of the build step wrote the files. `macros` is the version of the macros,
/// `writer` is the crate of the build step, and `theirs` is the version of the build step, if the file names
/// it.
pub(crate) fn other_version(macros: &str, writer: &str, theirs: Option<&str>) -> Message {
    let theirs =
        theirs.map_or_else(|| "another version".to_owned(), |version| format!("version {version}"));
    // Without `=`, Cargo could choose a later version that is compatible.
    let help = format!("write in Cargo.toml:\n  [build-dependencies]\n  {writer} = \"={macros}\"");
    Message::new(format!(
        "`skylift` is version {macros} and `{writer}` is {theirs}: they have to be the same"
    ))
    .with_help(help)
}

/// Reports that a file of the build step or of the output directory cannot be written, read or removed. `cause`
/// is the error of the file system.
pub(crate) fn file_not_written(path: &Path, cause: &io::Error) -> Message {
    format!("cannot write `{}`: {cause}", path.display()).into()
}
