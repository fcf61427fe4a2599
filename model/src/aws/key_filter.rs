//! The prefix or the suffix by which S3 filters the keys of objects. Takes the plain text that the user wrote, and
//! returns a [`KeyFilter`], or the reason why no key, or not the intended keys, can match the text.
// See decision 0086.

use serde::Serialize;

use crate::aws::limits;
use crate::message::Message;
use crate::messages::key_filter as messages;

/// The characters that a filter of S3 has as they are, beside letters and digits: those that the S3 User Guide
/// calls safe in "Naming Amazon S3 objects", without the `*` that a filter cannot have, and the `/` between the
/// parts of a key. A filter has a space as `+`, and every other character percent-encoded.
const PLAIN: &[u8] = b"/!-_.'()";

/// The beginnings of locations of objects, which users write in place of a prefix.
const LOCATIONS: [&str; 2] = ["s3://", "arn:"];

/// The end of a key that a filter is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyEnd {
    /// The beginning of the key.
    Prefix,
    /// The end of the key.
    Suffix,
}

impl KeyEnd {
    /// Returns the key of an `s3` trigger that sets this filter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Suffix => "suffix",
        }
    }
}

/// The prefix or the suffix of the keys that a trigger on a bucket matches, as plain text.
///
/// AWS: "Configuring event notifications using object key name filtering" of the S3 User Guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct KeyFilter(String);

impl KeyFilter {
    /// Parses the plain text of a prefix or a suffix.
    ///
    /// # Errors
    ///
    /// Returns a message if the text is empty or longer than a key, or if it has a form that users mean as
    /// something else, such as `*.png`: S3 compares it character by character.
    pub fn parse(end: KeyEnd, text: &str) -> Result<Self, Message> {
        if text.is_empty() {
            return Err(messages::empty(end.as_str()));
        }
        if text.len() > limits::OBJECT_KEY_BYTES {
            return Err(messages::too_long(end.as_str(), text.len()));
        }
        if end == KeyEnd::Prefix {
            check_beginning(text)?;
        }
        if is_regular_expression(end, text) {
            return Err(messages::regular_expression(end.as_str(), text));
        }
        if let Some(alternatives) = split_alternatives(text) {
            return Err(messages::alternatives(end.as_str(), text, &alternatives));
        }
        if text.contains('*') {
            return Err(messages::wildcard(end.as_str(), text));
        }
        if let Some(encoded) = find_encoded_character(text) {
            return Err(messages::encoded_already(encoded, &decode(text)));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the plain text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text as the notification of a bucket takes it, with a `+` for each space and the special
    /// characters percent-encoded.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut encoded = String::new();
        for byte in self.0.bytes() {
            match byte {
                b' ' => encoded.push('+'),
                byte if is_plain(byte) => encoded.push(char::from(byte)),
                byte => encoded.extend(["%", &format!("{byte:02X}")]),
            }
        }
        encoded
    }
}

/// Returns whether a filter has this byte as it is.
const fn is_plain(byte: u8) -> bool {
    if byte.is_ascii_alphanumeric() {
        return true;
    }
    let mut index = 0;
    while index < PLAIN.len() {
        if PLAIN[index] == byte {
            return true;
        }
        index += 1;
    }
    false
}

/// Checks that a prefix is the beginning of a key: not a path from the root, and not the location of an object.
fn check_beginning(text: &str) -> Result<(), Message> {
    if LOCATIONS.iter().any(|location| text.starts_with(location)) {
        return Err(messages::location(text));
    }
    let key = text.trim_start_matches("./").trim_start_matches('/');
    if key.len() < text.len() {
        return Err(messages::leading_slash(text, key));
    }
    Ok(())
}

/// Returns whether the text is a regular expression for the end of the key: `^in/` or `\.png$`. A `$` alone is no
/// sign: there are keys such as `logs_$folder$`.
fn is_regular_expression(end: KeyEnd, text: &str) -> bool {
    match end {
        KeyEnd::Prefix => text.starts_with('^'),
        KeyEnd::Suffix => {
            text.contains("\\.")
                || text.contains(".*") && text.ends_with('$')
                || text.starts_with('.') && text.ends_with('$')
        }
    }
}

/// Returns the alternatives that a text lists: `.jpg` and `.png` for `.jpg|.png`, `.jpg,.png` and `.{jpg,png}`.
/// Returns `None` if the text lists none.
fn split_alternatives(text: &str) -> Option<Vec<String>> {
    for (open, close, marks) in [('{', '}', &[',', '|'][..]), ('(', ')', &['|'][..])] {
        if let Some((before, rest)) = text.split_once(open)
            && let Some((inner, after)) = rest.split_once(close)
            && inner.contains(marks)
        {
            let whole = |part: &str| format!("{before}{}{after}", part.trim());
            return Some(inner.split(marks).map(whole).collect());
        }
    }
    let parts: Vec<&str> = text.split([',', '|']).map(str::trim).collect();
    let is_extension = |part: &&str| {
        let name = part.trim_start_matches('*').strip_prefix('.');
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric())
        })
    };
    let is_list = parts.len() > 1 && parts.iter().all(is_extension);
    is_list.then(|| parts.iter().map(|part| part.trim_start_matches('*').to_owned()).collect())
}

