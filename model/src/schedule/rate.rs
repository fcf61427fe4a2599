//! The schedule `rate(…)`, which fires at a steady rate: a whole number and a unit. Takes the text between the
//! parentheses and returns a [`Rate`], or an error with the corrected rate if the meaning of the text is clear.

use super::{
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
};
use crate::aws::limits;
use crate::duration::{Duration, TimeUnit};
use crate::messages::schedule::{
    ADD_UNIT, FASTEST_RATE, MONTHLY_CRON, ONE_UNIT, RATE_EXAMPLE, SMALLER_UNIT, UNITS,
};

/// A steady rate: the rule fires once every `value` units, which are at least a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    value: u32,
    unit: RateUnit,
}

/// The units that EventBridge accepts in a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateUnit {
    /// Minutes: `minute` or `minutes`.
    Minute,
    /// Hours: `hour` or `hours`.
    Hour,
    /// Days of 24 hours each: `day` or `days`.
    Day,
}

impl Rate {
    /// Returns the number of units between two firings, which is at least 1.
    #[must_use]
    pub fn value(self) -> u32 {
        self.value
    }

    /// Returns the unit in which [`Rate::value`] counts.
    #[must_use]
    pub fn unit(self) -> RateUnit {
        self.unit
    }

    /// Returns the time between two firings of the rule.
    #[must_use]
    pub fn period(self) -> Duration {
        Duration::from_seconds(u64::from(self.value) * self.unit.time_unit().seconds())
    }
}

impl RateUnit {
    /// Returns the general unit of time for this unit of a rate.
    fn time_unit(self) -> TimeUnit {
        match self {
            Self::Minute => TimeUnit::Minute,
            Self::Hour => TimeUnit::Hour,
            Self::Day => TimeUnit::Day,
        }
    }
}

/// Returns the text of the rate with this period, in the largest unit that divides the period: `rate(2 hours)`.
/// Returns `None` if the period is zero or not a whole number of minutes.
pub(super) fn from_period(period: Duration) -> Option<String> {
    let seconds = period.seconds();
    let units = [TimeUnit::Day, TimeUnit::Hour, TimeUnit::Minute];
    let unit = units.into_iter().find(|unit| seconds.is_multiple_of(unit.seconds()))?;
    let number = seconds / unit.seconds();
    Some(format!("rate({number} {})", unit.name(number)))
}

/// Parses the text between the parentheses of `rate(…)`.
pub(super) fn parse(body: Piece<'_>) -> Result<Rate, ScheduleError> {
    let words = body.words()?;
    match words.as_slice() {
        [number, unit] => {
            let value = parse_value(*number)?;
            let unit = parse_unit(body, value, *unit)?;
            Ok(Rate { value, unit })
        }
        [word] => Err(single_word_error(*word)),
        [] => Err(body.reject(ScheduleErrorKind::MissingNumber).with_hint(RATE_EXAMPLE)),
        _ => Err(body.reject(ScheduleErrorKind::ManyWords).with_hint(ONE_UNIT)),
    }
}

/// Parses the number of a rate.
fn parse_value(number: Piece<'_>) -> Result<u32, ScheduleError> {
    let text = number.text();
    let owned = || text.to_owned();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok());
        if is_negative {
            return Err(number
                .reject(ScheduleErrorKind::Negative(owned()))
                .with_hint(FASTEST_RATE));
        }
        let is_fraction = text.contains('.') && text.parse::<f64>().is_ok();
        let hint = if is_fraction { SMALLER_UNIT } else { RATE_EXAMPLE };
        return Err(number.reject(ScheduleErrorKind::NotWhole(owned())).with_hint(hint));
    }
    let significant = text.trim_start_matches('0');
    if significant.is_empty() {
        return Err(number.reject(ScheduleErrorKind::ZeroRate).with_hint(FASTEST_RATE));
    }
    if significant != text {
        let error = number.reject(ScheduleErrorKind::LeadingZero(owned()));
        return Err(error.with_fix(number.rewrite(significant)));
    }
    text.parse::<u32>()
        .ok()
        .filter(|value| limits::RATE_VALUE.contains(value))
        .ok_or_else(|| number.reject(ScheduleErrorKind::NumberTooLarge(owned())))
}

/// Parses the unit of a rate. `value` is the number before the unit, and `body` is the text between the
/// parentheses.
fn parse_unit(body: Piece<'_>, value: u32, unit: Piece<'_>) -> Result<RateUnit, ScheduleError> {
    let text = unit.text();
    let number = u64::from(value);
    let rate =
        |unit: TimeUnit, number: u64| body.rewrite(format!("{number} {}", unit.name(number)));
    let guess = TimeUnit::guess(text);
    let known = match guess {
        Some(TimeUnit::Minute) => RateUnit::Minute,
        Some(TimeUnit::Hour) => RateUnit::Hour,
        Some(TimeUnit::Day) => RateUnit::Day,
        Some(TimeUnit::Second) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooSmall(text.to_owned()));
            let is_whole = number.is_multiple_of(TimeUnit::Minute.seconds());
            return Err(if is_whole {
                error.with_fix(rate(TimeUnit::Minute, number / TimeUnit::Minute.seconds()))
            } else {
                error.with_hint(FASTEST_RATE)
            });
        }
        Some(TimeUnit::Millisecond) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooSmall(text.to_owned()));
            return Err(error.with_hint(FASTEST_RATE));
        }
        Some(TimeUnit::Week) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooLarge(text.to_owned()));
            return Err(error.with_fix(rate(TimeUnit::Day, number * 7)));
        }
        Some(TimeUnit::Month | TimeUnit::Year) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooLarge(text.to_owned()));
            return Err(error.with_hint(MONTHLY_CRON));
        }
        None => {
            let error = unit.reject(ScheduleErrorKind::UnknownUnit(text.to_owned()));
            return Err(error.with_hint(UNITS));
        }
    };
    let time = known.time_unit();
    if text == time.name(number) {
        return Ok(known);
    }
    let reason = if text == time.name(2) {
        ScheduleErrorKind::PluralOfOne(text.to_owned())
    } else if text == time.name(1) {
        ScheduleErrorKind::SingularOfMany(text.to_owned())
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        ScheduleErrorKind::UnitCase(text.to_owned())
    } else {
        ScheduleErrorKind::UnknownUnit(text.to_owned())
    };
    Err(unit.reject(reason).with_fix(rate(time, number)))
}

/// Returns the error of a rate that is a single word: a number, a unit, or both without a space between them.
fn single_word_error(word: Piece<'_>) -> ScheduleError {
    let text = word.text();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let end = word.part(text.len()..text.len());
    if unit.is_empty() {
        return end.reject(ScheduleErrorKind::MissingUnit).with_hint(ADD_UNIT);
    }
    let Some(time) = TimeUnit::guess(unit) else {
        return word.reject(ScheduleErrorKind::NotWhole(text.to_owned())).with_hint(RATE_EXAMPLE);
    };
    if number.is_empty() {
        let start = word.part(0..0);
        let one = word.rewrite(format!("1 {}", time.name(1)));
        return start.reject(ScheduleErrorKind::MissingNumber).with_fix(one);
    }
    let name = number.parse().map_or(unit, |number| time.name(number));
    word.reject(ScheduleErrorKind::MissingSpace(text.to_owned()))
        .with_fix(word.rewrite(format!("{number} {name}")))
}
