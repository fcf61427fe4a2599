//! The units of time that users write, in full or abbreviated. Takes a word and returns the unit that was most
//! likely meant. The unit may be one that the setting does not accept, so that an error can say what to write
//! instead.

/// A unit of time that a user can write, whether or not the setting accepts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    /// Returns the unit that a word most likely means, in upper or lower case, in full or abbreviated. Returns
    /// `None` if the word is not a unit of time.
    pub(crate) fn guess(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "ms" | "millis" | "millisecond" | "milliseconds" => Self::Millisecond,
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Second,
            "m" | "min" | "mins" | "minute" | "minutes" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hour,
            "d" | "day" | "days" => Self::Day,
            "w" | "week" | "weeks" => Self::Week,
            "month" | "months" => Self::Month,
            "y" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    /// Returns the number of seconds in this unit. Returns 0 for a unit that is not a whole or not a fixed
    /// number of seconds.
    pub(crate) const fn seconds(self) -> u64 {
        match self {
            Self::Millisecond | Self::Month | Self::Year => 0,
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 60 * 60,
            Self::Day => 24 * 60 * 60,
            Self::Week => 7 * 24 * 60 * 60,
        }
    }

    /// Returns the number of smaller units in this unit; `smaller` is seconds or milliseconds. Returns `None`
    /// if it is not a whole or not a fixed number.
    pub(super) fn in_units_of(self, smaller: Self) -> Option<u64> {
        let count = match (self, smaller) {
            (Self::Millisecond, Self::Millisecond) => 1,
            (_, Self::Millisecond) => self.seconds() * 1_000,
            _ => self.seconds(),
        };
        Some(count).filter(|count| *count > 0)
    }

    /// Returns the abbreviation of the unit, such as `ms`.
    pub(super) const fn abbreviation(self) -> &'static str {
        match self {
            Self::Millisecond => "ms",
            Self::Second => "s",
            Self::Minute | Self::Month => "m",
            Self::Hour => "h",
            Self::Day => "d",
            Self::Week => "w",
            Self::Year => "y",
        }
    }

    /// Returns the full name of the unit: the singular for 1, the plural for any other number.
    pub(crate) const fn name(self, number: u64) -> &'static str {
        match (self, number) {
            (Self::Millisecond, 1) => "millisecond",
            (Self::Millisecond, _) => "milliseconds",
            (Self::Second, 1) => "second",
            (Self::Second, _) => "seconds",
            (Self::Minute, 1) => "minute",
            (Self::Minute, _) => "minutes",
            (Self::Hour, 1) => "hour",
            (Self::Hour, _) => "hours",
            (Self::Day, 1) => "day",
            (Self::Day, _) => "days",
            (Self::Week, 1) => "week",
            (Self::Week, _) => "weeks",
            (Self::Month, 1) => "month",
            (Self::Month, _) => "months",
            (Self::Year, 1) => "year",
            (Self::Year, _) => "years",
        }
    }
}
