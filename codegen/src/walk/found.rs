//! Selects the items with Skylift attributes. It takes the module tree, resolves each attribute's path, and
//! returns the tokens of the annotated items as rustc will pass them to the attribute's macro.

use std::fmt::Write as _;
use std::ops::Range;

use proc_macro2::{LexError, TokenStream};

use super::imports::Written;
use super::lines::Lines;
use super::scope::{Ours, Scopes};
use super::skim::Cursor;
use super::tree::{Marked, Source, Tree};
use super::{Attribute, Broken, Found, Names};

/// Returns the annotated items, those that cannot be lexed, and whether the root calls `skylift::main!()`.
pub(super) fn find(tree: &Tree, names: &Names) -> (Vec<Found>, Vec<Broken>, bool) {
    let scopes = Scopes::new(tree, names);
    let mut lines: Vec<_> = tree.sources.iter().map(|_| Lines::default()).collect();
    let (mut items, mut broken) = (Vec::new(), Vec::new());
    for marked in &tree.marked {
        let source = tree.modules[marked.module].source;
        let (text, lines) = (&tree.sources[source], &mut lines[source]);
        let ours = ours(&scopes, text, marked);
        for &(index, attribute) in &ours {
            let offset = marked.metas[index].written.start;
            let (line, column) = lines.line_column(&text.text, offset);
            let path = text.path.clone();
            let args = args(text, marked.metas[index].range.clone());
            let item = item(text, marked, index, &ours);
            let (Ok(args), Ok(item)) = (args, item) else {
                let why = "this item cannot be taken apart into tokens".to_owned();
                broken.push(Broken { path, line, why });
                continue;
            };
            let module = module(tree, marked.module);
            items.push(Found { attribute, args, item, module, file: path, line, column });
        }
    }
    (items, broken, calls_main(tree, &scopes))
}

/// Returns the Skylift attributes of an item, with their index in its `metas`.
fn ours<'a>(scopes: &Scopes<'a>, source: &'a Source, marked: &Marked) -> Vec<(usize, Attribute)> {
    let mut found = Vec::new();
    for (index, meta) in marked.metas.iter().enumerate() {
        let mut cursor = Cursor::within(&source.text, meta.range.clone());
        if let Ok(path) = Written::parse(&mut cursor)
            && let Some(Ours::Attribute(attribute)) = scopes.resolve(marked.module, &path)
        {
            found.push((index, attribute));
        }
    }
    found
}

/// Returns the tokens in the brackets of the attribute in `range`.
fn args(source: &Source, range: Range<usize>) -> Result<TokenStream, LexError> {
    let mut cursor = Cursor::within(&source.text, range);
    let read = Written::parse(&mut cursor).and_then(|_| {
        let open = cursor.at;
        match cursor.peek() {
            b'(' | b'[' | b'{' => cursor.group().map(|()| open + 1..cursor.at - 1),
            _ => Ok(open..open),
        }
    });
    source.text[read.unwrap_or(0..0)].parse()
}

/// Returns the item as rustc passes it to the macro of the attribute at `chosen`. rustc evaluates `cfg` and
/// `cfg_attr` first, and expands earlier Skylift attributes before this one.
fn item(
    source: &Source,
    marked: &Marked,
    chosen: usize,
    ours: &[(usize, Attribute)],
) -> Result<TokenStream, LexError> {
    let text = &source.text;
    let mut item = String::with_capacity(marked.range.len());
    let mut at = marked.range.start;
    for (index, meta) in marked.metas.iter().enumerate() {
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
    item.push_str(&text[at..marked.range.end]);
    item.parse()
}

fn module(tree: &Tree, module: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = &tree.modules[module];
    while let Some(parent) = next.parent {
        path.push(next.name.clone());
        next = &tree.modules[parent];
    }
    path.reverse();
    path
}

fn calls_main<'a>(tree: &'a Tree, scopes: &Scopes<'a>) -> bool {
    let Some(root) = tree.modules.first() else {
        return false;
    };
    let text = &tree.sources[root.source].text;
    tree.calls.iter().any(|range| {
        let path = Written::parse(&mut Cursor::within(text, range.clone()));
        path.is_ok_and(|path| {
            let shadowed =
                path.bare().is_some_and(|name| tree.macros.iter().any(|own| own == name));
            !shadowed && scopes.resolve(0, &path) == Some(Ours::Main)
        })
    })
}
