//! The key `deploy = canary("10m", alarms = […])`: how the traffic of a function moves to a new version.

use skylift_model::aws::deployment::{CANARY_MINUTES, Deployment, LINEAR_MINUTES, TrafficShift};
use skylift_model::aws::value::CfnValue;

use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_cfn_value, read_list, read_seconds, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// A way to move the traffic, with the minutes that CodeDeploy has for it.
type Steps = (fn(u64) -> TrafficShift, &'static [u64]);

/// Reads the value of `deploy`. Returns `None` after an error was recorded.
pub(super) fn read_deployment(value: &ArgValue, errors: &mut Errors) -> Option<Deployment> {
    let (steps, name, args): (Steps, _, _) = match &value.kind {
        ArgValueKind::Path(segments, _) if segments.as_slice() == ["all_at_once"] => {
            return Some(Deployment { shift: TrafficShift::AllAtOnce, alarms: Vec::new() });
        }
        ArgValueKind::Call(name, args) if name.text == "canary" => {
            ((TrafficShift::Canary, &CANARY_MINUTES), name, args)
        }
        ArgValueKind::Call(name, args) if name.text == "linear" => {
            ((TrafficShift::Linear, &LINEAR_MINUTES), name, args)
        }
        _ => return report_expected(phrases::DEPLOYMENT, value, errors),
    };
    errors.scope(|errors| {
        args.read_all(&name.text, errors, |args, errors| {
            let shift = read_shift(args, steps, value, errors);
            let alarms = args.take("alarms", read_alarms, errors).unwrap_or_default();
            Some(Deployment { shift: shift?, alarms })
        })
    })
}

/// Reads the time between the steps, the first argument. `value` is the whole value. Returns `None` after an error was
/// recorded.
fn read_shift(
    args: &Args,
    (shift, minutes): Steps,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<TrafficShift> {
    let positional = args.take_positional();
    let [time] = positional.as_slice() else {
        return report_expected(phrases::DEPLOYMENT, value, errors);
    };
    let seconds: u64 = read_seconds(time, errors)?;
    let found = minutes.iter().find(|minutes| **minutes * 60 == seconds);
    if found.is_none() {
        errors.push(&time.span, messages::no_such_shift(minutes));
    }
    found.map(|minutes| shift(*minutes))
}

/// Reads the value of `alarms`: names of alarms. Returns `None` after an error was recorded.
fn read_alarms(value: &ArgValue, errors: &mut Errors) -> Option<Vec<CfnValue>> {
    let read = |item: &ArgValue, errors: &mut Errors| match read_cfn_value(item, errors)? {
        CfnValue::Resource(_) => report_expected(phrases::ALARM, item, errors),
        alarm => Some(alarm),
    };
    errors.scope(|errors| {
        Some(read_list(value).iter().filter_map(|item| read(item, errors)).collect())
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::deployment::TrafficShift;

    use crate::function::testing::{accepted, rejected};

    #[test]
    fn a_deployment_is_one_that_codedeploy_has() {
        let read = |written: &str| {
            let deploy = accepted(&format!("deploy = {written}")).settings.lambda.deploy;
            let deploy = deploy.unwrap();
            (deploy.shift, deploy.shift.configuration(), deploy.alarms.len())
        };
        assert_eq!(
            read(r#"canary("5m", alarms = [overlay("Errors"), "shop-errors"])"#),
            (TrafficShift::Canary(5), "Canary10Percent5Minutes".to_owned(), 2)
        );
        let linear = "Linear10PercentEvery1Minute".to_owned();
        assert_eq!(read(r#"linear("60s")"#), (TrafficShift::Linear(1), linear, 0));
        let linear = "Linear10PercentEvery3Minutes".to_owned();
        assert_eq!(read(r#"linear("3m")"#), (TrafficShift::Linear(3), linear, 0));
        assert_eq!(read("all_at_once"), (TrafficShift::AllAtOnce, "AllAtOnce".to_owned(), 0));
    }

    #[test]
    fn a_wrong_deployment_is_rejected_with_what_codedeploy_has() {
        for (wrong, message) in [
            (
                r#"canary("7m")"#,
                "CodeDeploy has no such step\n\nhelp: write one of `5m`, `10m`, `15m` and `30m`",
            ),
            (
                "canary",
                "expected `canary(\"10m\")`, `linear(\"1m\")` or `all_at_once`, found `canary`",
            ),
            (
                "canary()",
                "expected `canary(\"10m\")`, `linear(\"1m\")` or `all_at_once`, found `canary(…)`",
            ),
            (
                r#"canary("5m", alarms = Errors)"#,
                "expected the name of an alarm, or `overlay(\"…\")`, found `Errors`",
            ),
            (
                r#"linear("1m", alarm = "a")"#,
                "unknown key `alarm` in `linear`\n\nhelp: did you mean `alarms`?",
            ),
        ] {
            assert_eq!(rejected(&format!("deploy = {wrong}")), message, "{wrong}");
        }
    }
}
