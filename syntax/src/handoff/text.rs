//! Texts in the lines of a file: fields are separated by tabs, so what has tabs or line ends in it is
//! escaped.

use std::path::{Path, PathBuf};

/// A text in one field.
pub(super) fn escape(text: &str) -> String {
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

/// The text that was escaped.
pub(super) fn unescape(text: &str) -> String {
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

/// A path in one field: a directory may well have a tab in its name.
pub(super) fn of_path(path: &Path) -> String {
    escape(&path.to_string_lossy())
}

/// The path that was escaped.
pub(super) fn to_path(text: &str) -> PathBuf {
    unescape(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_escaped_is_one_field_and_comes_back() {
        for text in ["", "plain", "a\tb", "a\nb\r\n", "C:\\new\\table", "\\", "\\t", "größe 🦀"]
        {
            let escaped = escape(text);
            assert!(!escaped.contains(['\t', '\n', '\r']), "{escaped:?}");
            assert_eq!(unescape(&escaped), text);
        }
        assert_eq!(escape("a\tb\\c"), "a\\tb\\\\c");
        assert_eq!(to_path(&of_path(Path::new("/a\tb"))), Path::new("/a\tb"));
    }

    #[test]
    fn what_nobody_escaped_is_read_as_far_as_it_goes() {
        assert_eq!(unescape("a\\xb\\"), "axb");
    }
}
