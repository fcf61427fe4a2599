//! The schedule of an EventBridge rule, `rate(…)` or `cron(…)`. Takes the text that the user wrote and returns
//! a [`ScheduleExpression`] that EventBridge accepts, or a [`ScheduleError`] with the range of the text that is
//! wrong and what to write instead.

mod action_schedule;
mod at_expression;
mod cron;
pub(crate) mod cron_field;
mod cron_firing;
mod cron_values;
mod day_wildcard;
pub(crate) mod error;
mod field_value;
mod piece;
mod rate;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use self::piece::Piece;
pub use self::{
    action_schedule::ActionSchedule,
    at_expression::AtExpression,
    cron::Cron,
    cron_field::CronField,
    error::{CronDate, ScheduleError, ScheduleErrorKind},
    rate::{Rate, RateUnit},
};
use crate::aws::limits;
use crate::duration::Duration;
use crate::messages::schedule::{EXAMPLE, REPEATING};

/// The maximum number of mistakes in one schedule that Skylift corrects for the user.
const MAX_FIXES: usize = 4;

/// The schedule of an EventBridge rule, `rate(…)` or `cron(…)`. The times of a cron are in UTC.
///
/// The type keeps the text that the user wrote, and is serialized as this text.
///
/// ```
/// use skylift_model::{duration::Duration, schedule::ScheduleExpression};
///
/// let schedule: ScheduleExpression = "rate(5 minutes)".parse()?;
/// assert_eq!(schedule.period(), Some(Duration::from_seconds(300)));
///
/// let schedule: ScheduleExpression = "cron(0/15 8-17 ? * MON-FRI *)".parse()?;
/// assert_eq!(schedule.to_string(), "cron(0/15 8-17 ? * MON-FRI *)");
/// assert_eq!(schedule.period(), None);
/// # Ok::<(), skylift_model::schedule::ScheduleError>(())
/// ```
///
/// # Errors
///
/// Parsing fails with a [`ScheduleError`] if EventBridge would refuse the schedule.
///
/// AWS: *Setting a schedule pattern for scheduled rules in Amazon EventBridge*.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScheduleExpression {
    text: String,
    kind: ScheduleKind,
}

/// The two forms of a schedule, with their values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ScheduleKind {
    /// The rule fires at a steady rate, from the creation of the rule on: `rate(…)`.
    Rate(Rate),
    /// The rule fires at the times, in UTC, that match six fields: `cron(…)`.
    Cron(Cron),
}

impl ScheduleExpression {
    /// Returns the schedule that fires once in each period. Returns `None` if the period is zero or not a whole
    /// number of minutes.
    #[must_use]
    pub fn from_period(period: Duration) -> Option<Self> {
        rate::from_period(period)?.parse().ok()
    }

    /// Returns the schedule as the user wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the form of the schedule with its values.
    #[must_use]
    pub fn kind(&self) -> &ScheduleKind {
        &self.kind
    }

    /// Returns the time between two firings of the rule. Returns `None` for a cron, whose firings can be
    /// uneven.
    #[must_use]
    pub fn period(&self) -> Option<Duration> {
        match &self.kind {
            ScheduleKind::Rate(rate) => Some(rate.period()),
            ScheduleKind::Cron(_) => None,
        }
    }

    /// Checks that the schedule can still fire in `this_year` or later.
    ///
    /// # Errors
    ///
    /// Returns an error if every year in which the schedule fires is over.
    pub fn check_not_over(&self, this_year: u16) -> Result<(), ScheduleError> {
        match &self.kind {
            ScheduleKind::Rate(_) => Ok(()),
            ScheduleKind::Cron(cron) => cron.check_not_over(&self.text, this_year),
        }
    }
}

impl FromStr for ScheduleExpression {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        match parse(text) {
            Ok(kind) => Ok(Self { text: text.to_owned(), kind }),
            Err(error) => {
                Err(error.with_checked_fix(|candidate| correct_fully(candidate, MAX_FIXES)))
            }
        }
    }
}

impl fmt::Display for ScheduleExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for ScheduleExpression {
    type Error = ScheduleError;

    fn try_from(text: String) -> Result<Self, ScheduleError> {
        text.parse()
    }
}

impl From<ScheduleExpression> for String {
    fn from(schedule: ScheduleExpression) -> Self {
        schedule.text
    }
}

