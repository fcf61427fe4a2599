//! Skips strings, character literals and lifetimes at a cursor over Rust source, and returns the value of a string.

use proc_macro2::Literal;

use super::{CLASS, Cursor, Unbalanced, WORD};
use crate::messages;

impl Cursor<'_> {
    /// Skips the string whose opening quote is at the cursor, whether it is raw or not.
    pub(super) fn skip_string(&mut self) -> Result<(), Unbalanced> {
        let bytes = self.bytes;
        let open = self.at;
        if let Some(hashes) = self.raw_hashes() {
            return self.skip_raw_string(hashes);
        }
        let mut at = open + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'"' => {
                    self.at = at + 1;
                    return Ok(());
                }
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        Err(Unbalanced::new(open, messages::unterminated("string")))
    }

    /// Returns the number of `#` before the string's opening quote at the cursor if the string is raw, and `None`
    /// if it is not. It looks back from the quote for the prefix `r`, `br` or `cr`. That is cheaper than stopping
    /// at every `r`, `b` and `c` of the source.
    fn raw_hashes(&self) -> Option<usize> {
        let bytes = self.bytes;
        let mut start = self.at;
        while start > 0 && bytes[start - 1] == b'#' {
            start -= 1;
        }
        let hashes = self.at - start;
        if start == 0 || bytes[start - 1] != b'r' {
            return None;
        }
        start -= 1;
        if start > 0 && matches!(bytes[start - 1], b'b' | b'c') {
            start -= 1;
        }
        // The end of a longer word, a lifetime `'r` or a literal's suffix is not a prefix.
        let prefix = start == 0
            || (CLASS[bytes[start - 1] as usize] != WORD
                && !matches!(bytes[start - 1], b'\'' | b'"'));
        prefix.then_some(hashes)
    }

    /// Skips the raw string whose opening quote is at the cursor; `hashes` is the number of `#` that end it.
    fn skip_raw_string(&mut self, hashes: usize) -> Result<(), Unbalanced> {
        let bytes = self.bytes;
        let mut at = self.at + 1;
        while at < bytes.len() {
            if bytes[at] != b'"' {
                at += 1;
                continue;
            }
            at += 1;
            let mut closing = 0;
            while closing < hashes && at < bytes.len() && bytes[at] == b'#' {
                closing += 1;
                at += 1;
            }
            if closing == hashes {
                self.at = at;
                return Ok(());
            }
        }
        Err(Unbalanced::new(self.at, messages::unterminated("raw string")))
    }

    /// Skips the character literal or the lifetime that starts with the tick at the cursor.
    pub(super) fn skip_tick(&mut self) {
        self.at += 1;
        let first = self.peek();
        if first == b'\\' {
            self.at = self.bytes.len().min(self.at + 2);
            while !self.at_end() && !matches!(self.peek(), b'\'' | b'\n') {
                self.at += 1;
            }
            self.eat(b'\'');
            return;
        }
        let length = match first {
            0x00..=0x7f => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        if self.peek_at(length) == b'\'' {
            self.at += length + 1;
        } else if CLASS[first as usize] == WORD {
            self.skip_word();
        }
    }

    /// Skips the string literal at the cursor and returns its value. Returns `None`, without moving, if there is no
    /// literal with a quote, and `None` after skipping a byte string or another literal that is not a string.
    pub(in crate::walk) fn take_string(&mut self) -> Result<Option<String>, Unbalanced> {
        let start = self.at;
        while CLASS[self.peek() as usize] == WORD || self.peek() == b'#' {
            self.at += 1;
        }
        if self.peek() != b'"' {
            self.at = start;
            return Ok(None);
        }
        self.skip_string()?;
        let literal = &self.text[start..self.at];
        if literal.starts_with('"') && !literal.contains('\\') {
            return Ok(Some(literal[1..literal.len() - 1].to_owned()));
        }
        match literal.parse::<Literal>().map(syn::Lit::new) {
            Ok(syn::Lit::Str(literal)) => Ok(Some(literal.value())),
            _ => Ok(None),
        }
    }
}
