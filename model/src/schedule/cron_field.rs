//! The six fields of a cron, and what each takes: its numbers, its names and its largest step.
//! There is nothing to take; the parsers beside this ask here, so that every field is one row of the
//! table on AWS's page "Cron expressions reference".

use std::{fmt, ops::RangeInclusive};

use crate::aws::limits;

/// A field of a cron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CronField {
    /// 0 to 59.
    Minutes,
    /// 0 to 23, in UTC.
    Hours,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or `JAN` to `DEC`.
    Month,
    /// 1, which is Sunday, to 7, or `SUN` to `SAT`.
    DayOfWeek,
    /// 1970 to 2199.
    Year,
}

impl CronField {
    /// The fields in the order in which a cron has them.
    pub const ALL: [Self; 6] =
        [Self::Minutes, Self::Hours, Self::DayOfMonth, Self::Month, Self::DayOfWeek, Self::Year];

    /// The numbers it takes.
    #[must_use]
    pub fn values(self) -> RangeInclusive<u16> {
        match self {
            Self::Minutes => limits::CRON_MINUTES,
            Self::Hours => limits::CRON_HOURS,
            Self::DayOfMonth => limits::CRON_DAYS_OF_MONTH,
            Self::Month => limits::CRON_MONTHS,
            Self::DayOfWeek => limits::CRON_DAYS_OF_WEEK,
            Self::Year => limits::CRON_YEARS,
        }
    }

    /// The names it takes beside numbers, from its first value on.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &[
                "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
            ],
            Self::DayOfWeek => &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
            _ => &[],
        }
    }

    /// The names in full, which a cron does not take and users write.
    pub(super) fn full_names(self) -> &'static [&'static str] {
        match self {
            Self::Month => &[
                "JANUARY",
                "FEBRUARY",
                "MARCH",
                "APRIL",
                "MAY",
                "JUNE",
                "JULY",
                "AUGUST",
                "SEPTEMBER",
                "OCTOBER",
                "NOVEMBER",
                "DECEMBER",
            ],
            Self::DayOfWeek => {
                &["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]
            }
            _ => &[],
        }
    }

    /// A step past the end of the field would never be taken. This is Quartz's rule, which
    /// EventBridge keeps; Quartz has none for years.
    pub(super) fn largest_step(self) -> u16 {
        match self {
            Self::Year => self.values().end() - self.values().start(),
            _ => *self.values().end(),
        }
    }

    /// The name of a number; empty where it has none.
    pub(super) fn name_of(self, number: u16) -> &'static str {
        let index = usize::from(number.saturating_sub(*self.values().start()));
        self.names().get(index).copied().unwrap_or_default()
    }

    /// The two fields that take `?` and wildcards of their own.
    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::DayOfMonth | Self::DayOfWeek)
    }

    /// What the field takes, for the advice of an error.
    pub(super) fn expected(self) -> String {
        let (first, last) = (*self.values().start(), *self.values().end());
        match (self, self.names()) {
            (Self::DayOfWeek, _) => {
                "write `1`, which is Sunday, to `7`, or `SUN` to `SAT`".to_owned()
            }
            (_, [first_name, .., last_name]) => {
                format!("write `{first}` to `{last}`, or `{first_name}` to `{last_name}`")
            }
            _ => format!("write `{first}` to `{last}`"),
        }
    }
}

impl fmt::Display for CronField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::DayOfMonth => "day of month",
            Self::Month => "month",
            Self::DayOfWeek => "day of week",
            Self::Year => "year",
        })
    }
}
