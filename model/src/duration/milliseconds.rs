//! A length of time that can be shorter than a second. Only Skylift's own settings have this type: AWS counts
//! in seconds. Takes the text that the user wrote and returns [`Milliseconds`].

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::{DurationError, TimeUnit, parse::parse_length};

/// A length of time in whole milliseconds.
///
/// A user writes the length like a [`Duration`](super::Duration), with one more unit: `250ms`, or `250
/// milliseconds`. `Display` writes seconds if the length is a whole number of seconds, otherwise milliseconds.
///
/// ```
/// use skylift_model::duration::Milliseconds;
///
/// assert_eq!("250ms".parse::<Milliseconds>()?.get(), 250);
/// assert_eq!("2 seconds".parse::<Milliseconds>()?.to_string(), "2 s");
/// # Ok::<(), skylift_model::duration::DurationError>(())
/// ```
///
/// # Errors
///
/// Parsing returns the same errors as for a [`Duration`](super::Duration), except that milliseconds are
/// accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Milliseconds(u64);

impl Milliseconds {
    /// Creates a length of this many milliseconds.
    #[must_use]
    pub const fn new(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// Returns the whole length in milliseconds.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Milliseconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("0 ms"),
            seconds if seconds.is_multiple_of(1_000) => write!(f, "{} s", seconds / 1_000),
            milliseconds => write!(f, "{milliseconds} ms"),
        }
    }
}

impl FromStr for Milliseconds {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        parse_length(text, TimeUnit::Millisecond).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_accepted_like_the_units_of_a_duration() {
        for (text, milliseconds, shown) in [
            ("250ms", 250, "250 ms"),
            ("250 milliseconds", 250, "250 ms"),
            ("1 millisecond", 1, "1 ms"),
            ("0ms", 0, "0 ms"),
            ("2000ms", 2_000, "2 s"),
            ("30 seconds", 30_000, "30 s"),
            ("1m", 60_000, "60 s"),
            ("1d", 86_400_000, "86400 s"),
        ] {
            let read = text.parse::<Milliseconds>();
            assert_eq!(read, Ok(Milliseconds(milliseconds)), "{text}");
            assert_eq!(Milliseconds(milliseconds).to_string(), shown);
        }
    }

    #[test]
    fn the_help_for_a_wrong_text_has_accepted_units() {
        for (text, message) in [
            ("500 ms", "`500 ms` is not how a duration is written\nhelp: write `500ms`"),
            ("500MS", "`500MS` is not how a duration is written\nhelp: write `500ms`"),
            (
                "5 millis",
                "`5 millis` is not how a duration is written\nhelp: write `5 milliseconds`",
            ),
            ("0.5s", "`0.5s` is not a whole number of its unit\nhelp: write `500ms`"),
            ("1.5 minutes", "`1.5 minutes` is not a whole number of its unit\nhelp: write `90s`"),
            (
                "1.5ms",
                "`1.5ms` is not a whole number of its unit\nhelp: write a whole number of a smaller unit, such as `1500ms`",
            ),
            (
                "1m30s",
                "`1m30s` has more than one part\nhelp: write a whole number of a smaller unit, such as `1500ms`",
            ),
            (
                "500",
                "`500` is not a duration, the unit is missing\nhelp: write `500ms`, `500s` or `500m`",
            ),
            (
                "+5ms",
                "`+5ms` is not a duration, it does not start with a number\nhelp: write a whole number and a unit, such as `500ms`, `2s` or `1m`",
            ),
            ("1w", "`w` is too coarse, the largest unit is a day\nhelp: write `7d`"),
            ("99999999999999999999ms", "`99999999999999999999ms` is too long a time"),
            ("213503982334601 days", "`213503982334601 days` is too long a time"),
        ] {
            assert_eq!(text.parse::<Milliseconds>().unwrap_err().to_string(), message);
        }
    }
}
