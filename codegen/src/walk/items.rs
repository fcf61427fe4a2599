//! Iterates over the items of a module. It takes a cursor in a module and returns the next item's kind and place.
//! It skips function bodies, values and the arguments of macro calls; the caller reads the body of an inline
//! module.

use std::ops::Range;

use super::cursor::{Cursor, Unbalanced, Word};
use crate::messages;

/// The syntax that the cursor finds next in a module.
#[derive(Debug)]
pub(super) enum Step<'a> {
    Item(SourceItem<'a>),
    /// An inner attribute `#![…]`, with its place.
    Inner(Range<usize>),
    /// A `}` that closes the module. The cursor stays before the bracket.
    Close,
    End,
}

/// An item of a module, as far as the walk needs to know it.
#[derive(Debug)]
pub(super) struct SourceItem<'a> {
    /// The offset of the item's first attribute, doc comment or token.
    pub(super) start: usize,
    /// The offset of the item's end. For a function it is the end of the signature, for an inline module the end of
    /// its name.
    pub(super) end: usize,
    pub(super) kind: ItemKind<'a>,
}

/// The kind of an item in Rust source, as far as the walk distinguishes kinds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ItemKind<'a> {
    /// The item is `mod name;`. The text is the name of the module.
    File(&'a str),
    /// The item is `mod name { }`. The text is the name of the module, and the cursor is at the bracket.
    Inline(&'a str),
    /// A `use`, with the place of the text up to `;`.
    Use(Range<usize>),
    /// An `extern crate`, with the place of the text up to `;`.
    ExternCrate(Range<usize>),
    /// A macro call, with the place of the macro's path.
    Call(Range<usize>),
    /// The item is `macro_rules! name`. The text is the name of the macro.
    MacroRules(&'a str),
    /// The item is a struct, an enum, a union or a type alias. The text is the name of the type.
    Type(&'a str),
    Other,
}

/// Skips the next item of a module, and collects the places of the item's outer attributes in `attributes`.
pub(super) fn next_step<'a>(
    cursor: &mut Cursor<'a>,
    attributes: &mut Vec<Range<usize>>,
) -> Result<Step<'a>, Unbalanced> {
    attributes.clear();
    let mut start = None;
    loop {
        cursor.skip_spaces();
        let here = cursor.at;
        match cursor.peek() {
            b'/' if is_outer_doc(cursor) => {
                start = start.or(Some(here));
                cursor.skip_comment()?;
            }
            b'/' if cursor.skip_comment()? => {}
            b'#' => {
                let inner = skip_attribute(cursor)?;
                let written = here..cursor.at;
                if inner {
                    return Ok(Step::Inner(written));
                }
                start = start.or(Some(here));
                attributes.push(written);
            }
            b'}' => return Ok(Step::Close),
            _ if cursor.at_end() => return Ok(Step::End),
            _ => {
                let start = start.unwrap_or(here);
                let (kind, end) = parse_item(cursor)?;
                return Ok(Step::Item(SourceItem { start, end, kind }));
            }
        }
    }
}

/// Returns whether the comment at the cursor is an outer doc comment.
fn is_outer_doc(cursor: &Cursor<'_>) -> bool {
    match (cursor.peek_at(1), cursor.peek_at(2)) {
        (b'/', b'/') => cursor.peek_at(3) != b'/',
        (b'*', b'*') => !matches!(cursor.peek_at(3), b'*' | b'/'),
        _ => false,
    }
}

/// Skips the attribute at the cursor. Returns whether it is an inner attribute, `#![…]`.
fn skip_attribute(cursor: &mut Cursor<'_>) -> Result<bool, Unbalanced> {
    let at = cursor.at;
    cursor.at += 1;
    cursor.skip_trivia()?;
    let inner = cursor.eat(b'!');
    cursor.skip_trivia()?;
    if cursor.peek() != b'[' {
        return Err(Unbalanced::new(at, messages::bracket_after_hash_missing()));
    }
    cursor.skip_group()?;
    Ok(inner)
}

/// Skips an item behind its attributes, and returns its kind and its end.
fn parse_item<'a>(cursor: &mut Cursor<'a>) -> Result<(ItemKind<'a>, usize), Unbalanced> {
    loop {
        cursor.skip_trivia()?;
        let start = cursor.at;
        let Some(word) = cursor.take_word() else {
            if cursor.eat_path_separator() {
                return skip_call(cursor, start);
            }
            return skip_other(cursor);
        };
        cursor.skip_trivia()?;
        if cursor.peek() == b'!' || (cursor.peek() == b':' && cursor.peek_at(1) == b':') {
            // `impl !Send for X {}` and `use ::a::b;` are not macro calls.
            if !matches!(word.keyword(), "impl" | "use") {
                cursor.at = start;
                return skip_call(cursor, start);
            }
        }
        match word.keyword() {
            "pub" => {
                if cursor.peek() == b'(' {
                    cursor.skip_group()?;
                }
            }
            "mod" => return parse_module(cursor),
            "use" => {
                let range = skip_to_semicolon(cursor)?;
                return Ok((ItemKind::Use(range), cursor.at));
            }
            "type" => {
                let name = cursor.take_word();
                skip_to_semicolon(cursor)?;
                return Ok((type_kind(name), cursor.at));
            }
            "struct" | "enum" | "union" => {
                let name = cursor.take_word();
                let (_, end) = skip_other(cursor)?;
                return Ok((type_kind(name), end));
            }
            "const" | "static" if !starts_function(cursor)? => {
                skip_to_semicolon(cursor)?;
                return Ok((ItemKind::Other, cursor.at));
            }
            "extern" => {
                cursor.take_string()?;
                cursor.skip_trivia()?;
                let mut ahead = cursor.clone();
                if ahead.take_word().is_some_and(|word| word.keyword() == "crate") {
                    *cursor = ahead;
                    let range = skip_to_semicolon(cursor)?;
                    return Ok((ItemKind::ExternCrate(range), cursor.at));
                }
                if cursor.peek() == b'{' {
                    return skip_other(cursor);
                }
            }
            "fn" => {
                skip_head(cursor)?;
                let end = cursor.at;
                skip_body(cursor)?;
                return Ok((ItemKind::Other, end));
            }
            "const" | "async" | "unsafe" | "safe" | "default" | "auto" => {}
            _ => return skip_other(cursor),
        }
    }
}

