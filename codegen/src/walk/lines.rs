//! From offsets to lines and columns. It takes a text and an offset into it, and gives the place as
//! rustc and editors write it.

/// The line and the column of `offset`, both from 1 as rustc counts them, the column in characters.
pub(crate) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut lines = Lines::default();
    lines.line_column(text, offset)
}

/// [`line_column`] for offsets that mostly grow, without counting from the start each time.
#[derive(Debug, Default)]
pub(super) struct Lines {
    line: usize,
    start: usize,
}

impl Lines {
    pub(super) fn line_column(&mut self, text: &str, offset: usize) -> (usize, usize) {
        let offset = text.floor_char_boundary(offset);
        if offset < self.start {
            *self = Self::default();
        }
        let Self { mut line, mut start } = *self;
        // Build scripts are compiled without optimisation, but for what the standard library searches.
        while let Some(end) = text[start..offset].find('\n') {
            line += 1;
            start += end + 1;
        }
        (self.line, self.start) = (line, start);
        (line + 1, text[start..offset].chars().count() + 1)
    }
}
