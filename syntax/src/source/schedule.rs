//! The source `schedule("rate(5 minutes)")`, and its short form `schedule = "rate(5 minutes)"`. Reads a trigger
//! on a schedule.

use skylift_model::aws::limits;
use skylift_model::source::rule_target::RuleTarget;
use skylift_model::source::schedule::Schedule;

use super::rule_target::{read_rule_input, read_rule_target};
use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{read_bool, read_name, read_schedule, read_short_text};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// Words for a time zone, which the rule of a schedule does not have.
pub(crate) const WORDS_FOR_TIME_ZONE: &[FamiliarWords] = &[(
    &["timezone", "tz", "scheduleexpressiontimezone"],
    "a schedule is in UTC: write the hours of `cron(…)` in UTC, or declare an `AWS::Scheduler::Schedule` in an overlay",
)];

impl SourceGrammar for Schedule {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["schedule", "cron", "rate", "timer", "scheduled", "scheduler", "cronjob", "every"],
            "write `schedule = \"rate(5 minutes)\"` or `schedule = \"cron(0 8 * * ? *)\"`",
        )],
        keys: &[(
            &["rate", "cron", "every", "expression", "scheduleexpression"],
            "write `schedule(\"rate(5 minutes)\")` or `schedule(\"cron(0 8 * * ? *)\")`",
        )],
        keys_anywhere: WORDS_FOR_TIME_ZONE,
    };

    const READ_SHORT: Option<fn(&ArgValue, &mut Errors) -> Option<Self>> = Some(read_short);

    fn is_text_of_source(text: &str) -> bool {
        text.starts_with("rate(") || text.starts_with("cron(")
    }

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let expression = match args.take_positional().as_slice() {
            [value] => read_schedule(value, errors),
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
        let enabled = args.take("enabled", read_bool, errors).unwrap_or(true);
        let input = args.take("input", read_rule_input, errors);
        let target = read_rule_target(args, errors);
        Some(Self { expression: expression?, name, description, enabled, input, target })
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
    let expression = read_schedule(value, errors)?;
    let target = RuleTarget::default();
    Some(Schedule { expression, name: None, description: None, enabled: true, input: None, target })
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
        assert_eq!(least.expression.as_str(), "rate(5 minutes)");
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
    fn the_short_form_is_the_same_schedule() {
        let short = accepted(r#"schedule = "rate(5 minutes)""#).triggers;
        let long = accepted(r#"trigger = schedule("rate(5 minutes)")"#).triggers;
        assert_eq!(short, long);
        assert_eq!(function_rejected("schedule = 5"), "expected a string, found a number");
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
            (r#""rate(1 day)", enabled = 1"#, "expected `true` or `false`, found a number"),
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
