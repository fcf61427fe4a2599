//! The keys of objects. To S3 a key is any text; to `object_store` it is a path, without `.`, `..` and
//! empty names. Here a key becomes a path that names exactly it, and the keys of a list come back as
//! they are.

use http::Uri;
use object_store::path::{Path, PathPart};
use percent_encoding::percent_decode_str;

use crate::Error;

/// The path that names exactly this key.
pub(super) fn path(key: &str) -> Result<Path, Error> {
    let mut path = Path::ROOT;
    if key.is_empty() || key.starts_with('/') {
        return Err(unsupported(key));
    }
    for segment in key.split('/') {
        path = path.join(PathPart::parse(segment).map_err(|_| unsupported(key))?);
    }
    Ok(path)
}

fn unsupported(key: &str) -> Error {
    Error::new(
        "UnsupportedKey",
        format!(
            "`{}` cannot be the key here: it is empty, begins with `/`, or has a part that is `.` or \
             `..` or holds a control character; help: with the feature `bucket-sdk` of `skylift`, \
             `client()` takes any key",
            key.escape_debug()
        ),
    )
}

/// Whether a request asks for a list of keys.
pub(super) fn lists(uri: &Uri) -> bool {
    uri.query().is_some_and(|query| query.split('&').any(|it| it == "list-type=2"))
}

/// The list, its keys escaped so that each is one name of a path.
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

/// A key of an escaped list.
pub(super) fn unescape(path: &Path) -> String {
    percent_decode_str(path.as_ref()).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_exactly() {
        for key in ["a", "a/b.txt", "a//b", "folder/", "a b+c%20ä?#[x]~", "a.b/..c"] {
            assert_eq!(path(key).unwrap().as_ref(), key);
        }
    }

    #[test]
    fn a_key_that_no_path_names_is_an_error_that_shows_it() {
        for key in ["", "/a", "a/./b", "..", "a\nb"] {
            let error = path(key).unwrap_err();
            assert_eq!(error.name(), "UnsupportedKey");
            let shown = format!("`{}` cannot", key.escape_debug());
            assert!(error.to_string().starts_with(&shown), "{error}");
        }
    }

    #[test]
    fn every_key_of_a_list_comes_back_as_it_is() {
        let keys = ["a//b", "/a", "folder/", "..", "50%2F", "ä &amp; b"];
        let items = format!("<Key>{}</Key>", keys.join("</Key><Size>1</Size><Key>"));
        let list = escape_list(&format!("<Prefix>a/</Prefix>{items}<Done/>"));
        assert!(list.starts_with("<Prefix>a/</Prefix>") && list.ends_with("<Done/>"));
        let escaped = list.split("<Key>").skip(1).map(|it| it.split("</Key>").next().unwrap());
        let back: Vec<_> = escaped.map(|key| unescape(&Path::parse(key).unwrap())).collect();
        assert_eq!(back, keys);
    }

    #[test]
    fn a_list_is_known_by_its_query() {
        assert!(lists(&Uri::from_static("http://h/b?list-type=2&prefix=a")));
        assert!(!lists(&Uri::from_static("http://h/b/list-type=2?uploads")));
    }
}
