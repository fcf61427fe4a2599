//! Messages about schedules: why EventBridge would refuse a schedule, and the help for each reason.

use std::fmt;

use crate::aws::limits;
use crate::message::Message;
use crate::schedule::cron_field::CronField;
use crate::schedule::error::{CronDate, ScheduleError, ScheduleErrorKind};

// Help for schedules of both forms.

pub(crate) const EXAMPLE: &str =
    "write `rate(5 minutes)` or `cron(0 12 * * ? *)` with values of your own";
pub(crate) const REPEATING: &str = "write a repeating schedule, `rate(…)` or `cron(…)`";

// Help for rates.

pub(crate) const RATE_EXAMPLE: &str = "write a number and a unit, such as `5 minutes`";
pub(crate) const FASTEST_RATE: &str = "the fastest rate is `rate(1 minute)`";
pub(crate) const ONE_UNIT: &str = "give the whole period in one unit, such as `90 minutes`";
pub(crate) const SMALLER_UNIT: &str = "write a whole number of a smaller unit";
pub(crate) const MONTHLY_CRON: &str =
    "use a cron, such as `cron(0 0 1 * ? *)` for the first of every month";
pub(crate) const UNITS: &str = "write `minutes`, `hours` or `days`";
pub(crate) const ADD_UNIT: &str = "add `minutes`, `hours` or `days`";

// Help for crons.

pub(crate) const NO_SECONDS: &str = "the first field is minutes, EventBridge has no seconds";
pub(crate) const FIELDS: &str = "write minutes, hours, day of month, month, day of week and year";
pub(crate) const UNIX_CRON: &str = "add `*` for the year, write `?` in one day field, and count the days of the week from 1, Sunday";
pub(crate) const ADD_YEAR: &str = "add `*` for every year";
pub(crate) const YEAR_TO_COME: &str = "write `*` for every year, or a year to come";
pub(crate) const ONE_DAY_FIELD: &str =
    "write `?` for one of them, or make two schedules if both are meant";
pub(crate) const EVERY_YEAR: &str = "write `*` for every year, and no field for seconds";
pub(crate) const ANY_DAY_ALONE: &str = "write `?` alone, or the values without it";
pub(crate) const LIST_DAYS: &str = "list the days, such as `MON,WED,FRI`";
pub(crate) const ONE_SCHEDULE_EACH: &str = "make a schedule for each";
pub(crate) const NEAREST_WEEKDAY: &str =
    "write `15W` for the weekday nearest to the 15th, or `LW` for the last";
pub(crate) const LAST_DAY_OF_MONTH: &str = "write `L` for the last day of the month";
pub(crate) const LAST_DAY_OF_WEEK: &str =
    "write `6L` for the last Friday of the month, or `L` for Saturday";
/// The days of the week, of which EventBridge counts Sunday as 1.
const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Returns the help for a day of the week that a month does not have. `day` is the field, such as `MON#5`.
pub(crate) fn last_day_of_week_help(day: &str) -> String {
    let day = day.split('#').next().unwrap_or_default().to_ascii_uppercase();
    let is_day = |(index, name): (usize, &&str)| {
        day == (index + 1).to_string()
            || day.len() == 3 && name.to_ascii_uppercase().starts_with(&day)
    };
    match DAYS.iter().enumerate().position(is_day) {
        Some(index) => {
            format!("write `{}L` for the last {} of the month", index + 1, DAYS[index])
        }
        None => LAST_DAY_OF_WEEK.to_owned(),
    }
}

pub(crate) const NTH_DAY: &str = "write `6#3` for the third Friday of the month";

/// Returns the help for a number after `#` that is not a week of a month.
pub(crate) fn weeks_of_month_help() -> String {
    let (first, last) = (limits::CRON_INSTANCES.start(), limits::CRON_INSTANCES.end());
    format!("write `{first}` to `{last}` after `#`")
}

/// Returns the help for a range without a start or an end. The help shows a range that the field accepts.
pub(crate) fn range_example_help(field: CronField) -> String {
    let values = field.values();
    format!("write the first and the last value, such as `{}-{}`", values.start(), values.end())
}

/// Returns the help for a value that the field does not accept. The help lists the accepted values.
pub(crate) fn accepted_values_help(field: CronField) -> String {
    let (first, last) = (*field.values().start(), *field.values().end());
    match (field, field.names()) {
        (CronField::DayOfWeek, _) => {
            "write `1`, which is Sunday, to `7`, or `SUN` to `SAT`".to_owned()
        }
        (_, [first_name, .., last_name]) => {
            format!("write `{first}` to `{last}`, or `{first_name}` to `{last_name}`")
        }
        _ => format!("write `{first}` to `{last}`"),
    }
}

// Help for `at(…)`.

pub(crate) const AT_EXAMPLE: &str =
    "write `at(yyyy-mm-ddThh:mm:ss)`, such as `at(2026-11-27T06:00:00)`";
pub(crate) const ZONE_BESIDE_TIME: &str = "leave it out, and write `time_zone = \"…\"` beside `at`";

/// Returns the help for a day that the month does not have. `last` is the number of the last day of the month.
pub(crate) fn last_day_of_month_help(last: i64) -> String {
    format!("the last day of that month is the {last}th")
}

impl From<ScheduleError> for Message {
    fn from(error: ScheduleError) -> Self {
        Self { text: error.message(), help: error.help() }
    }
}

