//! Notes: what the build step tells the macro of an item. A note is a small text file, found by the
//! item's own tokens, so that neither side needs to know where the other saw the item.

use std::fmt::{self, Write as _};

use proc_macro2::TokenStream;
use skylift_model::message::Message;
use skylift_model::problem::PlaceInItem;

use super::hash;
use super::text::{escape, unescape};
use super::version::{self, Unread};

/// The file name of the note for an item: its name, and a hash over the attribute's arguments and
/// the item from its name to its body.
#[must_use]
pub fn file_name(ident: &str, args: &TokenStream, item: &TokenStream) -> String {
    format!("{}{:016x}.note", stem(ident), hash::of_item(args, item))
}

/// What the names of all notes for items of this name begin with, however old they are.
#[must_use]
pub fn stem(ident: &str) -> String {
    format!("{}-", ident.trim_start_matches("r#"))
}

/// What the build step found wrong with an item, beside the rest of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The place in the item.
    pub at: PlaceInItem,
    /// What is wrong, and what to do about it.
    pub message: Message,
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
    pub uses: Vec<(PlaceInItem, String)>,
    /// What is wrong.
    pub problems: Vec<Found>,
}

impl Note {
    /// The note's file, written by a build step of this version.
    #[must_use]
    pub fn write(&self, version: &str) -> String {
        let mut text = version::head(version);
        // Writing to a string cannot fail.
        let _ = self.lines(&mut text);
        text
    }

    fn lines(&self, f: &mut String) -> fmt::Result {
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
        for Found { at, message } in &self.problems {
            let help = message.help.as_deref().unwrap_or_default();
            writeln!(f, "problem\t{at}\t{}\t{}", escape(&message.text), escape(help))?;
        }
        Ok(())
    }

    /// Reads a note's file.
    ///
    /// # Errors
    ///
    /// Where a build step of another version wrote it, or it is broken.
    pub fn read(text: &str, version: &str) -> Result<Self, Unread> {
        Self::parse(version::body(text, version)?).ok_or(Unread::Broken)
    }

    fn parse(body: &str) -> Option<Self> {
        let mut note = Self::default();
        for line in body.lines() {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["id", id] => note.id = (*id).to_owned(),
                ["handler", handler] => note.handler = (*handler).to_owned(),
                ["facade", facade] => note.facade = (*facade).to_owned(),
                ["timeout", seconds] => note.timeout = seconds.parse().ok()?,
                ["deadline_margin", ms] => note.deadline_margin = ms.parse().ok()?,
                ["invoked"] => note.invoked = true,
                ["cold_starts"] => note.counts_cold_starts = true,
                ["uses", at, id] => note.uses.push((at.parse().ok()?, (*id).to_owned())),
                ["problem", at, text, help] => note.problems.push(Found {
                    at: at.parse().ok()?,
                    message: Message {
                        text: unescape(text),
                        help: Some(unescape(help)).filter(|help| !help.is_empty()),
                    },
                }),
                _ => return None,
            }
        }
        Some(note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_found_by_name_and_tokens() {
        let name = |ident: &str| {
            file_name(ident, &"bucket".parse().unwrap(), &"struct A;".parse().unwrap())
        };
        assert_eq!(name("A").split_once('-').unwrap().0, "A");
        assert_eq!(name("A").len(), "A-0123456789abcdef.note".len());
        assert_eq!(name("r#type"), name("type"));
        assert!(name("type").starts_with(&stem("r#type")));
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
                (PlaceInItem::trigger_key(0, "bucket"), "Uploads".to_owned()),
                (PlaceInItem::Allow { statement: 0, resource: 1 }, "Jobs".to_owned()),
                (PlaceInItem::Param(1), "Orders".to_owned()),
            ],
            problems: vec![
                Found {
                    at: PlaceInItem::trigger_key(1, "prefix"),
                    message: Message::new("tab\there, line\nthere, back\\slash"),
                },
                Found { at: PlaceInItem::Name, message: Message::new("a").with_help("b\nc") },
            ],
        };
        for note in [note, Note::default()] {
            assert_eq!(Note::read(&note.write("1.0.0"), "1.0.0"), Ok(note));
        }
    }

    #[test]
    fn a_note_of_another_version_or_one_that_is_broken_is_not_read() {
        let written = Note::default().write("1.0.0");
        assert_eq!(
            Note::read(&written, "1.0.1"),
            Err(Unread::OtherVersion(Some("1.0.0".to_owned())))
        );
        for broken in ["timeout\tlong\n", "uses\tnowhere at all\tA\n", "unknown\tx\n", "id\n"] {
            let text = format!("{written}{broken}");
            assert_eq!(Note::read(&text, "1.0.0"), Err(Unread::Broken), "{broken}");
        }
    }
}
