//! Notes: the facts that the macro of an item needs from the build step. A note is a small text file. The macro
//! finds it by a hash of the item's own tokens, so that the macro and the build step do not need to know where
//! the other found the item.
// See decision 0008.

use std::fmt::{self, Write as _};

use proc_macro2::TokenStream;
use skylift_model::GuardedKeys;
use skylift_model::message::Message;
use skylift_model::problem::PlaceInItem;
use skylift_model::{Function, FunctionSettings};

use super::fields::{escape_text, unescape_text};
use super::file::{HandoffError, read_file, write_file};
use super::hash::hash_item;

/// The greatest length of an item's name in the file name of its note, in bytes.
const MAX_NAME_BYTES: usize = 100;

/// Returns the file name of an item's note: the item's name, and a hash of the attribute's arguments and of the
/// item from its keyword to its body.
#[must_use]
pub fn file_name(ident: &str, args: &TokenStream, item: &TokenStream) -> String {
    format!("{}{:016x}.note", file_name_prefix(ident), hash_item(args, item))
}

/// Returns the beginning of the file names of all notes for items with this name, whatever the content of the
/// item was. A long name is cut, because a file system limits the length of file names; the hash still tells the
/// items apart.
#[must_use]
pub fn file_name_prefix(ident: &str) -> String {
    let ident = ident.trim_start_matches("r#");
    format!("{}-", &ident[..ident.floor_char_boundary(MAX_NAME_BYTES)])
}

/// An error in an item that the build step found by comparing the item with the rest of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteProblem {
    /// The place in the item where the error is reported.
    pub at: PlaceInItem,
    /// The description of the mistake, and what the user can do about it.
    pub message: Message,
}

/// The note for one item of the application.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note {
    /// The logical id of the item in the template.
    pub id: String,
    /// The value of `_HANDLER` for a function; empty for other items.
    pub handler: String,
    /// The name under which the package depends on the runtime crate.
    pub facade: String,
    /// The timeout of a function in seconds, which may be a default; 0 for other items.
    pub timeout: u32,
    /// The deadline margin of a function in milliseconds: how long before its timeout the function stops
    /// working; 0 for other items.
    pub deadline_margin: u32,
    /// Whether another function of the application, or the function itself, invokes this function.
    pub invoked: bool,
    /// Whether the function counts its cold starts, which may be a default.
    pub counts_cold_starts: bool,
    /// Whether types that the item names are checked when the process starts, because the source does not show them.
    pub is_probed: bool,
    /// The constant inputs of a function's triggers, as JSON, if the process checks them when it starts.
    pub inputs: Vec<String>,
    /// The resources and functions that the item names: the place of the path that names each, and its logical
    /// id.
    pub uses: Vec<(PlaceInItem, String)>,
    /// The keys of buckets that a function cannot write, because its own triggers match them.
    pub guarded_keys: Vec<GuardedKeys>,
    /// The kinds of the resources that the function's capabilities work on, each with the index of the parameter. A
    /// kind has the name of the Cargo feature that brings its typed client.
    pub clients: Vec<(usize, String)>,
    /// The authorizers that the item names: the place of the path that names each, and its name in the API.
    pub authorizers: Vec<(PlaceInItem, String)>,
    /// The authorization of each route of the function, which may be a default, in the order of its routes.
    pub routes: Vec<RouteNote>,
    /// The errors in the item that the build step found.
    pub problems: Vec<NoteProblem>,
}

/// The authorization of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteNote {
    /// Anyone can call the route.
    Open,
    /// The caller signs the request with credentials of IAM.
    Iam,
    /// The caller has a token.
    Token {
        /// The name of the authorizer in the API.
        authorizer: String,
        /// The token has at least one of these scopes. Without scopes here, it needs no scope.
        scopes: Vec<String>,
    },
}

impl Note {
    /// Sets what follows from a function and from the defaults of its application alone.
    pub fn set_function(&mut self, function: &Function, defaults: &FunctionSettings) {
        self.id = function.id.to_string();
        self.handler.clone_from(&function.handler);
        self.timeout = function.timeout(defaults).get();
        self.deadline_margin = function.deadline_margin(defaults).get();
        self.counts_cold_starts = function.counts_cold_starts(defaults);
    }

