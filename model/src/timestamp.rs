//! A point in time as a user writes it, by RFC 3339: `2026-01-01T00:00:00Z`. Takes that text and returns a
//! [`Timestamp`] in whole seconds since 1970, which is AWS's format.

use std::str::FromStr;

use serde::Serialize;

use crate::messages::timestamp::{
    BEFORE_1970, DATE_FORMAT, FRACTION, NO_OFFSET, NO_SUCH_DAY, NO_SUCH_OFFSET, NO_SUCH_TIME, NO_T,
    OFFSET_FORMAT, TEXT_AFTER_Z, TIME_FORMAT,
};

/// The number of seconds of a day.
const SECONDS_OF_DAY: i64 = 86_400;

/// A point in time, in seconds since the beginning of 1970 in UTC.
///
/// ```
/// use skylift_model::timestamp::Timestamp;
///
/// let start: Timestamp = "2026-01-01T01:00:00+01:00".parse()?;
/// assert_eq!(start.seconds(), 1_767_225_600);
/// # Ok::<(), skylift_model::timestamp::InvalidTimestamp>(())
/// ```
///
/// # Errors
///
/// Parsing refuses a date without a time, a time without an offset from UTC, fractions of a second, dates and
/// times that do not exist, and years before 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Returns the seconds since the beginning of 1970 in UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }
}

/// The reason why a text is not a [`Timestamp`]. The texts of the reasons are in `messages/timestamp.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTimestamp {
    pub(crate) text: String,
    pub(crate) reason: &'static str,
}

impl std::error::Error for InvalidTimestamp {}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let parsed = parse(text).map(Self);
        parsed.map_err(|reason| InvalidTimestamp { text: text.to_owned(), reason })
    }
}

/// Parses a point in time into seconds since 1970. The error is the reason why the text is not a point in time.
fn parse(text: &str) -> Result<i64, &'static str> {
    let (date, rest) = text.split_once('T').ok_or(NO_T)?;
    let days = parse_date(date)?;
    let split = rest.find(['Z', '+', '-']).ok_or(NO_OFFSET)?;
    let (time, offset) = rest.split_at(split);
    let seconds = days * SECONDS_OF_DAY + parse_time(time)? - parse_offset(offset)?;
    if seconds < 0 { Err(BEFORE_1970) } else { Ok(seconds) }
}

/// Parses a date into days since 1970. The error is the reason why the text is not a date.
fn parse_date(date: &str) -> Result<i64, &'static str> {
    let [year, month, day] = parse_numbers(date, '-', [4, 2, 2]).ok_or(DATE_FORMAT)?;
    if year < 1970 {
        return Err(BEFORE_1970);
    }
    if !(1..=12).contains(&month) || !(1..=days_in_month(month, year)).contains(&day) {
        return Err(NO_SUCH_DAY);
    }
    Ok(days_since_1970(year, month, day))
}

/// Returns the number of days from the start of 1970 to this date, which exists and is not before 1970.
pub(crate) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let leap_days = |before: i64| before / 4 - before / 100 + before / 400;
    let years = (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
    let months: i64 = (1..month).map(|month| days_in_month(month, year)).sum();
    years + months + day - 1
}

/// Returns the year of a point in time in UTC, given in seconds since 1970.
#[must_use]
pub fn find_year(seconds: u64) -> u16 {
    let days = i64::try_from(seconds).unwrap_or(i64::MAX) / SECONDS_OF_DAY;
    let is_over = |year: &u16| days_since_1970(i64::from(*year) + 1, 1, 1) <= days;
    (1970..u16::MAX).find(|year| !is_over(year)).unwrap_or(u16::MAX)
}

/// Returns the number of days in this month of this year.
pub(crate) fn days_in_month(month: i64, year: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Parses a time of day into seconds since midnight. The error is the reason why the text is not a time.
fn parse_time(time: &str) -> Result<i64, &'static str> {
    if time.contains('.') {
        return Err(FRACTION);
    }
    let [hour, minute, second] = parse_numbers(time, ':', [2, 2, 2]).ok_or(TIME_FORMAT)?;
    if hour > 23 || minute > 59 || second > 59 {
        return Err(NO_SUCH_TIME);
    }
    Ok((hour * 60 + minute) * 60 + second)
}

