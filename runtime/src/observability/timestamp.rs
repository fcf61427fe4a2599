//! [`Timestamp`]: formats a time for log lines, as RFC 3339 in UTC with milliseconds: `2023-10-27T19:17:45.586Z`.

use std::fmt::{self, Display, Formatter};
use std::time::{SystemTime, UNIX_EPOCH};

/// A time whose `Display` is RFC 3339.
#[derive(Clone, Copy)]
pub(crate) struct Timestamp(pub(crate) SystemTime);

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let since = self.0.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (year, month, day) = convert_day_to_date(since.as_secs() / SECONDS_PER_DAY);
        let (second, milliseconds) = (since.as_secs() % SECONDS_PER_DAY, since.subsec_millis());
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z"
        )
    }
}

/// Converts a number of days since 1970-01-01 to a date: year, month and day. In this calculation a year begins on
/// the first of March, so that the leap day is its last day; 400 years are 146,097 days. After Howard Hinnant's
/// "chrono-Compatible Low-Level Date Algorithms".
fn convert_day_to_date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let leaps = day_of_era / 1_460 + day_of_era / 146_096 - day_of_era / 36_524;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_formatted_by_the_calendar() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_698_434_265_586, "2023-10-27T19:17:45.586Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199_001, "2024-02-29T23:59:59.001Z"),
            (1_735_689_600_000, "2025-01-01T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            let time = UNIX_EPOCH + Duration::from_millis(milliseconds);
            assert_eq!(Timestamp(time).to_string(), text);
        }
    }

    #[test]
    fn a_time_before_the_epoch_is_formatted_as_the_epoch() {
        let time = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(Timestamp(time).to_string(), "1970-01-01T00:00:00.000Z");
    }
}
