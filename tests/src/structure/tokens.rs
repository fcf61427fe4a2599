//! What is read from tokens without a grammar: paths, trees of `use`, the ends of items, and whether a
//! `cfg` holds in tests alone. Takes slices of tokens, gives what begins at their start.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path by its segments. A path of another crate that begins with `::` is never made.
pub(super) type Path = Vec<String>;

/// One name of a `use`.
#[derive(Debug, PartialEq)]
pub(super) enum Use {
    /// A path, and the name that it has here.
    Name(Path, String),
    /// Every name of a path.
    Glob(Path),
}

pub(super) fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

pub(super) fn ident(tree: Option<&TokenTree>) -> Option<String> {
    match tree? {
        TokenTree::Ident(ident) => {
            let text = ident.to_string();
            Some(text.strip_prefix("r#").map_or(text.clone(), str::to_owned))
        }
        _ => None,
    }
}

pub(super) fn is_punct(tree: Option<&TokenTree>, wanted: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

pub(super) fn group(tree: Option<&TokenTree>, wanted: Delimiter) -> Option<&Group> {
    match tree? {
        TokenTree::Group(group) if group.delimiter() == wanted => Some(group),
        _ => None,
    }
}

/// Whether `::` begins here.
pub(super) fn is_colons(trees: &[TokenTree]) -> bool {
    is_punct(trees.first(), ':') && is_punct(trees.get(1), ':')
}

/// The path that begins here, and how many tokens it has.
pub(super) fn path(trees: &[TokenTree]) -> Option<(Path, usize)> {
    let mut segments = vec![ident(trees.first())?];
    let mut length = 1;
    while is_colons(&trees[length..]) {
        let Some(segment) = ident(trees.get(length + 2)) else { break };
        segments.push(segment);
        length += 3;
    }
    Some((segments, length))
}

/// What a `use` brings, from the tokens between the keyword and the `;`.
pub(super) fn uses(trees: &[TokenTree]) -> Vec<Use> {
    let mut found = Vec::new();
    // A path that begins with `::` is another crate's.
    if !is_colons(trees) {
        branch(&Path::new(), trees, &mut found);
    }
    found
}

fn branch(before: &[String], trees: &[TokenTree], found: &mut Vec<Use>) {
    let Some((rest, length)) = path(trees) else { return leaf(before.to_vec(), trees, found) };
    let path = [before, &rest].concat();
    let after = &trees[length..];
    if is_colons(after) { leaf(path, &after[2..], found) } else { named(path, after, found) }
}

/// After `path::`: a glob or a group.
fn leaf(path: Path, trees: &[TokenTree], found: &mut Vec<Use>) {
    if is_punct(trees.first(), '*') {
        found.push(Use::Glob(path));
    } else if let Some(group) = group(trees.first(), Delimiter::Brace) {
        for tree in trees_of(group).split(|tree| is_punct(Some(tree), ',')) {
            branch(&path, tree, found);
        }
    }
}

pub(super) fn trees_of(group: &Group) -> Vec<TokenTree> {
    trees(group.stream())
}

fn named(mut path: Path, after: &[TokenTree], found: &mut Vec<Use>) {
    // `a::{self}` is `a`; `self` alone is nothing to follow.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = match ident(after.first()) {
        Some(word) if word == "as" => ident(after.get(1)),
        _ => path.last().cloned(),
    };
    found.extend(name.map(|name| Use::Name(path, name)));
}

/// Items that end with `;`, whatever is in between.
const WITH_VALUE: [&str; 5] = ["const", "let", "static", "type", "use"];

/// Items that end with their body, or with `;` where they have none.
const WITH_BODY: [&str; 7] = ["enum", "fn", "impl", "mod", "struct", "trait", "union"];

/// What stands before the keyword of an item.
const MODIFIERS: [&str; 3] = ["async", "extern", "unsafe"];

/// How many tokens the item, statement, variant or field has that begins here, after its attributes.
pub(super) fn item(trees: &[TokenTree]) -> usize {
    let mut words = trees.iter().filter_map(|tree| ident(Some(tree))).peekable();
    let mut keyword = String::new();
    while let Some(word) = words.next() {
        let next = words.peek().map(String::as_str);
        let of_function = matches!(next, Some("async" | "extern" | "fn" | "unsafe"));
        if (word == "const" && of_function) || MODIFIERS.contains(&word.as_str()) {
            continue;
        }
        if WITH_VALUE.contains(&word.as_str()) || WITH_BODY.contains(&word.as_str()) {
            keyword = word;
        }
        break;
    }
    let has_value = WITH_VALUE.contains(&keyword.as_str());
    let ends = |tree: &TokenTree| {
        is_punct(Some(tree), ';')
            || (!has_value && group(Some(tree), Delimiter::Brace).is_some())
            || (keyword.is_empty() && is_punct(Some(tree), ','))
    };
    trees.iter().position(ends).map_or(trees.len(), |end| end + 1)
}

/// Whether a `cfg` predicate holds in tests alone.
pub(super) fn only_in_tests(predicate: &[TokenTree]) -> bool {
    holds(predicate) == Some(false)
}

/// Whether a predicate holds outside tests, if that can be known.
fn holds(predicate: &[TokenTree]) -> Option<bool> {
    let inner = || -> Vec<Option<bool>> {
        let group = group(predicate.get(1), Delimiter::Parenthesis);
        let trees = group.map(trees_of).unwrap_or_default();
        let parts = trees.split(|tree| is_punct(Some(tree), ','));
        parts.filter(|part| !part.is_empty()).map(holds).collect()
    };
    match ident(predicate.first())?.as_str() {
        "test" => Some(false),
        "not" => inner().first().copied().flatten().map(|holds| !holds),
        "all" if inner().contains(&Some(false)) => Some(false),
        "any" if inner().iter().all(|part| *part == Some(false)) => Some(false),
        _ => None,
    }
}
