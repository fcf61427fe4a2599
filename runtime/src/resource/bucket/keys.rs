//! Converts between the keys of S3 and the paths of `object_store`. For S3 a key is any text; for `object_store`
//! it is a path without `.`, `..` and empty segments. A key becomes the path that names exactly this key, and
//! the keys of a list are returned unchanged.

use http::Uri;
use object_store::path::{Path, PathPart};
use percent_encoding::percent_decode_str;

use crate::{Error, messages};

/// Returns the path of `object_store` that names exactly this key of S3. An empty key, and a key that no path can
/// name, is the error `UnsupportedKey`.
pub(super) fn parse_key(key: &str) -> Result<Path, Error> {
    let mut path = Path::ROOT;
    if key.is_empty() || key.starts_with('/') {
        return Err(messages::client::unsupported_key(key));
    }
    for segment in key.split('/') {
        path = path
            .join(PathPart::parse(segment).map_err(|_| messages::client::unsupported_key(key))?);
    }
    Ok(path)
}

/// Returns whether a request to S3, given by its URI, asks for a list of objects.
pub(super) fn is_list_request(uri: &Uri) -> bool {
    uri.query().is_some_and(|query| query.split('&').any(|it| it == "list-type=2"))
}

/// Escapes the keys in the XML of a list of objects, so that `object_store` parses each key as one segment of a path.
pub(super) fn escape_list(list: &str) -> String {
    const START: &str = "<Key>";
    let mut escaped = String::with_capacity(list.len());
    let mut rest = list;
    while let Some((before, from)) = rest.split_once(START) {
        escaped.extend([before, START]);
        let end = from.find("</Key>").unwrap_or(from.len());
        for character in from[..end].chars() {
            match character {
                '/' => escaped.push_str("%2F"),
                '.' => escaped.push_str("%2E"),
                '%' => escaped.push_str("%25"),
                other => escaped.push(other),
            }
        }
        rest = &from[end..];
    }
    escaped + rest
}

/// Returns the key of S3 for a path that `object_store` read from an escaped list.
pub(super) fn unescape_key(path: &Path) -> String {
    percent_decode_str(path.as_ref()).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_exactly_its_key() {
        for key in ["a", "a/b.txt", "a//b", "folder/", "a b+c%20ä?#[x]~", "a.b/..c"] {
            assert_eq!(parse_key(key).unwrap().as_ref(), key);
        }
    }

    #[test]
    fn an_unsupported_key_is_an_error_that_shows_the_key() {
        for key in ["", "/a", "a/./b", "..", "a\nb"] {
            let error = parse_key(key).unwrap_err();
            assert_eq!(error.name(), "UnsupportedKey");
            let shown = format!("`{}` cannot", key.escape_debug());
            assert!(error.to_string().starts_with(&shown), "{error}");
        }
    }

    #[test]
    fn keys_of_a_list_are_returned_unchanged() {
        let keys = ["a//b", "/a", "folder/", "..", "50%2F", "ä &amp; b"];
        let items = format!("<Key>{}</Key>", keys.join("</Key><Size>1</Size><Key>"));
        let list = escape_list(&format!("<Prefix>a/</Prefix>{items}<Done/>"));
        assert!(list.starts_with("<Prefix>a/</Prefix>") && list.ends_with("<Done/>"));
        let escaped = list.split("<Key>").skip(1).map(|it| it.split("</Key>").next().unwrap());
        let back: Vec<_> = escaped.map(|key| unescape_key(&Path::parse(key).unwrap())).collect();
        assert_eq!(back, keys);
    }

    #[test]
    fn a_list_request_is_recognized_by_its_query() {
        assert!(is_list_request(&Uri::from_static("http://h/b?list-type=2&prefix=a")));
        assert!(!is_list_request(&Uri::from_static("http://h/b/list-type=2?uploads")));
    }
}
