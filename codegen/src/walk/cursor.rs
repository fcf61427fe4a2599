//! A cursor over Rust source. It knows just enough of the lexical grammar to skip strings, comments, character
//! literals, lifetimes and balanced brackets. It takes a text and returns words and positions, and the place of a
//! bracket or quote that is never closed.
//!
//! Build scripts are compiled without optimisation, so the loops here are plain table look-ups on bytes: an
//! iterator or a closure would cost more than the work that it does.

mod literals;

use std::ops::Range;

use skylift_model::message::Message;

use crate::messages;

/// An error in Rust source that makes it impossible to skip its tokens, and the offset of the error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unbalanced {
    pub(super) at: usize,
    pub(super) message: Message,
}

impl Unbalanced {
    pub(super) fn new(at: usize, message: Message) -> Self {
        Self { at, message }
    }
}

/// An identifier or keyword. The raw identifier `r#type` has the name `type` and is `raw`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) name: &'a str,
    pub(super) raw: bool,
}

impl<'a> Word<'a> {
    /// Returns the word if it can be a keyword. Returns an empty text if the word is a raw identifier.
    pub(super) fn keyword(self) -> &'a str {
        if self.raw { "" } else { self.name }
    }
}

const OTHER: u8 = 0;
const SPACE: u8 = 1;
/// The class of bytes that may be in a word: letters, digits, `_` and every byte of a character beyond ASCII.
const WORD: u8 = 2;
/// The class of the quote. Bytes of this class and of the following classes need more than one step.
const QUOTE: u8 = 3;
const TICK: u8 = 4;
const SLASH: u8 = 5;
const OPEN: u8 = 6;
const CLOSE: u8 = 7;

/// The class of each byte of Rust source.
static CLASS: [u8; 256] = byte_classes();

/// Computes the class of each byte of Rust source.
const fn byte_classes() -> [u8; 256] {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x09..=0x0d | 0x20 => SPACE,
            0x30..=0x39 | 0x41..=0x5a | 0x5f | 0x61..=0x7a | 0x80..=0xff => WORD,
            0x22 => QUOTE,
            0x27 => TICK,
            0x2f => SLASH,
            0x28 | 0x5b | 0x7b => OPEN,
            0x29 | 0x5d | 0x7d => CLOSE,
            _ => OTHER,
        };
        byte += 1;
    }
    table
}

