//! Notes: what the build step tells the macro of an item. A note is a small text file, found by the
//! item's own tokens, so that neither side needs to know where the other saw the item.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use skylift_model::problem::At;

/// The first line of every note; a note of another version is none.
const HEADER: &str = "skylift-note 1";

/// The file name of the note for an item: its name, and a hash over the attribute's arguments and
/// the item from its name to its body. White space does not count, nor does anything inside a body.
#[must_use]
pub fn file_name(ident: &str, args: &TokenStream, item: &TokenStream) -> String {
    let mut hash = Fnv::new();
    hash.tokens(args.clone());
    hash.bytes(b"|");
    let mut tokens = item.clone().into_iter().peekable();
    let mut before = true;
    while let Some(token) = tokens.next() {
        // What precedes the keyword is attributes and visibility: other macros may have changed it.
        before &= !matches!(&token, TokenTree::Ident(word) if word == "fn" || word == "struct");
        let body =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if body && tokens.peek().is_none() {
            break;
        }
        if !before {
            hash.token(token);
        }
    }
    format!("{}-{:016x}.note", ident.trim_start_matches("r#"), hash.0)
}

/// A number that stands for a text: the same on every machine and in every release of Rust.
#[must_use]
pub fn hash(text: &str) -> u64 {
    let mut hash = Fnv::new();
    hash.bytes(text.as_bytes());
    hash.0
}

/// FNV-1a: short, and the same on every machine and in every release of Rust.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            self.token(token);
        }
    }

    fn token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => {
                let (open, close): (&[u8], &[u8]) = match group.delimiter() {
                    Delimiter::Parenthesis => (b"(", b")"),
                    Delimiter::Brace => (b"{", b"}"),
                    Delimiter::Bracket => (b"[", b"]"),
                    Delimiter::None => (b"", b""),
                };
                self.bytes(open);
                self.tokens(group.stream());
                self.bytes(close);
            }
            TokenTree::Punct(punct) => {
                self.bytes(punct.as_char().encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => self.bytes(other.to_string().as_bytes()),
        }
        self.bytes(b" ");
    }
}

/// What the build step found wrong with an item, beside the rest of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The place in the item.
    pub at: At,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The note for one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note {
    /// The item's id in the template.
    pub id: String,
    /// What `_HANDLER` says for a function; empty for other items.
    pub handler: String,
    /// The name under which the package depends on the runtime crate.
    pub facade: String,
    /// Seconds that an invocation may take, defaults in view; 0 for other items.
    pub timeout: u32,
    /// Milliseconds before that at which the function stops to work; 0 for other items.
    pub deadline_margin: u32,
    /// Whether a function of the application invokes this one.
    pub invoked: bool,
    /// Whether it counts its cold starts, defaults in view.
    pub counts_cold_starts: bool,
    /// The resources and functions that the item names: the place of the path, and the id.
    pub uses: Vec<(At, String)>,
    /// What is wrong.
    pub problems: Vec<Found>,
}

/// A note as its file holds it.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        writeln!(f, "id\t{}", self.id)?;
        writeln!(f, "handler\t{}", self.handler)?;
        writeln!(f, "facade\t{}", self.facade)?;
        writeln!(f, "timeout\t{}", self.timeout)?;
        writeln!(f, "deadline_margin\t{}", self.deadline_margin)?;
        if self.invoked {
            writeln!(f, "invoked")?;
        }
        if self.counts_cold_starts {
            writeln!(f, "cold_starts")?;
        }
        for (at, id) in &self.uses {
            writeln!(f, "uses\t{at}\t{id}")?;
        }
        for Found { at, message, help } in &self.problems {
            let help = help.as_deref().unwrap_or_default();
            writeln!(f, "problem\t{at}\t{}\t{}", escape(message), escape(help))?;
        }
        Ok(())
    }
}

impl Note {
    /// Reads a note's file; none where it was not written by this version.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut note = Self::default();
        for line in lines {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["id", id] => note.id = (*id).to_owned(),
                ["handler", handler] => note.handler = (*handler).to_owned(),
                ["facade", facade] => note.facade = (*facade).to_owned(),
                ["timeout", seconds] => note.timeout = seconds.parse().ok()?,
                ["deadline_margin", ms] => note.deadline_margin = ms.parse().ok()?,
                ["invoked"] => note.invoked = true,
                ["cold_starts"] => note.counts_cold_starts = true,
                ["uses", at, id] => note.uses.push((at.parse().ok()?, (*id).to_owned())),
                ["problem", at, message, help] => note.problems.push(Found {
                    at: at.parse().ok()?,
                    message: unescape(message),
                    help: Some(unescape(help)).filter(|help| !help.is_empty()),
                }),
                _ => return None,
            }
        }
        Some(note)
    }
}

pub(crate) fn escape(text: &str) -> String {
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

pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some('r') => plain.push('\r'),
                Some(other) => plain.push(other),
                None => {}
            },
            (other, false) => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(args: &str, item: &str) -> String {
        file_name("f", &args.parse().unwrap(), &item.parse().unwrap())
    }

    #[test]
    fn the_same_item_has_the_same_note_however_it_is_laid_out() {
        let one = name("trigger = s3(prefix=\"a\")", "async fn f(e: S3Event) -> Result<(), Error>");
        let two = name(
            "trigger=s3( prefix = \"a\" )",
            "#[doc = \"x\"] pub(crate) async fn f(e : S3Event) -> Result < (), Error > { body() }",
        );
        assert_eq!(one, two);
        assert_ne!(
            one,
            name("trigger = s3(prefix = \"b\")", "async fn f(e: S3Event) -> Result<(), Error>")
        );
        assert_ne!(
            one,
            name("trigger = s3(prefix = \"a\")", "async fn g(e: S3Event) -> Result<(), Error>")
        );
    }

    #[test]
    fn a_note_survives_its_file() {
        let note = Note {
            id: "Thumbnail".to_owned(),
            handler: "images::thumbnail".to_owned(),
            facade: "skylift".to_owned(),
            timeout: 30,
            deadline_margin: 500,
            invoked: true,
            counts_cold_starts: true,
            uses: vec![
                (At::trigger_key(0, "bucket"), "Uploads".to_owned()),
                (At::Allow { statement: 0, resource: 1 }, "Jobs".to_owned()),
            ],
            problems: vec![Found {
                at: At::trigger_key(1, "prefix"),
                message: "tab\there, line\nthere, back\\slash".to_owned(),
                help: None,
            }],
        };
        assert_eq!(Note::parse(&note.to_string()), Some(note));
        assert_eq!(Note::parse("skylift-note 0\n"), None);
    }
}
