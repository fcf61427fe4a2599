//! `keep_warm = "rate(5 minutes)"`, `keep_warm(every = "5 minutes", instances = 3, hold = "100ms")`.

use skylift_model::KeepWarm;
use skylift_model::aws::limits;
use skylift_model::duration::Duration;
use skylift_model::keep_warm::{Hold, Instances};
use skylift_model::schedule::ScheduleExpression;
use skylift_model::settings::ReservedConcurrency;

use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Spot, Value};

/// The key.
pub(super) const KEY: &str = "keep_warm";

/// How many environments are kept.
const INSTANCES: &str = "instances";

/// How long a ping is held.
pub(super) const HOLD: &str = "hold";

/// Reads the value of the key. All pings together are no more than may run at once.
pub(super) fn read(
    value: &Value,
    reserved: Option<ReservedConcurrency>,
    errors: &mut Errors,
) -> Option<KeepWarm> {
    let keep_warm = match &value.kind {
        Kind::Call(name, args) if name.text == KEY => args.read(KEY, errors, read_args),
        Kind::Str(_) => read::schedule(value, errors).map(KeepWarm::from),
        _ => {
            let forms = "a schedule in quotes, or `keep_warm(every = \"5 minutes\")`";
            read::expected(forms, value, errors)
        }
    }?;
    let (instances, reserved) = (keep_warm.instances.get(), reserved.map_or(0, |it| it.get()));
    // A function that is stopped, with none reserved, will be started again one day.
    if reserved > 0 && instances > reserved {
        errors
            .push(
                Spot::of(value).key(INSTANCES).place(),
                format!("{instances} instances kept warm are more than the {reserved} that are reserved"),
            )
            .help("Lambda would refuse the pings, and requests beside them: keep fewer warm, or reserve more");
    }
    Some(keep_warm)
}

fn read_args(args: &Args, errors: &mut Errors) -> Option<KeepWarm> {
    let every = args.given("every", every, errors).unwrap_or_else(|| {
        let place = args.positional().first().map_or(&args.place, |value| &value.place);
        errors
            .push(place, "`keep_warm` needs to say how often")
            .help("write `every = \"5 minutes\"`");
        None
    });
    let instances = args.given(INSTANCES, instances, errors);
    let hold = args.given(HOLD, hold, errors);
    let mut keep_warm = KeepWarm::from(every?);
    if let Some(instances) = instances {
        keep_warm.instances = instances?;
    }
    if let Some(hold) = hold {
        keep_warm.hold = Some(hold?);
    }
    Some(keep_warm)
}

/// A length of time, or the schedule of a rule.
fn every(value: &Value, errors: &mut Errors) -> Option<ScheduleExpression> {
    let text = read::text(value, errors)?;
    if text.contains('(') {
        return read::schedule(value, errors);
    }
    let period = match text.parse::<Duration>() {
        Ok(period) => period,
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            message.help(match error.replacement() {
                Some(better) => format!("write `{better}`"),
                None => "write a length of time, such as `5 minutes`, or a `cron(…)`".to_owned(),
            });
            return None;
        }
    };
    let schedule = ScheduleExpression::from_period(period);
    if schedule.is_none() {
        errors
            .push(&value.place, format!("`{text}` is not a whole number of minutes"))
            .help("EventBridge counts in minutes: write `1 minute` or more");
    }
    schedule
}

fn instances(value: &Value, errors: &mut Errors) -> Option<Instances> {
    let most = *limits::RULE_TARGETS.end();
    match value.kind {
        Kind::Int(number) if number > i128::from(most) => {
            errors
                .push(&value.place, format!("{number} instances are too many to keep warm: at most {most}"))
                .help(format!(
                    "a rule of EventBridge has {most} targets, and two rules do not fire at the same moment; to keep more started, write `provisioned_concurrency = {number}`"
                ));
            None
        }
        _ => read::number(value, errors),
    }
}

fn hold(value: &Value, errors: &mut Errors) -> Option<Hold> {
    match Hold::try_from(read::milliseconds(value, errors)?) {
        Ok(hold) => Some(hold),
        Err(error) => {
            errors.push(&value.place, error.to_string()).help("write `\"100ms\"` or `\"1s\"`");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::testing::{refused, right};

    fn read(attribute: &str) -> KeepWarm {
        right(attribute).keep_warm.unwrap()
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
            ("instances = 2", "`keep_warm` needs to say how often"),
            (r#""5 minutes""#, "write `every = \"5 minutes\"`"),
            (r#"every = "5 minute""#, "write `5 minutes`"),
            (r#"every = "5 weeks""#, "write `35d`"),
            (r#"every = "soon""#, "write a length of time, such as `5 minutes`"),
            (r#"every = "90s""#, "`90s` is not a whole number of minutes"),
            (r#"every = "0m""#, "`0m` is not a whole number of minutes"),
            (r#"every = "rate(5 minute)""#, "write `rate(5 minutes)`"),
            ("every = 5", "expected a string, found a number"),
            (r#"every = "5m", instances = 6"#, "write `provisioned_concurrency = 6`"),
            (r#"every = "5m", instances = 0"#, "count of instances of 0 is out of range"),
            (r#"every = "5m", instances = "3""#, "expected a whole number"),
            (r#"every = "5m", hold = 100"#, "write `\"100ms\"` or `\"100s\"`"),
            (r#"every = "5m", hold = "500 ms""#, "write `500ms`"),
            (r#"every = "5m", hold = "+5ms""#, "it does not start with a number"),
            (r#"every = "5m", hold = "0ms""#, "a ping cannot be held for 0 ms: from 1 ms to 30 s"),
            (r#"every = "5m", holds = "1s""#, "did you mean `hold`?"),
        ] {
            let found = refused(&format!("keep_warm({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
        assert!(
            refused("keep_warm = 5").contains("expected a schedule in quotes, or `keep_warm(every")
        );
    }

    #[test]
    fn pings_are_no_more_than_may_run_at_once_unless_nothing_may() {
        let with = |reserved: u32, instances: u32| {
            format!(
                r#"reserved_concurrency = {reserved}, keep_warm(every = "5m", instances = {instances})"#
            )
        };
        right(&with(3, 3));
        right(&with(0, 3));
        let found = refused(&with(2, 3));
        assert!(found.starts_with("3 instances kept warm are more than the 2 that are reserved"));
    }
}
