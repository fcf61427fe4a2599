//! Messages about single values of attributes: names, bounded numbers, deadline margins, pings, idempotency,
//! resumed work, log retention, utilization, time zones and points in time.

use std::fmt;

use super::common::did_you_mean;
use crate::aws::limits::{self, DEADLINE_MARGIN_MIN_MS, DEFAULT_DEADLINE_MARGIN_MS, HOLD_MS};
use crate::aws::name::InvalidName;
use crate::aws::provisioned_concurrency::InvalidUtilization;
use crate::aws::sub_text::SubTextError;
use crate::bounded::OutOfRange;
use crate::deadline::DeadlineMarginError;
use crate::keep_warm::HoldError;
use crate::message::Message;
use crate::time_zone::UnknownTimeZone;
use crate::timestamp::InvalidTimestamp;

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name, reason } = self;
        write!(f, "`{name}` is not a {what}: {reason}")
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, value, limited_by, min, max, unit } = self;
        let space = if unit.is_empty() { "" } else { " " };
        if *max == u32::MAX {
            write!(
                f,
                "{what} of {value}{space}{unit} is too low: {limited_by} takes {min}{space}{unit} or more"
            )
        } else {
            write!(
                f,
                "{what} of {value}{space}{unit} is out of range: {limited_by} takes {min} to {max}{space}{unit}"
            )
        }
    }
}

/// Reports that a queue drops a message while its first receiver still hides it. Both times are in seconds.
pub(crate) fn retention_below_visibility(retention: u32, visibility: u32) -> Message {
    Message::new(format!(
        "retention of {retention} s is shorter than the visibility timeout of {visibility} s: a message that fails is gone before it is received again"
    ))
    .with_help("raise `retention`, or lower `visibility`")
}

/// Reports that a queue drops a message before it can be received. Both times are in seconds.
pub(crate) fn delay_beyond_retention(delay: u32, retention: u32) -> Message {
    Message::new(format!(
        "delay of {delay} s with a retention of {retention} s: a message is gone before it can be received"
    ))
    .with_help("lower `delay`, or raise `retention`")
}

/// Reports that the source of a bus's events is empty.
pub(crate) fn empty_event_source() -> Message {
    Message::new("the source of events is empty")
        .with_help("write one such as `shop.orders`, or leave it out for the name of the package")
}

/// Reports that the source of a bus's events is reserved for AWS's services.
pub(crate) fn reserved_event_source(source: &str) -> Message {
    let prefix = limits::EVENT_SOURCE_RESERVED_PREFIX;
    Message::new(format!(
        "`{source}` begins with `{prefix}`, and only AWS's own services publish events from such a source"
    ))
    .with_help("write a source of your own, such as `shop.orders`")
}

impl DeadlineMarginError {
    /// Returns what the user can do about the deadline margin.
    #[must_use]
    pub fn help(&self) -> String {
        let (default, least) = (DEFAULT_DEADLINE_MARGIN_MS, DEADLINE_MARGIN_MIN_MS);
        match self {
            Self::Zero | Self::TooShort(_) => {
                format!("leave it out for {default} ms, or write as little as `\"{least}ms\"`")
            }
            Self::TooLong => {
                format!("leave it out for {default} ms, or write a shorter one, such as `\"2s\"`")
            }
        }
    }
}

impl fmt::Display for DeadlineMarginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zero => {
                f.write_str("a function without a margin has no time to report what it did")
            }
            Self::TooShort(milliseconds) => {
                write!(f, "a margin of {milliseconds} ms is too short to report in")
            }
            Self::TooLong => {
                let longest = limits::INSTANCE_TIMEOUT_SECONDS.end();
                write!(f, "no function has that much time: its timeout is at most {longest} s")
            }
        }
    }
}

impl From<DeadlineMarginError> for Message {
    fn from(error: DeadlineMarginError) -> Self {
        Self::new(error.to_string()).with_help(error.help())
    }
}

impl fmt::Display for HoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (HOLD_MS.start(), HOLD_MS.end() / 1_000);
        write!(f, "a ping cannot be held for {}: hold it for {least} ms to {most} s", self.0)
    }
}

