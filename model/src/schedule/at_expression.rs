//! One moment, `at(yyyy-mm-ddThh:mm:ss)`, which Application Auto Scaling takes and a rule does not.
//! It takes the whole text and gives a [`AtExpression`] that the calendar has, or the part of it that is
//! wrong.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use serde::Serialize;

use super::{
    body,
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
    whole_is_trimmed,
};
use crate::timestamp::days_of;

/// What the text begins with.
pub(super) const FORM: &str = "at";

const EXAMPLE: &str = "write `at(yyyy-mm-ddThh:mm:ss)`, such as `at(2026-11-27T06:00:00)`";

/// Where each part stands in `yyyy-mm-ddThh:mm:ss`, what it is called, and the numbers it takes. A day
/// is looked at once more beside its month.
const PARTS: [(std::ops::Range<usize>, &str, RangeInclusive<u16>); 6] = [
    (0..4, "year", 1970..=9999),
    (5..7, "month", 1..=12),
    (8..10, "day", 1..=31),
    (11..13, "hour", 0..=23),
    (14..16, "minute", 0..=59),
    (17..19, "second", 0..=59),
];

/// A moment without a time zone, to the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AtExpression(String);

impl AtExpression {
    /// `at(…)` as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
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
        whole_is_trimmed(whole)?;
        match whole.split_once('(') {
            Some((form, rest)) if form.text() == FORM => check(body(whole, rest)?)?,
            _ => {
                return Err(whole
                    .reject(ScheduleErrorKind::NotAMoment(text.to_owned()))
                    .note(EXAMPLE));
            }
        }
        Ok(Self(text.to_owned()))
    }
}

fn check(moment: Piece<'_>) -> Result<(), ScheduleError> {
    let text = moment.text();
    if let Some(zone) = zone(moment) {
        let error = zone.reject(ScheduleErrorKind::MomentZone(zone.text().to_owned()));
        return Err(error.note("leave it out, and write `time_zone = \"…\"` beside `at`"));
    }
    if !has_form(text) {
        return Err(moment.reject(ScheduleErrorKind::NotAMoment(text.to_owned())).note(EXAMPLE));
    }
    let mut numbers = [0; PARTS.len()];
    for (number, (range, name, values)) in numbers.iter_mut().zip(PARTS) {
        let part = moment.part(range);
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
    let last = days_of(month.into(), year.into());
    if i64::from(day) > last {
        let date = moment.part(0..10);
        let error = date.reject(ScheduleErrorKind::NoSuchPart("day", date.text().to_owned()));
        return Err(error.note(format!("the last day of that month is the {last}th")));
    }
    Ok(())
}

/// Whether the digits and the signs between them stand where they belong.
fn has_form(text: &str) -> bool {
    let form = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(byte, sign): (u8, &u8)| match sign {
        b'd' => byte.is_ascii_digit(),
        sign => byte == *sign,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// What stands behind a whole moment and is a time zone: `Z`, `+01:00`.
fn zone(moment: Piece<'_>) -> Option<Piece<'_>> {
    let text = moment.text();
    let length = PARTS.last().map_or(0, |(range, ..)| range.end);
    let (time, rest) = text.split_at_checked(length)?;
    let is_zone = has_form(time) && rest.starts_with(['Z', 'z', '+', '-']);
    is_zone.then(|| moment.part(length..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (String, Option<String>) {
        let error = text.parse::<AtExpression>().unwrap_err();
        (error.message(), error.help())
    }

    #[test]
    fn moments_of_the_calendar_are_taken() {
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
    fn what_the_calendar_does_not_have_is_refused_at_its_part() {
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
    fn other_ways_to_write_a_moment_are_refused() {
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
            assert!(error(text).0.ends_with("is no date with a time"), "{text}");
        }
        for (text, zone) in
            [("at(2026-11-27T06:00:00Z)", "Z"), ("at(2026-11-27T06:00:00+01:00)", "+01:00")]
        {
            assert_eq!(error(text).0, format!("`{zone}` cannot stand in the time itself"));
        }
        assert!(error("at(2026-11-27T06:00:00").0.ends_with("`)` is missing"));
        assert!(error(" at(2026-11-27T06:00:00)").0.starts_with("stray whitespace"));
        assert!(error("at2026-11-27T06:00:00").0.ends_with("is no date with a time"));
    }
}
