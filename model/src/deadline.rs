//! The deadline margin: the time before its timeout at which a function stops working, so that it can still
//! report its result. The type [`DeadlineMargin`] takes a length of time, and returns an error if no function
//! can have that margin.
// See decision 0064.

use std::fmt;

use serde::Serialize;

use crate::aws::limits::{
    self, DEADLINE_MARGIN_MIN_MS, DEFAULT_DEADLINE_MARGIN_MS, DEFAULT_RESUME_DEADLINE_MARGIN_MS,
};
use crate::duration::Milliseconds;

/// The deadline margin of a function, in milliseconds before its timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DeadlineMargin(u32);

impl DeadlineMargin {
    /// Returns the default deadline margin for a function with this timeout. The default is longer for a
    /// function that resumes, but at most half of its timeout.
    #[must_use]
    pub fn default_for(timeout_seconds: u32, resumes: bool) -> Self {
        let half = timeout_seconds * 500;
        Self(if resumes {
            DEFAULT_RESUME_DEADLINE_MARGIN_MS.min(half)
        } else {
            DEFAULT_DEADLINE_MARGIN_MS
        })
    }

    /// Returns the deadline margin in milliseconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for DeadlineMargin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Milliseconds::new(self.0.into()).fmt(f)
    }
}

impl TryFrom<Milliseconds> for DeadlineMargin {
    type Error = DeadlineMarginError;

    fn try_from(length: Milliseconds) -> Result<Self, DeadlineMarginError> {
        // The margin is shorter than the timeout, and no timeout is longer than Lambda allows.
        let longest = limits::INSTANCE_TIMEOUT_SECONDS.end() * 1_000;
        match u32::try_from(length.get()) {
            Ok(0) => Err(DeadlineMarginError::Zero),
            Ok(short) if short < DEADLINE_MARGIN_MIN_MS => {
                Err(DeadlineMarginError::TooShort(short))
            }
            Ok(length) if length < longest => Ok(Self(length)),
            _ => Err(DeadlineMarginError::TooLong),
        }
    }
}

/// The reason why a length of time is not a [`DeadlineMargin`]. The texts of the errors are in
/// `messages/values.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineMarginError {
    /// The length of time is zero.
    Zero,
    /// The length of time is too short to report a result. The number is its milliseconds.
    TooShort(u32),
    /// The length of time is at least as long as the longest timeout.
    TooLong,
}

impl std::error::Error for DeadlineMarginError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(milliseconds: u64) -> Result<u32, String> {
        let margin = DeadlineMargin::try_from(Milliseconds::new(milliseconds));
        margin.map(DeadlineMargin::get).map_err(|error| error.to_string())
    }

    #[test]
    fn a_margin_is_long_enough_to_report_in_and_shorter_than_every_timeout() {
        for milliseconds in [50, 250, 2_000, 5_399_999] {
            assert_eq!(read(milliseconds).map(u64::from), Ok(milliseconds));
        }
        for (milliseconds, message) in [
            (0, "without a margin"),
            (1, "margin of 1 ms is too short"),
            (49, "margin of 49 ms is too short"),
            (5_400_000, "no function has that much time"),
            (u64::MAX, "no function has that much time"),
        ] {
            let error = read(milliseconds).unwrap_err();
            assert!(error.contains(message), "{milliseconds}: {error}");
        }
    }

    #[test]
    fn the_default_of_a_function_that_resumes_is_longer_but_at_most_half_of_its_timeout() {
        for (seconds, resumes, margin) in [
            (900, false, 500),
            (1, false, 500),
            (900, true, 2_000),
            (3, true, 1_500),
            (1, true, 500),
        ] {
            let default = DeadlineMargin::default_for(seconds, resumes);
            assert_eq!(default.get(), margin, "{seconds} {resumes}");
        }
    }
}
