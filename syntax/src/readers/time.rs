//! Readers of durations and schedules. Each takes a value of the tree and returns `None` after an error was
//! recorded.

use std::fmt::Display;
use std::str::FromStr;
use std::time::SystemTime;

use skylift_model::duration::{Duration, DurationError, Milliseconds};
use skylift_model::schedule::{ActionSchedule, ScheduleExpression};
use skylift_model::time_zone::TimeZone;
use skylift_model::timestamp::find_year;

use super::computed::{find_duration, find_number, is_computed};
use super::{accept, read_text};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::tree::{ArgValue, ArgValueKind};

/// Reads a duration in whole seconds that the model accepts.
pub fn read_seconds<T: TryFrom<u64>>(value: &ArgValue, errors: &mut Errors) -> Option<T>
where
    T::Error: Display,
{
    accept(T::try_from(read_whole_seconds(value, errors)?), value, errors)
}

/// Reads a duration in whole seconds, of any length.
pub(crate) fn read_whole_seconds(value: &ArgValue, errors: &mut Errors) -> Option<u64> {
    let duration: Duration = read_duration(value, &["s"], errors)?;
    Some(duration.seconds())
}

/// Reads a duration that may be shorter than a second.
pub fn read_milliseconds(value: &ArgValue, errors: &mut Errors) -> Option<Milliseconds> {
    read_duration(value, &["ms", "s"], errors)
}

