//! The time before its timeout at which a function stops to work, so that it can still say what it did.
//! It takes a length of time, and gives one that a function can have.

use std::fmt;

use serde::Serialize;

use crate::aws::limits::{
    self, DEADLINE_MARGIN_MIN_MS as LEAST, DEFAULT_DEADLINE_MARGIN_MS as DEFAULT,
    DEFAULT_RESUME_DEADLINE_MARGIN_MS as DEFAULT_OF_RESUME,
};
use crate::duration::Milliseconds;

/// Milliseconds before the timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DeadlineMargin(u32);

impl DeadlineMargin {
    /// What holds where nothing is said, for a function with a timeout of so many seconds.
    #[must_use]
    pub fn default_for(timeout_seconds: u32, resumes: bool) -> Self {
        let half = timeout_seconds * 500;
        Self(if resumes { DEFAULT_OF_RESUME.min(half) } else { DEFAULT })
    }

    /// The milliseconds.
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
        // No timeout is longer than Lambda's longest, and the margin is shorter than the timeout.
        let longest = limits::TIMEOUT_SECONDS.end() * 1_000;
        match u32::try_from(length.get()) {
            Ok(0) => Err(DeadlineMarginError::Nothing),
            Ok(short) if short < LEAST => Err(DeadlineMarginError::TooShort(short)),
            Ok(length) if length < longest => Ok(Self(length)),
            _ => Err(DeadlineMarginError::TooLong),
        }
    }
}

/// Why a length of time is no [`DeadlineMargin`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineMarginError {
    /// No time at all.
    Nothing,
    /// So many milliseconds, in which nothing can be reported.
    TooShort(u32),
    /// No function has so much time.
    TooLong,
}

impl DeadlineMarginError {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Nothing | Self::TooShort(_) => {
                format!("leave it out for {DEFAULT} ms, or write as little as `\"{LEAST}ms\"`")
            }
            Self::TooLong => {
                format!("leave it out for {DEFAULT} ms, or write a shorter one, such as `\"2s\"`")
            }
        }
    }
}

impl fmt::Display for DeadlineMarginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => {
                f.write_str("a function without a margin has no time to report what it did")
            }
            Self::TooShort(milliseconds) => {
                write!(f, "{milliseconds} ms are too short a margin to report in")
            }
            Self::TooLong => {
                let longest = limits::TIMEOUT_SECONDS.end();
                write!(f, "no function has so much time: its timeout is {longest} s at the most")
            }
        }
    }
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
    fn a_margin_has_time_to_report_and_leaves_time_to_work() {
        for milliseconds in [50, 250, 2_000, 899_999] {
            assert_eq!(read(milliseconds).map(u64::from), Ok(milliseconds));
        }
        for (milliseconds, message) in [
            (0, "without a margin"),
            (1, "1 ms are too short"),
            (49, "49 ms are too short"),
            (900_000, "no function has so much time"),
            (u64::MAX, "no function has so much time"),
        ] {
            let error = read(milliseconds).unwrap_err();
            assert!(error.contains(message), "{milliseconds}: {error}");
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
            let default = DeadlineMargin::default_for(seconds, resumes);
            assert_eq!(default.get(), margin, "{seconds} {resumes}");
        }
    }
}
