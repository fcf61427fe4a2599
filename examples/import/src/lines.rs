//! The lines of a part of a file: takes bytes, gives those of whole lines, and the articles in them.

use crate::Article;

/// The bytes up to the last end of a line; all of them where the file ends here. None where no line
/// ends.
pub(crate) fn whole(part: &[u8], last: bool) -> Option<&[u8]> {
    if last {
        return Some(part);
    }
    part.iter().rposition(|byte| *byte == b'\n').map(|end| &part[..=end])
}

/// An article of each line that is not empty.
pub(crate) fn articles(lines: &[u8]) -> Result<Vec<Article>, serde_json::Error> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.map(serde_json::from_slice).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "these are tests")]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_its_last_whole_line_does() {
        assert_eq!(whole(b"a\nb\nc", false), Some(&b"a\nb\n"[..]));
        assert_eq!(whole(b"a\nb\nc", true), Some(&b"a\nb\nc"[..]));
        assert_eq!(whole(b"abc", false), None);
    }

    #[test]
    fn empty_lines_hold_no_article() {
        let tea = r#"{"id":"1","name":"Tea","cents":450}"#;
        let found = articles(format!("{tea}\r\n\r\n\n{tea}\n").as_bytes()).unwrap();
        assert_eq!(found.len(), 2);
        assert!(articles(b"tea\n").is_err());
    }
}
