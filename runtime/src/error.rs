//! [`Error`]: what a handler fails with. It takes any standard error by `?`, or a message, and gives
//! Lambda the two things it shows an operator: the error's own name and its message.

use std::any::{Any, type_name};
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};

/// What a handler or an `#[init]` function fails with.
///
/// It is made from any standard error by `?`, and remembers that error's type, whose short name is
/// the `errorType` that Lambda reports. Mirrors
/// [Invocation error](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-invokeerror)
/// of the AWS Lambda Developer Guide.
///
/// ```
/// use skylift::Error;
///
/// fn quantity(text: &str) -> Result<u32, Error> {
///     let quantity = text.parse()?;
///     if quantity == 0 {
///         return Err(Error::new("EmptyOrder", "an order needs at least one item"));
///     }
///     Ok(quantity)
/// }
///
/// assert_eq!(quantity("x").unwrap_err().name(), "ParseIntError");
/// assert_eq!(quantity("0").unwrap_err().name(), "EmptyOrder");
/// ```
///
/// `{}` shows the message, `{:#}` the message and its causes on one line, `{:?}` one cause a line.
/// Like `anyhow::Error` it is not a [`std::error::Error`] itself: that is what lets `?` take them
/// all.
pub struct Error {
    name: Cow<'static, str>,
    cause: Box<dyn StdError + Send + Sync>,
}

impl Error {
    /// An error with a name of its own: the `errorType` that Lambda reports, and what alarms and
    /// retry rules of Step Functions match on.
    pub fn new(name: impl Into<Cow<'static, str>>, message: impl Display) -> Self {
        Self::from_text(name.into(), message.to_string())
    }

    /// Apart, since nobody waits for an error, and what makes one stands in a hundred places.
    #[cold]
    #[inline(never)]
    fn from_text(name: Cow<'static, str>, message: String) -> Self {
        Self { name, cause: Box::new(Message(message)) }
    }

    /// An error that is only a message. Its name is `Error`.
    pub fn msg(message: impl Display) -> Self {
        Self::new("Error", message)
    }

    /// The error's short name, reported to Lambda as `errorType`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What caused this error, where the error it was made from says so.
    #[must_use]
    pub fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.source()
    }

    /// This error's causes, from the nearest to the root.
    pub fn causes(&self) -> impl Iterator<Item = &(dyn StdError + 'static)> {
        std::iter::successors(self.source(), |cause| (*cause).source())
    }

    /// The error this one was made from, if it was an `E`.
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.cause.downcast_ref()
    }

    /// Whatever a handler of the user's failed with, as an `Error`: itself where it is one already,
    /// else its text under the short name of its type.
    pub(crate) fn from_handler<E: Display + Send + 'static>(error: E) -> Self {
        let mut slot = Some(error);
        let own = (&mut slot as &mut dyn Any).downcast_mut::<Option<Self>>();
        if let Some(own) = own.and_then(Option::take) {
            return own;
        }
        // The alternate form is where `anyhow` and its like show the causes too.
        let text = slot.map(|error| format!("{error:#}")).unwrap_or_default();
        Self::new(name_of_type(type_name::<E>()), text)
    }

    /// The same error once more, for someone else: its name, and its message with the causes.
    pub(crate) fn duplicate(&self) -> Self {
        Self::from_text(self.name.clone(), format!("{self:#}"))
    }

    /// The same error with where it happened in front of its message.
    pub(crate) fn with_context(self, place: impl Display) -> Self {
        let message = format!("{place}: {self:#}");
        Self::from_text(self.name, message)
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self { name: name_of_type(type_name::<E>()).into(), cause: Box::new(error) }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.cause, f)?;
        if f.alternate() {
            for cause in self.causes() {
                write!(f, ": {cause}")?;
            }
        }
        Ok(())
    }
}

impl Debug for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.cause)?;
        for cause in self.causes() {
            write!(f, "\n    caused by: {cause}")?;
        }
        Ok(())
    }
}

#[derive(Debug)]
struct Message(String);

impl Display for Message {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Message {}

/// The name that an error of that type goes by; what is only text has none and is an `Error`.
fn name_of_type(path: &'static str) -> &'static str {
    match short_type_name(path) {
        "str" | "String" | "Cow" | "" => "Error",
        name => name,
    }
}

/// `store::OrderError<u8>` as `OrderError`, and a box by what is in it.
pub(crate) fn short_type_name(path: &'static str) -> &'static str {
    let path = path.trim_start_matches('&').trim_start_matches("mut ");
    let path = path.strip_prefix("alloc::boxed::Box<").unwrap_or(path);
    let path = path.strip_prefix("dyn ").unwrap_or(path);
    let end = path.find(['<', ' ', '>']).unwrap_or(path.len());
    path[..end].rsplit("::").next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer<T>(T);

    impl<T: Debug> Display for Outer<T> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str("the order was not stored")
        }
    }

    impl<T: StdError + 'static> StdError for Outer<T> {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    fn parse_error() -> std::num::ParseIntError {
        "x".parse::<u8>().unwrap_err()
    }

    #[test]
    fn the_name_is_the_short_name_of_the_type_without_its_generics() {
        assert_eq!(Error::from(Outer(parse_error())).name(), "Outer");
        assert_eq!(Error::from_handler(Outer(0)).name(), "Outer");
    }

    #[test]
    fn text_and_boxed_errors_are_named_error() {
        assert_eq!(Error::from_handler(String::from("no")).name(), "Error");
        assert_eq!(Error::from_handler("no").name(), "Error");
        assert_eq!(
            Error::from_handler(Box::<dyn StdError + Send + Sync>::from("no")).name(),
            "Error"
        );
    }

    #[test]
    fn an_error_of_our_own_passes_through_unchanged() {
        let error = Error::from_handler(Error::new("EmptyOrder", "nothing in it"));
        assert_eq!((error.name(), error.to_string().as_str()), ("EmptyOrder", "nothing in it"));
    }

    #[test]
    fn the_three_formats_show_more_and_more_of_the_chain() {
        let error = Error::from(Outer(parse_error()));
        assert_eq!(error.to_string(), "the order was not stored");
        assert_eq!(format!("{error:#}"), "the order was not stored: invalid digit found in string");
        assert_eq!(
            format!("{error:?}"),
            "Outer: the order was not stored\n    caused by: invalid digit found in string"
        );
    }

    #[test]
    fn the_original_error_can_be_had_back() {
        assert!(Error::from(parse_error()).downcast_ref::<std::num::ParseIntError>().is_some());
    }
}
