//! Errors of the user's code: takes the error with which a handler, an `#[init]` function, a stream or a shutdown
//! hook failed, and returns an [`Error`] that consists of text alone. The `Display` and the `Drop` of an error are the
//! user's code, which may panic. They are called here, where a panic is caught, and nowhere else, so that an error can
//! be logged and posted without a panic.
// See decision 0093.

use std::fmt::{self, Display, Write};
use std::future::poll_fn;
use std::pin::pin;

use super::panic::{CaughtFuture, catch_call, drop_catching_panic};
use crate::{Error, messages};

/// The longest text of an error, in bytes. A longer text is cut: the error is logged and posted to Lambda, which
/// takes less.
const MAX_TEXT_BYTES: usize = 256 * 1024;

/// Runs a future of the user's code and returns its output. A panic becomes an error, and an error becomes text.
pub(crate) async fn catch_failure<T>(
    future: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut guarded = CaughtFuture(pin!(Some(future)));
    poll_fn(|cx| {
        guarded.poll_caught(cx).map(|done| match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(to_text(error)),
            Err(panic) => Err(panic),
        })
    })
    .await
}

/// Converts an error of the user's code to an error with the same name whose cause is text. An error that is text
/// already is returned unchanged.
#[cold]
pub(crate) fn to_text(error: Error) -> Error {
    if error.is_text() {
        return error;
    }
    let text = format_error(&error);
    let (error, cause) = error.replace_cause(text);
    drop_catching_panic(|| drop(cause));
    error
}

/// Converts the error of a handler. An [`Error`] becomes text; any other error becomes its text under the short name
/// of its type.
#[cold]
pub(crate) fn from_handler<E: Display + Send + 'static>(error: E) -> Error {
    match Error::downcast(error) {
        Ok(error) => to_text(error),
        Err(error) => {
            let text = format_error(&error);
            drop_catching_panic(|| drop(error));
            Error::new(Error::name_for_type::<E>(), text)
        }
    }
}

/// Returns the text of an error with its causes, on one line. `anyhow` and similar crates show the causes in the
/// alternate form. If the error cannot be formatted, the text ends with the reason.
fn format_error(error: &dyn Display) -> String {
    let mut text = BoundedText::default();
    let done = catch_call(|| write!(text, "{error:#}"));
    let BoundedText { mut text, is_cut } = text;
    let why = match done {
        Ok(Ok(())) => return text,
        _ if is_cut => messages::invocation::error_text_cut(MAX_TEXT_BYTES),
        Ok(Err(fmt::Error)) => messages::invocation::error_not_formatted(None),
        Err(panic) => messages::invocation::error_not_formatted(Some(&panic)),
    };
    if text.is_empty() {
        return why;
    }
    text.extend([" (", &why, ")"]);
    text
}

/// A text of at most [`MAX_TEXT_BYTES`]. The causes of an error may form a circle, and its text then never ends.
#[derive(Default)]
struct BoundedText {
    text: String,
    is_cut: bool,
}

impl Write for BoundedText {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let room = MAX_TEXT_BYTES - self.text.len();
        self.is_cut |= more.len() > room;
        self.text.push_str(&more[..more.floor_char_boundary(room)]);
        if self.is_cut { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as StdError;
    use std::fmt::{Debug, Formatter};

    use super::*;
    use crate::testing::block_on;

    /// An error that writes a text and then does this, and that panics when it is dropped.
    struct Bad(fn(&mut Formatter<'_>) -> fmt::Result);

    impl Display for Bad {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str("order 7")?;
            (self.0)(f)
        }
    }

    impl Debug for Bad {
        fn fmt(&self, _: &mut Formatter<'_>) -> fmt::Result {
            panic!("formatted for the log")
        }
    }

    impl StdError for Bad {}

    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("dropped")
        }
    }

    /// Returns the name and the text of an error, whether a handler returns it or an `Error` with it.
    fn text(error: fn() -> Bad) -> (String, String) {
        let of = |error: Error| (error.name().to_owned(), format!("{error:#}"));
        let bare = of(from_handler(error()));
        let failed = block_on(catch_failure::<()>(async { Err(Error::from(error())) }));
        assert_eq!(of(failed.unwrap_err()), bare);
        bare
    }

    #[test]
    fn an_error_whose_drop_panics_keeps_its_name_and_its_text() {
        assert_eq!(text(|| Bad(|_| Ok(()))), ("Bad".to_owned(), "order 7".to_owned()));
    }

    #[test]
    fn an_error_whose_display_panics_keeps_its_name_and_what_it_wrote() {
        let (name, text) = text(|| Bad(|_| panic!("no display")));
        let expected = "order 7 (the error cannot be formatted: its `Display` panicked: no display";
        assert!(name == "Bad" && text.starts_with(expected), "{name}: {text}");
    }

    #[test]
    fn an_error_whose_display_fails_keeps_its_name_and_what_it_wrote() {
        let (_, text) = text(|| Bad(|_| Err(fmt::Error)));
        let expected = "order 7 (the error cannot be formatted: its `Display` returned an error)";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_text_of_an_error_that_never_ends_is_cut() {
        #[derive(Debug)]
        struct Circle;
        impl Display for Circle {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("\u{e4}round")
            }
        }
        impl StdError for Circle {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(self)
            }
        }
        let text = to_text(Circle.into()).to_string();
        assert!(text.len() < MAX_TEXT_BYTES + 100, "{} bytes", text.len());
        assert!(
            text.ends_with("(the text was cut after 262144 bytes)"),
            "{}",
            &text[text.len() - 80..]
        );
    }

    #[test]
    fn text_and_boxed_errors_are_named_error() {
        assert_eq!(from_handler(String::from("no")).name(), "Error");
        assert_eq!(from_handler("no").name(), "Error");
        assert_eq!(from_handler(Box::<dyn StdError + Send + Sync>::from("no")).name(), "Error");
    }

    #[test]
    fn an_error_of_skylift_keeps_its_name_and_the_text_of_its_causes() {
        let error = from_handler(Error::new("EmptyOrder", "nothing in it"));
        assert_eq!((error.name(), error.to_string().as_str()), ("EmptyOrder", "nothing in it"));
        let error = from_handler(Error::from("x".parse::<u8>().unwrap_err()));
        assert_eq!(error.to_string(), "invalid digit found in string");
        assert_eq!(error.name(), "ParseIntError");
    }
}
