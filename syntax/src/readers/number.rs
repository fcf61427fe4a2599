//! Readers of settings whose value a template parameter can have: numbers, and whether a trigger is active.

use skylift_model::aws::name::ParameterName;
use skylift_model::number_setting::{NumberParameters, NumberSetting, ParameterSetting};

use super::{read_bool, read_param};
use crate::errors::Errors;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The key of triggers that says whether they are active.
const ENABLED: &str = "enabled";

/// Reads a key whose value is a number or `param("…")`; `read` reads the number. Adds a parameter to `parameters`. A key
/// within the parentheses of another one has that before a point, and `args` are the arguments in the parentheses.
pub(crate) fn take_number<T: NumberSetting>(
    args: &Args,
    key: &'static str,
    read: impl Fn(&ArgValue, &mut Errors) -> Option<T>,
    parameters: &mut NumberParameters,
    errors: &mut Errors,
) -> Option<T> {
    let read = |value: &ArgValue, errors: &mut Errors| match find_param(value) {
        Some(_) => {
            let name = read_param_call(value, errors);
            parameters.0.extend(name.map(|name| ParameterSetting::new::<T>(key, name)));
            None
        }
        None => read(value, errors),
    };
    let inner = key.rsplit_once('.').map_or(key, |(_, inner)| inner);
    args.take(inner, read, errors)
}

/// Reads the key that says whether a trigger is active: `true`, `false` or `param("…")`. A trigger whose parameter is read is
/// active for checks.
pub(crate) fn take_enabled(args: &Args, errors: &mut Errors) -> (bool, Option<ParameterName>) {
    let mut parameter = None;
    let read = |value: &ArgValue, errors: &mut Errors| match find_param(value) {
        Some(_) => {
            parameter = read_param_call(value, errors);
            None
        }
        None => read_bool(value, errors),
    };
    let enabled = args.take(ENABLED, read, errors).unwrap_or(true);
    (enabled, parameter)
}

/// Reads `param("…")`. Returns `None` if the value is something else, or after an error was recorded.
pub(crate) fn read_param_call(value: &ArgValue, errors: &mut Errors) -> Option<ParameterName> {
    let (function, args) = find_param(value)?;
    read_param(function, args, value, errors)
}

