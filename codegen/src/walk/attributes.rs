//! The attributes of one item as rustc applies them. It takes their places in the text, resolves
//! `cfg` and `cfg_attr`, and gives what is left, whether the item exists, and its `#[path]`.

use std::ops::Range;

use super::cfg::Cfg;
use super::skim::{Cursor, Unbalanced};

/// `cfg_attr` in `cfg_attr` deeper than this is dropped.
const DEEPEST: usize = 64;

/// One attribute: where it is written, `#[…]` whole, and the part that applies, without `#[` and
/// `]`. What came out of one `cfg_attr` shares the place where it is written; what applies no
/// longer (a `cfg` that holds, a `cfg_attr` that does not) has an empty part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meta {
    pub(super) written: Range<usize>,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) metas: Vec<Meta>,
    /// The item is configured out.
    pub(super) absent: bool,
    /// The value of the first `#[path = "…"]`, the one that counts.
    pub(super) path: Option<String>,
    /// There is an attribute that is not one of the language's own.
    pub(super) foreign: bool,
}

impl Attributes {
    /// Adds the attribute `written` at `#[…]` or `#![…]`.
    pub(super) fn add(
        &mut self,
        text: &str,
        written: Range<usize>,
        cfg: &Cfg,
    ) -> Result<(), Unbalanced> {
        let mut cursor = Cursor::within(text, written.start + 1..written.end);
        cursor.trivia()?;
        cursor.eat(b'!');
        cursor.trivia()?;
        let range = cursor.at + 1..written.end - 1;
        self.meta(text, &written, range, cfg, 0)
    }

    fn meta(
        &mut self,
        text: &str,
        written: &Range<usize>,
        range: Range<usize>,
        cfg: &Cfg,
        depth: usize,
    ) -> Result<(), Unbalanced> {
        let mut cursor = Cursor::within(text, range.clone());
        cursor.trivia()?;
        let name = cursor.word().map_or("", |word| word.name);
        cursor.trivia()?;
        match name {
            "cfg" | "cfg_attr" if cursor.peek() == b'(' => {
                let open = cursor.at;
                cursor.group()?;
                let inside = open + 1..cursor.at - 1;
                let blank = Meta { written: written.clone(), range: range.end..range.end };
                self.metas.push(blank);
                if name == "cfg_attr" {
                    return self.cfg_attr(text, written, inside, cfg, depth + 1);
                }
                self.absent |= !cfg.holds(text, inside);
                return Ok(());
            }
            "path" if cursor.eat(b'=') => {
                cursor.trivia()?;
                let value = cursor.literal()?;
                self.path = self.path.take().or(value);
            }
            _ => self.foreign |= !is_own(name) || cursor.peek() == b':',
        }
        self.metas.push(Meta { written: written.clone(), range });
        Ok(())
    }

    fn cfg_attr(
        &mut self,
        text: &str,
        written: &Range<usize>,
        inside: Range<usize>,
        cfg: &Cfg,
        depth: usize,
    ) -> Result<(), Unbalanced> {
        let mut parts = Cursor::within(text, inside);
        let predicate = part(&mut parts)?;
        if depth > DEEPEST || !cfg.holds(text, predicate) {
            return Ok(());
        }
        loop {
            parts.trivia()?;
            if parts.at_end() {
                return Ok(());
            }
            let range = part(&mut parts)?;
            self.meta(text, written, range, cfg, depth)?;
        }
    }
}

/// Steps over what stands before the next comma, and over the comma.
fn part(cursor: &mut Cursor<'_>) -> Result<Range<usize>, Unbalanced> {
    let start = cursor.at;
    while !cursor.at_end() {
        if cursor.peek() == b',' {
            cursor.at += 1;
            return Ok(start..cursor.at - 1);
        }
        cursor.skip()?;
    }
    Ok(start..cursor.at)
}

/// Whether `name` is an attribute of the language: those that stand on most items, so that these
/// need no further look.
fn is_own(name: &str) -> bool {
    matches!(
        name,
        "allow"
            | "cold"
            | "deny"
            | "deprecated"
            | "derive"
            | "doc"
            | "expect"
            | "forbid"
            | "inline"
            | "macro_export"
            | "macro_use"
            | "must_use"
            | "non_exhaustive"
            | "path"
            | "repr"
            | "rustfmt"
            | "test"
            | "unsafe"
            | "warn"
    )
}
