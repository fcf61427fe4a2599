//! Decodes JSON: takes a payload and returns a value, or an error that names the field and the byte. A valid
//! payload is decoded at full speed. Only an invalid payload is decoded a second time, to find the path of the
//! field.

use std::any::type_name;

use serde::Deserialize;

use crate::error::{Error, short_type_name};
use crate::messages;

/// Decodes a payload from JSON, or returns an error that names the field and the byte.
pub(crate) fn decode_json<'de, T: Deserialize<'de>>(payload: &'de [u8]) -> Result<T, Error> {
    serde_json::from_slice(payload).map_err(|error| describe_failure::<T>(payload, &error))
}

/// Decodes JSON from a `&str`, without a second check of its UTF-8. Returns an error that names the field and
/// the byte if it fails.
#[cfg(feature = "_raw_records")]
pub(crate) fn decode_text<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| describe_failure::<T>(text.as_bytes(), &error))
}

/// Makes the error of a payload that could not be decoded. Decodes the payload a second time, to find the path
/// of the field.
#[cold]
fn describe_failure<'de, T: Deserialize<'de>>(
    payload: &'de [u8],
    error: &serde_json::Error,
) -> Error {
    let mut deserializer = serde_json::Deserializer::from_slice(payload);
    let path = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err();
    let path = path.map(|error| error.path().to_string()).unwrap_or_default();
    wrong_type_error(type_name::<T>(), payload, error, &path)
}

/// Makes the error of a payload that could not be decoded as the type `expected`; `path` is the path of the
/// field at which decoding stopped.
fn wrong_type_error(
    expected: &'static str,
    payload: &[u8],
    error: &serde_json::Error,
    path: &str,
) -> Error {
    // The path of the whole value is a dot.
    let path = if path == "." { "" } else { path };
    let whole = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = whole.strip_suffix(&place).unwrap_or(&whole);
    let offset = byte_offset(payload, error.line(), error.column());
    messages::invocation::payload_not_of_type(short_type_name(expected), path, what, offset)
}

/// Converts a line and a column of a payload, which both count from one, to the position of the byte.
fn byte_offset(payload: &[u8], line: usize, column: usize) -> usize {
    let before: usize = payload
        .split_inclusive(|&b| b == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    before + column.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Order {
        #[allow(dead_code)]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    struct Line {
        #[allow(dead_code)]
        count: u32,
    }

    #[test]
    fn a_wrong_field_is_named_with_its_path_and_byte() {
        let payload = br#"{"lines":[{"count":1},{"count":"2"}]}"#;
        let error = decode_json::<Order>(payload).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        assert_eq!(
            error.to_string(),
            "the payload is not a `Order`: `lines[1].count`: invalid type: string \"2\", \
             expected u32, at byte 33"
        );
    }

    #[test]
    fn the_byte_offset_counts_across_line_breaks() {
        let error = decode_json::<Order>(b"{\n  \"lines\": 7\n}").unwrap_err();
        assert!(error.to_string().ends_with("expected a sequence, at byte 13"), "{error}");
    }

    #[test]
    fn the_error_for_invalid_json_says_at_which_byte_it_is_invalid() {
        let error = decode_json::<Order>(b"{\"lines\":[]} x").unwrap_err();
        assert!(error.to_string().ends_with("trailing characters, at byte 13"), "{error}");
    }
}
