//! Parses the text of an overlay, YAML or JSON, into a tree with places. YAML syntax that CloudFormation does not
//! accept is an error: aliases, merge keys, unknown tags, duplicate keys.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use skylift_model::aws::node::Node;

use super::mistake::Mistakes;
use super::scalar::{self, Refused};
use super::tags::{self, Meaning};
use super::tree::{Key, Position, Value, Yaml};

/// The deepest nesting of values, because the functions that process the tree are recursive.
const DEPTH: usize = 100;

/// The longest key: YAML accepts a key on one line only up to 1,024 characters, including quotes and escapes.
const KEY_LEN: usize = 256;

/// Parses an overlay. Returns `None` if no tree could be built. A returned tree may have errors too.
pub(super) fn parse(text: &str, mistakes: &mut Mistakes) -> Option<Yaml> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.event(event, position(span.start), mistakes)?,
            Err(error) => {
                syntax(text, &error, mistakes);
                return None;
            }
        }
    }
    if builder.root.is_none() {
        let start = Position { line: 1, column: 1 };
        mistakes
            .push(start, "the overlay is empty")
            .help("write a section, such as `Resources:`, or leave `overlay` out of Cargo.toml");
    }
    builder.root
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line().max(1), column: marker.col() + 1 }
}

/// Records an error of the YAML parser, with a help if there is a known one.
fn syntax(text: &str, error: &ScanError, mistakes: &mut Mistakes) {
    let at = position(*error.marker());
    let line = text.lines().nth(at.line - 1).unwrap_or_default();
    let indentation: &str = &line[..line.len() - line.trim_start().len()];
    if indentation.contains('\t') || error.info().starts_with("tabs disallowed") {
        mistakes.push(at, "a tab in the indentation").help("indent with spaces");
        return;
    }
    let mistake = mistakes.push(at, format!("this is not YAML: {}", error.info()));
    if error.info().contains("Unicode character escape") {
        mistake.help("write the character itself");
    }
}

/// The entries of a collection so far.
#[derive(Debug)]
enum Content {
    Seq(Vec<Yaml>),
    Map { entries: Vec<(Key, Yaml)>, seen: HashMap<String, Position>, key: Option<Key> },
}

/// A collection that is not complete.
#[derive(Debug)]
struct Open {
    at: Position,
    function: Option<&'static str>,
    content: Content,
}

#[derive(Debug, Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Yaml>,
    documents: usize,
}