/// Finds the first percent-encoded character in a text, such as `%3D`. Only characters that S3 expects in this form
/// count. Returns `None` if the text has no such character.
fn find_encoded_character(text: &str) -> Option<&str> {
    text.match_indices('%').find_map(|(at, _)| {
        let byte = parse_encoded_byte(text.get(at..)?)?;
        let is_special = byte == b'/' || !byte.is_ascii_control() && !is_plain(byte);
        is_special.then(|| &text[at..at + 3])
    })
}

/// Returns the percent-encoded byte at the start of a text. Returns `None` if the text starts with another character.
fn parse_encoded_byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// Returns the text with its percent-encoded bytes decoded.
fn decode(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.bytes().next() {
        let encoded = parse_encoded_byte(rest);
        bytes.push(encoded.unwrap_or(first));
        let length = if encoded.is_some() { 3 } else { 1 };
        match rest.get(length..) {
            Some(after) => rest = after,
            // The first byte of a character of several bytes.
            None => {
                let length = rest.chars().next().map_or(rest.len(), char::len_utf8);
                bytes.extend(&rest.as_bytes()[1..length]);
                rest = &rest[length..];
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoded(text: &str) -> String {
        KeyFilter::parse(KeyEnd::Prefix, text).unwrap().encode()
    }

    fn rejected(end: KeyEnd, text: &str) -> (String, Option<String>) {
        let message = KeyFilter::parse(end, text).unwrap_err();
        (message.text, message.help)
    }

    #[test]
    fn a_filter_is_encoded_as_s3_asks() {
        for (plain, expected) in [
            ("in/", "in/"),
            ("my photos/year=2026/", "my+photos/year%3D2026/"),
            ("c++/", "c%2B%2B/"),
            ("100%/", "100%25/"),
            ("größe/", "gr%C3%B6%C3%9Fe/"),
            ("a:b@c,d;e&f$g?h#i", "a%3Ab%40c%2Cd%3Be%26f%24g%3Fh%23i"),
            ("Safe-Name_1.0!'(2)'/", "Safe-Name_1.0!'(2)'/"),
            ("~[x]", "%7E%5Bx%5D"),
        ] {
            assert_eq!(encoded(plain), expected);
        }
    }

    #[test]
    fn texts_that_s3_compares_with_keys_are_accepted() {
        for (end, text) in [
            (KeyEnd::Prefix, "in"),
            (KeyEnd::Prefix, ".hidden/"),
            (KeyEnd::Prefix, "a|b/"),
            (KeyEnd::Prefix, "{tenant}/"),
            (KeyEnd::Prefix, "report (final, 2)/"),
            (KeyEnd::Prefix, "https://example.com/"),
            (KeyEnd::Prefix, "50%/"),
            (KeyEnd::Prefix, "a%zz"),
            (KeyEnd::Suffix, "/"),
            (KeyEnd::Suffix, "/manifest.json"),
            (KeyEnd::Suffix, "_$folder$"),
            (KeyEnd::Suffix, ".tar.gz"),
            (KeyEnd::Suffix, "a,b"),
            (KeyEnd::Suffix, " copy.txt"),
        ] {
            assert_eq!(KeyFilter::parse(end, text).unwrap().as_str(), text);
        }
        assert!(KeyFilter::parse(KeyEnd::Prefix, &"a".repeat(1_024)).is_ok());
    }

    #[test]
    fn texts_that_match_no_intended_key_are_refused_with_what_is_meant() {
        let (prefix, suffix) = (KeyEnd::Prefix, KeyEnd::Suffix);
        for (end, text, message, help) in [
            (prefix, "", "the prefix is empty", "leave `prefix` out to match every key"),
            (
                suffix,
                "*.png",
                "a suffix has no wildcards, and S3 refuses a `*` in it",
                "write `suffix = \".png\"`",
            ),
            (
                prefix,
                "uploads/*",
                "a prefix has no wildcards, and S3 refuses a `*` in it",
                "write `prefix = \"uploads/\"`",
            ),
            (
                prefix,
                "in/*.png",
                "a prefix has no wildcards, and S3 refuses a `*` in it",
                "write `prefix = \"in/\"` and `suffix = \".png\"`",
            ),
            (
                prefix,
                "*",
                "a prefix has no wildcards, and S3 refuses a `*` in it",
                "leave `prefix` out to match every key",
            ),
            (
                prefix,
                "/uploads",
                "`/uploads` begins with `/`, and the keys of objects do not",
                "write `prefix = \"uploads\"`",
            ),
            (
                prefix,
                "./uploads/",
                "`./uploads/` begins with `./`, and the keys of objects do not",
                "write `prefix = \"uploads/\"`",
            ),
            (
                prefix,
                "/",
                "`/` begins with `/`, and the keys of objects do not",
                "leave `prefix` out to match every key",
            ),
            (
                prefix,
                "s3://acme/uploads/",
                "`s3://acme/uploads/` is the location of objects, and a prefix is the beginning of their keys",
                "write `prefix = \"uploads/\"`",
            ),
            (
                prefix,
                "arn:aws:s3:::acme/uploads/",
                "`arn:aws:s3:::acme/uploads/` is the location of objects, and a prefix is the beginning of their keys",
                "write `prefix = \"uploads/\"`",
            ),
            (
                prefix,
                "year%3D2026/",
                "`%3D` is encoded already, and Skylift encodes the plain text for S3",
                "write `year=2026/`",
            ),
            (
                prefix,
                "gr%C3%B6%c3%9fe é+1/",
                "`%C3` is encoded already, and Skylift encodes the plain text for S3",
                "write `größe é+1/`",
            ),
            (
                suffix,
                ".jpg|.png",
                "`.jpg|.png` lists several suffixes, and S3 compares it as one text",
                "write a trigger for each: `suffix = \".jpg\"` and `suffix = \".png\"`",
            ),
            (
                suffix,
                "*.{jpg, png}",
                "`*.{jpg, png}` lists several suffixes, and S3 compares it as one text",
                "write a trigger for each: `suffix = \".jpg\"` and `suffix = \".png\"`",
            ),
            (
                prefix,
                "(in|out)/",
                "`(in|out)/` lists several prefixes, and S3 compares it as one text",
                "write a trigger for each: `prefix = \"in/\"` and `prefix = \"out/\"`",
            ),
            (
                suffix,
                r"\.png$",
                r"`\.png$` is a regular expression, and S3 compares it as plain text",
                "write the text with which the keys end: `suffix = \".png\"`",
            ),
            (
                prefix,
                "^in/",
                "`^in/` is a regular expression, and S3 compares it as plain text",
                "write the text with which the keys begin: `prefix = \"in/\"`",
            ),
        ] {
            assert_eq!(rejected(end, text), (message.to_owned(), Some(help.to_owned())), "{text}");
        }
        let (message, _) = rejected(prefix, &"a".repeat(1_025));
        assert_eq!(message, "a prefix of 1025 bytes, and the key of an object has at most 1024");
    }

    /// Decodes a text as a form of a browser is decoded.
    fn decode_form(encoded: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = encoded.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits: Vec<u8> = rest.by_ref().take(2).collect();
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                }
                byte => byte,
            });
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn an_encoded_filter_decodes_to_its_plain_text(text in "\\PC{1,40}") {
            if let Ok(filter) = KeyFilter::parse(KeyEnd::Prefix, &text) {
                let encoded = filter.encode();
                prop_assert!(encoded.bytes().all(|it| is_plain(it) || it == b'+' || it == b'%'));
                prop_assert_eq!(decode_form(&encoded), text);
            }
        }
    }
}