    /// Returns the content of a note file. `version` is the version of the build step that writes the file.
    #[must_use]
    pub fn write(&self, version: &str) -> String {
        write_file(version, |text| self.write_lines(text))
    }

    /// Reads the content of a note file. `version` is the version of the macros that read it.
    ///
    /// # Errors
    ///
    /// Returns an error if a build step of another version wrote the file, or if its content is invalid.
    pub fn read(text: &str, version: &str) -> Result<Self, HandoffError> {
        read_file(text, version, Self::add_line)
    }

    /// Writes the lines of the note after the first line of the file.
    fn write_lines(&self, f: &mut String) -> fmt::Result {
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
        if self.is_probed {
            writeln!(f, "probed")?;
        }
        for input in &self.inputs {
            writeln!(f, "input\t{}", escape_text(input))?;
        }
        for (at, id) in &self.uses {
            writeln!(f, "uses\t{at}\t{id}")?;
        }
        for GuardedKeys { parameter, prefix, suffix, put, upload } in &self.guarded_keys {
            let (prefix, suffix) = (escape_text(prefix), escape_text(suffix));
            writeln!(f, "guards\t{parameter}\t{prefix}\t{suffix}\t{put}\t{upload}")?;
        }
        for (parameter, kind) in &self.clients {
            writeln!(f, "client\t{parameter}\t{kind}")?;
        }
        for (at, id) in &self.authorizers {
            writeln!(f, "authorizer\t{at}\t{id}")?;
        }
        for route in &self.routes {
            match route {
                RouteNote::Open => writeln!(f, "route\topen")?,
                RouteNote::Iam => writeln!(f, "route\tiam")?,
                RouteNote::Token { authorizer, scopes } => {
                    let scopes: Vec<String> =
                        scopes.iter().map(|scope| escape_text(scope)).collect();
                    // No scope has a space.
                    writeln!(f, "route\ttoken\t{authorizer}\t{}", scopes.join(" "))?;
                }
            }
        }
        for NoteProblem { at, message } in &self.problems {
            let help = message.help.as_deref().unwrap_or_default();
            writeln!(f, "problem\t{at}\t{}\t{}", escape_text(&message.text), escape_text(help))?;
        }
        Ok(())
    }