impl Builder {
    /// Processes the next event. Returns `None` if the rest of the file cannot be parsed.
    fn event(&mut self, event: Event<'_>, at: Position, mistakes: &mut Mistakes) -> Option<()> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    mistakes
                        .push(at, "a second document begins here, a template is one")
                        .help("put it into a file of its own: `overlay` takes a list of paths");
                    return None;
                }
            }
            Event::Alias(_) => {
                mistakes
                    .push(at, "CloudFormation takes no aliases")
                    .help("write out what the alias stands for");
                self.value(Yaml { at, value: Value::Scalar(Node::from("")) }, mistakes);
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_anchor(anchor, at, mistakes);
                self.scalar(&text, style, tag.as_deref(), at, mistakes);
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_anchor(anchor, at, mistakes);
                self.start(Content::Seq(Vec::new()), tag.as_deref(), at, mistakes)?;
            }
            Event::MappingStart(anchor, tag) => {
                refuse_anchor(anchor, at, mistakes);
                let (entries, seen) = (Vec::new(), HashMap::new());
                let content = Content::Map { entries, seen, key: None };
                self.start(content, tag.as_deref(), at, mistakes)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { at, function, content } = self.open.pop()?;
                let value = match content {
                    Content::Seq(items) => Value::Seq(items),
                    Content::Map { entries, .. } => Value::Map(entries),
                };
                self.value(tagged(function, Yaml { at, value }), mistakes);
            }
        }
        Some(())
    }

    fn start(
        &mut self,
        content: Content,
        tag: Option<&Tag>,
        at: Position,
        mistakes: &mut Mistakes,
    ) -> Option<()> {
        if self.open.len() == DEPTH {
            mistakes
                .push(at, format!("values nest more than {DEPTH} deep"))
                .help("CloudFormation takes no such template");
            return None;
        }
        let function = match meaning(tag, at, mistakes) {
            Some(Meaning::Function(name @ ("Ref" | "Condition"))) => {
                mistakes
                    .push(at, format!("`!{name}` takes a name"))
                    .help(format!("write it behind the tag: `!{name} Name`"));
                None
            }
            Some(Meaning::Function(name)) => Some(name),
            Some(Meaning::Text) => {
                mistakes.push(at, "a list or a map is no text").help("leave the tag out");
                None
            }
            Some(Meaning::Unknown) | None => None,
        };
        self.open.push(Open { at, function, content });
        Some(())
    }

    /// Returns the key whose value is being parsed.
    fn key(&self) -> Option<&Key> {
        match &self.open.last()?.content {
            Content::Map { key, .. } => key.as_ref(),
            Content::Seq(_) => None,
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { key: None, .. }, .. }))
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        at: Position,
        mistakes: &mut Mistakes,
    ) {
        let plain = style == ScalarStyle::Plain;
        let meaning = meaning(tag, at, mistakes);
        if self.wants_key() {
            if let Some(Meaning::Function(name)) = meaning {
                let message = format!("`!{name}` cannot be a key");
                mistakes.push(at, message).help("a key is a text of its own");
            }
            let is_text = !plain || meaning.is_some();
            if let Err(refused) = if is_text { Ok(text) } else { scalar::key(text) } {
                refuse(refused, at, mistakes);
            }
            self.set_key(text, at, mistakes);
            return;
        }
        let node = match meaning {
            Some(Meaning::Function(name)) if plain && text.is_empty() && name != "GetAZs" => {
                mistakes.push(at, format!("`!{name}` has no argument"));
                Node::from(text)
            }
            Some(_) => Node::from(text),
            None if !plain => Node::from(text),
            None => scalar::plain(text).unwrap_or_else(|refused| {
                // For a missing value, the place of the key is more useful.
                let at = self.key().filter(|_| text.is_empty()).map_or(at, |key| key.at);
                refuse(refused, at, mistakes);
                Node::from(text)
            }),
        };
        let function = match meaning {
            Some(Meaning::Function(name)) => Some(name),
            _ => None,
        };
        self.value(tagged(function, Yaml { at, value: Value::Scalar(node) }), mistakes);
    }

    fn set_key(&mut self, text: &str, at: Position, mistakes: &mut Mistakes) {
        let Some(Open { content: Content::Map { seen, key, .. }, .. }) = self.open.last_mut()
        else {
            return;
        };
        let length = text.chars().count();
        if length > KEY_LEN {
            mistakes.push(at, format!("a key of {length} characters, {KEY_LEN} are the most"));
        }
        if let Some(first) = seen.insert(text.to_owned(), at) {
            mistakes
                .push(at, format!("`{text}` is set twice, first on line {}", first.line))
                .help("CloudFormation would take one of them without a word: merge the two");
        }
        *key = Some(Key { text: text.to_owned(), at });
    }

    /// Adds a complete value to the collection that contains it.
    fn value(&mut self, yaml: Yaml, mistakes: &mut Mistakes) {
        let Some(Open { content, .. }) = self.open.last_mut() else {
            self.root = Some(yaml);
            return;
        };
        match content {
            Content::Seq(items) => items.push(yaml),
            Content::Map { entries, key: waiting, .. } => match waiting.take() {
                Some(key) => entries.push((key, yaml)),
                None => {
                    let message = format!("a key is text, found {}", yaml.describe());
                    mistakes.push(yaml.at, message);
                    *waiting = Some(Key { text: String::new(), at: yaml.at });
                }
            },
        }
    }
}

fn tagged(function: Option<&'static str>, yaml: Yaml) -> Yaml {
    match function {
        Some(name) => Yaml { at: yaml.at, value: Value::Tag(name, Box::new(yaml)) },
        None => yaml,
    }
}

fn meaning(tag: Option<&Tag>, at: Position, mistakes: &mut Mistakes) -> Option<Meaning> {
    match tags::meaning(tag?) {
        Ok(meaning) => Some(meaning),
        Err((text, help)) => {
            mistakes.push(at, text).help(help);
            Some(Meaning::Unknown)
        }
    }
}

fn refuse(Refused { text, help }: Refused, at: Position, mistakes: &mut Mistakes) {
    mistakes.push(at, text).help(help);
}

fn refuse_anchor(anchor: usize, at: Position, mistakes: &mut Mistakes) {
    if anchor != 0 {
        mistakes
            .push(at, "CloudFormation takes no anchors")
            .help("leave the anchor out, and write what it stands for wherever it is needed");
    }
}
