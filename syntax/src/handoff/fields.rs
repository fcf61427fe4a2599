//! Fields of a line in a file that the build step writes for the macros. Fields are separated by tabs, so tabs
//! and line ends inside a field are escaped.

use std::path::{Path, PathBuf};

/// Escapes a text, so that it can be one field of a line.
pub(super) fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Returns the original text of a field that [`escape_text`] escaped.
pub(super) fn unescape_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}

/// Escapes a path, so that it can be one field of a line: the name of a directory can contain a tab.
pub(super) fn escape_path(path: &Path) -> String {
    escape_text(&path.to_string_lossy())
}

/// Returns the original path of a field that [`escape_path`] escaped.
pub(super) fn unescape_path(text: &str) -> PathBuf {
    unescape_text(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_text_is_one_field_and_is_read_back() {
        for text in ["", "plain", "a\tb", "a\nb\r\n", "C:\\new\\table", "\\", "\\t", "größe 🦀"]
        {
            let escaped = escape_text(text);
            assert!(!escaped.contains(['\t', '\n', '\r']), "{escaped:?}");
            assert_eq!(unescape_text(&escaped), text);
        }
        assert_eq!(escape_text("a\tb\\c"), "a\\tb\\\\c");
        assert_eq!(unescape_path(&escape_path(Path::new("/a\tb"))), Path::new("/a\tb"));
    }

    #[test]
    fn unknown_escapes_are_read_as_their_character() {
        assert_eq!(unescape_text("a\\xb\\"), "axb");
    }
}
