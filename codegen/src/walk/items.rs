//! Iterates over the items of a module. It takes a cursor at module level and returns the next item's kind and
//! extent. It skips bodies, values and the arguments of macro calls; only the body of an inline module is left
//! to the caller.

use std::ops::Range;

use super::skim::{Cursor, Unbalanced, Word};

/// The syntax at the cursor.
#[derive(Debug)]
pub(super) enum Step<'a> {
    Item(Item<'a>),
    /// A whole `#![…]`.
    Inner(Range<usize>),
    /// A `}` that closes the module; the cursor stays before it.
    Close,
    End,
}

#[derive(Debug)]
pub(super) struct Item<'a> {
    /// The start of the first attribute, doc comment or token.
    pub(super) start: usize,
    /// The end of the item. For a function it is the end of the signature, for an inline module the end of its name.
    pub(super) end: usize,
    pub(super) kind: Kind<'a>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `mod name;`
    File(&'a str),
    /// `mod name {`; the cursor is at the brace.
    Inline(&'a str),
    /// The text between `use` and `;`.
    Use(Range<usize>),
    /// The text between `extern crate` and `;`.
    ExternCrate(Range<usize>),
    /// A macro call, with the macro's path.
    Call(Range<usize>),
    /// `macro_rules! name`
    MacroRules(&'a str),
    Other,
}

/// Skips the next item and collects the places of its outer attributes in `attributes`.
pub(super) fn next<'a>(
    cursor: &mut Cursor<'a>,
    attributes: &mut Vec<Range<usize>>,
) -> Result<Step<'a>, Unbalanced> {
    attributes.clear();
    let mut start = None;
    loop {
        cursor.spaces();
        let here = cursor.at;
        match cursor.peek() {
            b'/' if is_outer_doc(cursor) => {
                start = start.or(Some(here));
                cursor.comment()?;
            }
            b'/' if cursor.comment()? => {}
            b'#' => {
                let inner = attribute(cursor)?;
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
                let (kind, end) = item(cursor)?;
                return Ok(Step::Item(Item { start, end, kind }));
            }
        }
    }
}

fn is_outer_doc(cursor: &Cursor<'_>) -> bool {
    match (cursor.peek_at(1), cursor.peek_at(2)) {
        (b'/', b'/') => cursor.peek_at(3) != b'/',
        (b'*', b'*') => !matches!(cursor.peek_at(3), b'*' | b'/'),
        _ => false,
    }
}

/// Skips an attribute and returns whether it is an inner one.
fn attribute(cursor: &mut Cursor<'_>) -> Result<bool, Unbalanced> {
    let at = cursor.at;
    cursor.at += 1;
    cursor.trivia()?;
    let inner = cursor.eat(b'!');
    cursor.trivia()?;
    if cursor.peek() != b'[' {
        return Err(Unbalanced::new(at, "expected `[` after `#`"));
    }
    cursor.group()?;
    Ok(inner)
}

fn item<'a>(cursor: &mut Cursor<'a>) -> Result<(Kind<'a>, usize), Unbalanced> {
    loop {
        cursor.trivia()?;
        let start = cursor.at;
        let Some(word) = cursor.word() else {
            if cursor.eat_path_separator() {
                return call(cursor, start);
            }
            return other(cursor);
        };
        cursor.trivia()?;
        if cursor.peek() == b'!' || (cursor.peek() == b':' && cursor.peek_at(1) == b':') {
            // `impl !Send for X {}` and `use ::a::b;` are not macro calls.
            if !matches!(word.keyword(), "impl" | "use") {
                cursor.at = start;
                return call(cursor, start);
            }
        }
        match word.keyword() {
            "pub" => {
                if cursor.peek() == b'(' {
                    cursor.group()?;
                }
            }
            "mod" => return module(cursor),
            "use" => {
                let range = value(cursor)?;
                return Ok((Kind::Use(range), cursor.at));
            }
            "const" | "static" | "type" if !starts_function(cursor)? => {
                value(cursor)?;
                return Ok((Kind::Other, cursor.at));
            }
            "extern" => {
                cursor.literal()?;
                cursor.trivia()?;
                let mut ahead = cursor.clone();
                if ahead.word().is_some_and(|word| word.keyword() == "crate") {
                    *cursor = ahead;
                    let range = value(cursor)?;
                    return Ok((Kind::ExternCrate(range), cursor.at));
                }
                if cursor.peek() == b'{' {
                    return other(cursor);
                }
            }
            "fn" => {
                head(cursor)?;
                let end = cursor.at;
                body(cursor)?;
                return Ok((Kind::Other, end));
            }
            "const" | "async" | "unsafe" | "safe" | "default" | "auto" => {}
            _ => return other(cursor),
        }
    }
}

