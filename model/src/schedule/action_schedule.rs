//! The schedule of a scheduled action of Application Auto Scaling: `rate(…)` or `cron(…)` as for a rule, or a
//! single point in time, `at(…)`. Takes the text that the user wrote and returns an [`ActionSchedule`], or the
//! error of the form with which the text begins.

use std::{fmt, str::FromStr};

use serde::Serialize;

use super::{ScheduleExpression, at_expression, at_expression::AtExpression, error::ScheduleError};

/// The schedule of a scheduled action of Application Auto Scaling.
///
/// ```
/// use skylift_model::schedule::ActionSchedule;
///
/// let once: ActionSchedule = "at(2026-11-27T06:00:00)".parse()?;
/// assert_eq!(once.to_string(), "at(2026-11-27T06:00:00)");
/// assert!("cron(0 8 ? * MON-FRI *)".parse::<ActionSchedule>().is_ok());
/// assert!("at(2026-02-30T06:00:00)".parse::<ActionSchedule>().is_err());
/// # Ok::<(), skylift_model::schedule::ScheduleError>(())
/// ```
///
/// # Errors
///
/// Parsing fails with a [`ScheduleError`] if Application Auto Scaling would refuse the schedule.
///
/// AWS: *`ScheduledAction`* of *`AWS::ApplicationAutoScaling::ScalableTarget`*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ActionSchedule {
    /// The action happens repeatedly: `rate(…)` or `cron(…)`.
    Repeating(ScheduleExpression),
    /// The action happens once: `at(…)`.
    Once(AtExpression),
}

impl ActionSchedule {
    /// Returns the schedule of the action as the user wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Repeating(schedule) => schedule.as_str(),
            Self::Once(moment) => moment.as_str(),
        }
    }

    /// Checks that the action can still happen in `this_year` or later.
    ///
    /// # Errors
    ///
    /// Returns an error if every year in which the action happens is over.
    pub fn check_not_over(&self, this_year: u16) -> Result<(), ScheduleError> {
        match self {
            Self::Repeating(schedule) => schedule.check_not_over(this_year),
            Self::Once(moment) => moment.check_not_over(this_year),
        }
    }
}

impl FromStr for ActionSchedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        if text.trim_start().starts_with(at_expression::FORM) {
            return text.parse().map(Self::Once);
        }
        text.parse().map(Self::Repeating)
    }
}

impl fmt::Display for ActionSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_parsed_and_keeps_its_text() {
        for text in ["rate(1 day)", "cron(0 8 ? * MON-FRI *)", "at(2026-11-27T06:00:00)"] {
            assert_eq!(text.parse::<ActionSchedule>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn the_error_belongs_to_the_form_of_the_text() {
        let message = |text: &str| text.parse::<ActionSchedule>().unwrap_err().message();
        assert_eq!(message("rate(1 days)"), "`days` is plural, a rate of 1 takes the singular");
        assert_eq!(message("at(noon)"), "`noon` is not a date with a time");
        assert!(message("noon").starts_with("`noon` is not a schedule"));
    }
}
