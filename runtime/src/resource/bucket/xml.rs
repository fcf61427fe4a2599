//! Reads the elements of S3's XML: the elements that the client needs, by their names. S3 writes neither comments nor
//! attributes nor prefixes into them.

use std::iter;

/// Returns the content of the first element of that name, as it is written. Returns `None` if the text has no such
/// element.
pub(super) fn find_element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    find_elements(xml, name).next()
}

/// Returns the contents of all elements of that name, as they are written. An element does not contain another one of
/// its name.
pub(super) fn find_elements<'x>(xml: &'x str, name: &str) -> impl Iterator<Item = &'x str> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    iter::from_fn(move || {
        let (_, from) = rest.split_once(&start)?;
        let (content, after) = from.split_once(&end)?;
        rest = after;
        Some(content)
    })
}

/// Returns the text of an element, with a character in place of each reference such as `&amp;` and `&#x9;`. An unknown
/// reference stays as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        unescaped.push_str(before);
        let reference =
            from.split_once(';').and_then(|(name, after)| Some((resolve_reference(name)?, after)));
        let (character, after) = reference.unwrap_or(('&', from));
        unescaped.push(character);
        rest = after;
    }
    unescaped + rest
}

/// Returns the character of a reference, which is given without `&` and `;`.
fn resolve_reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_names() {
        let xml = "<List><Keys>x</Keys><Key>a</Key><Size>1</Size><Key></Key><Key>open</List>";
        assert_eq!(find_elements(xml, "Key").collect::<Vec<_>>(), ["a", ""]);
        assert_eq!((find_element(xml, "Size"), find_element(xml, "None")), (Some("1"), None));
    }

    #[test]
    fn references_become_characters() {
        for (text, unescaped) in [
            ("a &amp; b", "a & b"),
            ("&lt;&gt;&quot;&apos;", "<>\"'"),
            ("&#9;&#x9;&#xE4;", "\t\tä"),
            ("&amp;lt;", "&lt;"),
            ("&nbsp; & &#xFFFFFFFF;", "&nbsp; & &#xFFFFFFFF;"),
            ("", ""),
        ] {
            assert_eq!(unescape(text), unescaped);
        }
    }
}
