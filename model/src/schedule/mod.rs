//! When EventBridge ticks: the schedule of a rule, `rate(…)` or `cron(…)`.
//! It takes the text that a user wrote and gives a [`ScheduleExpression`] that EventBridge accepts, or a
//! [`ScheduleError`] that points at what is wrong and says what to write instead.

mod action_schedule;
mod at_expression;
mod cron;
mod cron_field;
mod cron_values;
mod day_wildcard;
mod error;
mod field_value;
mod piece;
mod rate;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use self::{
    action_schedule::ActionSchedule,
    at_expression::AtExpression,
    cron::Cron,
    cron_field::CronField,
    error::{ScheduleError, ScheduleErrorKind},
    rate::{Rate, RateUnit},
};
use self::{error::Advice, piece::Piece};
use crate::aws::limits;
use crate::duration::Duration;

const EXAMPLE: &str = "write `rate(5 minutes)` or `cron(0 12 * * ? *)` with values of your own";

/// More mistakes than these in one schedule are not mended for the user.
const MOST_FIXES: usize = 4;

/// When a rule fires, as EventBridge takes it. Times of a cron are in UTC.
///
/// It keeps the text as it was written, and is serialised as that text.
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
/// Parsing refuses what EventBridge refuses, with a [`ScheduleError`].
///
/// AWS: *Setting a schedule pattern for scheduled rules in Amazon EventBridge*.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScheduleExpression {
    text: String,
    kind: ScheduleKind,
}

/// The two forms of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ScheduleKind {
    /// At a steady rate, counted from when the rule was made.
    Rate(Rate),
    /// At the times, in UTC, that match six fields.
    Cron(Cron),
}

impl ScheduleExpression {
    /// The schedule with this period, where it is a whole number of minutes.
    #[must_use]
    pub fn from_period(period: Duration) -> Option<Self> {
        rate::from_period(period)?.parse().ok()
    }

    /// The schedule as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which of the two forms it is, and what it says.
    #[must_use]
    pub fn kind(&self) -> &ScheduleKind {
        &self.kind
    }

    /// The time from one tick to the next; none for a cron, whose ticks may be uneven.
    #[must_use]
    pub fn period(&self) -> Option<Duration> {
        match &self.kind {
            ScheduleKind::Rate(rate) => Some(rate.period()),
            ScheduleKind::Cron(_) => None,
        }
    }
}

impl FromStr for ScheduleExpression {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        match parse(text) {
            Ok(kind) => Ok(Self { text: text.to_owned(), kind }),
            Err(error) => Err(error.settle(|candidate| put_right(candidate, MOST_FIXES))),
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

/// Follows the advice of one error after the other to a schedule that parses, where there is one.
fn put_right(text: &str, most: usize) -> Option<String> {
    match parse(text) {
        Ok(_) => Some(text.to_owned()),
        Err(error) if most > 0 => put_right(error.replacement()?, most - 1),
        Err(_) => None,
    }
}

/// Parses without checking that the advice of an error would help.
fn parse(text: &str) -> Result<ScheduleKind, ScheduleError> {
    let whole = Piece::whole(text);
    let length = text.chars().count();
    if length > limits::SCHEDULE_LEN {
        return Err(whole.reject(ScheduleErrorKind::TooLong(length)));
    }
    if text.trim().is_empty() {
        return Err(whole.reject(ScheduleErrorKind::Empty).note(EXAMPLE));
    }
    whole_is_trimmed(whole)?;
    let Some((form, rest)) = whole.split_once('(') else {
        return Err(bare(whole));
    };
    let body = body(whole, rest);
    match form.text() {
        "rate" => Ok(ScheduleKind::Rate(rate::parse(body?)?)),
        "cron" => Ok(ScheduleKind::Cron(cron::parse(body?)?)),
        _ => Err(unknown_form(form)),
    }
}

fn whole_is_trimmed(whole: Piece<'_>) -> Result<(), ScheduleError> {
    let text = whole.text();
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let stray = if start > 0 { whole.part(0..start) } else { whole.part(end..text.len()) };
    if stray.text().is_empty() {
        return Ok(());
    }
    Err(stray.reject(ScheduleErrorKind::Spaces).with(whole.rewrite(text.trim())))
}

/// What stands between the parentheses.
fn body<'a>(whole: Piece<'a>, rest: Piece<'a>) -> Result<Piece<'a>, ScheduleError> {
    let Some((body, after)) = rest.split_once(')') else {
        let end = rest.part(rest.text().len()..rest.text().len());
        return Err(end.reject(ScheduleErrorKind::Unclosed).with(end.rewrite(")")));
    };
    if after.text().is_empty() {
        return Ok(body);
    }
    let kept = whole.text().len() - after.text().len();
    let reason = ScheduleErrorKind::Trailing(after.text().trim().to_owned());
    Err(after.reject(reason).with(whole.rewrite(whole.part(0..kept).text())))
}

/// No parenthesis: the commonest slip is a rate or a cron without its name.
fn bare(whole: Piece<'_>) -> ScheduleError {
    let text = whole.text();
    let error = whole.reject(ScheduleErrorKind::UnknownForm(text.to_owned()));
    for form in ["rate", "cron"] {
        let inner = text.strip_prefix(form).unwrap_or(text).trim_start();
        let candidate = format!("{form}({inner})");
        // The text may be wrong in another way too: `5 minute`, or the five fields of Unix.
        if let Some(fixed) = put_right(&candidate, MOST_FIXES) {
            return error.with(whole.rewrite(fixed));
        }
    }
    error.note(EXAMPLE)
}

fn unknown_form(form: Piece<'_>) -> ScheduleError {
    let name = form.text();
    let plain = name.trim_end().to_ascii_lowercase();
    match plain.as_str() {
        "rate" | "cron" if name.trim_end() == plain => {
            let stray = form.part(plain.len()..name.len());
            stray.reject(ScheduleErrorKind::Spaces).with(stray.rewrite(""))
        }
        "rate" | "cron" => form
            .reject(ScheduleErrorKind::FormCase(name.trim_end().to_owned()))
            .with(form.rewrite(plain)),
        "at" => form
            .reject(ScheduleErrorKind::OneTime)
            .with(Advice::Note("write a repeating schedule, `rate(…)` or `cron(…)`".to_owned())),
        _ => form.reject(ScheduleErrorKind::UnknownForm(name.to_owned())).note(EXAMPLE),
    }
}
