//! The error with which reading an invented value fails: it keeps the name of a missing field.

use std::fmt::{self, Display, Formatter};

use serde::de;

/// Why an invented value cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProbeError {
    /// A field is missing.
    Missing(String),
    /// A field was given twice, by its name and by another name.
    Duplicate,
    /// The type does not take this field.
    UnknownField(String),
    /// Another reason, such as a text that is not a date.
    Other,
}

impl Display for ProbeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an invented value cannot be read")
    }
}

impl std::error::Error for ProbeError {}

impl de::Error for ProbeError {
    fn custom<T: Display>(_: T) -> Self {
        Self::Other
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field.to_owned())
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::Duplicate
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::UnknownField(field.to_owned())
    }
}
