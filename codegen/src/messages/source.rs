//! Messages about Rust source that the walk cannot parse. rustc reports these errors too, and shows them better.

use std::io;
use std::path::Path;

use skylift_model::message::Message;

/// Reports that the build step cannot parse a source file; `reason` is the message about the mistake at `line`.
pub(crate) fn source_not_parsed(path: &Path, line: usize, reason: &Message) -> Message {
    format!("the build step cannot parse the source at {}:{line}: {}", path.display(), reason.text)
        .into()
}

// Files and modules.

/// Reports that the source file at `path` is not UTF-8.
pub(crate) fn source_not_utf8(path: &Path) -> Message {
    format!("`{}` is not valid UTF-8", path.display()).into()
}

/// Reports that the source file at `path` cannot be read; `cause` is the error of the file system.
pub(crate) fn source_unreadable(path: &Path, cause: &io::Error) -> Message {
    format!("cannot read `{}`: {cause}", path.display()).into()
}

/// Reports that the source file at `path` is a FIFO, a device or a socket.
pub(crate) fn source_not_regular(path: &Path) -> Message {
    Message::new(format!("`{}` is not a regular file", path.display()))
        .with_help("the source of a module is a text file: write the module into one")
}

/// Reports that `#[path = "…"]` of the module `module` names a file that is being read already.
pub(crate) fn file_includes_itself(module: &str, path: &Path) -> Message {
    format!("the file of module `{module}`, `{}`, includes itself", path.display()).into()
}

/// Reports that `mod name;` has no file; `beside` and `within` are the two paths that rustc would accept.
pub(crate) fn module_file_missing(module: &str, beside: &Path, within: &Path) -> Message {
    let (beside, within) = (beside.display(), within.display());
    format!("no file for module `{module}`: neither `{beside}` nor `{within}` exists").into()
}

/// Reports that `mod name;` has two files, at the paths `beside` and `within`.
pub(crate) fn two_module_files(module: &str, beside: &Path, within: &Path) -> Message {
    let (beside, within) = (beside.display(), within.display());
    format!("two files for module `{module}`: both `{beside}` and `{within}` exist").into()
}

/// Reports that a crate has modules nested deeper than `depth`, or more than `count` modules.
pub(crate) fn too_many_modules(depth: usize, count: usize) -> Message {
    format!("modules are nested deeper than {depth}, or there are more than {count}").into()
}

// Tokens.

/// Reports that an annotated item cannot be split into tokens.
pub(crate) fn item_not_lexed() -> Message {
    "this item cannot be split into tokens".into()
}

/// Reports a `#` of an attribute without a `[` after it.
pub(crate) fn bracket_after_hash_missing() -> Message {
    "expected `[` after `#`".into()
}

/// Reports a comment or a literal that does not end; `what` is the word for it, such as `string`.
pub(crate) fn unterminated(what: &str) -> Message {
    format!("unterminated {what}").into()
}

/// Reports an opening bracket without a closing one.
pub(crate) fn unclosed_bracket(bracket: char) -> Message {
    format!("unclosed `{bracket}`").into()
}

/// Reports a closing bracket without an opening one.
pub(crate) fn unexpected_bracket(bracket: char) -> Message {
    format!("unexpected closing `{bracket}`").into()
}

/// Reports that the closing bracket `found` does not match the innermost open one, which needs `expected`.
pub(crate) fn mismatched_bracket(found: char, expected: char) -> Message {
    format!("mismatched closing `{found}`, expected `{expected}`").into()
}
