//! The six fields of a cron, with the numbers, names and the largest step that each accepts. Each field is
//! one row of the table on AWS's page "Cron expressions reference".

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
    /// The fields in the order of a cron.
    pub const ALL: [Self; 6] =
        [Self::Minutes, Self::Hours, Self::DayOfMonth, Self::Month, Self::DayOfWeek, Self::Year];

    /// Returns the accepted numbers.
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

    /// Returns the accepted names. The first name stands for the first value.
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

    /// Returns the full names. A cron does not accept them, but users write them.
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

    /// Returns the largest accepted step: a larger one would never match a second value. The rule is from
    /// Quartz, and EventBridge has it too. Quartz has no rule for years.
    pub(crate) fn largest_step(self) -> u16 {
        match self {
            Self::Year => self.values().end() - self.values().start(),
            _ => *self.values().end(),
        }
    }

    /// Returns the name of a number, which is empty if the number has none.
    pub(super) fn name_for(self, number: u16) -> &'static str {
        let index = usize::from(number.saturating_sub(*self.values().start()));
        self.names().get(index).copied().unwrap_or_default()
    }

    /// Returns whether this is one of the two day fields, which accept `?` and their own wildcards.
    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::DayOfMonth | Self::DayOfWeek)
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