    /// Adds the fields of one line to the note. Returns `None` if the fields are invalid.
    fn add_line(&mut self, fields: &[&str]) -> Option<()> {
        match fields {
            ["id", id] => self.id = (*id).to_owned(),
            ["handler", handler] => self.handler = (*handler).to_owned(),
            ["facade", facade] => self.facade = (*facade).to_owned(),
            ["timeout", seconds] => self.timeout = seconds.parse().ok()?,
            ["deadline_margin", ms] => self.deadline_margin = ms.parse().ok()?,
            ["invoked"] => self.invoked = true,
            ["probed"] => self.is_probed = true,
            ["input", input] => self.inputs.push(unescape_text(input)),
            ["cold_starts"] => self.counts_cold_starts = true,
            ["uses", at, id] => self.uses.push((at.parse().ok()?, (*id).to_owned())),
            ["guards", parameter, prefix, suffix, put, upload] => {
                self.guarded_keys.push(GuardedKeys {
                    parameter: parameter.parse().ok()?,
                    prefix: unescape_text(prefix),
                    suffix: unescape_text(suffix),
                    put: put.parse().ok()?,
                    upload: upload.parse().ok()?,
                });
            }
            ["client", parameter, kind] => {
                self.clients.push((parameter.parse().ok()?, (*kind).to_owned()));
            }
            ["authorizer", at, id] => self.authorizers.push((at.parse().ok()?, (*id).to_owned())),
            ["route", "open"] => self.routes.push(RouteNote::Open),
            ["route", "iam"] => self.routes.push(RouteNote::Iam),
            ["route", "token", authorizer, scopes] => self.routes.push(RouteNote::Token {
                authorizer: (*authorizer).to_owned(),
                scopes: scopes.split(' ').filter(|it| !it.is_empty()).map(unescape_text).collect(),
            }),
            ["problem", at, text, help] => self.problems.push(NoteProblem {
                at: at.parse().ok()?,
                message: Message {
                    text: unescape_text(text),
                    help: Some(unescape_text(help)).filter(|help| !help.is_empty()),
                },
            }),
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_of_a_note_has_the_items_name_and_a_hash() {
        let name = |ident: &str| {
            file_name(ident, &"bucket".parse().unwrap(), &"struct A;".parse().unwrap())
        };
        assert_eq!(name("A").split_once('-').unwrap().0, "A");
        assert_eq!(name("A").len(), "A-0123456789abcdef.note".len());
        assert_eq!(name("r#type"), name("type"));
        assert!(name("type").starts_with(&file_name_prefix("r#type")));
    }

    #[test]
    fn a_file_name_is_short_enough_for_every_file_system() {
        let item = |ident: &str| format!("fn {ident}()").parse().unwrap();
        let name = |ident: &str| file_name(ident, &TokenStream::new(), &item(ident));
        for letter in ["a", "ß", "字"] {
            let (one, other) = (letter.repeat(300), format!("{}x", letter.repeat(300)));
            let (one, other) = (name(&one), name(&other));
            assert!(one.len() <= 143 && one.starts_with(letter), "{one}");
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_written_note_is_read_back() {
        let note = Note {
            id: "Thumbnail".to_owned(),
            handler: "images::thumbnail".to_owned(),
            facade: "skylift".to_owned(),
            timeout: 30,
            deadline_margin: 500,
            invoked: true,
            counts_cold_starts: true,
            is_probed: true,
            inputs: vec!["{\"a\":\"b\\n\"}".to_owned()],
            uses: vec![
                (PlaceInItem::trigger_key(0, "bucket"), "Uploads".to_owned()),
                (PlaceInItem::Allow { statement: 0, resource: 1 }, "Jobs".to_owned()),
                (PlaceInItem::Param(1), "Orders".to_owned()),
            ],
            guarded_keys: vec![GuardedKeys {
                parameter: 2,
                prefix: "in/\t".to_owned(),
                suffix: String::new(),
                put: true,
                upload: false,
            }],
            clients: vec![(1, "table".to_owned())],
            authorizers: vec![(PlaceInItem::Param(0), "Users".to_owned())],
            routes: vec![
                RouteNote::Open,
                RouteNote::Iam,
                RouteNote::Token { authorizer: "Users".to_owned(), scopes: Vec::new() },
                RouteNote::Token {
                    authorizer: "Users".to_owned(),
                    scopes: vec!["read".to_owned(), "a\tb".to_owned()],
                },
            ],
            problems: vec![
                NoteProblem {
                    at: PlaceInItem::trigger_key(1, "prefix"),
                    message: Message::new("tab\there, line\nthere, back\\slash"),
                },
                NoteProblem { at: PlaceInItem::Name, message: Message::new("a").with_help("b\nc") },
            ],
        };
        for note in [note, Note::default()] {
            assert_eq!(Note::read(&note.write("1.0.0"), "1.0.0"), Ok(note));
        }
    }

    #[test]
    fn a_note_of_another_version_or_with_invalid_content_is_not_read() {
        let written = Note::default().write("1.0.0");
        assert_eq!(
            Note::read(&written, "1.0.1"),
            Err(HandoffError::OtherVersion(Some("1.0.0".to_owned())))
        );
        for broken in [
            "timeout\tlong\n",
            "uses\tnowhere at all\tA\n",
            "client\tx\ttable\n",
            "route\tclosed\n",
            "route\ttoken\tUsers\n",
            "authorizer\tnowhere\tUsers\n",
            "unknown\tx\n",
            "id\n",
        ] {
            let text = format!("{written}{broken}");
            assert_eq!(Note::read(&text, "1.0.0"), Err(HandoffError::Broken), "{broken}");
        }
    }
}
