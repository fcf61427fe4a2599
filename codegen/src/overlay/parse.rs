//! Parses the text of an overlay, YAML or JSON, into a tree with places. YAML syntax that CloudFormation does not
//! accept is an error: aliases, anchors, merge keys, unknown tags, duplicate keys.
// See decision 0018.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use skylift_model::aws::node::Node;

use super::error::OverlayErrors;
use super::scalar;
use super::tags::{self, TagMeaning};
use super::tree::{Position, YamlKey, YamlNode, YamlValue};
use crate::messages;

/// The number of levels to which an overlay may nest values. There is a limit because the functions that process
/// the tree are recursive.
const MAX_DEPTH: usize = 100;

/// The greatest length of a key in characters. YAML accepts a key on one line only up to 1,024 characters,
/// including quotes and escapes.
const MAX_KEY_LEN: usize = 256;

/// Parses the text of an overlay and records its errors. Returns `None` if no tree could be built, or if the tree lacks the
/// values of an anchor. A returned tree may contain errors too.
pub(super) fn parse_yaml(text: &str, errors: &mut OverlayErrors) -> Option<YamlNode> {
    build_tree(text, Builder::default(), errors)
}

/// Parses a text as [`parse_yaml`] does, and accepts `null`, which CloudFormation does not.
pub(crate) fn parse_yaml_with_nulls(text: &str, errors: &mut OverlayErrors) -> Option<YamlNode> {
    build_tree(text, Builder { accepts_null: true, ..Builder::default() }, errors)
}

fn build_tree(text: &str, mut builder: Builder, errors: &mut OverlayErrors) -> Option<YamlNode> {
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.add_event(event, to_position(span.start), errors)?,
            Err(error) => {
                report_syntax(text, &error, errors);
                return None;
            }
        }
    }
    if builder.root.is_none() {
        let start = Position { line: 1, column: 1 };
        errors.push(start, messages::overlay_empty());
    }
    builder.root.filter(|_| !builder.has_anchor)
}

/// Converts the YAML parser's position, whose columns start at 0, to a position that starts at 1.
fn to_position(marker: Marker) -> Position {
    Position { line: marker.line().max(1), column: marker.col() + 1 }
}

/// Records a syntax error that the YAML parser found in `text`. A tab in the indentation has its own message with a
/// help.
fn report_syntax(text: &str, error: &ScanError, errors: &mut OverlayErrors) {
    let at = to_position(*error.marker());
    let line = text.lines().nth(at.line - 1).unwrap_or_default();
    let indentation: &str = &line[..line.len() - line.trim_start().len()];
    if indentation.contains('\t') || error.info().starts_with("tabs disallowed") {
        errors.push(at, messages::tab_in_indentation());
        return;
    }
    errors.push(at, messages::not_yaml(error.info()));
}

/// The part of a list or map that has been parsed so far. `seen` has the position of each key of a map, and `key`
/// is the key whose value is parsed next.
#[derive(Debug)]
enum OpenContent {
    Seq(Vec<YamlNode>),
    Map { entries: Vec<(YamlKey, YamlNode)>, seen: HashMap<String, Position>, key: Option<YamlKey> },
}

/// A list or map whose end has not been parsed yet. `function` is the intrinsic function whose tag precedes the
/// collection.
#[derive(Debug)]
struct OpenCollection {
    at: Position,
    function: Option<&'static str>,
    content: OpenContent,
}

/// Builds the tree of an overlay from the events of the YAML parser.
#[derive(Debug, Default)]
struct Builder {
    open: Vec<OpenCollection>,
    root: Option<YamlNode>,
    documents: usize,
    /// Whether an anchor or an alias was reported. Further aliases are not, because they refer to an anchor.
    has_anchor: bool,
    /// Whether a value can be `null`.
    accepts_null: bool,
}

