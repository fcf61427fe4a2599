//! The error of a schedule: which rule the schedule breaks, which range of the text is wrong, and what to write
//! instead. The parsers of this module create the error; its texts are in `messages/schedule.rs`.

use std::{error, fmt, ops::Range};

use super::cron_field::CronField;
use crate::messages::common;

/// The reason why EventBridge would refuse a schedule, with the range of the text that is wrong, and what to
/// write instead.
///
/// `Display` writes the message, and the help on a second line if there is any.
///
/// ```
/// use skylift_model::schedule::ScheduleExpression;
///
/// let error = "rate(1 minutes)".parse::<ScheduleExpression>().unwrap_err();
/// assert_eq!(error.message(), "`minutes` is plural, a rate of 1 takes the singular");
/// assert_eq!(error.range(), 7..14);
/// assert_eq!(error.help().as_deref(), Some("write `rate(1 minute)`"));
/// assert_eq!(error.replacement(), Some("rate(1 minute)"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleError {
    kind: ScheduleErrorKind,
    range: Range<usize>,
    fix: Option<Fix>,
}

/// What the user can do about the error of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fix {
    /// A hint for the user, if the corrected text is not known.
    Hint(String),
    /// A corrected text that replaces a part of the schedule.
    Replace {
        /// The whole schedule after the correction.
        whole: String,
        /// The corrected part of the schedule.
        part: String,
    },
}

impl ScheduleError {
    /// Creates an error without a fix. `range` is the wrong range of bytes in the schedule.
    pub(super) fn new(kind: ScheduleErrorKind, range: Range<usize>) -> Self {
        Self { kind, range, fix: None }
    }

    /// Adds a fix to the error, or replaces its fix.
    pub(super) fn with_fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Adds a hint to the error, or replaces its fix by the hint.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        self.with_fix(Fix::Hint(hint.into()))
    }

    /// Checks that the corrected schedule in the fix is valid. If the schedule has a second mistake, the
    /// correction of the first does not parse; `correct_fully` then applies the further corrections. If that
    /// fails too, the error offers only the corrected part.
    pub(super) fn with_checked_fix(
        mut self,
        correct_fully: impl Fn(&str) -> Option<String>,
    ) -> Self {
        if let Some(Fix::Replace { whole, part }) = self.fix {
            self.fix = match correct_fully(&whole) {
                Some(whole) => Some(Fix::Replace { whole, part }),
                None if part.is_empty() => None,
                None => Some(Fix::Hint(common::write_here(&part))),
            };
        }
        self
    }

    /// Returns the rule that the schedule breaks.
    #[must_use]
    pub fn kind(&self) -> &ScheduleErrorKind {
        &self.kind
    }

    /// Returns the message in one line, without the help.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    /// Returns the range of bytes that is wrong in the parsed schedule, on character boundaries. The range is
    /// empty where something is missing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns what the user can do, without a leading `help:`, and `None` if there is no single thing to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self.fix.as_ref()? {
            Fix::Hint(hint) => Some(hint.clone()),
            Fix::Replace { whole, .. } => Some(common::write_instead(whole)),
        }
    }

    /// Returns the corrected schedule, which always parses. Returns `None` if there is no single way to correct
    /// the text.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        match self.fix.as_ref()? {
            Fix::Hint(_) => None,
            Fix::Replace { whole, .. } => Some(whole),
        }
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl error::Error for ScheduleError {}

/// The fields of a cron that say on which days it fires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronDate {
    /// The day of month, or the day of week if the day of month is `?`.
    pub day: String,
    /// The month.
    pub month: String,
    /// The year.
    pub year: String,
}