/// Returns whether the `const` before the cursor belongs to a function, a trait or an `impl`.
fn starts_function(cursor: &Cursor<'_>) -> Result<bool, Unbalanced> {
    let mut ahead = cursor.clone();
    ahead.trivia()?;
    let word = ahead.word().map_or("", Word::keyword);
    Ok(matches!(word, "fn" | "async" | "unsafe" | "extern" | "safe" | "trait" | "impl"))
}

fn module<'a>(cursor: &mut Cursor<'a>) -> Result<(Kind<'a>, usize), Unbalanced> {
    let Some(name) = cursor.word() else {
        return other(cursor);
    };
    let end = cursor.at;
    cursor.trivia()?;
    if cursor.peek() == b'{' {
        return Ok((Kind::Inline(name.name), end));
    }
    if cursor.eat(b';') {
        return Ok((Kind::File(name.name), cursor.at));
    }
    other(cursor)
}

/// Skips an item that ends with a semicolon, and returns the place of the text before the semicolon.
fn value(cursor: &mut Cursor<'_>) -> Result<Range<usize>, Unbalanced> {
    let start = cursor.at;
    while !cursor.at_end() {
        match cursor.peek() {
            b';' => {
                cursor.at += 1;
                return Ok(start..cursor.at - 1);
            }
            b'}' | b')' | b']' => break,
            _ => cursor.skip()?,
        }
    }
    Ok(start..cursor.at)
}

fn other<'a>(cursor: &mut Cursor<'_>) -> Result<(Kind<'a>, usize), Unbalanced> {
    head(cursor)?;
    body(cursor)?;
    Ok((Kind::Other, cursor.at))
}

/// Moves to the brace or semicolon that ends the head of an item. A brace inside angle brackets is a const
/// argument, as in `Matrix<{ N + 1 }>`.
fn head(cursor: &mut Cursor<'_>) -> Result<(), Unbalanced> {
    let mut angles = 0_usize;
    while !cursor.at_end() {
        match cursor.peek() {
            b'<' => angles += 1,
            b'>' => angles = angles.saturating_sub(1),
            b'-' if cursor.peek_at(1) == b'>' => cursor.at += 1,
            b';' | b'}' => return Ok(()),
            b'{' if angles == 0 => return Ok(()),
            _ => {
                cursor.skip()?;
                continue;
            }
        }
        cursor.at += 1;
    }
    Ok(())
}

fn body(cursor: &mut Cursor<'_>) -> Result<(), Unbalanced> {
    match cursor.peek() {
        b'{' => cursor.group(),
        b';' => {
            cursor.at += 1;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Skips a macro call. Its path starts at `start`; the cursor is there, or behind the leading `::`.
fn call<'a>(cursor: &mut Cursor<'a>, start: usize) -> Result<(Kind<'a>, usize), Unbalanced> {
    let mut last = "";
    loop {
        cursor.trivia()?;
        if let Some(word) = cursor.word() {
            last = word.name;
        } else if !cursor.eat_path_separator() {
            break;
        }
    }
    let path = start..cursor.at;
    if !cursor.eat(b'!') {
        return other(cursor);
    }
    cursor.trivia()?;
    let name = cursor.word();
    cursor.trivia()?;
    match cursor.peek() {
        b'{' => cursor.group()?,
        b'(' | b'[' => {
            cursor.group()?;
            let end = cursor.at;
            cursor.trivia()?;
            if !cursor.eat(b';') {
                cursor.at = end;
            }
        }
        _ => return other(cursor),
    }
    let kind = match name {
        Some(name) if last == "macro_rules" => Kind::MacroRules(name.name),
        _ => Kind::Call(path),
    };
    Ok((kind, cursor.at))
}
