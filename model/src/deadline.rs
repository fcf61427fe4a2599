//! The time before its timeout at which a function stops to work, so that it can still say what it did.
//! It takes what a user writes, `"2s"` or `"250ms"`, and gives milliseconds.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::duration::{Duration, DurationError};
use crate::function::Function;
use crate::limits;
use crate::settings::{Settings, Timeout};

/// The margin where none is given, in milliseconds.
const DEFAULT: u32 = 500;

/// The same of a function that hands its work over, where half its timeout is not less: the connection
/// to the queue may have to be made first, on little of a processor.
const DEFAULT_OF_RESUME: u32 = 2_000;

/// Milliseconds before the timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DeadlineMargin(u32);

impl DeadlineMargin {
    /// The milliseconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for DeadlineMargin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            seconds if seconds.is_multiple_of(1_000) => write!(f, "{} s", seconds / 1_000),
            milliseconds => write!(f, "{milliseconds} ms"),
        }
    }
}

impl FromStr for DeadlineMargin {
    type Err = MarginError;

    fn from_str(text: &str) -> Result<Self, MarginError> {
        let milliseconds = match text.strip_suffix("ms") {
            Some(number) if number.chars().all(|it| it.is_ascii_digit()) && !number.is_empty() => {
                number.parse().unwrap_or(u64::MAX)
            }
            _ => text.parse::<Duration>()?.seconds().saturating_mul(1_000),
        };
        // No timeout is longer than Lambda's longest, and the margin is shorter than the timeout.
        let longest = limits::TIMEOUT_SECONDS.end() * 1_000;
        match u32::try_from(milliseconds) {
            Ok(0) => Err(MarginError::Nothing),
            Ok(milliseconds) if milliseconds < longest => Ok(Self(milliseconds)),
            _ => Err(MarginError::TooLong),
        }
    }
}

/// Why a text is no [`DeadlineMargin`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarginError {
    /// It is no length of time.
    Duration(DurationError),
    /// No time at all.
    Nothing,
    /// No function has so much time.
    TooLong,
}

impl From<DurationError> for MarginError {
    fn from(error: DurationError) -> Self {
        Self::Duration(error)
    }
}

impl MarginError {
    /// The message alone, in one line, without the advice.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Duration(error) => error.message(),
            Self::Nothing => {
                "a function without a margin has no time to report what it did".to_owned()
            }
            Self::TooLong => {
                let longest = limits::TIMEOUT_SECONDS.end();
                format!("no function has so much time: its timeout is {longest} s at the most")
            }
        }
    }

    /// What to do, where there is something to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Duration(error) => error.help(),
            Self::Nothing => {
                Some(format!("leave it out for {DEFAULT} ms, or write as little as `\"50ms\"`"))
            }
            Self::TooLong => None,
        }
    }
}

impl Function {
    /// The time before its timeout at which it stops to work, with the application's defaults in view.
    #[must_use]
    pub fn deadline_margin(&self, defaults: &Settings) -> DeadlineMargin {
        let own = self.settings.deadline_margin.or(defaults.deadline_margin);
        own.unwrap_or_else(|| default(self.timeout(defaults), self.resume.is_some()))
    }
}

fn default(timeout: Timeout, resumes: bool) -> DeadlineMargin {
    let half = timeout.get() * 500;
    DeadlineMargin(if resumes { DEFAULT_OF_RESUME.min(half) } else { DEFAULT })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<u32, String> {
        text.parse::<DeadlineMargin>().map(DeadlineMargin::get).map_err(|error| error.message())
    }

    #[test]
    fn a_margin_is_a_duration_or_milliseconds() {
        for (text, milliseconds) in
            [("2s", 2_000), ("1 minute", 60_000), ("250ms", 250), ("899s", 899_000), ("1ms", 1)]
        {
            assert_eq!(read(text), Ok(milliseconds), "{text}");
        }
        for (text, message) in [
            ("0s", "without a margin"),
            ("0ms", "without a margin"),
            ("ms", "does not start with a number"),
            ("1.5ms", "whole number"),
            ("2", "the unit is missing"),
            ("900s", "no function has so much time"),
            ("99999999999999999999ms", "no function has so much time"),
            ("9d", "no function has so much time"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn a_function_that_resumes_has_more_time_and_half_of_its_own_at_the_most() {
        for (seconds, resumes, margin) in [
            (900, false, 500),
            (1, false, 500),
            (900, true, 2_000),
            (3, true, 1_500),
            (1, true, 500),
        ] {
            let timeout = Timeout::try_from(seconds).unwrap();
            assert_eq!(default(timeout, resumes).get(), margin, "{seconds} {resumes}");
        }
    }

    #[test]
    fn a_margin_is_shown_in_the_unit_that_it_is_whole_in() {
        for (text, shown) in [("2s", "2 s"), ("2000ms", "2 s"), ("250ms", "250 ms")] {
            assert_eq!(text.parse::<DeadlineMargin>().unwrap().to_string(), shown);
        }
    }
}