/// Returns the message that a table cannot keep an answer for this time. `seconds` is the time that the user
/// wrote.
pub(crate) fn record_lifetime_out_of_range(seconds: u64) -> String {
    let (least, most) =
        (limits::IDEMPOTENCY_SECONDS.start(), limits::IDEMPOTENCY_SECONDS.end() / (24 * 60 * 60));
    format!("an answer cannot be kept for {seconds} s: keep it for {least} s to {most} days")
}

/// Returns the message that a function that resumes cannot hand over its work this many times.
pub(crate) fn hops_out_of_range(hops: u64) -> String {
    let (least, most) = (limits::RESUME_HOPS.start(), limits::RESUME_HOPS.end());
    format!("{hops} hops are out of range: `resume` takes {least} to {most}")
}

/// Returns the message that CloudWatch Logs does not accept a log retention. `nearest` is the nearest number of
/// days that it accepts.
pub(crate) fn log_retention(days: u64, nearest: u32) -> String {
    format!(
        "logs cannot be kept for {days} days: CloudWatch Logs takes certain numbers only, the nearest is {nearest}"
    )
}

impl fmt::Display for InvalidUtilization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) =
            (limits::PROVISIONED_UTILIZATION.start(), limits::PROVISIONED_UTILIZATION.end());
        write!(f, "target of {} is out of range: AWS takes {least} to {most}", self.0)
    }
}

impl fmt::Display for UnknownTimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time zone", self.name)
    }
}

impl From<UnknownTimeZone> for Message {
    fn from(error: UnknownTimeZone) -> Self {
        Self::new(error.to_string()).with_help(error.help())
    }
}

impl UnknownTimeZone {
    /// Returns what the user can write instead of the unknown time zone.
    #[must_use]
    pub fn help(&self) -> String {
        match self.nearest() {
            Some(nearest) => did_you_mean(nearest),
            None => {
                "write a name of the IANA database, such as `Europe/Berlin` or `UTC`".to_owned()
            }
        }
    }
}

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a point in time: {}", self.text, self.reason)
    }
}

impl From<InvalidTimestamp> for Message {
    fn from(error: InvalidTimestamp) -> Self {
        Self::new(error.to_string()).with_help("write one such as `2026-01-01T00:00:00Z`")
    }
}

impl fmt::Display for SubTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed => f.write_str("a `${` in this text has no `}`"),
            Self::UnknownPseudoParameter(name, _) => {
                write!(f, "CloudFormation has no pseudo parameter `${{{name}}}`")
            }
            Self::UnknownPolicyVariable(name, _) => {
                write!(f, "IAM has no policy variable `${{{name}}}`")
            }
            Self::VariableOfIam(name) => {
                write!(f, "`${{{name}}}` is a variable of IAM, which nothing replaces here")
            }
            Self::NotAReference(name) => {
                write!(f, "`${{{name}}}` is neither a reference nor a variable of IAM")
            }
        }
    }
}

impl From<SubTextError> for Message {
    fn from(error: SubTextError) -> Self {
        let help = match &error {
            SubTextError::UnknownPseudoParameter(_, Some(meant)) => {
                did_you_mean(&format!("${{{meant}}}"))
            }
            SubTextError::UnknownPolicyVariable(_, meant) => did_you_mean(&format!("${{{meant}}}")),
            SubTextError::UnknownPseudoParameter(_, None) => {
                "write `${AWS::Region}`, `${AWS::AccountId}` or `${AWS::Partition}`".to_owned()
            }
            SubTextError::VariableOfIam(name) => {
                format!("write `${{!{name}}}` for the text as it is, or a reference such as `${{AWS::Region}}`")
            }
            SubTextError::Unclosed | SubTextError::NotAReference(_) => {
                "write a logical id, as `${Api}` or `${Jobs.Arn}`, a pseudo parameter, as `${AWS::Region}`, or a variable of IAM, as `${aws:username}`".to_owned()
            }
        };
        Self::new(error.to_string()).with_help(help)
    }
}
