//! Lengths of time and schedules.

use std::fmt::Display;
use std::str::FromStr;

use skylift_model::duration::{Duration, DurationError, Milliseconds};
use skylift_model::schedule::ScheduleExpression;

use super::{text, valid};
use crate::errors::Errors;
use crate::tree::{Kind, Value};

/// A length of time that the model takes, in seconds.
pub fn seconds<T: TryFrom<u64>>(value: &Value, errors: &mut Errors) -> Option<T>
where
    T::Error: Display,
{
    let help = |number| format!("write `\"{number}s\"`");
    let duration: Duration = length(value, help, errors)?;
    valid(T::try_from(duration.seconds()), value, errors)
}

/// A length of time that may be shorter than a second.
pub fn milliseconds(value: &Value, errors: &mut Errors) -> Option<Milliseconds> {
    let help = |number| format!("write `\"{number}ms\"` or `\"{number}s\"`");
    length(value, help, errors)
}

/// A length of time; `help` is what to write for a number alone.
fn length<T: FromStr<Err = DurationError>>(
    value: &Value,
    help: impl FnOnce(i128) -> String,
    errors: &mut Errors,
) -> Option<T> {
    let Kind::Str(text) = &value.kind else {
        let message =
            errors.push(&value.place, format!("expected a duration, found {}", value.describe()));
        if let Kind::Int(number) = value.kind {
            message.help(help(number));
        }
        return None;
    };
    match text.parse() {
        Ok(length) => Some(length),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

/// A schedule of an EventBridge rule.
pub fn schedule(value: &Value, errors: &mut Errors) -> Option<ScheduleExpression> {
    let text = text(value, errors)?;
    match ScheduleExpression::from_str(text) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::settings::Timeout;

    use super::*;
    use crate::tree::testing::{refused, right};

    #[test]
    fn seconds_are_written_with_their_unit() {
        assert_eq!(right(r#""5m""#, seconds::<Timeout>).get(), 300);
        for (wrong, message) in [
            ("30", "expected a duration, found a number\n\nhelp: write `\"30s\"`"),
            ("soon", "expected a duration, found `soon`"),
            (r#""16m""#, "timeout of 960 s is out of range"),
            (r#""5x""#, "`x` is no unit of time"),
        ] {
            let found = refused(wrong, seconds::<Timeout>);
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert!(!refused("soon", seconds::<Timeout>).contains("help"));
    }

    #[test]
    fn what_may_be_shorter_than_a_second_is_told_both_units() {
        assert_eq!(right(r#""250ms""#, milliseconds).get(), 250);
        assert_eq!(
            refused("5", milliseconds),
            "expected a duration, found a number\n\nhelp: write `\"5ms\"` or `\"5s\"`"
        );
    }

    #[test]
    fn a_schedule_is_one_of_eventbridge() {
        assert_eq!(right(r#""rate(5 minutes)""#, schedule).as_str(), "rate(5 minutes)");
        assert_eq!(refused("5", schedule), "expected a string, found a number");
        let found = refused(r#""rate(1 minutes)""#, schedule);
        assert!(found.contains("\n\nhelp: write `rate(1 minute)`"), "{found}");
    }
}
