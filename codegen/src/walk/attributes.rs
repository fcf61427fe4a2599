//! Resolves the attributes of one item as rustc does. It takes the attributes' places in the text, evaluates `cfg`
//! and `cfg_attr`, and returns the remaining attributes, whether the item exists, and the item's `#[path]`.

use std::ops::Range;

use super::cfg::Cfg;
use super::cursor::{Cursor, Unbalanced};

/// The number of levels to which `cfg_attr` may nest. A `cfg_attr` below the last level is ignored.
const MAX_DEPTH: usize = 64;

/// The place of an attribute in the text: `written` is the whole `#[…]`, `range` the content without `#[` and `]`.
///
/// All attributes of one `cfg_attr` have the same `written`. The `range` is empty if nothing of the attribute
/// remains (a `cfg` that is true, a `cfg_attr` that is false).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResolvedAttribute {
    pub(super) written: Range<usize>,
    pub(super) range: Range<usize>,
}

/// The resolved attributes of an item.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) resolved: Vec<ResolvedAttribute>,
    /// Whether a `cfg` removes the item.
    pub(super) is_removed: bool,
    /// Whether the item has a `cfg` or a `cfg_attr`. rustc can have settings that the build step does not know.
    pub(super) has_cfg: bool,
    /// The value of the item's first `#[path = "…"]`; rustc ignores later ones.
    pub(super) path: Option<String>,
    /// Whether the item has an attribute that is not built into the language, and so may be Skylift's.
    pub(super) is_candidate: bool,
}

impl Attributes {
    /// Resolves the attribute at the place `written`, which is `#[…]` or `#![…]`, and adds the result.
    pub(super) fn add(
        &mut self,
        text: &str,
        written: Range<usize>,
        cfg: &Cfg,
    ) -> Result<(), Unbalanced> {
        let mut cursor = Cursor::in_range(text, written.start + 1..written.end);
        cursor.skip_trivia()?;
        cursor.eat(b'!');
        cursor.skip_trivia()?;
        let range = cursor.at + 1..written.end - 1;
        self.add_resolved(text, &written, range, cfg, 0)
    }

    /// Adds an attribute whose content is at the place `range`; `written` is the place of the `#[…]` around it.
    fn add_resolved(
        &mut self,
        text: &str,
        written: &Range<usize>,
        range: Range<usize>,
        cfg: &Cfg,
        depth: usize,
    ) -> Result<(), Unbalanced> {
        let mut cursor = Cursor::in_range(text, range.clone());
        cursor.skip_trivia()?;
        let name = cursor.take_word().map_or("", |word| word.name);
        cursor.skip_trivia()?;
        match name {
            "cfg" | "cfg_attr" if cursor.peek() == b'(' => {
                self.has_cfg = true;
                let open = cursor.at;
                cursor.skip_group()?;
                let inside = open + 1..cursor.at - 1;
                let blank =
                    ResolvedAttribute { written: written.clone(), range: range.end..range.end };
                self.resolved.push(blank);
                if name == "cfg_attr" {
                    return self.add_cfg_attr(text, written, inside, cfg, depth + 1);
                }
                self.is_removed |= !cfg.is_true(text, inside);
                return Ok(());
            }
            "path" if cursor.eat(b'=') => {
                cursor.skip_trivia()?;
                let value = cursor.take_string()?;
                self.path = self.path.take().or(value);
            }
            _ => self.is_candidate |= !is_builtin(name) || cursor.peek() == b':',
        }
        self.resolved.push(ResolvedAttribute { written: written.clone(), range });
        Ok(())
    }

    /// Adds the attributes of a `cfg_attr` if its predicate is true; `inside` is the place between its brackets.
    fn add_cfg_attr(
        &mut self,
        text: &str,
        written: &Range<usize>,
        inside: Range<usize>,
        cfg: &Cfg,
        depth: usize,
    ) -> Result<(), Unbalanced> {
        let mut parts = Cursor::in_range(text, inside);
        let predicate = skip_to_comma(&mut parts)?;
        if depth > MAX_DEPTH || !cfg.is_true(text, predicate) {
            return Ok(());
        }
        loop {
            parts.skip_trivia()?;
            if parts.at_end() {
                return Ok(());
            }
            let range = skip_to_comma(&mut parts)?;
            self.add_resolved(text, written, range, cfg, depth)?;
        }
    }
}

/// Skips the tokens up to the next comma, and the comma. Returns the place of the tokens before the comma.
fn skip_to_comma(cursor: &mut Cursor<'_>) -> Result<Range<usize>, Unbalanced> {
    let start = cursor.at;
    while !cursor.at_end() {
        if cursor.peek() == b',' {
            cursor.at += 1;
            return Ok(start..cursor.at - 1);
        }
        cursor.skip_token()?;
    }
    Ok(start..cursor.at)
}

/// Returns whether `name` is a common attribute of the language. An item that has only such attributes needs no
/// further check, and most items have no other.
fn is_builtin(name: &str) -> bool {
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