/// A position in Rust source, from which tokens are read or skipped.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pub(super) at: usize,
    /// The offsets of the brackets that are open while a group is skipped. It is a field only to reuse its
    /// allocation.
    open: Vec<usize>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self::in_range(text, 0..text.len())
    }

    /// Creates a cursor over the place `range` of `text`. Its offsets are relative to the whole text.
    pub(super) fn in_range(text: &'a str, range: Range<usize>) -> Self {
        Self { text, bytes: &text.as_bytes()[..range.end], at: range.start, open: Vec::new() }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Returns the byte at the cursor, or 0 at the end of the text.
    pub(super) fn peek(&self) -> u8 {
        self.peek_at(0)
    }

    /// Returns the byte that is `ahead` bytes behind the cursor, or 0 beyond the end of the text.
    pub(super) fn peek_at(&self, ahead: usize) -> u8 {
        if self.at + ahead < self.bytes.len() { self.bytes[self.at + ahead] } else { 0 }
    }

    /// Skips `byte` if it is at the cursor, and returns whether it was.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = !self.at_end() && self.peek() == byte;
        if found {
            self.at += 1;
        }
        found
    }

    /// Skips `::` if it is at the cursor, and returns whether it was.
    pub(super) fn eat_path_separator(&mut self) -> bool {
        let found = self.peek() == b':' && self.peek_at(1) == b':';
        if found {
            self.at += 2;
        }
        found
    }

    /// Skips white space and comments at the cursor, including doc comments.
    pub(super) fn skip_trivia(&mut self) -> Result<(), Unbalanced> {
        loop {
            self.skip_spaces();
            if !self.skip_comment()? {
                return Ok(());
            }
        }
    }

    /// Skips white space at the cursor.
    pub(super) fn skip_spaces(&mut self) {
        let bytes = self.bytes;
        let mut at = self.at;
        while at < bytes.len() {
            if CLASS[bytes[at] as usize] == SPACE {
                at += 1;
                continue;
            }
            // Rust's white space outside ASCII: U+0085, U+200E, U+200F, U+2028 and U+2029.
            at += match bytes[at] {
                0xc2 if bytes.len() > at + 1 && bytes[at + 1] == 0x85 => 2,
                0xe2 if bytes.len() > at + 2 && bytes[at + 1] == 0x80 => match bytes[at + 2] {
                    0x8e | 0x8f | 0xa8 | 0xa9 => 3,
                    _ => break,
                },
                _ => break,
            };
        }
        self.at = at;
    }

    /// Skips the comment at the cursor. Returns false, without moving, if no comment starts there.
    pub(super) fn skip_comment(&mut self) -> Result<bool, Unbalanced> {
        if self.peek() != b'/' {
            return Ok(false);
        }
        match self.peek_at(1) {
            b'/' => self.skip_line(),
            b'*' => self.skip_block_comment()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Moves the cursor to the end of its line.
    pub(super) fn skip_line(&mut self) {
        let bytes = self.bytes;
        let mut at = self.at;
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        self.at = at;
    }

    /// Skips the block comment at the cursor, in which other block comments may nest.
    fn skip_block_comment(&mut self) -> Result<(), Unbalanced> {
        let bytes = self.bytes;
        let start = self.at;
        let mut at = start + 2;
        let mut depth = 1_usize;
        while depth > 0 {
            if at + 1 >= bytes.len() {
                return Err(Unbalanced::new(start, messages::unterminated("block comment")));
            }
            if bytes[at] == b'*' && bytes[at + 1] == b'/' {
                depth -= 1;
                at += 2;
            } else if bytes[at] == b'/' && bytes[at + 1] == b'*' {
                depth += 1;
                at += 2;
            } else {
                at += 1;
            }
        }
        self.at = at;
        Ok(())
    }

    /// Skips the identifier or keyword at the cursor and returns it. Returns `None`, without moving, if no word
    /// starts there.
    pub(super) fn take_word(&mut self) -> Option<Word<'a>> {
        if !self.starts_word(0) {
            return None;
        }
        let raw = self.peek() == b'r' && self.peek_at(1) == b'#' && self.starts_word(2);
        if raw {
            self.at += 2;
        }
        let start = self.at;
        self.skip_word();
        Some(Word { name: &self.text[start..self.at], raw })
    }

    /// Returns whether a word starts `ahead` bytes behind the cursor.
    fn starts_word(&self, ahead: usize) -> bool {
        let byte = self.peek_at(ahead);
        CLASS[byte as usize] == WORD && !byte.is_ascii_digit()
    }

    /// Skips the letters, digits and `_` at the cursor.
    fn skip_word(&mut self) {
        let bytes = self.bytes;
        let mut at = self.at;
        while at < bytes.len() && CLASS[bytes[at] as usize] == WORD {
            at += 1;
        }
        self.at = at;
    }

    /// Skips one token, or one whole group in brackets. The cursor always moves forward.
    pub(super) fn skip_token(&mut self) -> Result<(), Unbalanced> {
        match CLASS[self.peek() as usize] {
            WORD => self.skip_word(),
            QUOTE => self.skip_string()?,
            TICK => self.skip_tick(),
            OPEN => self.skip_group()?,
            CLOSE => return Err(self.unexpected_close_error()),
            SLASH if self.skip_comment()? => {}
            _ => self.at += 1,
        }
        Ok(())
    }

    /// Skips the group in brackets whose opening bracket is at the cursor.
    pub(super) fn skip_group(&mut self) -> Result<(), Unbalanced> {
        let bytes = self.bytes;
        self.open.clear();
        loop {
            let mut at = self.at;
            while at < bytes.len() && CLASS[bytes[at] as usize] < QUOTE {
                at += 1;
            }
            self.at = at;
            if at >= bytes.len() {
                return Err(self.unclosed_error());
            }
            match CLASS[bytes[at] as usize] {
                QUOTE => self.skip_string()?,
                TICK => self.skip_tick(),
                OPEN => {
                    self.open.push(at);
                    self.at += 1;
                }
                CLOSE => {
                    self.close_group()?;
                    if self.open.is_empty() {
                        return Ok(());
                    }
                }
                _ => {
                    if !self.skip_comment()? {
                        self.at += 1;
                    }
                }
            }
        }
    }

    /// Skips the closing bracket at the cursor. Returns an error if it does not match the innermost open bracket.
    fn close_group(&mut self) -> Result<(), Unbalanced> {
        let Some(open) = self.open.pop() else {
            return Err(self.unexpected_close_error());
        };
        let (open, close) = (self.bytes[open], self.bytes[self.at]);
        let expected = match open {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        if close != expected {
            let (close, expected) = (char::from(close), char::from(expected));
            let message = messages::mismatched_bracket(close, expected);
            return Err(Unbalanced::new(self.at, message));
        }
        self.at += 1;
        Ok(())
    }

    /// Returns the error that the innermost open bracket is never closed.
    fn unclosed_error(&self) -> Unbalanced {
        let at = self.open.last().copied().unwrap_or(self.at);
        let bracket = char::from(self.bytes.get(at).copied().unwrap_or(b'{'));
        Unbalanced::new(at, messages::unclosed_bracket(bracket))
    }

    /// Returns the error that the closing bracket at the cursor has no opening one.
    pub(super) fn unexpected_close_error(&self) -> Unbalanced {
        let bracket = char::from(self.peek());
        Unbalanced::new(self.at, messages::unexpected_bracket(bracket))
    }
}
