//! A part of the schedule that is being parsed, which knows its position in the whole text. Parsers split a
//! piece into smaller pieces. Errors and fixes get their ranges from a piece, so that the parsers need no
//! arithmetic.

use std::ops::Range;

use super::error::{Fix, ScheduleError, ScheduleErrorKind};

/// A range of the schedule that is being parsed, on character boundaries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    whole: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Piece<'a> {
    /// Creates the piece that covers the whole schedule.
    pub(super) fn whole(whole: &'a str) -> Self {
        Self { whole, start: 0, end: whole.len() }
    }

    /// Returns the text of the piece.
    pub(super) fn text(self) -> &'a str {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the range of the piece in the whole schedule, in bytes.
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the part of this piece at `range`, in bytes from the start of the piece.
    pub(super) fn part(self, range: Range<usize>) -> Self {
        let start = self.end.min(self.start + range.start);
        let end = self.end.min(self.start + range.end).max(start);
        Self { start, end, ..self }
    }

    /// Returns the piece from the start of this piece to the end of `other`.
    pub(super) fn to(self, other: Self) -> Self {
        Self { end: other.end, ..self }
    }

    /// Returns the pieces before and after the first `mark`. Returns `None` if the piece has no `mark`.
    pub(super) fn split_once(self, mark: char) -> Option<(Self, Self)> {
        let at = self.text().find(mark)?;
        Some((self.part(0..at), self.part(at + mark.len_utf8()..usize::MAX - self.start)))
    }

    /// Returns the pieces between the `mark`s, including the pieces before the first and after the last one.
    pub(super) fn split(self, mark: char) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = self;
        while let Some((first, after)) = rest.split_once(mark) {
            pieces.push(first);
            rest = after;
        }
        pieces.push(rest);
        pieces
    }

    /// Returns the piece without `mark` at its end. Returns `None` if the piece does not end in `mark`.
    pub(super) fn strip_suffix(self, mark: char) -> Option<Self> {
        self.text().strip_suffix(mark).map(|before| self.part(0..before.len()))
    }

    /// Creates an error whose range is this piece.
    pub(super) fn reject(self, kind: ScheduleErrorKind) -> ScheduleError {
        ScheduleError::new(kind, self.range())
    }

    /// Creates the fix that replaces this piece by `part`.
    pub(super) fn rewrite(self, part: impl Into<String>) -> Fix {
        let part = part.into();
        let whole = self.replaced(&part);
        Fix::Replace { whole, part }
    }

    /// Returns the whole schedule with `part` in place of this piece.
    pub(super) fn replaced(self, part: &str) -> String {
        let before = self.whole.get(..self.start).unwrap_or_default();
        let after = self.whole.get(self.end..).unwrap_or_default();
        format!("{before}{part}{after}")
    }

    /// Returns the words of the piece. Returns an error unless there is a single space between each two words,
    /// which is all that EventBridge accepts.
    pub(super) fn words(self) -> Result<Vec<Self>, ScheduleError> {
        let tidy = self.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if tidy == self.text() {
            return Ok(if tidy.is_empty() { Vec::new() } else { self.split(' ') });
        }
        Err(self.find_stray_space().reject(ScheduleErrorKind::Spaces).with_fix(self.rewrite(tidy)))
    }

    /// Returns the first run of white space that is not a single space between two words.
    fn find_stray_space(self) -> Self {
        let text = self.text();
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(char::is_whitespace)) {
            let start = from + found;
            let rest = text.get(start..).unwrap_or_default();
            let length = rest.len() - rest.trim_start().len();
            let inside = start > 0 && start + length < text.len();
            if !inside || rest.get(..length) != Some(" ") {
                return self.part(start..start + length);
            }
            from = start + length;
        }
        self
    }
}