/// Reads a duration. `units` are the units that the error suggests if the user wrote a number without a unit.
fn read_duration<T: FromStr<Err = DurationError>>(
    value: &ArgValue,
    units: &[&str],
    errors: &mut Errors,
) -> Option<T> {
    let ArgValueKind::Str(text) = &value.kind else {
        let message = match &value.kind {
            &ArgValueKind::Int(number) if number >= 0 => {
                messages::duration_without_unit(number, units)
            }
            ArgValueKind::Other(text) if find_number(text).is_some_and(|_| text.contains('*')) => {
                messages::computed_value(phrases::DURATION, &value.describe())
            }
            ArgValueKind::Other(text) => {
                let found = find_duration(text).unwrap_or_default();
                // `3 s` is a duration without its space only.
                let forms = [found.replace(' ', ""), found];
                let found = forms.iter().find(|form| form.parse::<T>().is_ok());
                messages::not_a_duration(&value.describe(), found.map(String::as_str))
            }
            _ if is_computed(value) => {
                messages::computed_value(phrases::DURATION, &value.describe())
            }
            _ => messages::not_a_duration(&value.describe(), None),
        };
        errors.push(&value.span, message);
        return None;
    };
    match text.parse() {
        Ok(duration) => Some(duration),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Reads the schedule of an EventBridge rule.
pub fn read_schedule(value: &ArgValue, errors: &mut Errors) -> Option<ScheduleExpression> {
    let read = ScheduleExpression::from_str(read_schedule_text(value, errors)?);
    match read.and_then(|it| it.check_not_over(current_year()).map(|()| it)) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Reads the text of a schedule. Shows a schedule without its quotes with them. Returns `None` after an error was
/// recorded.
fn read_schedule_text<'a>(value: &'a ArgValue, errors: &mut Errors) -> Option<&'a str> {
    match find_unquoted_schedule(value) {
        Some(text) => {
            errors.push(&value.span, messages::schedule_without_quotes(&text));
            None
        }
        None if value.is_string() => read_text(value, errors),
        None => {
            errors.push(&value.span, messages::schedule_expected(&value.describe()));
            None
        }
    }
}

/// Returns the text of a schedule that lacks its quotes, such as `rate(5 minutes)`, or that has them inside the
/// parentheses. Returns `None` for any other value.
pub(crate) fn find_unquoted_schedule(value: &ArgValue) -> Option<String> {
    const FUNCTIONS: [&str; 3] = ["at", "cron", "rate"];
    let (name, text) = match &value.kind {
        ArgValueKind::Other(text) => (text.split_once('(')?.0, text.clone()),
        ArgValueKind::Call(name, args) => {
            let inner = match args.take_keyless().as_slice() {
                [one] => match &one.kind {
                    ArgValueKind::Str(text) | ArgValueKind::Other(text) => text.clone(),
                    _ => return None,
                },
                _ => return None,
            };
            (name.text.as_str(), format!("{}({inner})", name.text))
        }
        _ => return None,
    };
    FUNCTIONS.contains(&name).then_some(text)
}

/// Reads the schedule of a scheduled action of Application Auto Scaling.
pub fn read_action_schedule(value: &ArgValue, errors: &mut Errors) -> Option<ActionSchedule> {
    let read = ActionSchedule::from_str(read_schedule_text(value, errors)?);
    match read.and_then(|it| it.check_not_over(current_year()).map(|()| it)) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Reads the value of `time_zone`. `at` is the schedule that it belongs to. Returns `None` after an error was recorded.
pub(crate) fn read_time_zone(
    value: &ArgValue,
    at: Option<&ActionSchedule>,
    errors: &mut Errors,
) -> Option<TimeZone> {
    let time_zone = match TimeZone::try_from(read_text(value, errors)?) {
        Ok(time_zone) => time_zone,
        Err(error) => {
            errors.push(&value.span, error);
            return None;
        }
    };
    let is_rate = |at: &ActionSchedule| matches!(at, ActionSchedule::Repeating(schedule) if schedule.period().is_some());
    if at.is_some_and(is_rate) {
        errors.push(&value.span, messages::time_zone_of_rate());
    }
    Some(time_zone)
}

/// Returns the present year in UTC. The clock decides only whether a schedule is over, and no template shows it.
fn current_year() -> u16 {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    find_year(since_1970.unwrap_or_default().as_secs())
}

#[cfg(test)]
mod tests {
    use skylift_model::settings::Timeout;

    use super::*;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn a_duration_needs_a_unit() {
        assert_eq!(accepted(r#""5m""#, read_seconds::<Timeout>).get(), 300);
        for (wrong, message) in [
            ("30", "expected a duration, found a number\n\nhelp: write `\"30s\"`"),
            ("soon", "expected a duration, found `soon`"),
            (
                "-3",
                "expected a duration, found a number\n\nhelp: write a number with its unit in quotes, such as `\"30s\"`",
            ),
            (
                "0.5",
                "expected a duration, found a number with a fraction\n\nhelp: write a number with its unit",
            ),
            ("3 s", "expected a duration, found `3 s`\n\nhelp: write `\"3s\"`"),
            (
                "Duration::from_secs(30)",
                "expected a duration, found `Duration::from_secs(30)`\n\nhelp: write `\"30s\"`",
            ),
            (
                "2 * 60",
                "expected a duration, found `2 * 60`\n\nhelp: the attribute is read before the compiler computes values: write the value itself",
            ),
            (r#""31m""#, "timeout of 1860 s is out of range"),
            (r#""5x""#, "`x` is not a unit of time"),
        ] {
            let found = rejected(wrong, read_seconds::<Timeout>);
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_duration_below_a_second_suggests_both_units() {
        assert_eq!(accepted(r#""250ms""#, read_milliseconds).get(), 250);
        assert_eq!(
            rejected("5", read_milliseconds),
            "expected a duration, found a number\n\nhelp: write `\"5ms\"` or `\"5s\"`"
        );
    }

    #[test]
    fn a_schedule_without_quotes_is_shown_with_them() {
        for (written, shown) in [
            ("rate(5 minutes)", "rate(5 minutes)"),
            ("rate(5minutes)", "rate(5minutes)"),
            (r#"rate("5 minutes")"#, "rate(5 minutes)"),
            ("cron(0 8 1,15 * ? *)", "cron(0 8 1,15 * ? *)"),
            ("cron(* * ? * MON,TUE *)", "cron(* * ? * MON,TUE *)"),
            ("at(2027-01-01T10:00:00)", "at(2027-01-01T10:00:00)"),
        ] {
            let message = format!("a schedule is a string\n\nhelp: write `\"{shown}\"`");
            assert_eq!(rejected(written, read_schedule), message);
            assert_eq!(rejected(written, read_action_schedule), message);
        }
        let found = rejected("every(3)", read_schedule);
        assert!(found.starts_with("expected a schedule in quotes, found `every(…)`"), "{found}");
    }

    #[test]
    fn a_schedule_has_to_be_valid_for_eventbridge() {
        assert_eq!(accepted(r#""rate(5 minutes)""#, read_schedule).as_str(), "rate(5 minutes)");
        assert_eq!(
            rejected("5", read_schedule),
            "expected a schedule in quotes, found a number\n\nhelp: write `\"rate(5 minutes)\"`"
        );
        let found = rejected(r#""rate(1 minutes)""#, read_schedule);
        assert!(found.contains("\n\nhelp: write `rate(1 minute)`"), "{found}");
        let found = rejected(r#""cron(0 0 1 1 ? 2020)""#, read_schedule);
        assert!(found.starts_with("the schedule never fires: the year 2020 is over"), "{found}");
        let found = rejected(r#""at(2020-01-01T00:00:00)""#, read_action_schedule);
        assert!(found.starts_with("the schedule never fires: the year 2020 is over"), "{found}");
    }
}