impl fmt::Display for ScheduleErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the schedule is empty"),
            Self::TooLong(length) => {
                let limit = limits::SCHEDULE_LEN;
                write!(f, "a schedule of {length} characters, EventBridge takes at most {limit}")
            }
            Self::Spaces => write!(f, "stray whitespace, a schedule has single spaces only"),
            Self::UnknownForm(form) => {
                write!(f, "`{form}` is not a schedule, expected `rate(…)` or `cron(…)`")
            }
            Self::FormCase(form) => write!(f, "`{form}` is not in lower case"),
            Self::OneTime => {
                write!(f, "`at(…)` is for EventBridge Scheduler, a rule cannot take it")
            }
            Self::Unclosed => write!(f, "the closing `)` is missing"),
            Self::Trailing(text) => write!(f, "there is `{text}` after the closing `)`"),
            Self::MissingNumber => {
                write!(f, "a rate needs a number and a unit, the number is missing")
            }
            Self::MissingUnit => write!(f, "a rate needs a number and a unit, the unit is missing"),
            Self::MissingSpace(text) => write!(f, "`{text}` lacks the space before its unit"),
            Self::ManyWords => write!(f, "a rate is one number and one unit"),
            Self::NotWhole(text) => write!(f, "`{text}` is not a whole number"),
            Self::Negative(text) => write!(f, "`{text}` is negative, a rate is at least 1"),
            Self::ZeroRate => write!(f, "a rate is at least 1"),
            Self::LeadingZero(text) => write!(f, "`{text}` starts with a zero"),
            Self::NumberTooLarge(text) => {
                write!(f, "`{text}` is too large, a rate is at most {}", limits::RATE_VALUE.end())
            }
            Self::PluralOfOne(unit) => {
                write!(f, "`{unit}` is plural, a rate of 1 takes the singular")
            }
            Self::SingularOfMany(unit) => {
                write!(f, "`{unit}` is singular, a rate of more than 1 takes the plural")
            }
            Self::UnitCase(unit) => write!(f, "`{unit}` is not in lower case"),
            Self::UnitTooSmall(unit) => {
                write!(f, "`{unit}` is not a unit of a rate, the smallest unit is a minute")
            }
            Self::UnitTooLarge(unit) => {
                write!(f, "`{unit}` is not a unit of a rate, the largest unit is a day")
            }
            Self::UnknownUnit(unit) => write!(f, "`{unit}` is not a unit of a rate"),
            Self::NotADateTime(text) => write!(f, "`{text}` is not a date with a time"),
            Self::ZoneInTime(zone) => write!(f, "`{zone}` cannot be part of the time"),
            Self::NoSuchPart(part, text) => write!(f, "there is no {part} `{text}`"),
            Self::MissingYear => write!(f, "cron has six fields, the year is missing"),
            Self::SecondsField => write!(f, "cron has six fields, here are seven"),
            Self::FieldCount(0) => write!(f, "cron has six fields, here are none"),
            Self::FieldCount(1) => write!(f, "cron has six fields, here is one"),
            Self::FieldCount(count) => write!(f, "cron has six fields, here are {count}"),
            Self::BothDaysAny => write!(f, "day of month and day of week are both `?`"),
            Self::NoDayAny => write!(f, "one of day of month and day of week must be `?`"),
            Self::NoSuchDate(date) => {
                let CronDate { day, month, year } = date.as_ref();
                let of_year =
                    if year == "*" { String::new() } else { format!(" of year `{year}`") };
                write!(f, "the schedule never fires: month `{month}`{of_year} has no day `{day}`")
            }
            Self::YearOver(year) => write!(f, "the schedule never fires: the year {year} is over"),
            Self::Wildcard(field, wildcard) => {
                write!(f, "the {field} field does not take `{wildcard}`")
            }
            Self::NotAlone(field, wildcard) => {
                write!(f, "`{wildcard}` in the {field} field cannot be part of a list")
            }
            Self::WildcardCase(text) => write!(f, "`{text}` is not in upper case"),
            Self::LastOffset(text) => {
                write!(f, "`{text}` counts back from the last day, which EventBridge cannot do")
            }
            Self::NoSingleDay(field, wildcard) => {
                write!(f, "`{wildcard}` in the {field} field needs one day before it")
            }
            Self::Instance(text) => {
                write!(f, "`{text}` is not the number of a week within a month")
            }
            Self::EmptyItem(field) => write!(f, "a value is missing in the {field} field"),
            Self::MissingStart(field) => write!(f, "the step in the {field} field has no start"),
            Self::BadStep(text) if text.is_empty() => write!(f, "the step is missing after `/`"),
            Self::BadStep(text) => {
                write!(f, "`{text}` is not a step, which is a number of at least 1")
            }
            Self::StepTooLarge(field, text) => {
                let limit = field.largest_step();
                write!(f, "a step of `{text}` is too large, in {field} at most {limit}")
            }
            Self::BadRange(text) => write!(f, "`{text}` is not a range of two values"),
            Self::MixedRange(text) => write!(f, "`{text}` mixes a name and a number"),
            Self::YearsReversed(text) => {
                write!(f, "`{text}` runs backwards, years do not wrap around")
            }
            Self::NotAValue(field, text) => {
                write!(f, "`{text}` is not a value of the {field} field")
            }
            Self::OutOfRange(field, text) => {
                write!(f, "`{text}` is out of range for the {field} field")
            }
            Self::TooManyDigits(field, text) => {
                write!(f, "`{text}` has more digits than the {field} field takes")
            }
        }
    }
}
