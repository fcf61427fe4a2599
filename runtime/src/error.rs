//! [`Error`]: the error that a handler fails with. It is made by `?` from any standard error, or from a
//! message. It has what Lambda shows to an operator: a name and a message.
// See decision 0049.

use std::any::{Any, type_name};
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};

/// The error of a handler or an `#[init]` function.
///
/// It is made from any standard error by `?` and keeps that error. The short name of the error's type is the
/// `errorType` that Lambda reports. Mirrors [Invocation
/// error](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-invokeerror) of the AWS
/// Lambda Developer Guide.
///
/// | method | what it does |
/// | --- | --- |
/// | [`new`](Self::new) | makes an error with a name and a message |
/// | [`msg`](Self::msg) | makes an error from a message alone |
/// | [`name`](Self::name) | returns the name, the `errorType` that Lambda reports |
/// | [`source`](Self::source) | returns the cause |
/// | [`causes`](Self::causes) | returns all causes, from the nearest to the root |
/// | [`downcast_ref`](Self::downcast_ref) | returns the original error, if it has the given type |
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
/// `{}` shows the message, `{:#}` the message and its causes on one line, `{:?}` one cause on each line. Like
/// `anyhow::Error`, it does not implement [`std::error::Error`]; this is what allows `?` to convert any
/// error.
pub struct Error {
    name: Cow<'static, str>,
    cause: Box<dyn StdError + Send + Sync>,
}

impl Error {
    /// Makes an error with a name and a message. The name is the `errorType` that Lambda reports, and what
    /// alarms and retry rules of Step Functions match on.
    ///
    /// ```
    /// use skylift::Error;
    ///
    /// let error = Error::new("SoldOut", format!("no {} left", "tea"));
    /// assert_eq!(error.name(), "SoldOut");
    /// assert_eq!(error.to_string(), "no tea left");
    /// ```
    pub fn new(name: impl Into<Cow<'static, str>>, message: impl Display) -> Self {
        Self::from_text(name.into(), message.to_string())
    }

    /// Makes an error from a name and a message. It is not inlined: errors are rare and made in many places,
    /// whose code stays small.
    #[cold]
    #[inline(never)]
    fn from_text(name: Cow<'static, str>, message: String) -> Self {
        Self { name, cause: Box::new(Message(message)) }
    }

    /// Makes an error from a message alone. The name of the error is `Error`.
    ///
    /// ```
    /// use skylift::Error;
    ///
    /// assert_eq!(Error::msg("no order").name(), "Error");
    /// ```
    pub fn msg(message: impl Display) -> Self {
        Self::new("Error", message)
    }

    /// Returns the error's name, which Lambda reports as `errorType`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the cause of this error; `None` if the error that it was made from has no cause.
    #[must_use]
    pub fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.source()
    }

    /// Returns the causes of this error, from the nearest to the root.
    pub fn causes(&self) -> impl Iterator<Item = &(dyn StdError + 'static)> {
        std::iter::successors(self.source(), |cause| (*cause).source())
    }

    /// Returns the error that this error was made from, or `None` if that is not an `E`.
    #[must_use]
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.cause.downcast_ref()
    }

    /// Makes an error from a boxed one. An error of this type that was boxed is returned as it was.
    #[cfg(feature = "http")]
    pub(crate) fn from_boxed(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<BoxedError>() {
            Ok(boxed) => boxed.0,
            Err(cause) => Self { name: Cow::Borrowed("Error"), cause },
        }
    }

    /// Returns whether the cause of this error is text, so that the error contains no value of the user's code.
    pub(crate) fn is_text(&self) -> bool {
        self.cause.is::<Message>()
    }

    /// Replaces the cause of this error by a text. Returns the changed error and the cause that it had.
    pub(crate) fn replace_cause(self, text: String) -> (Self, Box<dyn StdError + Send + Sync>) {
        (Self::from_text(self.name, text), self.cause)
    }

    /// Returns an error that is an `Error`, or else the error itself.
    pub(crate) fn downcast<E: 'static>(error: E) -> Result<Self, E> {
        let mut slot = Some(error);
        let own = (&mut slot as &mut dyn Any).downcast_mut::<Option<Self>>().and_then(Option::take);
        match (own, slot) {
            (None, Some(other)) => Err(other),
            (own, _) => Ok(own.unwrap_or_else(|| Self::msg(""))),
        }
    }

    /// Returns the name of an error of this type.
    pub(crate) fn name_for_type<E>() -> &'static str {
        name_of_type(type_name::<E>())
    }

    /// Makes a copy of the error, which cannot be cloned. The message of the copy consists of the messages of the error
    /// and of its causes.
    pub(crate) fn duplicate(&self) -> Self {
        Self::from_text(self.name.clone(), format!("{self:#}"))
    }

    /// Returns one error with the messages of both. Its name is that of the first.
    pub(crate) fn and(self, other: &Self) -> Self {
        let message = format!("{self:#}; {other:#}");
        Self::from_text(self.name, message)
    }

    /// Puts `place`, which says where the error happened, before the message of the error.
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

/// Makes a standard error, for the bodies and streams of other crates that fail with one.
impl From<Error> for Box<dyn StdError + Send + Sync> {
    fn from(error: Error) -> Self {
        Box::new(BoxedError(error))
    }
}

/// An [`Error`] as a standard error.
struct BoxedError(Error);

impl Debug for BoxedError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.0, f)
    }
}

impl Display for BoxedError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl StdError for BoxedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
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

/// Returns the name of an error whose type has this path. Errors that are text have the name `Error`.
fn name_of_type(path: &'static str) -> &'static str {
    match short_type_name(path) {
        "str" | "String" | "Cow" | "" => "Error",
        name => name,
    }
}

/// Shortens the path of a type to its name: `store::OrderError<u8>` to `OrderError`, and a `Box` to the name of
/// its content.
pub(crate) fn short_type_name(path: &'static str) -> &'static str {
    let path = path.trim_start_matches('&').trim_start_matches("mut ");
    let path = path.strip_prefix("alloc::boxed::Box<").unwrap_or(path);
    let path = path.strip_prefix("dyn ").unwrap_or(path);
    let end = path.find(['<', ' ', '>']).unwrap_or(path.len());
    let path = &path[..end];
    match path.strip_prefix("aws_lambda_events::event::") {
        Some("cloudwatch_events::CloudWatchEvent") => "ScheduledEvent",
        Some("dynamodb::Event") => "DynamoDbEvent",
        Some("dynamodb::EventRecord") => "DynamoDbEventRecord",
        _ => path.rsplit("::").next().unwrap_or(path),
    }
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
        assert_eq!(Error::name_for_type::<Outer<u8>>(), "Outer");
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
    fn the_original_error_can_be_downcast() {
        assert!(Error::from(parse_error()).downcast_ref::<std::num::ParseIntError>().is_some());
    }
}
