//! The lines in a part of a file. Takes bytes, gives those of the complete lines, and parses their articles.

use crate::Article;

/// Returns the bytes up to the last end of a line, or all bytes of the last part of a file. Returns `None` if no line
/// ends here.
pub(crate) fn complete_lines(part: &[u8], last: bool) -> Option<&[u8]> {
    if last {
        return Some(part);
    }
    part.iter().rposition(|byte| *byte == b'\n').map(|end| &part[..=end])
}

/// Parses an article from each line that is not empty.
pub(crate) fn parse_articles(lines: &[u8]) -> Result<Vec<Article>, serde_json::Error> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.map(serde_json::from_slice).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "these are tests")]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_its_last_complete_line() {
        assert_eq!(complete_lines(b"a\nb\nc", false), Some(&b"a\nb\n"[..]));
        assert_eq!(complete_lines(b"a\nb\nc", true), Some(&b"a\nb\nc"[..]));
        assert_eq!(complete_lines(b"abc", false), None);
    }

    #[test]
    fn empty_lines_are_skipped() {
        let tea = r#"{"id":"1","name":"Tea","cents":450}"#;
        let found = parse_articles(format!("{tea}\r\n\r\n\n{tea}\n").as_bytes()).unwrap();
        assert_eq!(found.len(), 2);
        assert!(parse_articles(b"tea\n").is_err());
    }
}
