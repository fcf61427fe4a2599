//! The source `schedule("rate(5 minutes)")`, and its short form `schedule = "rate(5 minutes)"`. Reads a trigger
//! on a schedule.

use skylift_model::aws::limits;
use skylift_model::schedule::ActionSchedule;
use skylift_model::source::rule_target::RuleTarget;
use skylift_model::source::schedule::{Expression, ExpressionParameter, Schedule};
use skylift_model::source::scheduler::{FlexibleWindow, ScheduleDate, SchedulerSettings};

use super::rule_target::{read_rule_input, read_rule_target};
use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{
    find_param, read_action_schedule, read_name, read_param_call, read_seconds, read_short_text,
    read_text, read_time_zone, take_enabled,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Schedule {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["schedule", "cron", "rate", "timer", "scheduled", "scheduler", "cronjob", "every"],
            "write `schedule = \"rate(5 minutes)\"` or `schedule = \"cron(0 8 * * ? *)\"`",
        )],
        keys: &[
            (
                &["rate", "cron", "every", "expression", "scheduleexpression"],
                "write `schedule(\"rate(5 minutes)\")` or `schedule(\"cron(0 8 * * ? *)\")`",
            ),
            (&["state", "disabled"], "write `enabled = false`"),
        ],
        keys_anywhere: &[(
            &["timezone", "tz", "scheduleexpressiontimezone"],
            "write `trigger = schedule(\"cron(…)\", time_zone = \"Europe/Berlin\")`",
        )],
    };

    const READ_SHORT: Option<fn(&ArgValue, &mut Errors) -> Option<Self>> = Some(read_short);

    fn is_text_of_source(text: &str) -> bool {
        ["rate(", "cron(", "at("].iter().any(|form| text.starts_with(form))
    }

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let mut expressions = args.take_positional();
        expressions.extend(args.take_calls("param"));
        let expression = match expressions.as_slice() {
            [value] => read_expression(value, errors),
            [] => {
                errors.push_missing(&args.span, messages::schedule_without_expression());
                None
            }
            [_, second, ..] => {
                errors.push(&second.span, messages::schedule_with_two_expressions());
                None
            }
        };
        let description = |value: &ArgValue, errors: &mut Errors| {
            read_short_text(value, limits::DESCRIPTION_LEN, phrases::RULE_DESCRIPTION, errors)
        };
        let description = args.take("description", description, errors);
        let name = args.take("name", read_name, errors);
        let (enabled, enabled_by) = take_enabled(args, errors);
        let input = args.take("input", read_rule_input, errors);
        let target = read_rule_target(args, errors);
        let known = expression.as_ref().and_then(Expression::known);
        let scheduler = read_scheduler(args, known, errors);
        let expression = expression?;
        Some(Self { expression, scheduler, name, description, enabled, enabled_by, input, target })
    }
}

/// Reads the value of the short form `schedule = "…"`. Returns `None` after an error was recorded.
fn read_short(value: &ArgValue, errors: &mut Errors) -> Option<Schedule> {
    if let ArgValueKind::Call(name, args) = &value.kind
        && name.text == "schedule"
    {
        args.take_keyless();
        errors.push(&value.span, messages::schedule_in_parentheses());
        return None;
    }
    let expression = read_expression(value, errors)?;
    Some(Schedule {
        expression,
        scheduler: SchedulerSettings::default(),
        name: None,
        description: None,
        enabled: true,
        enabled_by: None,
        input: None,
        target: RuleTarget::default(),
    })
}

/// Reads when the schedule fires: a schedule in quotes, or the parameter that has it. Returns `None` after an error was
/// recorded.
fn read_expression(value: &ArgValue, errors: &mut Errors) -> Option<Expression> {
    if find_param(value).is_some() {
        let param = read_param_call(value, errors)?;
        return Some(Expression::Param(ExpressionParameter { param }));
    }
    read_action_schedule(value, errors).map(Expression::Known)
}

/// Reads the settings that only EventBridge Scheduler has. `expression` is the schedule that they belong to.
fn read_scheduler(
    args: &Args,
    expression: Option<&ActionSchedule>,
    errors: &mut Errors,
) -> SchedulerSettings {
    let time_zone =
        |value: &ArgValue, errors: &mut Errors| read_time_zone(value, expression, errors);
    let settings = SchedulerSettings {
        time_zone: args.take("time_zone", time_zone, errors),
        window: args.take("window", read_window, errors),
        start: args.take("start", read_date, errors),
        end: args.take("end", read_date, errors),
        group: args.take("group", read_name, errors),
    };
    if let Some(message) = settings.check_order() {
        errors.push(args.span_of("end"), message);
    }
    settings
}