/// Returns the function and the arguments of `param("…")`, and `None` if the value is something else.
pub(crate) fn find_param(value: &ArgValue) -> Option<(&ArgKey, &Args)> {
    match &value.kind {
        ArgValueKind::Call(function, args) if function.text == "param" => Some((function, args)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::number_setting::NumberParameters;
    use skylift_model::resource::ResourceSettings;
    use skylift_model::source::Trigger;

    use crate::function::testing::accepted;
    use crate::resource::testing::{rejected as rejected_resource, settings};
    use crate::source::testing::{rejected, trigger};

    fn keys(parameters: &NumberParameters) -> Vec<(&str, &str)> {
        parameters.0.iter().map(|it| (it.key, it.param.as_str())).collect()
    }

    fn mapping_keys(source: &str) -> Vec<String> {
        let trigger = trigger(source);
        let parameters = &trigger.mapping().unwrap().from_parameters;
        keys(parameters).into_iter().map(|(key, name)| format!("{key}={name}")).collect()
    }

    #[test]
    fn every_number_of_a_mapping_can_be_a_parameter() {
        let sqs = r#"sqs(batch_size = param("A"), max_concurrency = param("B"), batch_window = param("C"))"#;
        assert_eq!(mapping_keys(sqs), ["batch_window=C", "batch_size=A", "max_concurrency=B"]);
        let kinesis = r#"kinesis(batch_size = param("A"), parallelization_factor = param("B"), max_record_age = param("C"),
            retries = param("D"), tumbling_window = param("E"), batch_window = param("F"))"#;
        let expected = [
            "batch_window=F",
            "batch_size=A",
            "parallelization_factor=B",
            "max_record_age=C",
            "retries=D",
            "tumbling_window=E",
        ];
        assert_eq!(mapping_keys(kinesis), expected);
        let msk = r#"msk(cluster = overlay("Shop"), topic = "orders", start = latest, batch_size = param("A"),
            max_record_age = param("B"), retries = param("C"), pollers(min = param("D"), max = param("E")))"#;
        let expected =
            ["batch_size=A", "pollers.min=D", "pollers.max=E", "max_record_age=B", "retries=C"];
        assert_eq!(mapping_keys(msk), expected);
        for source in [
            r#"mq(broker = overlay("A"), queue = "a", secret = A"#,
            r#"documentdb(cluster = overlay("A"), database = "a", start = latest, secret = A"#,
        ] {
            let numbers = r#"batch_size = param("A"), batch_window = param("B")"#;
            let mut keys = mapping_keys(&format!("{source}, {numbers})"));
            keys.sort();
            assert_eq!(keys, ["batch_size=A", "batch_window=B"], "{source}");
        }
    }

    #[test]
    fn a_trigger_can_be_turned_on_by_a_parameter() {
        let on = trigger(r#"sqs(enabled = param("On"))"#);
        let mapping = on.mapping().unwrap();
        assert!(mapping.enabled && mapping.enabled_by.as_ref().unwrap().as_str() == "On");
        let Trigger::Schedule(schedule) = trigger(
            r#"schedule(param("Rate"), enabled = param("On"), retries = param("Retries"))"#,
        ) else {
            panic!("no schedule")
        };
        assert_eq!(schedule.enabled_by.as_ref().unwrap().as_str(), "On");
        assert_eq!(schedule.expression.param().unwrap().as_str(), "Rate");
        assert!(!schedule.needs_scheduler());
        assert_eq!(keys(&schedule.target.from_parameters), [("retries", "Retries")]);
        let short = accepted(r#"schedule = param("Rate")"#).triggers;
        assert_eq!(short, accepted(r#"trigger = schedule(param("Rate"))"#).triggers);
        let two = rejected(r#"schedule("rate(1 day)", param("Rate"))"#);
        assert!(two.starts_with("`schedule` takes one expression"), "{two}");
        let none = rejected("schedule(name = \"a\")");
        assert!(none.starts_with("`schedule` needs an expression"), "{none}");
        let zone = trigger(r#"schedule(param("Rate"), time_zone = "Europe/Berlin")"#);
        assert!(matches!(zone, Trigger::Schedule(it) if it.needs_scheduler()));
        let Trigger::EventRule(event) =
            trigger(r#"event(source = "a", enabled = param("On"), max_event_age = param("Age"))"#)
        else {
            panic!("no event")
        };
        assert_eq!(event.enabled_by.unwrap().as_str(), "On");
        assert_eq!(keys(&event.target.from_parameters), [("max_event_age", "Age")]);
    }

    #[test]
    fn numbers_of_resources_can_be_parameters() {
        let read = |attribute: &str| {
            let settings = settings(attribute);
            let parameters = settings.number_parameters().unwrap();
            let keys = keys(parameters).into_iter();
            keys.map(|(key, name)| format!("{key}={name}")).collect::<Vec<_>>()
        };
        assert_eq!(
            read(
                r#"queue(visibility = param("A"), retention = param("B"), delay = param("C"), dead_letters(after = param("D")))"#
            ),
            ["dead_letters.after=D", "visibility=A", "retention=B", "delay=C"]
        );
        let stream = r#"stream(shards = param("A"), retention = param("B"))"#;
        assert_eq!(read(stream), ["shards=A", "retention=B"]);
        let machine = r#"state_machine(asl = "a.json", log_retention = param("A"))"#;
        assert_eq!(read(machine), ["log_retention=A"]);
        assert!(matches!(settings("topic"), ResourceSettings::Topic(_)));
        let found = rejected_resource(r#"queue(visibility = import("A"))"#);
        assert!(found.starts_with("expected a duration, found `import(…)`"), "{found}");
    }

    #[test]
    fn thresholds_and_periods_of_alarms_can_be_parameters() {
        let settings = accepted(
            r#"alarms(errors = param("A"), throttles = param("B"), offset_lag = param("C"),
            evaluation_periods = param("D"), datapoints_to_alarm = param("E"), to = param("F"))"#,
        )
        .settings;
        let alarms = settings.lambda.alarm_settings().unwrap();
        let expected = [
            ("alarms.errors", "A"),
            ("alarms.throttles", "B"),
            ("alarms.offset_lag", "C"),
            ("alarms.evaluation_periods", "D"),
            ("alarms.datapoints_to_alarm", "E"),
        ];
        assert_eq!(keys(&alarms.from_parameters), expected);
        let warm = accepted(r#"provisioned_concurrency = param("Warm")"#).settings;
        assert_eq!(keys(&warm.from_parameters), [("provisioned_concurrency", "Warm")]);
    }
}
