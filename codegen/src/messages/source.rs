//! Messages about Rust source that the walk cannot parse. rustc reports these errors too, and better.

use std::io;
use std::path::Path;

use skylift_model::message::Message;

pub(crate) fn source_not_parsed(path: &Path, line: usize, reason: &Message) -> Message {
    format!("the build step cannot parse the source at {}:{line}: {}", path.display(), reason.text)
        .into()
}

// Files and modules.

pub(crate) fn source_not_utf8(path: &Path) -> Message {
    format!("`{}` is not valid UTF-8", path.display()).into()
}

pub(crate) fn source_unreadable(path: &Path, cause: &io::Error) -> Message {
    format!("cannot read `{}`: {cause}", path.display()).into()
}

pub(crate) fn file_includes_itself(module: &str, path: &Path) -> Message {
    format!("the file of module `{module}`, `{}`, includes itself", path.display()).into()
}

pub(crate) fn module_file_missing(module: &str, beside: &Path, within: &Path) -> Message {
    let (beside, within) = (beside.display(), within.display());
    format!("no file for module `{module}`: neither `{beside}` nor `{within}` exists").into()
}

pub(crate) fn two_module_files(module: &str, beside: &Path, within: &Path) -> Message {
    let (beside, within) = (beside.display(), within.display());
    format!("two files for module `{module}`: both `{beside}` and `{within}` exist").into()
}

pub(crate) fn too_many_modules(depth: usize, count: usize) -> Message {
    format!("modules are nested deeper than {depth}, or there are more than {count}").into()
}

// Tokens.

pub(crate) fn item_not_lexed() -> Message {
    "this item cannot be split into tokens".into()
}

pub(crate) fn bracket_after_hash_missing() -> Message {
    "expected `[` after `#`".into()
}

pub(crate) fn unterminated(what: &str) -> Message {
    format!("unterminated {what}").into()
}

pub(crate) fn unclosed_bracket(bracket: char) -> Message {
    format!("unclosed `{bracket}`").into()
}

pub(crate) fn unexpected_bracket(bracket: char) -> Message {
    format!("unexpected closing `{bracket}`").into()
}

pub(crate) fn mismatched_bracket(found: char, expected: char) -> Message {
    format!("mismatched closing `{found}`, expected `{expected}`").into()
}