/// Reads the value of `window`. Returns `None` after an error was recorded.
fn read_window(value: &ArgValue, errors: &mut Errors) -> Option<FlexibleWindow> {
    let window: FlexibleWindow = read_seconds(value, errors)?;
    match window.minutes() {
        Ok(_) => Some(window),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

/// Reads the value of `start` or `end`. Returns `None` after an error was recorded.
fn read_date(value: &ArgValue, errors: &mut Errors) -> Option<ScheduleDate> {
    match ScheduleDate::parse(read_text(value, errors)?) {
        Ok(date) => Some(date),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::function::testing::{accepted, rejected as function_rejected};
    use crate::source::testing::{rejected, trigger};

    fn schedule(source: &str) -> Schedule {
        match trigger(source) {
            Trigger::Schedule(schedule) => schedule,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let least = schedule(r#"schedule("rate(5 minutes)")"#);
        assert_eq!(least.expression.known().unwrap().as_str(), "rate(5 minutes)");
        assert!(least.enabled && least.name.is_none() && least.description.is_none());
        assert!(least.input.is_none() && least.target == RuleTarget::default());
        let all = schedule(
            r#"schedule("rate(5 minutes)", name = "tick", description = "Often", enabled = false, input = { "a": 1 }, dead_letters = Lost, retries = 3, max_event_age = "1h")"#,
        );
        assert_eq!(all.name.unwrap().as_str(), "tick");
        assert_eq!(all.description.as_deref(), Some("Often"));
        assert!(!all.enabled && all.input.is_some());
        assert!(all.target.dead_letters.is_some());
        assert_eq!(all.target.retries.unwrap().get(), 3);
        assert_eq!(all.target.max_event_age.unwrap().get(), 3_600);
    }

    #[test]
    fn every_argument_of_scheduler_is_read_and_checked() {
        assert!(!schedule(r#"schedule("rate(5 minutes)")"#).needs_scheduler());
        let once = schedule(r#"schedule("at(2099-01-01T08:00:00)", time_zone = "Europe/Berlin")"#);
        assert!(once.needs_scheduler());
        assert_eq!(once.scheduler.time_zone.unwrap().as_str(), "Europe/Berlin");
        let all = schedule(
            r#"schedule("rate(1 hour)", window = "15m", start = "2099-01-01T00:00:00Z", end = "2099-02-01T00:00:00Z", group = "nightly")"#,
        );
        assert_eq!(all.scheduler.window.unwrap().minutes(), Ok(15));
        assert_eq!(all.scheduler.start.unwrap().as_str(), "2099-01-01T00:00:00Z");
        assert_eq!(all.scheduler.group.unwrap().as_str(), "nightly");
        for (wrong, message) in [
            (r#"time_zone = "Europe/Berlin""#, "a `rate(…)` has no time of day"),
            (
                r#"window = "90s""#,
                "a window of 90 s is not a whole number of minutes\n\nhelp: write `\"2m\"`",
            ),
            (r#"window = "2d""#, "window of 172800 s is out of range"),
            (r#"start = "2099-01-01""#, "`2099-01-01` is not"),
            (
                r#"start = "2099-01-01T00:00:00Z", end = "2098-01-01T00:00:00Z""#,
                "the schedule ends at 2098-01-01T00:00:00Z, and starts at 2099-01-01T00:00:00Z",
            ),
            (r#"group = "a b""#, "`a b` is not a name of a group of schedules"),
        ] {
            let found = rejected(&format!(r#"schedule("rate(1 hour)", {wrong})"#));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn the_short_form_is_the_same_schedule() {
        let short = accepted(r#"schedule = "rate(5 minutes)""#).triggers;
        let long = accepted(r#"trigger = schedule("rate(5 minutes)")"#).triggers;
        assert_eq!(short, long);
        assert_eq!(
            function_rejected("schedule = 5"),
            "expected a schedule in quotes, found a number\n\nhelp: write `\"rate(5 minutes)\"`"
        );
        assert_eq!(
            function_rejected("schedule(\"rate(1 day)\", enabled = false)"),
            "`schedule` takes its expression after a `=`\n\nhelp: write `schedule = \"rate(5 minutes)\"`, or with arguments `trigger = schedule(\"rate(5 minutes)\", …)`"
        );
        assert!(function_rejected(r#"schedule = "rate(1 minutes)""#).contains("rate(1 minute)"));
    }

    #[test]
    fn every_argument_is_checked() {
        let long = format!(r#""rate(1 day)", description = "{}""#, "a".repeat(257));
        let input = format!(r#""rate(1 day)", input = "{}""#, "a".repeat(8_191));
        for (wrong, message) in [
            ("", "`schedule` needs an expression\n\nhelp: write `schedule(\"rate(5 minutes)\")`"),
            (
                r#""rate(1 day)", "rate(2 days)""#,
                "`schedule` takes one expression\n\nhelp: write a second `trigger = schedule(…)`",
            ),
            (
                r#""rate(1 day)", enabled = 1"#,
                "expected `true` or `false`, found a number\n\nhelp: write `true`",
            ),
            (r#""rate(1 day)", input = x"#, "expected JSON, found `x`"),
            (&input, "`input` has 8193 characters of JSON, EventBridge takes 8192"),
            (
                r#""rate(1 day)", retries = 186"#,
                "retries of 186 is out of range: AWS takes 0 to 185",
            ),
            (&long, "the description of a rule has 257 characters, AWS takes 256"),
        ] {
            assert_eq!(rejected(&format!("schedule({wrong})")), message, "{wrong}");
        }
        assert!(rejected(r#"schedule("rate(1 day)", name = "a b")"#).contains("is not a"));
    }
}
