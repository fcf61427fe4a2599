//! The six fields of a cron, with the numbers, the names and the largest step that each field accepts. Each
//! field is one row of the table on AWS's page "Cron expressions reference".

use std::{fmt, ops::RangeInclusive};

use crate::aws::limits;

/// A field of a cron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CronField {
    /// Minutes, 0 to 59.
    Minutes,
    /// Hours, 0 to 23, in UTC.
    Hours,
    /// Days of the month, 1 to 31.
    DayOfMonth,
    /// Months, 1 to 12, or `JAN` to `DEC`.
    Month,
    /// Days of the week, 1, which is Sunday, to 7, or `SUN` to `SAT`.
    DayOfWeek,
    /// Years, 1970 to 2199.
    Year,
}

impl CronField {
    /// The six fields, in the order in which a cron has them.
    pub const ALL: [Self; 6] =
        [Self::Minutes, Self::Hours, Self::DayOfMonth, Self::Month, Self::DayOfWeek, Self::Year];

    /// Returns the numbers that the field accepts.
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

    /// Returns the names that the field accepts. The first name has the meaning of the first number.
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

    /// Returns the full names of months or weekdays. A cron does not accept them, but users write them.
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

    /// Returns the largest step that the field accepts. A larger step would never match a second value. The
    /// rule is from Quartz, and EventBridge has it too. Quartz has no rule for years.
    pub(crate) fn largest_step(self) -> u16 {
        match self {
            Self::Year => self.values().end() - self.values().start(),
            _ => *self.values().end(),
        }
    }

    /// Returns the name that the field accepts for a number. The result is empty if the number has no name.
    pub(super) fn name_for(self, number: u16) -> &'static str {
        let index = usize::from(number.saturating_sub(*self.values().start()));
        self.names().get(index).copied().unwrap_or_default()
    }

    /// Returns whether the field is one of the two day fields, which accept `?` and wildcards of their own.
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