/// Applies the fixes of the schedule's errors one after the other until the schedule parses. Returns `None` if
/// it does not parse after `limit` fixes, or if an error has no fix.
fn correct_fully(text: &str, limit: usize) -> Option<String> {
    match parse(text) {
        Ok(_) => Some(text.to_owned()),
        Err(error) if limit > 0 => correct_fully(error.replacement()?, limit - 1),
        Err(_) => None,
    }
}

/// Parses a schedule. The corrected text in the fix of an error is not checked.
fn parse(text: &str) -> Result<ScheduleKind, ScheduleError> {
    let whole = Piece::whole(text);
    let length = text.chars().count();
    if length > limits::SCHEDULE_LEN {
        return Err(whole.reject(ScheduleErrorKind::TooLong(length)));
    }
    if text.trim().is_empty() {
        return Err(whole.reject(ScheduleErrorKind::Empty).with_hint(EXAMPLE));
    }
    check_is_trimmed(whole)?;
    let Some((form, rest)) = whole.split_once('(') else {
        return Err(missing_form_error(whole));
    };
    let body = split_parentheses(whole, rest);
    match form.text() {
        "rate" => Ok(ScheduleKind::Rate(rate::parse(body?)?)),
        "cron" => Ok(ScheduleKind::Cron(cron::parse(body?)?)),
        _ => Err(unknown_form_error(form)),
    }
}

/// Checks that the schedule neither begins nor ends with white space.
fn check_is_trimmed(whole: Piece<'_>) -> Result<(), ScheduleError> {
    let text = whole.text();
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let stray = if start > 0 { whole.part(0..start) } else { whole.part(end..text.len()) };
    if stray.text().is_empty() {
        return Ok(());
    }
    Err(stray.reject(ScheduleErrorKind::Spaces).with_fix(whole.rewrite(text.trim())))
}

/// Returns the text between the parentheses. `rest` is the text after the opening parenthesis; text after the
/// closing one is an error.
fn split_parentheses<'a>(whole: Piece<'a>, rest: Piece<'a>) -> Result<Piece<'a>, ScheduleError> {
    let Some((body, after)) = rest.split_once(')') else {
        let end = rest.part(rest.text().len()..rest.text().len());
        return Err(end.reject(ScheduleErrorKind::Unclosed).with_fix(end.rewrite(")")));
    };
    if after.text().is_empty() {
        return Ok(body);
    }
    let kept = whole.text().len() - after.text().len();
    let reason = ScheduleErrorKind::Trailing(after.text().trim().to_owned());
    Err(after.reject(reason).with_fix(whole.rewrite(whole.part(0..kept).text())))
}

/// Returns the error of a schedule without an opening parenthesis. The most common mistake is a rate or a cron
/// without its name.
fn missing_form_error(whole: Piece<'_>) -> ScheduleError {
    let text = whole.text();
    let error = whole.reject(ScheduleErrorKind::UnknownForm(text.to_owned()));
    for form in ["rate", "cron"] {
        let inner = text.strip_prefix(form).unwrap_or(text).trim_start();
        let candidate = format!("{form}({inner})");
        // The text can have a second mistake: `5 minute`, or the five fields of Unix.
        if let Some(fixed) = correct_fully(&candidate, MAX_FIXES) {
            return error.with_fix(whole.rewrite(fixed));
        }
    }
    error.with_hint(EXAMPLE)
}

/// Returns the error of a schedule whose name before the parenthesis is neither `rate` nor `cron`.
fn unknown_form_error(form: Piece<'_>) -> ScheduleError {
    let name = form.text();
    let plain = name.trim_end().to_ascii_lowercase();
    match plain.as_str() {
        "rate" | "cron" if name.trim_end() == plain => {
            let stray = form.part(plain.len()..name.len());
            stray.reject(ScheduleErrorKind::Spaces).with_fix(stray.rewrite(""))
        }
        "rate" | "cron" => form
            .reject(ScheduleErrorKind::FormCase(name.trim_end().to_owned()))
            .with_fix(form.rewrite(plain)),
        "at" => form.reject(ScheduleErrorKind::OneTime).with_hint(REPEATING),
        _ => form.reject(ScheduleErrorKind::UnknownForm(name.to_owned())).with_hint(EXAMPLE),
    }
}
