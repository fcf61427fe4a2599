//! The error of a schedule: which rule it breaks, which range of the text is wrong, and what to write
//! instead. The parsers of this module create it; its texts are in `messages/schedule.rs`.

use std::{error, fmt, ops::Range};

use super::cron_field::CronField;
use crate::messages::common;

/// Why EventBridge would refuse a schedule, which range of the text is wrong, and what to write instead.
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

/// What to do about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fix {
    /// A hint for the user.
    Hint(String),
    /// The corrected text.
    Replace {
        /// The whole schedule with the correction.
        whole: String,
        /// The part of it that changed.
        part: String,
    },
}

impl ScheduleError {
    pub(super) fn new(kind: ScheduleErrorKind, range: Range<usize>) -> Self {
        Self { kind, range, fix: None }
    }

    /// Adds a fix.
    pub(super) fn with_fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Adds a hint.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        self.with_fix(Fix::Hint(hint.into()))
    }

    /// Checks the corrected schedule. If the text has a second mistake, the correction of the first does not
    /// parse; `correct_fully` then applies the further corrections. If that fails too, only the part is
    /// offered.
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

    /// Returns the message alone, in one line, without the help.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    /// Returns the range of bytes that is wrong in the parsed text, on character boundaries. It is empty
    /// where something is missing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns what to do, if there is one thing to do, without a leading `help:`.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self.fix.as_ref()? {
            Fix::Hint(hint) => Some(hint.clone()),
            Fix::Replace { whole, .. } => Some(common::write_instead(whole)),
        }
    }

    /// Returns the corrected schedule, if there is one way to correct it. It always parses.
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

/// The rule that a schedule breaks. The strings are the offending texts as the user wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleErrorKind {
    /// The text is empty.
    Empty,
    /// More characters than EventBridge takes.
    TooLong(usize),
    /// Whitespace that is not one space between two words.
    Spaces,
    /// Neither `rate(…)` nor `cron(…)`.
    UnknownForm(String),
    /// `Rate(…)` or `CRON(…)`.
    FormCase(String),
    /// `at(…)`, which EventBridge Scheduler accepts and a rule does not.
    OneTime,
    /// No `)`.
    Unclosed,
    /// Text after the `)`.
    Trailing(String),

    /// A rate without a number.
    MissingNumber,
    /// A rate without a unit.
    MissingUnit,
    /// `5minutes`.
    MissingSpace(String),
    /// `1 hour 30 minutes`.
    ManyWords,
    /// The number of a rate is not a whole number.
    NotWhole(String),
    /// The number of a rate is below zero.
    Negative(String),
    /// The number of a rate is zero.
    ZeroRate,
    /// `05`.
    LeadingZero(String),
    /// The number of a rate is larger than a period can be.
    NumberTooLarge(String),
    /// `1 minutes`.
    PluralOfOne(String),
    /// `5 minute`.
    SingularOfMany(String),
    /// `Minutes`.
    UnitCase(String),
    /// Seconds and less.
    UnitTooSmall(String),
    /// Weeks and more.
    UnitTooLarge(String),
    /// The unit of a rate is not a unit of time.
    UnknownUnit(String),

    /// The text in `at(…)` is not a date and a time.
    NotADateTime(String),
    /// `2026-03-01T08:00:00Z`.
    ZoneInTime(String),
    /// There is no month, day or hour of that number: the name of the part, and the number.
    NoSuchPart(&'static str, String),

    /// A cron of five fields.
    MissingYear,
    /// A cron of seven fields, as Quartz writes it.
    SecondsField,
    /// A cron of any other number of fields.
    FieldCount(usize),
    /// Both day fields are `?`.
    BothDaysAny,
    /// Neither day field is `?`.
    NoDayAny,

    /// A wildcard that the field does not accept.
    Wildcard(CronField, char),
    /// A wildcard in a list that has to be the whole field.
    NotAlone(CronField, char),
    /// A wildcard letter in lower case.
    WildcardCase(String),
    /// `L-3`.
    LastOffset(String),
    /// `W` or `#` without a day before it, or with something else than one day.
    NoSingleDay(CronField, char),
    /// `MON#6`.
    Instance(String),
    /// A list with nothing between two commas.
    EmptyItem(CronField),
    /// `/5`.
    MissingStart(CronField),
    /// `0/x`.
    BadStep(String),
    /// `*/60` in minutes.
    StepTooLarge(CronField, String),
    /// `1-2-3`, `*-5`, `5-`.
    BadRange(String),
    /// `2-MAR`.
    MixedRange(String),
    /// `2030-2020`.
    YearsReversed(String),
    /// Neither a number nor a name of the field.
    NotAValue(CronField, String),
    /// A number outside the field.
    OutOfRange(CronField, String),
    /// `007`.
    TooManyDigits(CronField, String),
}
