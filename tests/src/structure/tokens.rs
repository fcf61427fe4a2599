//! Reads parts of Rust's syntax from tokens, without a full grammar: paths, `use` declarations, the ends of items, and
//! whether a `cfg` is true only in tests. Each function takes a slice of tokens and reads the part at its start.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The segments of a path in Rust source. Paths that begin with `::` lead into other crates and are not read.
pub(super) type Path = Vec<String>;

/// One name, or one glob, that a `use` declaration imports.
#[derive(Debug, PartialEq)]
pub(super) enum Use {
    /// The imported path, and the name that it gets in the module.
    Name(Path, String),
    /// A glob: all names of the module at this path.
    Glob(Path),
}

pub(super) fn token_trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

pub(super) fn as_ident(tree: Option<&TokenTree>) -> Option<String> {
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

pub(super) fn as_group(tree: Option<&TokenTree>, wanted: Delimiter) -> Option<&Group> {
    match tree? {
        TokenTree::Group(group) if group.delimiter() == wanted => Some(group),
        _ => None,
    }
}

/// Returns whether the tokens begin with `::`.
pub(super) fn is_colons(trees: &[TokenTree]) -> bool {
    is_punct(trees.first(), ':') && is_punct(trees.get(1), ':')
}

/// Parses the path at the start of the tokens. Returns the path and its number of tokens, or `None` if the tokens do
/// not begin with a path.
pub(super) fn parse_path(trees: &[TokenTree]) -> Option<(Path, usize)> {
    let mut segments = vec![as_ident(trees.first())?];
    let mut length = 1;
    while is_colons(&trees[length..]) {
        let Some(segment) = as_ident(trees.get(length + 2)) else { break };
        segments.push(segment);
        length += 3;
    }
    Some((segments, length))
}

/// Parses a `use` declaration from the tokens between the keyword and the `;`. Returns the names and globs that it
/// imports.
pub(super) fn parse_use(trees: &[TokenTree]) -> Vec<Use> {
    let mut found = Vec::new();
    // A path that begins with `::` leads into another crate.
    if !is_colons(trees) {
        parse_use_tree(&Path::new(), trees, &mut found);
    }
    found
}

fn parse_use_tree(before: &[String], trees: &[TokenTree], found: &mut Vec<Use>) {
    let Some((rest, length)) = parse_path(trees) else {
        return parse_use_group(before.to_vec(), trees, found);
    };
    let path = [before, &rest].concat();
    let after = &trees[length..];
    if is_colons(after) {
        parse_use_group(path, &after[2..], found);
    } else {
        add_use_name(path, after, found);
    }
}

/// Parses the glob or the group after `path::` in a `use` declaration, and adds its names to `found`.
fn parse_use_group(path: Path, trees: &[TokenTree], found: &mut Vec<Use>) {
    if is_punct(trees.first(), '*') {
        found.push(Use::Glob(path));
    } else if let Some(group) = as_group(trees.first(), Delimiter::Brace) {
        for tree in group_trees(group).split(|tree| is_punct(Some(tree), ',')) {
            parse_use_tree(&path, tree, found);
        }
    }
}

pub(super) fn group_trees(group: &Group) -> Vec<TokenTree> {
    token_trees(group.stream())
}

fn add_use_name(mut path: Path, after: &[TokenTree], found: &mut Vec<Use>) {
    // `a::{self}` imports `a`. A path that is only `self` stays.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = match as_ident(after.first()) {
        Some(word) if word == "as" => as_ident(after.get(1)),
        _ => path.last().cloned(),
    };
    found.extend(name.map(|name| Use::Name(path, name)));
}

/// Keywords of items that end with `;`, even if they contain braces.
const ENDING_WITH_SEMICOLON: [&str; 5] = ["const", "let", "static", "type", "use"];

/// Keywords of items that end with their body, or with `;` if they have no body.
const ENDING_WITH_BODY: [&str; 7] = ["enum", "fn", "impl", "mod", "struct", "trait", "union"];

/// Keywords that may come before the keyword of an item.
const MODIFIERS: [&str; 3] = ["async", "extern", "unsafe"];

/// Returns the number of tokens of the item, statement, variant or field at the start of the tokens, whose attributes
/// were removed.
pub(super) fn item_length(trees: &[TokenTree]) -> usize {
    let mut words = trees.iter().filter_map(|tree| as_ident(Some(tree))).peekable();
    let mut keyword = String::new();
    while let Some(word) = words.next() {
        let next = words.peek().map(String::as_str);
        let before_fn = matches!(next, Some("async" | "extern" | "fn" | "unsafe"));
        if (word == "const" && before_fn) || MODIFIERS.contains(&word.as_str()) {
            continue;
        }
        if ENDING_WITH_SEMICOLON.contains(&word.as_str())
            || ENDING_WITH_BODY.contains(&word.as_str())
        {
            keyword = word;
        }
        break;
    }
    let has_value = ENDING_WITH_SEMICOLON.contains(&keyword.as_str());
    let ends = |tree: &TokenTree| {
        is_punct(Some(tree), ';')
            || (!has_value && as_group(Some(tree), Delimiter::Brace).is_some())
            || (keyword.is_empty() && is_punct(Some(tree), ','))
    };
    trees.iter().position(ends).map_or(trees.len(), |end| end + 1)
}

/// Returns whether a predicate of `cfg` is true only in tests.
pub(super) fn only_in_tests(predicate: &[TokenTree]) -> bool {
    evaluate_outside_tests(predicate) == Some(false)
}

/// Returns the value that a predicate of `cfg` has outside of tests, or `None` if it depends on more than that.
fn evaluate_outside_tests(predicate: &[TokenTree]) -> Option<bool> {
    let inner = || -> Vec<Option<bool>> {
        let group = as_group(predicate.get(1), Delimiter::Parenthesis);
        let trees = group.map(group_trees).unwrap_or_default();
        let parts = trees.split(|tree| is_punct(Some(tree), ','));
        parts.filter(|part| !part.is_empty()).map(evaluate_outside_tests).collect()
    };
    match as_ident(predicate.first())?.as_str() {
        "test" => Some(false),
        "not" => inner().first().copied().flatten().map(|value| !value),
        "all" if inner().contains(&Some(false)) => Some(false),
        "any" if inner().iter().all(|part| *part == Some(false)) => Some(false),
        _ => None,
    }
}