/// Parses an offset from UTC, such as `Z` or `+01:00`, into the seconds by which the clocks are ahead of UTC.
/// The error is the reason why the text is not an offset.
fn parse_offset(offset: &str) -> Result<i64, &'static str> {
    let (sign, clock) = offset.split_at(1);
    if sign == "Z" {
        return if clock.is_empty() { Ok(0) } else { Err(TEXT_AFTER_Z) };
    }
    let [hour, minute] = parse_numbers(clock, ':', [2, 2]).ok_or(OFFSET_FORMAT)?;
    if hour > 23 || minute > 59 {
        return Err(NO_SUCH_OFFSET);
    }
    let ahead = (hour * 60 + minute) * 60;
    Ok(if sign == "-" { -ahead } else { ahead })
}

/// Parses numbers with `between` as the separator. Each number has to have exactly the number of digits in
/// `digits`. Returns `None` for any other text.
fn parse_numbers<const N: usize>(
    text: &str,
    between: char,
    digits: [usize; N],
) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits)?;
        *number = part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().seconds()
    }

    #[test]
    fn seconds_are_counted_as_date_counts_them() {
        // By `date -u -d … +%s`.
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1972-02-29T12:00:00Z", 68_212_800),
            ("1999-12-31T23:59:59Z", 946_684_799),
            ("2000-03-01T00:00:00Z", 951_868_800),
            ("2026-01-01T00:00:00Z", 1_767_225_600),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
            ("2400-12-31T00:00:00Z", 13_601_001_600),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }

    #[test]
    fn every_day_is_one_after_the_day_before() {
        let mut expected = 0;
        for year in 1970..2405 {
            for month in 1..=12 {
                for day in 1..=days_in_month(month, year) {
                    let text = format!("{year}-{month:02}-{day:02}T00:00:00Z");
                    assert_eq!(seconds(&text), expected * SECONDS_OF_DAY, "{text}");
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn an_offset_is_taken_off() {
        assert_eq!(seconds("2026-01-01T01:30:00+01:30"), seconds("2026-01-01T00:00:00Z"));
        assert_eq!(seconds("2025-12-31T19:00:00-05:00"), seconds("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_point_in_time_says_why() {
        for (text, why) in [
            ("", "it has no `T` between a date and a time"),
            ("2026-01-01", "it has no `T` between a date and a time"),
            ("2026-01-01T00:00:00", "it does not end in `Z` or an offset from UTC"),
            ("2026-1-1T00:00:00Z", "its date is not written `YYYY-MM-DD`"),
            ("2026-01-01-01T00:00:00Z", "its date is not written `YYYY-MM-DD`"),
            ("+026-01-01T00:00:00Z", "its date is not written `YYYY-MM-DD`"),
            ("2026-02-29T00:00:00Z", "there is no such day"),
            ("2026-13-01T00:00:00Z", "there is no such day"),
            ("2026-01-00T00:00:00Z", "there is no such day"),
            ("2026-01-01T00:00Z", "its time is not written `hh:mm:ss`"),
            ("2026-01-01T24:00:00Z", "there is no such time"),
            ("2026-01-01T00:00:00.5Z", "it has fractions of a second, and Lambda takes whole ones"),
            ("2026-01-01T00:00:00Zulu", "there is text after its `Z`"),
            ("2026-01-01T00:00:00+0100", "its offset is not written `+hh:mm`"),
            ("2026-01-01T00:00:00+24:00", "there is no such offset"),
            ("1969-12-31T23:59:59Z", "it is before 1970"),
            ("1970-01-01T00:00:00+01:00", "it is before 1970"),
        ] {
            let error = text.parse::<Timestamp>().unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is not a point in time: {why}"));
        }
    }
}
