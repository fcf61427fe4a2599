//! The schedule at a steady rate: one whole number and one unit.
//! It takes what stands between the parentheses of `rate(…)` and gives a [`Rate`], or the rule that
//! is broken and, wherever the meaning is plain, the rate that was meant.

use super::{
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
};
use crate::aws::limits;
use crate::duration::{Duration, TimeUnit};

const FASTEST: &str = "the fastest rate is `rate(1 minute)`";
const EXAMPLE: &str = "write a number and a unit, such as `5 minutes`";

/// A steady rate: every `value` of `unit`, at least one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    value: u32,
    unit: RateUnit,
}

/// The units that EventBridge takes in a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateUnit {
    /// `minute` or `minutes`.
    Minute,
    /// `hour` or `hours`.
    Hour,
    /// `day` or `days`, of 24 hours each.
    Day,
}

impl Rate {
    /// How many units pass from tick to tick: 1 or more.
    #[must_use]
    pub fn value(self) -> u32 {
        self.value
    }

    /// The unit that `value` counts.
    #[must_use]
    pub fn unit(self) -> RateUnit {
        self.unit
    }

    /// The time from one tick to the next.
    #[must_use]
    pub fn period(self) -> Duration {
        Duration::from_seconds(u64::from(self.value) * self.unit.time().seconds())
    }
}

impl RateUnit {
    fn time(self) -> TimeUnit {
        match self {
            Self::Minute => TimeUnit::Minute,
            Self::Hour => TimeUnit::Hour,
            Self::Day => TimeUnit::Day,
        }
    }
}

/// The rate with this period in the largest unit that divides it, as a user would write it.
pub(super) fn from_period(period: Duration) -> Option<String> {
    let seconds = period.seconds();
    let units = [TimeUnit::Day, TimeUnit::Hour, TimeUnit::Minute];
    let unit = units.into_iter().find(|unit| seconds.is_multiple_of(unit.seconds()))?;
    let number = seconds / unit.seconds();
    Some(format!("rate({number} {})", unit.name(number)))
}

pub(super) fn parse(body: Piece<'_>) -> Result<Rate, ScheduleError> {
    let words = body.words()?;
    match words.as_slice() {
        [number, unit] => {
            let value = parse_value(*number)?;
            let unit = parse_unit(body, value, *unit)?;
            Ok(Rate { value, unit })
        }
        [word] => Err(one_word(*word)),
        [] => Err(body.reject(ScheduleErrorKind::MissingNumber).note(EXAMPLE)),
        _ => Err(body
            .reject(ScheduleErrorKind::ManyWords)
            .note("give the whole period in one unit, such as `90 minutes`")),
    }
}

fn parse_value(number: Piece<'_>) -> Result<u32, ScheduleError> {
    let text = number.text();
    let owned = || text.to_owned();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok());
        if is_negative {
            return Err(number.reject(ScheduleErrorKind::Negative(owned())).note(FASTEST));
        }
        let is_fraction = text.contains('.') && text.parse::<f64>().is_ok();
        let note = if is_fraction { "write a whole number of a smaller unit" } else { EXAMPLE };
        return Err(number.reject(ScheduleErrorKind::NotWhole(owned())).note(note));
    }
    let significant = text.trim_start_matches('0');
    if significant.is_empty() {
        return Err(number.reject(ScheduleErrorKind::ZeroRate).note(FASTEST));
    }
    if significant != text {
        let error = number.reject(ScheduleErrorKind::LeadingZero(owned()));
        return Err(error.with(number.rewrite(significant)));
    }
    text.parse::<u32>()
        .ok()
        .filter(|value| limits::RATE_VALUE.contains(value))
        .ok_or_else(|| number.reject(ScheduleErrorKind::NumberTooLarge(owned())))
}

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
                error.with(rate(TimeUnit::Minute, number / TimeUnit::Minute.seconds()))
            } else {
                error.note(FASTEST)
            });
        }
        Some(TimeUnit::Millisecond) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooSmall(text.to_owned()));
            return Err(error.note(FASTEST));
        }
        Some(TimeUnit::Week) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooLarge(text.to_owned()));
            return Err(error.with(rate(TimeUnit::Day, number * 7)));
        }
        Some(TimeUnit::Month | TimeUnit::Year) => {
            let error = unit.reject(ScheduleErrorKind::UnitTooLarge(text.to_owned()));
            return Err(
                error.note("use a cron, such as `cron(0 0 1 * ? *)` for the first of every month")
            );
        }
        None => {
            let error = unit.reject(ScheduleErrorKind::UnknownUnit(text.to_owned()));
            return Err(error.note("write `minutes`, `hours` or `days`"));
        }
    };
    let time = known.time();
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
    Err(unit.reject(reason).with(rate(time, number)))
}

/// A number alone, a unit alone, or both run together.
fn one_word(word: Piece<'_>) -> ScheduleError {
    let text = word.text();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let end = word.part(text.len()..text.len());
    if unit.is_empty() {
        return end.reject(ScheduleErrorKind::MissingUnit).note("add `minutes`, `hours` or `days`");
    }
    let Some(time) = TimeUnit::guess(unit) else {
        return word.reject(ScheduleErrorKind::NotWhole(text.to_owned())).note(EXAMPLE);
    };
    if number.is_empty() {
        let start = word.part(0..0);
        let one = word.rewrite(format!("1 {}", time.name(1)));
        return start.reject(ScheduleErrorKind::MissingNumber).with(one);
    }
    let name = number.parse().map_or(unit, |number| time.name(number));
    word.reject(ScheduleErrorKind::MissingSpace(text.to_owned()))
        .with(word.rewrite(format!("{number} {name}")))
}
