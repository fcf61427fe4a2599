//! Converts keys of S3, which are any text: to the paths of `object_store`, to URLs, and from lists of objects. For
//! `object_store` a key is a path without `.`, `..` and control characters. A key becomes the path that names exactly
//! this key.

use std::borrow::Cow;

use object_store::path::{Path, PathPart};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Bucket;
use crate::{Error, messages};

/// Returns the key in the bucket for a key of `R`, which may be a view with a prefix. A whole key begins with the prefix,
/// so no key leaves the view. An empty key is the error `UnsupportedKey`, also of a view.
pub(super) fn add_prefix<R: Bucket>(key: &str) -> Result<Cow<'_, str>, Error> {
    if key.is_empty() {
        return Err(messages::client::unsupported_key(key));
    }
    Ok(if R::PREFIX.is_empty() { key.into() } else { format!("{}{key}", R::PREFIX).into() })
}

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

/// The characters of a URL that are percent-encoded: all but those that the signatures of AWS leave unchanged.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The characters of a path that are percent-encoded.
const ENCODED_IN_PATH: AsciiSet = ENCODED.remove(b'/');

/// Returns a URL with these parameters after those that it has.
pub(super) fn append_query<'a>(
    url: &str,
    parameters: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut whole = url.to_owned();
    for (name, value) in parameters {
        let separator = if whole.contains('?') { "&" } else { "?" };
        let value = utf8_percent_encode(value, &ENCODED);
        whole.extend([separator, name, "="]);
        whole.extend(value);
    }
    whole
}

/// Returns the URL to which requests about a whole bucket are sent: the bucket's URL, with a path.
pub(super) fn root_url(bucket_url: &str) -> Cow<'_, str> {
    let has_path = bucket_url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    if has_path { bucket_url.into() } else { format!("{bucket_url}/").into() }
}

/// Returns the URL of an object, for a bucket with this URL. An empty key, and a key that a browser would change, is the
/// error `UnsupportedKey`.
pub(super) fn object_url(bucket_url: &str, key: &str) -> Result<String, Error> {
    // Browsers take the parts `.` and `..` out of a path, also where they are percent-encoded.
    if key.is_empty() || key.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(messages::client::unsupported_key_in_url(key));
    }
    Ok(format!("{bucket_url}/{}", utf8_percent_encode(key, &ENCODED_IN_PATH)))
}

/// Returns the key that S3 wrote into a list with `encoding-type=url`, where a space is `+`. Returns `None` if the text
/// cannot be such a key.
pub(super) fn decode_key(encoded: &str) -> Option<String> {
    let encoded = encoded.replace('+', " ");
    percent_decode_str(&encoded).decode_utf8().ok().map(Cow::into_owned)
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
    fn every_key_of_a_list_is_returned_as_it_is() {
        for (encoded, key) in [
            ("a%2F%2Fb//c/", "a//b//c/"),
            ("%2B+%2520", "+ %20"),
            ("c/tab%09x%00%0A", "c/tab\tx\0\n"),
            ("%C3%A4%F0%9F%98%80", "ä😀"),
            ("../.", "../."),
        ] {
            assert_eq!(decode_key(encoded).as_deref(), Some(key));
        }
        assert_eq!(decode_key("%FF"), None);
    }

    #[test]
    fn the_url_of_an_object_names_exactly_its_key() {
        for (key, path) in [
            ("a/b c.txt", "a/b%20c.txt"),
            ("/a//b/", "/a//b/"),
            ("50%2F+ä?#\t", "50%252F%2B%C3%A4%3F%23%09"),
            ("a.b/..c", "a.b/..c"),
        ] {
            assert_eq!(object_url("https://h", key).unwrap(), format!("https://h/{path}"));
        }
        for key in ["", "a/../b", ".", "a/."] {
            assert_eq!(object_url("https://h", key).unwrap_err().name(), "UnsupportedKey");
        }
    }

    #[test]
    fn the_url_of_a_whole_bucket_has_a_path() {
        assert_eq!(
            root_url("https://b.s3.eu-west-1.amazonaws.com"),
            "https://b.s3.eu-west-1.amazonaws.com/"
        );
        assert_eq!(root_url("http://localhost:4566/b"), "http://localhost:4566/b");
    }

    #[test]
    fn the_values_of_a_query_are_encoded() {
        let all = [("prefix", "a b/+ä"), ("token", "1/2=")].into_iter();
        let url = append_query("https://h/b", all);
        assert_eq!(url, "https://h/b?prefix=a%20b%2F%2B%C3%A4&token=1%2F2%3D");
    }
}
