//! Converts offsets in a text to lines and columns. It takes a text and an offset, and returns the place as rustc
//! and editors show it.

/// Returns the line and the column of `offset` in `text`. Both start at 1, as in rustc; the column counts
/// characters.
pub(crate) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut lines = Lines::default();
    lines.line_column(text, offset)
}

/// Converts offsets of one text to lines and columns. It is fast for increasing offsets, because it continues from
/// the last line instead of the start of the text.
#[derive(Debug, Default)]
pub(super) struct Lines {
    line: usize,
    start: usize,
}

impl Lines {
    /// Returns the line and the column of `offset`, as the function [`line_column`] does; `text` must be the same
    /// in every call.
    pub(super) fn line_column(&mut self, text: &str, offset: usize) -> (usize, usize) {
        let offset = text.floor_char_boundary(offset);
        if offset < self.start {
            *self = Self::default();
        }
        let Self { mut line, mut start } = *self;
        // Build scripts are compiled without optimisation, but the search of the standard library is optimised.
        while let Some(end) = text[start..offset].find('\n') {
            line += 1;
            start += end + 1;
        }
        (self.line, self.start) = (line, start);
        (line + 1, text[start..offset].chars().count() + 1)
    }
}
