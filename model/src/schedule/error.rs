//! What can be wrong with a schedule, and how it is said.
//! The parsers of this module name a [`ScheduleErrorKind`] and a place; here stands every message, so that
//! they speak with one voice, and [`ScheduleError`], which carries message, place and advice.

use std::{error, fmt, ops::Range};

use super::cron_field::CronField;
use crate::aws::limits;

/// Why EventBridge would refuse a schedule, where in the text, and what to write instead.
///
/// `Display` gives the message, and the advice on a second line where there is any.
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
    reason: ScheduleErrorKind,
    range: Range<usize>,
    advice: Option<Advice>,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Advice {
    Note(String),
    /// The whole schedule put right, and the part of it that changed.
    Write {
        whole: String,
        part: String,
    },
}

impl ScheduleError {
    pub(super) fn new(reason: ScheduleErrorKind, range: Range<usize>) -> Self {
        Self { reason, range, advice: None }
    }

    pub(super) fn with(self, advice: Advice) -> Self {
        Self { advice: Some(advice), ..self }
    }

    pub(super) fn note(self, note: impl Into<String>) -> Self {
        self.with(Advice::Note(note.into()))
    }

    /// Offers a whole schedule only where it is right: a text with two mistakes would stay wrong
    /// after the advice for the first, so `put_right` follows the advice to its end.
    pub(super) fn settle(mut self, put_right: impl Fn(&str) -> Option<String>) -> Self {
        if let Some(Advice::Write { whole, part }) = self.advice {
            self.advice = match put_right(&whole) {
                Some(whole) => Some(Advice::Write { whole, part }),
                None if part.is_empty() => None,
                None => Some(Advice::Note(format!("write `{part}` here"))),
            };
        }
        self
    }

    /// Which rule was broken.
    #[must_use]
    pub fn reason(&self) -> &ScheduleErrorKind {
        &self.reason
    }

    /// The message alone, in one line, without the advice.
    #[must_use]
    pub fn message(&self) -> String {
        self.reason.to_string()
    }

    /// Where it is wrong: a range of bytes of the text that was parsed, on character boundaries.
    /// Empty where something is missing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What to do, where there is something to do, without a leading `help:`.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self.advice.as_ref()? {
            Advice::Note(note) => Some(note.clone()),
            Advice::Write { whole, .. } => Some(format!("write `{whole}`")),
        }
    }

    /// The whole schedule put right, where there is one way to do it. It always parses.
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        match self.advice.as_ref()? {
            Advice::Note(_) => None,
            Advice::Write { whole, .. } => Some(whole),
        }
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        self.help().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

impl error::Error for ScheduleError {}

/// The rule that a schedule breaks. A string within is the offending text, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleErrorKind {
    /// There is nothing.
    Empty,
    /// More characters than EventBridge takes.
    TooLong(usize),
    /// Whitespace that is not one space between two words.
    Spaces,
    /// Neither `rate(…)` nor `cron(…)`.
    UnknownForm(String),
    /// `Rate(…)` or `CRON(…)`.
    FormCase(String),
    /// `at(…)`, which EventBridge Scheduler takes and a rule does not.
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
    /// The number of a rate is past what a period can be.
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
    /// No unit of time at all.
    UnknownUnit(String),

    /// What stands in `at(…)` is no date and time.
    NotAMoment(String),
    /// `2026-03-01T08:00:00Z`.
    MomentZone(String),
    /// No month, day or hour of that number: what it is, and as it was written.
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

    /// A wildcard that the field does not take.
    Wildcard(CronField, char),
    /// A wildcard that must be the whole field, within a list.
    NotAlone(CronField, char),
    /// A wildcard letter in lower case.
    WildcardCase(String),
    /// `L-3`.
    LastOffset(String),
    /// `W` or `#` without the day before it, or with something that is not one day.
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

impl fmt::Display for ScheduleErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the schedule is empty"),
            Self::TooLong(length) => {
                let most = limits::SCHEDULE_LEN;
                write!(f, "a schedule of {length} characters, EventBridge takes at most {most}")
            }
            Self::Spaces => write!(f, "stray whitespace, a schedule has single spaces only"),
            Self::UnknownForm(form) => {
                write!(f, "`{form}` is no schedule, expected `rate(…)` or `cron(…)`")
            }
            Self::FormCase(form) => write!(f, "`{form}` is not in lower case"),
            Self::OneTime => {
                write!(f, "`at(…)` is for EventBridge Scheduler, a rule cannot take it")
            }
            Self::Unclosed => write!(f, "the closing `)` is missing"),
            Self::Trailing(text) => write!(f, "`{text}` stands after the closing `)`"),
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
                write!(f, "`{unit}` is no unit of a rate, the smallest unit is a minute")
            }
            Self::UnitTooLarge(unit) => {
                write!(f, "`{unit}` is no unit of a rate, the largest unit is a day")
            }
            Self::UnknownUnit(unit) => write!(f, "`{unit}` is no unit of a rate"),
            Self::NotAMoment(text) => write!(f, "`{text}` is no date with a time"),
            Self::MomentZone(zone) => write!(f, "`{zone}` cannot stand in the time itself"),
            Self::NoSuchPart(part, text) => write!(f, "there is no {part} `{text}`"),
            Self::MissingYear => write!(f, "cron has six fields, the year is missing"),
            Self::SecondsField => write!(f, "cron has six fields, here are seven"),
            Self::FieldCount(0) => write!(f, "cron has six fields, here are none"),
            Self::FieldCount(1) => write!(f, "cron has six fields, here is one"),
            Self::FieldCount(count) => write!(f, "cron has six fields, here are {count}"),
            Self::BothDaysAny => write!(f, "day of month and day of week are both `?`"),
            Self::NoDayAny => write!(f, "one of day of month and day of week must be `?`"),
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
                write!(
                    f,
                    "a step of `{text}` is too large, in {field} at most {}",
                    field.largest_step()
                )
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
