//! An error as Lambda takes it: the JSON of "Error response" in "Using the Lambda runtime API for
//! custom runtimes", and the header that goes with it.

use serde::Serialize;

use crate::Error;

/// A body longer than this says nothing more, and might be refused together with the error.
pub(super) const LONGEST: usize = 256 * 1024;

/// The same of a name, which stands in a header too.
const LONGEST_NAME: usize = 256;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    error_message: &'a str,
    error_type: &'a str,
    stack_trace: [&'a str; 0],
}

/// The body that reports an error, of at most that many bytes.
pub(super) fn body(error: &Error, longest: usize) -> Vec<u8> {
    let message = format!("{error:#}");
    let mut failure = Failure {
        error_message: cut(&message, longest),
        error_type: cut(error.name(), LONGEST_NAME),
        stack_trace: [],
    };
    loop {
        // Strings alone always serialise; the empty object is for the type checker.
        let body = serde_json::to_vec(&failure).unwrap_or_else(|_| b"{}".to_vec());
        if body.len() <= longest || failure.error_message.is_empty() {
            return body;
        }
        // What JSON escapes takes up to six times the room.
        failure.error_message = cut(&message, failure.error_message.len() * 3 / 4);
    }
}

/// The error's name for a header, without what a header cannot hold.
pub(super) fn header(error: &Error) -> String {
    let name = error.name().chars().filter(char::is_ascii_graphic);
    let name: String = name.take(LONGEST_NAME).collect();
    if name.is_empty() { "Error".to_owned() } else { name }
}

fn cut(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_reported_in_lambdas_words() {
        let body = body(&Error::new("NoSpace", "disk \"a\" full"), LONGEST);
        let expected =
            r#"{"errorMessage":"disk \"a\" full","errorType":"NoSpace","stackTrace":[]}"#;
        assert_eq!(String::from_utf8(body).unwrap(), expected);
    }

    #[test]
    fn a_name_that_no_header_can_hold_is_cleaned() {
        assert_eq!(header(&Error::new("No\nSpäce", "")), "NoSpce");
        assert_eq!(header(&Error::new("ä", "")), "Error");
    }

    #[test]
    fn a_body_is_no_longer_than_it_may_be_whatever_it_says() {
        for text in ["x", "\u{1}", "\"", "ä"] {
            let error = Error::new("n".repeat(1_000), text.repeat(1_000_000));
            let body = body(&error, 2_250);
            assert!((1_600..=2_250).contains(&body.len()), "{text:?}: {}", body.len());
            serde_json::from_slice::<serde_json::Value>(&body).unwrap();
            assert_eq!(header(&error).len(), LONGEST_NAME);
        }
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        assert_eq!(cut("aä", 2), "a");
        assert_eq!(cut("aä", 3), "aä");
    }
}