/// The rule that a schedule breaks. The strings are the offending texts as the user wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleErrorKind {
    /// The text is empty.
    Empty,
    /// The schedule has more characters than EventBridge takes: the number of its characters.
    TooLong(usize),
    /// The schedule has white space other than one space between two words.
    Spaces,
    /// The schedule is neither `rate(…)` nor `cron(…)`.
    UnknownForm(String),
    /// The name of the form is not in lower case: `Rate(…)` or `CRON(…)`.
    FormCase(String),
    /// The schedule is `at(…)`, which EventBridge Scheduler accepts and a rule does not.
    OneTime,
    /// The schedule has no `)`.
    Unclosed,
    /// The schedule has text after the `)`.
    Trailing(String),

    /// A rate has no number.
    MissingNumber,
    /// A rate has no unit.
    MissingUnit,
    /// A rate has no space between number and unit: `5minutes`.
    MissingSpace(String),
    /// A rate has more than a number and a unit: `1 hour 30 minutes`.
    ManyWords,
    /// The number of a rate is not a whole number.
    NotWhole(String),
    /// The number of a rate is below zero.
    Negative(String),
    /// The number of a rate is zero.
    ZeroRate,
    /// The number of a rate begins with a zero: `05`.
    LeadingZero(String),
    /// The number of a rate is larger than a period can be.
    NumberTooLarge(String),
    /// The unit of a rate of 1 is plural: `1 minutes`.
    PluralOfOne(String),
    /// The unit of a rate of more than 1 is singular: `5 minute`.
    SingularOfMany(String),
    /// The unit of a rate is not in lower case: `Minutes`.
    UnitCase(String),
    /// The unit of a rate is smaller than a minute.
    UnitTooSmall(String),
    /// The unit of a rate is larger than a day.
    UnitTooLarge(String),
    /// The unit of a rate is not a unit of time.
    UnknownUnit(String),

    /// The text in `at(…)` is not a date and a time.
    NotADateTime(String),
    /// The time in `at(…)` has a time zone: `2026-03-01T08:00:00Z`.
    ZoneInTime(String),
    /// The date or time in `at(…)` does not exist: the name of the wrong part, such as `month`, and its number.
    NoSuchPart(&'static str, String),

    /// A cron has five fields.
    MissingYear,
    /// A cron has seven fields, as Quartz writes it.
    SecondsField,
    /// A cron has another number of fields than five, six or seven: the number.
    FieldCount(usize),
    /// Both day fields of a cron are `?`.
    BothDaysAny,
    /// Neither day field of a cron is `?`.
    NoDayAny,
    /// No day matches the fields of a cron: its day of month or of week, its month and its year.
    NoSuchDate(Box<CronDate>),
    /// The last year in which a schedule fires is over.
    YearOver(u16),

    /// A field of a cron has a wildcard that it does not accept.
    Wildcard(CronField, char),
    /// A wildcard that has to be the whole field is part of a list.
    NotAlone(CronField, char),
    /// The letter of a wildcard is in lower case.
    WildcardCase(String),
    /// The day of month has an offset from the last day: `L-3`.
    LastOffset(String),
    /// `W` or `#` has no day before it, or something other than one day.
    NoSingleDay(CronField, char),
    /// The number after `#` is not the number of a week within a month: `MON#6`.
    Instance(String),
    /// A list in a field of a cron has nothing between two commas.
    EmptyItem(CronField),
    /// A step in a field of a cron has no start: `/5`.
    MissingStart(CronField),
    /// The step in a field of a cron is not a number of at least 1: `0/x`.
    BadStep(String),
    /// The step in a field of a cron is too large: `*/60` in minutes.
    StepTooLarge(CronField, String),
    /// A range in a field of a cron does not have two values: `1-2-3`, `*-5`, `5-`.
    BadRange(String),
    /// A range in a field of a cron mixes a number and a name: `2-MAR`.
    MixedRange(String),
    /// A range of years ends before it begins: `2030-2020`.
    YearsReversed(String),
    /// A value in a field of a cron is neither a number nor a name of the field.
    NotAValue(CronField, String),
    /// A number in a field of a cron is outside the range of the field.
    OutOfRange(CronField, String),
    /// A number in a field of a cron has more digits than the largest value of the field: `007`.
    TooManyDigits(CronField, String),
}
