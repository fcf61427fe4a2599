//! Parses paths and imports. It takes the text of a path, a `use` or an `extern crate`, and returns the names in
//! it. It does not resolve them.

use super::skim::{Cursor, Unbalanced};

/// The deepest nesting of groups in a `use`; deeper ones are ignored.
const DEEPEST: usize = 64;

/// A path in the source: its names, and whether it starts with `::`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(super) global: bool,
    pub(super) names: Vec<&'a str>,
}

impl<'a> Written<'a> {
    /// Parses the path at the cursor.
    pub(super) fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Unbalanced> {
        cursor.trivia()?;
        let mut path = Self { global: cursor.eat_path_separator(), names: Vec::new() };
        loop {
            cursor.trivia()?;
            let Some(word) = cursor.word() else { break };
            path.names.push(word.name);
            cursor.trivia()?;
            if !cursor.eat_path_separator() {
                break;
            }
        }
        Ok(path)
    }

    /// Returns this path with `rest` appended.
    pub(super) fn extended(&self, rest: &[&'a str]) -> Self {
        let mut path = self.clone();
        path.names.extend_from_slice(rest);
        path
    }

    /// Returns the name if the path is a single name.
    pub(super) fn bare(&self) -> Option<&'a str> {
        match self.names[..] {
            [name] if !self.global => Some(name),
            _ => None,
        }
    }
}

/// One name that a `use` imports. A glob has no name: it imports everything below the path.
#[derive(Debug)]
pub(super) struct Import<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) path: Written<'a>,
}

/// Parses the text between `use` and `;`. If it is malformed, the imports before the error are kept, and rustc
/// reports the error.
pub(super) fn read_use<'a>(mut cursor: Cursor<'a>, imports: &mut Vec<Import<'a>>) {
    let _ = parse_use(&mut cursor, &Written::default(), imports, 0);
}

/// Parses the text between `extern crate` and `;`.
pub(super) fn read_extern_crate<'a>(mut cursor: Cursor<'a>, imports: &mut Vec<Import<'a>>) {
    let _ = parse_extern_crate(&mut cursor, imports);
}

/// Parses one branch of a `use`, up to its comma or its end.
fn parse_use<'a>(
    cursor: &mut Cursor<'a>,
    prefix: &Written<'a>,
    imports: &mut Vec<Import<'a>>,
    depth: usize,
) -> Result<(), Unbalanced> {
    let mut path = prefix.clone();
    cursor.trivia()?;
    if cursor.eat_path_separator() && path.names.is_empty() {
        path.global = true;
    }
    loop {
        cursor.trivia()?;
        if cursor.eat(b'*') {
            imports.push(Import { name: None, path });
            return Ok(());
        }
        if cursor.peek() == b'{' {
            return parse_group(cursor, &path, imports, depth + 1);
        }
        let Some(word) = cursor.word() else {
            return Ok(());
        };
        // `use a::{self}` imports `a` itself.
        if word.keyword() != "self" || path.names.is_empty() {
            path.names.push(word.name);
        }
        cursor.trivia()?;
        if !cursor.eat_path_separator() {
            break;
        }
    }
    let name = alias(cursor)?.or(path.names.last().copied());
    imports.push(Import { name: name.or(Some("_")), path });
    Ok(())
}

fn parse_group<'a>(
    cursor: &mut Cursor<'a>,
    prefix: &Written<'a>,
    imports: &mut Vec<Import<'a>>,
    depth: usize,
) -> Result<(), Unbalanced> {
    let open = cursor.at;
    cursor.group()?;
    let mut inner = Cursor::within(cursor.text(), open + 1..cursor.at - 1);
    while depth < DEEPEST && !inner.at_end() {
        parse_use(&mut inner, prefix, imports, depth)?;
        while !inner.at_end() && !inner.eat(b',') {
            inner.skip()?;
        }
    }
    Ok(())
}

/// Parses `extern crate a as b` as `use ::a as b`, and `extern crate self as b` as `use crate as b`.
fn parse_extern_crate<'a>(
    cursor: &mut Cursor<'a>,
    imports: &mut Vec<Import<'a>>,
) -> Result<(), Unbalanced> {
    cursor.trivia()?;
    let Some(word) = cursor.word() else {
        return Ok(());
    };
    let path = match word.keyword() {
        "self" => Written { global: false, names: vec!["crate"] },
        _ => Written { global: true, names: vec![word.name] },
    };
    cursor.trivia()?;
    let name = alias(cursor)?.unwrap_or(word.name);
    imports.push(Import { name: Some(name), path });
    Ok(())
}

/// Parses `as` and returns the name after it.
fn alias<'a>(cursor: &mut Cursor<'a>) -> Result<Option<&'a str>, Unbalanced> {
    let mut ahead = cursor.clone();
    if ahead.word().is_none_or(|word| word.keyword() != "as") {
        return Ok(None);
    }
    ahead.trivia()?;
    let name = ahead.word().map(|word| word.name);
    *cursor = ahead;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(text: &str) -> Vec<String> {
        let mut imports = Vec::new();
        parse_use(&mut Cursor::new(text), &Written::default(), &mut imports, 0).unwrap();
        let written = |import: &Import<'_>| {
            let global = if import.path.global { "::" } else { "" };
            let path = import.path.names.join("::");
            format!("{} = {global}{path}", import.name.unwrap_or("*"))
        };
        imports.iter().map(written).collect()
    }

    #[test]
    fn a_use_is_parsed_into_the_names_that_it_imports() {
        assert_eq!(imports(" a "), ["a = a"]);
        assert_eq!(imports("::a::b"), ["b = ::a::b"]);
        assert_eq!(imports("a::b as c"), ["c = a::b"]);
        assert_eq!(imports("a::b as _"), ["_ = a::b"]);
        assert_eq!(imports("a::*"), ["* = a"]);
        assert_eq!(imports("r#a::r#type"), ["type = a::type"]);
        assert_eq!(
            imports("a /* x */ :: { b , c::{self, d as e, *}, // y\n f::g, }"),
            ["b = a::b", "c = a::c", "e = a::c::d", "* = a::c", "g = a::f::g"],
        );
        assert_eq!(imports("{a, ::b, crate::c}"), ["a = a", "b = ::b", "c = crate::c"]);
    }

    #[test]
    fn a_malformed_use_does_not_panic() {
        for text in
            ["", "::", "{", "a::{b", "a as", "as as as", "a::{{{}}}", "1::2", "a b c", "*::a"]
        {
            let _ = parse_use(&mut Cursor::new(text), &Written::default(), &mut Vec::new(), 0);
        }
        let text = format!("{}{}", "{".repeat(9_000), "}".repeat(9_000));
        assert!(imports(&text).is_empty());
    }
}