impl Builder {
    /// Adds the next event of the YAML parser to the tree. Returns `None` if the rest of the file cannot be parsed.
    fn add_event(
        &mut self,
        event: Event<'_>,
        at: Position,
        errors: &mut OverlayErrors,
    ) -> Option<()> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    errors.push(at, messages::second_document());
                    return None;
                }
            }
            Event::Alias(_) => {
                if !self.has_anchor {
                    errors.push(at, messages::alias_not_supported());
                }
                self.has_anchor = true;
                self.add_value(YamlNode { at, value: YamlValue::Scalar(Node::from("")) }, errors);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.reject_anchor(anchor, at, errors);
                self.add_scalar(&text, style, tag.as_deref(), at, errors);
            }
            Event::SequenceStart(anchor, tag) => {
                self.reject_anchor(anchor, at, errors);
                self.open_collection(OpenContent::Seq(Vec::new()), tag.as_deref(), at, errors)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.reject_anchor(anchor, at, errors);
                let (entries, seen) = (Vec::new(), HashMap::new());
                let content = OpenContent::Map { entries, seen, key: None };
                self.open_collection(content, tag.as_deref(), at, errors)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let OpenCollection { at, function, content } = self.open.pop()?;
                let value = match content {
                    OpenContent::Seq(items) => YamlValue::Seq(items),
                    OpenContent::Map { entries, .. } => YamlValue::Map(entries),
                };
                self.add_value(wrap_in_tag(function, YamlNode { at, value }), errors);
            }
        }
        Some(())
    }

    /// Records an error if a value has an anchor; 0 is the parser's number for no anchor.
    fn reject_anchor(&mut self, anchor: usize, at: Position, errors: &mut OverlayErrors) {
        if anchor != 0 {
            self.has_anchor = true;
            errors.push(at, messages::anchor_not_supported());
        }
    }

    /// Begins a list or a map with this tag. Returns `None` if values are nested too deeply, after recording the
    /// error.
    fn open_collection(
        &mut self,
        content: OpenContent,
        tag: Option<&Tag>,
        at: Position,
        errors: &mut OverlayErrors,
    ) -> Option<()> {
        if self.open.len() == MAX_DEPTH {
            errors.push(at, messages::nested_too_deeply(MAX_DEPTH));
            return None;
        }
        let function = match read_tag(tag, at, errors) {
            Some(TagMeaning::Function(name @ ("Ref" | "Condition"))) => {
                errors.push(at, messages::function_needs_name(name));
                None
            }
            Some(TagMeaning::Function(name)) => Some(name),
            Some(TagMeaning::Text) => {
                errors.push(at, messages::collection_tagged_as_text());
                None
            }
            Some(TagMeaning::Unknown) | None => None,
        };
        self.open.push(OpenCollection { at, function, content });
        Some(())
    }

    /// Returns the key whose value is parsed next; `None` in a list, between two entries of a map, and at the root.
    fn pending_key(&self) -> Option<&YamlKey> {
        match &self.open.last()?.content {
            OpenContent::Map { key, .. } => key.as_ref(),
            OpenContent::Seq(_) => None,
        }
    }

    /// Returns whether the next scalar is the key of a map.
    fn wants_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(OpenCollection { content: OpenContent::Map { key: None, .. }, .. })
        )
    }

    /// Adds a scalar: as a key if the innermost map needs one, otherwise as a value.
    fn add_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        at: Position,
        errors: &mut OverlayErrors,
    ) {
        let plain = style == ScalarStyle::Plain;
        let meaning = read_tag(tag, at, errors);
        if self.wants_key() {
            if let Some(TagMeaning::Function(name)) = meaning {
                errors.push(at, messages::function_as_key(name));
            }
            let is_text = !plain || meaning.is_some();
            let is_merged_anchor = self.has_anchor && text == scalar::MERGE_KEY;
            if let Err(message) = if is_text { Ok(text) } else { scalar::parse_key(text) }
                && !is_merged_anchor
            {
                errors.push(at, message);
            }
            self.set_key(text, at, errors);
            return;
        }
        let node = match meaning {
            Some(TagMeaning::Function(name)) if plain && text.is_empty() && name != "GetAZs" => {
                errors.push(at, messages::function_without_argument(name));
                Node::from(text)
            }
            Some(_) => Node::from(text),
            None if !plain => Node::from(text),
            None if self.accepts_null && text == "null" => Node::Null,
            None => scalar::parse_plain(text).unwrap_or_else(|message| {
                // For a missing value, the place of the key is more useful.
                let at = self.pending_key().filter(|_| text.is_empty()).map_or(at, |key| key.at);
                errors.push(at, message);
                Node::from(text)
            }),
        };
        let function = match meaning {
            Some(TagMeaning::Function(name)) => Some(name),
            _ => None,
        };
        self.add_value(
            wrap_in_tag(function, YamlNode { at, value: YamlValue::Scalar(node) }),
            errors,
        );
    }

    /// Sets the key of the innermost map whose value is parsed next, and records a key that is too long or set
    /// twice.
    fn set_key(&mut self, text: &str, at: Position, errors: &mut OverlayErrors) {
        let Some(OpenCollection { content: OpenContent::Map { seen, key, .. }, .. }) =
            self.open.last_mut()
        else {
            return;
        };
        let length = text.chars().count();
        if length > MAX_KEY_LEN {
            errors.push(at, messages::key_too_long(length, MAX_KEY_LEN));
        }
        if let Some(first) = seen.insert(text.to_owned(), at) {
            errors.push(at, messages::key_set_twice(text, first.line));
        }
        *key = Some(YamlKey { text: text.to_owned(), at });
    }

    /// Adds a complete value to the innermost open list or map, or makes it the root of the tree if nothing is
    /// open.
    fn add_value(&mut self, yaml: YamlNode, errors: &mut OverlayErrors) {
        let Some(OpenCollection { content, .. }) = self.open.last_mut() else {
            self.root = Some(yaml);
            return;
        };
        match content {
            OpenContent::Seq(items) => items.push(yaml),
            OpenContent::Map { entries, key: waiting, .. } => match waiting.take() {
                Some(key) => entries.push((key, yaml)),
                None => {
                    errors.push(yaml.at, messages::key_not_text(&yaml.describe()));
                    *waiting = Some(YamlKey { text: String::new(), at: yaml.at });
                }
            },
        }
    }
}

/// Wraps a value in the short form of an intrinsic function; returns the value unchanged if `function` is `None`.
fn wrap_in_tag(function: Option<&'static str>, yaml: YamlNode) -> YamlNode {
    match function {
        Some(name) => YamlNode { at: yaml.at, value: YamlValue::Tag(name, Box::new(yaml)) },
        None => yaml,
    }
}

/// Returns the meaning of a tag, or `None` if there is no tag. Records the error of an unknown tag.
fn read_tag(tag: Option<&Tag>, at: Position, errors: &mut OverlayErrors) -> Option<TagMeaning> {
    match tags::parse_tag(tag?) {
        Ok(meaning) => Some(meaning),
        Err(message) => {
            errors.push(at, message);
            Some(TagMeaning::Unknown)
        }
    }
}
