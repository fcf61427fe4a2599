//! A single point in time, `at(yyyy-mm-ddThh:mm:ss)`, which Application Auto Scaling accepts and an EventBridge
//! rule does not. Takes the whole text and returns an [`AtExpression`] of a date that exists, or an error at
//! the wrong part of the text.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use serde::Serialize;

use super::{
    check_is_trimmed,
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
    split_parentheses,
};
use crate::messages::schedule::{AT_EXAMPLE, ZONE_BESIDE_TIME, last_day_of_month_help};
use crate::timestamp::days_in_month;

/// The name before the parentheses of `at(…)`.
pub(super) const FORM: &str = "at";

/// The parts of `yyyy-mm-ddThh:mm:ss`, each with its range of bytes, its name, and the accepted numbers. The
/// day is also checked against the month.
const PARTS: [(std::ops::Range<usize>, &str, RangeInclusive<u16>); 6] = [
    (0..4, "year", 1970..=9999),
    (5..7, "month", 1..=12),
    (8..10, "day", 1..=31),
    (11..13, "hour", 0..=23),
    (14..16, "minute", 0..=59),
    (17..19, "second", 0..=59),
];

/// A point in time without a time zone, to the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AtExpression(String);

impl AtExpression {
    /// Returns the expression `at(…)` as the user wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks that the year is not over. `this_year` is the present year.
    pub(super) fn check_not_over(&self, this_year: u16) -> Result<(), ScheduleError> {
        let [(year, ..), ..] = PARTS;
        let start = FORM.len() + 1;
        let range = start + year.start..start + year.end;
        match self.0.get(range.clone()).and_then(|year| year.parse().ok()) {
            Some(year) if year < this_year => {
                Err(ScheduleError::new(ScheduleErrorKind::YearOver(year), range))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for AtExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AtExpression {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let whole = Piece::whole(text);
        check_is_trimmed(whole)?;
        match whole.split_once('(') {
            Some((form, rest)) if form.text() == FORM => {
                check_date_time(split_parentheses(whole, rest)?)?;
            }
            _ => {
                return Err(whole
                    .reject(ScheduleErrorKind::NotADateTime(text.to_owned()))
                    .with_hint(AT_EXAMPLE));
            }
        }
        Ok(Self(text.to_owned()))
    }
}

/// Checks the date and time between the parentheses of `at(…)`.
fn check_date_time(date_time: Piece<'_>) -> Result<(), ScheduleError> {
    let text = date_time.text();
    if let Some(zone) = find_time_zone(date_time) {
        let error = zone.reject(ScheduleErrorKind::ZoneInTime(zone.text().to_owned()));
        return Err(error.with_hint(ZONE_BESIDE_TIME));
    }
    if !has_form(text) {
        return Err(date_time
            .reject(ScheduleErrorKind::NotADateTime(text.to_owned()))
            .with_hint(AT_EXAMPLE));
    }
    let mut numbers = [0; PARTS.len()];
    for (number, (range, name, values)) in numbers.iter_mut().zip(PARTS) {
        let part = date_time.part(range);
        match part.text().parse() {
            Ok(value) if values.contains(&value) => *number = value,
            _ => {
                return Err(
                    part.reject(ScheduleErrorKind::NoSuchPart(name, part.text().to_owned()))
                );
            }
        }
    }
    let [year, month, day, ..] = numbers;
    let last = days_in_month(month.into(), year.into());
    if i64::from(day) > last {
        let date = date_time.part(0..10);
        let error = date.reject(ScheduleErrorKind::NoSuchPart("day", date.text().to_owned()));
        return Err(error.with_hint(last_day_of_month_help(last)));
    }
    Ok(())
}

/// Returns whether the text has the form `yyyy-mm-ddThh:mm:ss`. The numbers are not checked.
fn has_form(text: &str) -> bool {
    let form = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(byte, sign): (u8, &u8)| match sign {
        b'd' => byte.is_ascii_digit(),
        sign => byte == *sign,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// Returns the time zone that follows a complete date and time, such as `Z` or `+01:00`. Returns `None` if no
/// time zone follows.
fn find_time_zone(date_time: Piece<'_>) -> Option<Piece<'_>> {
    let text = date_time.text();
    let length = PARTS.last().map_or(0, |(range, ..)| range.end);
    let (time, rest) = text.split_at_checked(length)?;
    let is_zone = has_form(time) && rest.starts_with(['Z', 'z', '+', '-']);
    is_zone.then(|| date_time.part(length..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (String, Option<String>) {
        let error = text.parse::<AtExpression>().unwrap_err();
        (error.message(), error.help())
    }

    #[test]
    fn dates_that_exist_are_accepted() {
        for text in [
            "at(2026-11-27T06:00:00)",
            "at(2028-02-29T23:59:59)",
            "at(2000-02-29T00:00:00)",
            "at(2026-04-30T12:00:00)",
        ] {
            assert_eq!(text.parse::<AtExpression>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_date_or_time_that_does_not_exist_is_refused_at_its_part() {
        for (text, message) in [
            ("at(2026-13-01T06:00:00)", "there is no month `13`"),
            ("at(2026-00-01T06:00:00)", "there is no month `00`"),
            ("at(2026-12-32T06:00:00)", "there is no day `32`"),
            ("at(2026-12-01T24:00:00)", "there is no hour `24`"),
            ("at(2026-12-01T06:60:00)", "there is no minute `60`"),
            ("at(2026-12-01T06:00:60)", "there is no second `60`"),
            ("at(2026-02-29T06:00:00)", "there is no day `2026-02-29`"),
            ("at(2100-02-29T06:00:00)", "there is no day `2100-02-29`"),
            ("at(2026-04-31T06:00:00)", "there is no day `2026-04-31`"),
        ] {
            assert_eq!(error(text).0, message, "{text}");
        }
        let range = "at(2026-13-01T06:00:00)".parse::<AtExpression>().unwrap_err().range();
        assert_eq!(range, 8..10);
        let help = error("at(2026-02-30T06:00:00)").1;
        assert_eq!(help.as_deref(), Some("the last day of that month is the 28th"));
    }

    #[test]
    fn other_notations_of_a_date_and_time_are_refused() {
        for text in [
            "at()",
            "at(2026-11-27)",
            "at(2026-11-27 06:00:00)",
            "at(2026-11-27T06:00)",
            "at(2026-11-27T6:00:00)",
            "at(26-11-27T06:00:00)",
            "at(2026-11-27T06:00:00 )",
            "at(größe)",
        ] {
            assert!(error(text).0.ends_with("is not a date with a time"), "{text}");
        }
        for (text, zone) in
            [("at(2026-11-27T06:00:00Z)", "Z"), ("at(2026-11-27T06:00:00+01:00)", "+01:00")]
        {
            assert_eq!(error(text).0, format!("`{zone}` cannot be part of the time"));
        }
        assert!(error("at(2026-11-27T06:00:00").0.ends_with("`)` is missing"));
        assert!(error(" at(2026-11-27T06:00:00)").0.starts_with("stray whitespace"));
        assert!(error("at2026-11-27T06:00:00").0.ends_with("is not a date with a time"));
    }
}
