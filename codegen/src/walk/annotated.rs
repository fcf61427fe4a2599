//! Selects the items with Skylift attributes. It takes the module tree, resolves each attribute's path, and
//! returns the tokens of the annotated items as rustc will pass them to the attribute's macro.

use std::fmt::Write as _;
use std::ops::Range;

use proc_macro2::{LexError, TokenStream};

use super::cursor::Cursor;
use super::imports::WrittenPath;
use super::lines::Lines;
use super::scope::{Scopes, SkyliftMacro};
use super::tree::{CandidateItem, ModuleTree, SourceFile};
use super::{AnnotatedItem, AttributeKind, SourceError};
use crate::messages;

/// The items with Skylift attributes in a crate, and what else the search finds.
pub(super) struct FoundItems {
    pub(super) items: Vec<AnnotatedItem>,
    /// An error for each annotated item that cannot be split into tokens.
    pub(super) errors: Vec<SourceError>,
    /// Whether the root of the crate calls `skylift::main!()`, under any name.
    pub(super) calls_main: bool,
}

/// Finds the items with Skylift attributes in a crate; `facade` is the name by which the crate's paths call the crate
/// `skylift`.
pub(super) fn find_annotated_items(tree: &ModuleTree, facade: &str) -> FoundItems {
    let scopes = Scopes::new(tree, facade);
    let mut lines: Vec<_> = tree.sources.iter().map(|_| Lines::default()).collect();
    let (mut items, mut errors) = (Vec::new(), Vec::new());
    for candidate in &tree.candidates {
        let source = tree.modules[candidate.module].source;
        let (text, lines) = (&tree.sources[source], &mut lines[source]);
        let attributes = skylift_attributes(&scopes, text, candidate);
        for &(index, attribute) in &attributes {
            let offset = candidate.resolved[index].written.start;
            let (line, column) = lines.line_column(&text.text, offset);
            let path = text.path.clone();
            let args = attribute_args(text, candidate.resolved[index].range.clone());
            let item = item_tokens(text, candidate, index, &attributes);
            let (Ok(args), Ok(item)) = (args, item) else {
                errors.push(SourceError {
                    path,
                    line,
                    message: messages::item_not_lexed(),
                    stops_build: false,
                    is_rustcs: false,
                });
                continue;
            };
            let module = module_path(tree, candidate.module);
            let module_index = candidate.module;
            items.push(AnnotatedItem {
                attribute,
                args,
                item,
                module,
                module_index,
                file: path,
                line,
                column,
            });
        }
    }
    FoundItems { items, errors, calls_main: calls_main(tree, &scopes) }
}

/// Returns the Skylift attributes of an item, each with its index in the item's `resolved`.
fn skylift_attributes<'a>(
    scopes: &Scopes<'a>,
    source: &'a SourceFile,
    candidate: &CandidateItem,
) -> Vec<(usize, AttributeKind)> {
    let mut found = Vec::new();
    for (index, meta) in candidate.resolved.iter().enumerate() {
        let mut cursor = Cursor::in_range(&source.text, meta.range.clone());
        if let Ok(path) = WrittenPath::parse(&mut cursor)
            && let Some(SkyliftMacro::Attribute(attribute)) =
                scopes.resolve(candidate.module, &path)
        {
            found.push((index, attribute));
        }
    }
    found
}

/// Returns the tokens in the brackets of the attribute at the place `range`; no tokens if the attribute has no
/// brackets.
fn attribute_args(source: &SourceFile, range: Range<usize>) -> Result<TokenStream, LexError> {
    let mut cursor = Cursor::in_range(&source.text, range);
    let read = WrittenPath::parse(&mut cursor).and_then(|_| {
        let open = cursor.at;
        match cursor.peek() {
            b'(' | b'[' | b'{' => cursor.skip_group().map(|()| open + 1..cursor.at - 1),
            _ => Ok(open..open),
        }
    });
    source.text[read.unwrap_or(0..0)].parse()
}

/// Returns the item as rustc passes it to the macro of its attribute with the index `chosen`; `ours` are the item's
/// Skylift attributes. rustc evaluates `cfg` and `cfg_attr` first, and expands earlier Skylift attributes before
/// the chosen one.
fn item_tokens(
    source: &SourceFile,
    candidate: &CandidateItem,
    chosen: usize,
    ours: &[(usize, AttributeKind)],
) -> Result<TokenStream, LexError> {
    let text = &source.text;
    let mut item = String::with_capacity(candidate.range.len());
    let mut at = candidate.range.start;
    for (index, meta) in candidate.resolved.iter().enumerate() {
        if at <= meta.written.start {
            item.push_str(&text[at..meta.written.start]);
            at = meta.written.end;
        }
        let expanded = index <= chosen && ours.iter().any(|&(own, _)| own == index);
        if !expanded && !meta.range.is_empty() {
            // The line break ends a comment that may be at the end of the attribute.
            let _ = write!(item, "#[{}\n]", &text[meta.range.clone()]);
        }
    }
    item.push_str(&text[at..candidate.range.end]);
    item.parse()
}

/// Returns the names of the modules from the crate's root to a module.
fn module_path(tree: &ModuleTree, module: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = &tree.modules[module];
    while let Some(parent) = next.parent {
        path.push(next.name.clone());
        next = &tree.modules[parent];
    }
    path.reverse();
    path
}

/// Returns whether the root of the crate calls `skylift::main!()`, under any name.
fn calls_main<'a>(tree: &'a ModuleTree, scopes: &Scopes<'a>) -> bool {
    let Some(root) = tree.modules.first() else {
        return false;
    };
    let text = &tree.sources[root.source].text;
    tree.calls.iter().any(|range| {
        let path = WrittenPath::parse(&mut Cursor::in_range(text, range.clone()));
        path.is_ok_and(|path| {
            let shadowed =
                path.single_name().is_some_and(|name| tree.macros.iter().any(|own| own == name));
            !shadowed && scopes.resolve(0, &path) == Some(SkyliftMacro::Main)
        })
    })
}