/// Returns the kind of an item that defines a type; `name` is the word after the item's keyword.
fn type_kind(name: Option<Word<'_>>) -> ItemKind<'_> {
    name.map_or(ItemKind::Other, |name| ItemKind::Type(name.name))
}

/// Returns whether the `const` before the cursor belongs to a function, a trait or an `impl`, and not to a
/// constant.
fn starts_function(cursor: &Cursor<'_>) -> Result<bool, Unbalanced> {
    let mut ahead = cursor.clone();
    ahead.skip_trivia()?;
    let word = ahead.take_word().map_or("", Word::keyword);
    Ok(matches!(word, "fn" | "async" | "unsafe" | "extern" | "safe" | "trait" | "impl"))
}

/// Skips a `mod` up to its end or its body, and returns its kind and its end.
fn parse_module<'a>(cursor: &mut Cursor<'a>) -> Result<(ItemKind<'a>, usize), Unbalanced> {
    let Some(name) = cursor.take_word() else {
        return skip_other(cursor);
    };
    let end = cursor.at;
    cursor.skip_trivia()?;
    if cursor.peek() == b'{' {
        return Ok((ItemKind::Inline(name.name), end));
    }
    if cursor.eat(b';') {
        return Ok((ItemKind::File(name.name), cursor.at));
    }
    skip_other(cursor)
}

/// Skips the rest of an item that ends with a semicolon. Returns the place of the text before the semicolon.
fn skip_to_semicolon(cursor: &mut Cursor<'_>) -> Result<Range<usize>, Unbalanced> {
    let start = cursor.at;
    while !cursor.at_end() {
        match cursor.peek() {
            b';' => {
                cursor.at += 1;
                return Ok(start..cursor.at - 1);
            }
            b'}' | b')' | b']' => break,
            _ => cursor.skip_token()?,
        }
    }
    Ok(start..cursor.at)
}

/// Skips an item whose kind does not matter to the walk.
fn skip_other<'a>(cursor: &mut Cursor<'_>) -> Result<(ItemKind<'a>, usize), Unbalanced> {
    skip_head(cursor)?;
    skip_body(cursor)?;
    Ok((ItemKind::Other, cursor.at))
}

/// Moves the cursor to the bracket or semicolon that ends the head of an item. A `{` inside angle brackets is a
/// const argument, as in `Matrix<{ N + 1 }>`.
fn skip_head(cursor: &mut Cursor<'_>) -> Result<(), Unbalanced> {
    let mut angles = 0_usize;
    while !cursor.at_end() {
        match cursor.peek() {
            b'<' => angles += 1,
            b'>' => angles = angles.saturating_sub(1),
            b'-' if cursor.peek_at(1) == b'>' => cursor.at += 1,
            b';' | b'}' => return Ok(()),
            b'{' if angles == 0 => return Ok(()),
            _ => {
                cursor.skip_token()?;
                continue;
            }
        }
        cursor.at += 1;
    }
    Ok(())
}

/// Skips the body of an item, or the semicolon of an item without a body.
fn skip_body(cursor: &mut Cursor<'_>) -> Result<(), Unbalanced> {
    match cursor.peek() {
        b'{' => cursor.skip_group(),
        b';' => {
            cursor.at += 1;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Skips a macro call, and returns its kind and its end. The macro's path starts at the offset `start`; the cursor
/// is there, or behind the leading `::`.
fn skip_call<'a>(
    cursor: &mut Cursor<'a>,
    start: usize,
) -> Result<(ItemKind<'a>, usize), Unbalanced> {
    let mut last = "";
    loop {
        cursor.skip_trivia()?;
        if let Some(word) = cursor.take_word() {
            last = word.name;
        } else if !cursor.eat_path_separator() {
            break;
        }
    }
    let path = start..cursor.at;
    if !cursor.eat(b'!') {
        return skip_other(cursor);
    }
    cursor.skip_trivia()?;
    let name = cursor.take_word();
    cursor.skip_trivia()?;
    match cursor.peek() {
        b'{' => cursor.skip_group()?,
        b'(' | b'[' => {
            cursor.skip_group()?;
            let end = cursor.at;
            cursor.skip_trivia()?;
            if !cursor.eat(b';') {
                cursor.at = end;
            }
        }
        _ => return skip_other(cursor),
    }
    let kind = match name {
        Some(name) if last == "macro_rules" => ItemKind::MacroRules(name.name),
        _ => ItemKind::Call(path),
    };
    Ok((kind, cursor.at))
}
