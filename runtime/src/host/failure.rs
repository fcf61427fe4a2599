//! An error as Lambda takes it: the JSON of "Error response" in "Using the Lambda runtime API for
//! custom runtimes", and the header that goes with it.

use serde::Serialize;

use crate::Error;

/// A message longer than this says nothing more, and might be refused together with the error.
const LONGEST_MESSAGE: usize = 256 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    error_message: &'a str,
    error_type: &'a str,
    stack_trace: [&'a str; 0],
}

/// The body that reports an error.
pub(super) fn body(error: &Error) -> Vec<u8> {
    let message = format!("{error:#}");
    let failure = Failure {
        error_message: cut(&message, LONGEST_MESSAGE),
        error_type: error.name(),
        stack_trace: [],
    };
    // Strings alone always serialise; the empty object is for the type checker.
    serde_json::to_vec(&failure).unwrap_or_else(|_| b"{}".to_vec())
}

/// The error's name for a header, without what a header cannot hold.
pub(super) fn header(error: &Error) -> String {
    let name: String = error.name().chars().filter(char::is_ascii_graphic).collect();
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
        let body = body(&Error::new("NoSpace", "disk \"a\" full"));
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
    fn a_long_message_is_cut_between_characters() {
        assert_eq!(cut("aä", 2), "a");
        assert_eq!(cut("aä", 3), "aä");
    }
}
