//! Writes an error in the form that Lambda accepts: the JSON of "Error response" in "Using the Lambda runtime
//! API for custom runtimes", and the header with the name of the error.

use serde::Serialize;

use crate::Error;

/// The largest body of an error report. A longer body would not help an operator, and Lambda might refuse it
/// together with the error.
pub(super) const MAX_BODY_BYTES: usize = 256 * 1024;

/// The largest name of an error. The name is in a header as well as in the body.
const MAX_NAME_BYTES: usize = 256;

/// The JSON of an error report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorReport<'a> {
    error_message: &'a str,
    error_type: &'a str,
    stack_trace: [&'a str; 0],
}

/// Returns the JSON that reports an error. The message of the error is cut so that the JSON has at most
/// `longest` bytes.
pub(super) fn error_body(error: &Error, longest: usize) -> Vec<u8> {
    let message = format!("{error:#}");
    let mut failure = ErrorReport {
        error_message: truncate(&message, longest),
        error_type: truncate(error.name(), MAX_NAME_BYTES),
        stack_trace: [],
    };
    loop {
        // Strings always serialize; the empty object satisfies the type checker.
        let body = serde_json::to_vec(&failure).unwrap_or_else(|_| b"{}".to_vec());
        if body.len() <= longest || failure.error_message.is_empty() {
            return body;
        }
        // Escaped characters take up to six times as many bytes.
        failure.error_message = truncate(&message, failure.error_message.len() * 3 / 4);
    }
}

/// Returns the name of an error as the value of a header, without the characters that a header cannot hold;
/// `Error` if no character is left.
pub(super) fn error_header(error: &Error) -> String {
    let name = error.name().chars().filter(char::is_ascii_graphic);
    let name: String = name.take(MAX_NAME_BYTES).collect();
    if name.is_empty() { "Error".to_owned() } else { name }
}

/// Cuts a text after at most `longest` bytes, at the end of a character.
fn truncate(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_reported_in_lambdas_format() {
        let body = error_body(&Error::new("NoSpace", "disk \"a\" full"), MAX_BODY_BYTES);
        let expected =
            r#"{"errorMessage":"disk \"a\" full","errorType":"NoSpace","stackTrace":[]}"#;
        assert_eq!(String::from_utf8(body).unwrap(), expected);
    }

    #[test]
    fn characters_that_no_header_can_hold_are_removed_from_a_name() {
        assert_eq!(error_header(&Error::new("No\nSpäce", "")), "NoSpce");
        assert_eq!(error_header(&Error::new("ä", "")), "Error");
    }

    #[test]
    fn a_body_stays_within_its_limit_for_any_message() {
        for text in ["x", "\u{1}", "\"", "ä"] {
            let error = Error::new("n".repeat(1_000), text.repeat(1_000_000));
            let body = error_body(&error, 2_250);
            assert!((1_600..=2_250).contains(&body.len()), "{text:?}: {}", body.len());
            serde_json::from_slice::<serde_json::Value>(&body).unwrap();
            assert_eq!(error_header(&error).len(), MAX_NAME_BYTES);
        }
    }

    #[test]
    fn a_long_message_is_truncated_at_a_character_boundary() {
        assert_eq!(truncate("aä", 2), "a");
        assert_eq!(truncate("aä", 3), "aä");
    }
}
