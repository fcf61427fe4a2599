//! Parses paths and imports in Rust source. It takes the text of a path, a `use` or an `extern crate`, and returns
//! the names in it. It does not resolve the names.

use super::cursor::{Cursor, Unbalanced};

/// The number of levels to which groups in a `use` may nest. A group below the last level is ignored.
const MAX_DEPTH: usize = 64;

/// A path as the source has it: its names, and whether it starts with `::`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WrittenPath<'a> {
    pub(super) global: bool,
    pub(super) names: Vec<&'a str>,
}

impl<'a> WrittenPath<'a> {
    /// Parses the path at the cursor.
    pub(super) fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Unbalanced> {
        cursor.skip_trivia()?;
        let mut path = Self { global: cursor.eat_path_separator(), names: Vec::new() };
        loop {
            cursor.skip_trivia()?;
            let Some(word) = cursor.take_word() else { break };
            path.names.push(word.name);
            cursor.skip_trivia()?;
            if !cursor.eat_path_separator() {
                break;
            }
        }
        Ok(path)
    }

    /// Returns the path with the names in `rest` appended.
    pub(super) fn join(&self, rest: &[&'a str]) -> Self {
        let mut path = self.clone();
        path.names.extend_from_slice(rest);
        path
    }

    /// Returns the name of a path that consists of one name without `::`, or `None` for any other path.
    pub(super) fn single_name(&self) -> Option<&'a str> {
        match self.names[..] {
            [name] if !self.global => Some(name),
            _ => None,
        }
    }
}

/// A name that a `use` or an `extern crate` imports. A glob import has no name: it imports everything below the
/// path.
#[derive(Debug)]
pub(super) struct Import<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) path: WrittenPath<'a>,
}

/// Parses the text between `use` and `;`, and adds its imports to `imports`. If the text is malformed, the imports
/// before the error are kept, and rustc reports the error.
pub(super) fn collect_use<'a>(mut cursor: Cursor<'a>, imports: &mut Vec<Import<'a>>) {
    let _ = parse_use(&mut cursor, &WrittenPath::default(), imports, 0);
}

/// Parses the text between `extern crate` and `;`, and adds its import to `imports`.
pub(super) fn collect_extern_crate<'a>(mut cursor: Cursor<'a>, imports: &mut Vec<Import<'a>>) {
    let _ = parse_extern_crate(&mut cursor, imports);
}

/// Parses one branch of a `use`, up to the comma or the end that follows the branch; `prefix` is the path before
/// the branch.
fn parse_use<'a>(
    cursor: &mut Cursor<'a>,
    prefix: &WrittenPath<'a>,
    imports: &mut Vec<Import<'a>>,
    depth: usize,
) -> Result<(), Unbalanced> {
    let mut path = prefix.clone();
    cursor.skip_trivia()?;
    if cursor.eat_path_separator() && path.names.is_empty() {
        path.global = true;
    }
    loop {
        cursor.skip_trivia()?;
        if cursor.eat(b'*') {
            imports.push(Import { name: None, path });
            return Ok(());
        }
        if cursor.peek() == b'{' {
            return parse_group(cursor, &path, imports, depth + 1);
        }
        let Some(word) = cursor.take_word() else {
            return Ok(());
        };
        // `use a::{self}` imports `a` itself.
        if word.keyword() != "self" || path.names.is_empty() {
            path.names.push(word.name);
        }
        cursor.skip_trivia()?;
        if !cursor.eat_path_separator() {
            break;
        }
    }
    let name = parse_alias(cursor)?.or(path.names.last().copied());
    imports.push(Import { name: name.or(Some("_")), path });
    Ok(())
}

/// Parses a group `{…}` of a `use`; `prefix` is the path before the group.
fn parse_group<'a>(
    cursor: &mut Cursor<'a>,
    prefix: &WrittenPath<'a>,
    imports: &mut Vec<Import<'a>>,
    depth: usize,
) -> Result<(), Unbalanced> {
    let open = cursor.at;
    cursor.skip_group()?;
    let mut inner = Cursor::in_range(cursor.text(), open + 1..cursor.at - 1);
    while depth < MAX_DEPTH && !inner.at_end() {
        parse_use(&mut inner, prefix, imports, depth)?;
        while !inner.at_end() && !inner.eat(b',') {
            inner.skip_token()?;
        }
    }
    Ok(())
}

/// Parses `extern crate a as b` as `use ::a as b`, and `extern crate self as b` as `use crate as b`.
fn parse_extern_crate<'a>(
    cursor: &mut Cursor<'a>,
    imports: &mut Vec<Import<'a>>,
) -> Result<(), Unbalanced> {
    cursor.skip_trivia()?;
    let Some(word) = cursor.take_word() else {
        return Ok(());
    };
    let path = match word.keyword() {
        "self" => WrittenPath { global: false, names: vec!["crate"] },
        _ => WrittenPath { global: true, names: vec![word.name] },
    };
    cursor.skip_trivia()?;
    let name = parse_alias(cursor)?.unwrap_or(word.name);
    imports.push(Import { name: Some(name), path });
    Ok(())
}

/// Parses `as` and returns the name that follows. Returns `None` if the cursor is not at `as`.
fn parse_alias<'a>(cursor: &mut Cursor<'a>) -> Result<Option<&'a str>, Unbalanced> {
    let mut ahead = cursor.clone();
    if ahead.take_word().is_none_or(|word| word.keyword() != "as") {
        return Ok(None);
    }
    ahead.skip_trivia()?;
    let name = ahead.take_word().map(|word| word.name);
    *cursor = ahead;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_imports(text: &str) -> Vec<String> {
        let mut imports = Vec::new();
        parse_use(&mut Cursor::new(text), &WrittenPath::default(), &mut imports, 0).unwrap();
        let written = |import: &Import<'_>| {
            let global = if import.path.global { "::" } else { "" };
            let path = import.path.names.join("::");
            format!("{} = {global}{path}", import.name.unwrap_or("*"))
        };
        imports.iter().map(written).collect()
    }

    #[test]
    fn a_use_is_parsed_into_the_names_that_it_imports() {
        assert_eq!(parse_imports(" a "), ["a = a"]);
        assert_eq!(parse_imports("::a::b"), ["b = ::a::b"]);
        assert_eq!(parse_imports("a::b as c"), ["c = a::b"]);
        assert_eq!(parse_imports("a::b as _"), ["_ = a::b"]);
        assert_eq!(parse_imports("a::*"), ["* = a"]);
        assert_eq!(parse_imports("r#a::r#type"), ["type = a::type"]);
        assert_eq!(
            parse_imports("a /* x */ :: { b , c::{self, d as e, *}, // y\n f::g, }"),
            ["b = a::b", "c = a::c", "e = a::c::d", "* = a::c", "g = a::f::g"],
        );
        assert_eq!(parse_imports("{a, ::b, crate::c}"), ["a = a", "b = ::b", "c = crate::c"]);
    }

    #[test]
    fn a_malformed_use_does_not_panic() {
        for text in
            ["", "::", "{", "a::{b", "a as", "as as as", "a::{{{}}}", "1::2", "a b c", "*::a"]
        {
            let _ = parse_use(&mut Cursor::new(text), &WrittenPath::default(), &mut Vec::new(), 0);
        }
        let text = format!("{}{}", "{".repeat(9_000), "}".repeat(9_000));
        assert!(parse_imports(&text).is_empty());
    }
}
