//! A length of time as a user writes it: `"30s"`, `"5m"`, `"1 hour"`. Takes that text and returns a
//! [`Duration`] in whole seconds, which is AWS's unit for timeouts, windows and ages, or a [`DurationError`]
//! that says what to write instead.

mod milliseconds;
mod parse;
mod unit;

use std::{error, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use self::milliseconds::Milliseconds;
use self::parse::parse_length;
pub(crate) use self::unit::TimeUnit;

/// A length of time in whole seconds.
///
/// A user writes a whole number and a unit: `30s`, `5m`, `1h`, `2d`, or in words, `30 seconds`, `5 minutes`, `1
/// hour`, `2 days`. `Display` and the serialization write the short form, in the largest unit that divides the
/// duration.
///
/// ```
/// use skylift_model::duration::Duration;
///
/// let timeout: Duration = "90 seconds".parse()?;
/// assert_eq!(timeout.seconds(), 90);
/// assert_eq!(timeout.to_string(), "90s");
/// assert_eq!("2h".parse::<Duration>()?, "120 minutes".parse()?);
/// # Ok::<(), skylift_model::duration::DurationError>(())
/// ```
///
/// # Errors
///
/// Parsing refuses a text without a number or a unit, a fraction, a sign, several parts (`1h30m`), a unit
/// smaller than a second or larger than a day, and 2^64 seconds or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Duration(u64);

impl Duration {
    /// Creates a duration of this many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Returns the whole length in seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [TimeUnit::Day, TimeUnit::Hour, TimeUnit::Minute];
        let unit = units
            .into_iter()
            .find(|unit| self.0 != 0 && self.0.is_multiple_of(unit.seconds()))
            .unwrap_or(TimeUnit::Second);
        write!(f, "{}{}", self.0 / unit.seconds(), unit.abbreviation())
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        parse_length(text, TimeUnit::Second).map(Self)
    }
}

impl TryFrom<String> for Duration {
    type Error = DurationError;

    fn try_from(text: String) -> Result<Self, DurationError> {
        text.parse()
    }
}

impl From<Duration> for String {
    fn from(duration: Duration) -> Self {
        duration.to_string()
    }
}

/// The reason why a text is not a [`Duration`], or not [`Milliseconds`], and what to write instead. The texts
/// of the errors are in `messages/duration.rs`.
///
/// `Display` writes the message, and the help on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationError {
    pub(crate) text: String,
    /// The smallest unit that the parser accepts.
    pub(crate) smallest_unit: TimeUnit,
    pub(crate) kind: DurationErrorKind,
    pub(crate) replacement: Option<String>,
}

/// The rule that a duration breaks. The strings are the units as the user wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DurationErrorKind {
    Empty,
    NoNumber,
    NoUnit,
    Fraction,
    Parts,
    Spelling,
    UnknownUnit(String),
    TooFine(String),
    TooCoarse(String),
    TooLarge,
}

impl DurationError {
    /// Returns the corrected duration, which always parses. Returns `None` if there is no single way to correct
    /// the text.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }
}

impl error::Error for DurationError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> DurationError {
        text.parse::<Duration>().unwrap_err()
    }

    #[test]
    fn short_and_long_units_mean_the_same() {
        let pairs = [
            ("30s", "30 seconds", 30),
            ("1s", "1 second", 1),
            ("5m", "5 minutes", 300),
            ("1m", "1 minute", 60),
            ("1h", "1 hour", 3_600),
            ("2d", "2 days", 172_800),
            ("0s", "0 seconds", 0),
            ("007m", "007 minutes", 420),
        ];
        for (short, long, seconds) in pairs {
            assert_eq!(short.parse(), Ok(Duration::from_seconds(seconds)), "{short}");
            assert_eq!(long.parse(), Ok(Duration::from_seconds(seconds)), "{long}");
        }
    }

    #[test]
    fn a_duration_is_displayed_in_the_largest_unit_that_divides_it() {
        let shown = [
            (0, "0s"),
            (59, "59s"),
            (90, "90s"),
            (120, "2m"),
            (5_400, "90m"),
            (7_200, "2h"),
            (172_800, "2d"),
        ];
        for (seconds, text) in shown {
            assert_eq!(Duration::from_seconds(seconds).to_string(), text);
        }
    }

    #[test]
    fn a_misspelt_unit_is_corrected() {
        let slips = [
            ("1 minutes", "1 minute"),
            ("5 minute", "5 minutes"),
            ("5minutes", "5 minutes"),
            ("5 m", "5m"),
            ("5M", "5m"),
            ("5 Hours", "5 hours"),
            ("10 sec", "10 seconds"),
            ("10  seconds", "10 seconds"),
            ("10s ", "10s"),
            ("1w", "7d"),
            ("2 weeks", "14d"),
            ("1.5h", "90m"),
            ("0,5 days", "12h"),
            ("0.25m", "15s"),
        ];
        for (text, better) in slips {
            assert_eq!(error(text).replacement(), Some(better), "{text}");
            assert!(better.parse::<Duration>().is_ok(), "{better}");
        }
    }

    #[test]
    fn a_text_that_cannot_be_corrected_has_a_message_and_help() {
        let shown = [
            (
                "",
                "the duration is empty\nhelp: write a whole number and a unit, such as `30s`, `5m`, `1h` or `2d`",
            ),
            (
                "30",
                "`30` is not a duration, the unit is missing\nhelp: write `30s`, `30m`, `30h` or `30d`",
            ),
            (
                "-5m",
                "`-5m` is not a duration, it does not start with a number\nhelp: write a whole number and a unit, such as `30s`, `5m`, `1h` or `2d`",
            ),
            (
                "1.1s",
                "`1.1s` is not a whole number of its unit\nhelp: write a whole number of a smaller unit, such as `90m`",
            ),
            (
                "1h30m",
                "`1h30m` has more than one part\nhelp: write a whole number of a smaller unit, such as `90m`",
            ),
            (
                "500ms",
                "`ms` is too fine, the smallest unit is a second\nhelp: write a whole number and a unit, such as `30s`, `5m`, `1h` or `2d`",
            ),
            (
                "1 month",
                "`month` is too coarse, the largest unit is a day\nhelp: write a whole number and a unit, such as `30s`, `5m`, `1h` or `2d`",
            ),
            (
                "5 parsecs",
                "`parsecs` is not a unit of time\nhelp: write a whole number and a unit, such as `30s`, `5m`, `1h` or `2d`",
            ),
            ("213503982334602 days", "`213503982334602 days` is too long a time"),
            ("99999999999999999999s", "`99999999999999999999s` is too long a time"),
        ];
        for (text, message) in shown {
            assert_eq!(error(text).to_string(), message);
        }
    }

    #[test]
    fn every_length_parses_from_its_own_text() {
        for seconds in [0, 1, 59, 60, 3_599, 86_400, u64::from(u32::MAX), u64::MAX] {
            let duration = Duration::from_seconds(seconds);
            assert_eq!(duration.to_string().parse(), Ok(duration));
        }
    }
}
