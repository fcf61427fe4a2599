//! The URI of a request. Takes a path as an HTTP API sends it, which is decoded, or the value of one of its
//! parameters, and returns text that a URI can hold.

use ::http::Uri;
use ::http::uri::PathAndQuery;
#[cfg(all(feature = "local", debug_assertions))]
use percent_encoding::percent_decode_str;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{Error, messages};

/// The characters that a query cannot hold. API Gateway passes the query on as the client sent it.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');
/// The characters that a path cannot hold.
const NOT_IN_PATH: &AsciiSet =
    &QUERY.add(b'?').add(b'`').add(b'{').add(b'}').add(b'\\').add(b'^').add(b'|');
/// The characters that are encoded in a decoded path: a `%` in it is no escape.
const DECODED_PATH: &AsciiSet = &NOT_IN_PATH.add(b'%');
/// The characters that a segment of a path cannot hold.
const SEGMENT: &AsciiSet = &DECODED_PATH.add(b'/');

/// Decodes a path as an HTTP API does before it chooses the route. Bytes that are no UTF-8 are replaced.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn decode_path(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Makes the URI of a request from a percent-encoded path and the query as the client sent it.
pub(crate) fn build_uri(path: &str, query: &str) -> Result<Uri, Error> {
    // With capacity for everything, so that adding the query does not reallocate.
    let mut text = String::with_capacity(path.len() + query.len() + 1);
    text.push_str(path);
    if !query.is_empty() {
        text.push('?');
        text.extend(utf8_percent_encode(query, QUERY));
    }
    let path_and_query =
        PathAndQuery::try_from(text).map_err(|error| messages::http::invalid_path(path, &error))?;
    Ok(Uri::from(path_and_query))
}

/// Encodes a decoded path. The result begins with a slash.
pub(crate) fn encode_path(path: &str) -> String {
    encode_from_root(path, DECODED_PATH)
}

/// Encodes the characters of a path that a URI cannot hold, and keeps what the client has encoded. The result begins
/// with a slash.
pub(super) fn encode_rest_of_path(path: &str) -> String {
    encode_from_root(path, NOT_IN_PATH)
}

fn encode_from_root(path: &str, characters: &'static AsciiSet) -> String {
    let mut text = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        text.push('/');
    }
    text.extend(utf8_percent_encode(path, characters));
    text
}

/// Appends the value of a path parameter to a path as one segment.
pub(super) fn push_segment(value: &str, path: &mut String) {
    path.extend(utf8_percent_encode(value, SEGMENT));
}

/// Appends the value of a greedy path parameter to a path, with its slashes.
pub(super) fn push_segments(value: &str, path: &mut String) {
    path.extend(utf8_percent_encode(value, DECODED_PATH));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_path_is_encoded_completely_and_an_encoded_one_keeps_its_escapes() {
        assert_eq!(encode_path("/a b/é?#{}"), "/a%20b/%C3%A9%3F%23%7B%7D");
        assert_eq!(encode_path("/100%/50%25"), "/100%25/50%2525");
        assert_eq!(encode_rest_of_path("a%2Fb/c d"), "/a%2Fb/c%20d");
        assert_eq!(encode_path(""), "/");
    }
}
