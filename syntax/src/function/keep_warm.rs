//! The key `keep_warm = "rate(5 minutes)"`, or `keep_warm(every = "5 minutes", instances = 3, hold = "100ms")`,
//! with which pings keep a function warm. Takes the value and returns the settings of the pings.

use skylift_model::KeepWarm;
use skylift_model::aws::limits;
use skylift_model::duration::Duration;
use skylift_model::keep_warm::{Hold, Instances};
use skylift_model::reserved::check_instances;
use skylift_model::schedule::ScheduleExpression;
use skylift_model::settings::ReservedConcurrency;

use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    find_unquoted_schedule, read_milliseconds, read_number, read_schedule, read_text,
    report_expected,
};
use crate::tree::{ArgLocation, ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that keeps a function warm.
pub(super) const KEY: &str = "keep_warm";

/// Words for a time zone, which the rule of the pings does not have.
const WORDS: &[FamiliarWords] = &[(
    &["timezone", "tz", "scheduleexpressiontimezone"],
    "pings are in UTC: write the hours of `cron(…)` in UTC",
)];

/// The key of `keep_warm(…)` for the time between two pings.
const EVERY: &str = "every";

/// The time in seconds that no environment outlives. AWS: "Lambda terminates execution environments every few hours",
/// in "Understanding the Lambda execution environment lifecycle".
const LONGEST_LIFE_SECONDS: u64 = 86_400;

/// The key of `keep_warm(…)` for the number of environments that are kept warm.
const INSTANCES: &str = "instances";

/// The key of `keep_warm(…)` for how long the function holds a ping.
pub(super) const HOLD: &str = "hold";

/// Reads the value of `keep_warm`, and checks that there are not more pings than the function may have
/// concurrent invocations.
pub(super) fn read_keep_warm(
    value: &ArgValue,
    reserved: Option<ReservedConcurrency>,
    errors: &mut Errors,
) -> Option<KeepWarm> {
    let keep_warm = match &value.kind {
        ArgValueKind::Call(name, args) if name.text == KEY => {
            args.explain(WORDS);
            args.read_all(KEY, errors, read_keep_warm_args)
        }
        ArgValueKind::Str(_) => read_schedule(value, errors).map(KeepWarm::from),
        _ if find_unquoted_schedule(value).is_some() => {
            read_schedule(value, errors).map(KeepWarm::from)
        }
        _ => report_expected(phrases::KEEP_WARM, value, errors),
    }?;
    let instances = keep_warm.instances.get();
    match reserved.map(ReservedConcurrency::get) {
        Some(0) => errors.push(&value.span, messages::pings_of_stopped_function()),
        Some(reserved) => {
            if let Some(message) = check_instances(instances, reserved) {
                errors.push(ArgLocation::new(value).key_or_self(INSTANCES).span(), message);
            }
        }
        None => {}
    }
    if keep_warm.every.period().is_some_and(|period| period.seconds() >= LONGEST_LIFE_SECONDS) {
        let span = ArgLocation::new(value).key_or_self(EVERY).span();
        errors.push(span, messages::pings_too_rare(keep_warm.every.as_str()));
    }
    Some(keep_warm)
}

/// Reads the arguments of `keep_warm(…)`. Returns `None` after an error was recorded.
fn read_keep_warm_args(args: &Args, errors: &mut Errors) -> Option<KeepWarm> {
    let every = args.take_if_set(EVERY, read_every, errors).unwrap_or_else(|| {
        let span = args.take_positional().first().map_or(&args.span, |value| &value.span);
        errors.push(span, messages::keep_warm_without_every());
        None
    });
    let instances = args.take_if_set(INSTANCES, read_instances, errors);
    let hold = args.take_if_set(HOLD, read_hold, errors);
    let mut keep_warm = KeepWarm::from(every?);
    if let Some(instances) = instances {
        keep_warm.instances = instances?;
    }
    if let Some(hold) = hold {
        keep_warm.hold = Some(hold?);
    }
    Some(keep_warm)
}

/// Reads the value of `every`: a duration, or the schedule of a rule.
fn read_every(value: &ArgValue, errors: &mut Errors) -> Option<ScheduleExpression> {
    if find_unquoted_schedule(value).is_some() {
        return read_schedule(value, errors);
    }
    if let ArgValueKind::Int(number) = value.kind {
        let meant = format!("{number} minutes");
        let message = messages::not_a_string(phrases::STRING, &value.describe(), Some(&meant));
        errors.push(&value.span, message);
        return None;
    }
    let text = read_text(value, errors)?;
    if text.contains('(') {
        return read_schedule(value, errors);
    }
    let period = match text.parse::<Duration>() {
        Ok(period) => period,
        Err(error) => {
            let message = messages::invalid_period(&error.message(), error.replacement());
            errors.push(&value.span, message);
            return None;
        }
    };
    let schedule = ScheduleExpression::from_period(period);
    if schedule.is_none() {
        errors.push(&value.span, messages::period_not_in_minutes(text));
    }
    schedule
}

/// Reads the value of `instances`. Returns `None` after an error was recorded.
fn read_instances(value: &ArgValue, errors: &mut Errors) -> Option<Instances> {
    let limit = *limits::RULE_TARGETS.end();
    match value.kind {
        ArgValueKind::Int(number) if number > i128::from(limit) => {
            errors.push(&value.span, messages::too_many_instances(number, limit));
            None
        }
        _ => read_number(value, errors),
    }
}

/// Reads the value of `hold`. Returns `None` after an error was recorded.
fn read_hold(value: &ArgValue, errors: &mut Errors) -> Option<Hold> {
    match Hold::try_from(read_milliseconds(value, errors)?) {
        Ok(hold) => Some(hold),
        Err(error) => {
            errors.push(&value.span, messages::invalid_hold(&error.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::testing::{accepted, rejected};

    fn read(attribute: &str) -> KeepWarm {
        accepted(attribute).keep_warm.unwrap()
    }

    #[test]
    fn both_forms_are_read() {
        let short = read(r#"keep_warm = "rate(5 minutes)""#);
        assert_eq!((short.every.as_str(), short.instances.get()), ("rate(5 minutes)", 1));
        for every in ["5 minutes", "5m", "300s", "rate(5 minutes)"] {
            assert_eq!(read(&format!("keep_warm(every = {every:?})")), short, "{every}");
        }
        let long =
            read(r#"keep_warm(every = "cron(0/4 6-22 * * ? *)", instances = 3, hold = "100ms")"#);
        assert_eq!(long.every.as_str(), "cron(0/4 6-22 * * ? *)");
        assert_eq!((long.instances.get(), long.hold_ms()), (3, 100));
        let most = read(r#"keep_warm(every = "5m", instances = 5)"#);
        assert_eq!((most.instances.get(), most.hold), (5, None));
    }

    #[test]
    fn every_key_is_checked() {
        for (wrong, message) in [
            ("instances = 2", "`keep_warm` needs `every`"),
            (r#""5 minutes""#, "write `every = \"5 minutes\"`"),
            (r#"every = "5 minute""#, "write `5 minutes`"),
            (r#"every = "5 weeks""#, "write `35d`"),
            (r#"every = "soon""#, "write a duration, such as `5 minutes`"),
            (r#"every = "90s""#, "`90s` is not a whole number of minutes"),
            (r#"every = "0m""#, "`0m` is not a whole number of minutes"),
            (r#"every = "rate(5 minute)""#, "write `rate(5 minutes)`"),
            ("every = 5", "help: write `\"5 minutes\"`"),
            (r#"every = "5m", instances = 6"#, "write `provisioned_concurrency = 6`"),
            (r#"every = "5m", instances = 0"#, "count of instances of 0 is out of range"),
            (r#"every = "5m", instances = "3""#, "expected a whole number"),
            (r#"every = "5m", hold = 100"#, "write `\"100ms\"` or `\"100s\"`"),
            (r#"every = "5m", hold = "500 ms""#, "write `500ms`"),
            (r#"every = "5m", hold = "+5ms""#, "it does not start with a number"),
            (
                r#"every = "5m", hold = "0ms""#,
                "a ping cannot be held for 0 ms: hold it for 1 ms to 30 s",
            ),
            (r#"every = "5m", holds = "1s""#, "did you mean `hold`?"),
        ] {
            let found = rejected(&format!("keep_warm({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        for (wrong, found) in [("5", "a number"), (r#"other(every = "5m")"#, "`other(…)`")] {
            assert_eq!(
                rejected(&format!("keep_warm = {wrong}")),
                format!(
                    "expected a schedule in quotes, or `keep_warm(every = \"5 minutes\")`, found {found}"
                )
            );
        }
    }

    #[test]
    fn pings_reach_an_environment_that_is_still_there() {
        accepted(r#"keep_warm = "rate(23 hours)""#);
        let found = rejected(r#"keep_warm(every = "1 day")"#);
        assert!(found.starts_with("pings at `rate(1 day)` keep nothing warm"), "{found}");
    }

    #[test]
    fn instances_do_not_exceed_the_reserved_concurrency() {
        let attribute = |reserved: u32, instances: u32| {
            format!(
                r#"reserved_concurrency = {reserved}, keep_warm(every = "5m", instances = {instances})"#
            )
        };
        accepted(&attribute(3, 3));
        let found = rejected(&attribute(0, 1));
        assert!(found.starts_with("a reserved concurrency of 0 stops the function"), "{found}");
        let found = rejected(&attribute(2, 3));
        assert!(
            found.starts_with("3 instances kept warm are more than the reserved concurrency of 2")
        );
    }
}
