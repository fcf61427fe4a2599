//! The key `deploy = canary("10m", alarms = own, before = check)`: how the traffic of a function moves to a new version.

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
    let (steps, name, args): (Option<Steps>, _, _) = match &value.kind {
        ArgValueKind::Path(segments, _) if segments.as_slice() == ["all_at_once"] => {
            return Some(Deployment::new(TrafficShift::AllAtOnce));
        }
        ArgValueKind::Call(name, args) if name.text == "all_at_once" => (None, name, args),
        ArgValueKind::Call(name, args) if name.text == "canary" => {
            (Some((TrafficShift::Canary, &CANARY_MINUTES)), name, args)
        }
        ArgValueKind::Call(name, args) if name.text == "linear" => {
            (Some((TrafficShift::Linear, &LINEAR_MINUTES)), name, args)
        }
        _ => return report_expected(phrases::DEPLOYMENT, value, errors),
    };
    errors.scope(|errors| {
        args.explain(messages::DEPLOYMENT_KEYS);
        args.read_all(&name.text, errors, |args, errors| {
            let shift = match steps {
                Some(steps) => read_shift(args, steps, value, errors),
                None => Some(TrafficShift::AllAtOnce),
            };
            let (alarms, own_alarms) = args.take("alarms", read_alarms, errors).unwrap_or_default();
            let before = args.take("before", read_hook, errors);
            let after = args.take("after", read_hook, errors);
            Some(Deployment { shift: shift?, alarms, own_alarms, before, after })
        })
    })
}

/// Reads the value of `before` or `after`: the path of a function. Returns `None` after an error was recorded.
fn read_hook(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let name = match &value.kind {
        ArgValueKind::Path(segments, _) => segments.last(),
        _ => None,
    };
    match name.filter(|name| name.starts_with(|first: char| first.is_lowercase())) {
        Some(name) => Some(name.clone()),
        None => report_expected(phrases::DEPLOYMENT_HOOK, value, errors),
    }
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

/// Reads the value of `alarms`: names of alarms, and whether `own` is among them, the function's own alarms. Returns `None`
/// after an error was recorded.
fn read_alarms(value: &ArgValue, errors: &mut Errors) -> Option<(Vec<CfnValue>, bool)> {
    let read = |item: &ArgValue, errors: &mut Errors| match read_cfn_value(item, errors)? {
        CfnValue::Resource(_) => report_expected(phrases::ALARM, item, errors),
        alarm => Some(alarm),
    };
    let is_own = |item: &&ArgValue| !item.is_string() && item.word() == Some("own");
    let (own, named): (Vec<&ArgValue>, Vec<&ArgValue>) = read_list(value).iter().partition(is_own);
    errors.scope(|errors| {
        let named = named.into_iter().filter_map(|item| read(item, errors)).collect();
        Some((named, !own.is_empty()))
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
            (
                deploy.shift,
                deploy.shift.configuration(),
                deploy.alarms.len() + usize::from(deploy.own_alarms) * 10,
            )
        };
        assert_eq!(
            read(r#"canary("5m", alarms = [overlay("Errors"), "shop-errors"])"#),
            (TrafficShift::Canary(5), "Canary10Percent5Minutes".to_owned(), 2)
        );
        let canary = "Canary10Percent5Minutes".to_owned();
        let read_own = read(r#"canary("5m", alarms = own)"#);
        assert_eq!(read_own, (TrafficShift::Canary(5), canary.clone(), 10));
        assert_eq!(
            read(r#"canary("5m", alarms = ["a", own])"#),
            (TrafficShift::Canary(5), canary, 11)
        );
        let linear = "Linear10PercentEvery1Minute".to_owned();
        assert_eq!(read(r#"linear("60s")"#), (TrafficShift::Linear(1), linear, 0));
        let linear = "Linear10PercentEvery3Minutes".to_owned();
        assert_eq!(read(r#"linear("3m")"#), (TrafficShift::Linear(3), linear, 0));
        let hooks = accepted("deploy = all_at_once(before = crate::check, after = verify)");
        let hooks = hooks.settings.lambda.deploy.unwrap();
        assert_eq!(hooks.hooks().collect::<Vec<_>>(), [("before", "check"), ("after", "verify")]);
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
                "expected `own`, the name of an alarm, or `overlay(\"…\")`, found `Errors`",
            ),
            (
                r#"canary("5m", before = "check")"#,
                "expected the path of a function with `trigger = deployment_hook`, found a string",
            ),
            (
                r#"canary("5m", pre_traffic = check)"#,
                "unknown key `pre_traffic` in `canary`\n\nhelp: write `before = check`, the path of a function with `trigger = deployment_hook`",
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
