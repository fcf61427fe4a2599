//! The key `alarms(errors = 1, age = "1m", to = Alerts)`: thresholds of a function's metrics, and the topics that CloudWatch
//! notifies.

use skylift_model::aws::alarms::{AlarmPeriod, AlarmSettings, Alarms};
use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::value::CfnValue;
use skylift_model::message::Message;
use skylift_model::number_setting::NumberParameters;
use skylift_model::resource::ResourceKind;

use super::SettingsScope;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{
    read_arn, read_list, read_milliseconds, read_number, read_seconds, report_expected, take_number,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// Reads the value of `alarms`: `none`, or the thresholds and the topics. Returns `None` after an error was recorded.
pub(super) fn read_alarms(
    value: &ArgValue,
    scope: SettingsScope,
    errors: &mut Errors,
) -> Option<Alarms> {
    const KEY: &str = function_keys::ALARMS;
    match &value.kind {
        ArgValueKind::Path(segments, _) if segments.as_slice() == ["none"] => Some(Alarms::None),
        ArgValueKind::Call(name, args) if name.text == KEY => errors.scope(|errors| {
            args.explain(messages::ALARM_KEYS);
            args.read_all(KEY, errors, |args, errors| {
                Some(Alarms::Set(read_settings(args, scope, errors)))
            })
        }),
        _ => report_expected(phrases::ALARMS, value, errors),
    }
}

fn read_settings(args: &Args, scope: SettingsScope, errors: &mut Errors) -> AlarmSettings {
    let duration = |value: &ArgValue, errors: &mut Errors| {
        let milliseconds = read_milliseconds(value, errors)?.get();
        if milliseconds == 0 {
            errors.push(&value.span, messages::alarm_without_duration());
        }
        Some(milliseconds).filter(|it| *it > 0)
    };
    let topics = |value: &ArgValue, errors: &mut Errors| read_topics(value, scope, errors);
    let mut parameters = NumberParameters::default();
    let mut count = |key: &'static str, errors: &mut Errors| {
        take_number(args, key, read_number, &mut parameters, errors)
    };
    let (failures, throttles) =
        (count(AlarmSettings::ERRORS, errors), count(AlarmSettings::THROTTLES, errors));
    let offset_lag = count(AlarmSettings::OFFSET_LAG, errors);
    let mut periods = |key: &'static str, errors: &mut Errors| {
        take_number(args, key, read_number, &mut parameters, errors)
    };
    let evaluation_periods = periods(AlarmSettings::EVALUATION_PERIODS, errors);
    let datapoints_to_alarm = periods(AlarmSettings::DATAPOINTS_TO_ALARM, errors);
    AlarmSettings {
        errors: failures,
        throttles,
        duration: args.take("duration", duration, errors),
        age: args.take("age", read_seconds, errors),
        offset_lag,
        period: args.take("period", read_period, errors),
        evaluation_periods,
        datapoints_to_alarm,
        to: args.take("to", topics, errors).unwrap_or_default(),
        from_parameters: parameters,
    }
}

/// Reads the value of `period`. Returns `None` after an error was recorded.
fn read_period(value: &ArgValue, errors: &mut Errors) -> Option<AlarmPeriod> {
    let seconds: u64 = read_seconds(value, errors)?;
    let period = AlarmPeriod::from_seconds(seconds);
    if period.is_none() {
        errors.push(&value.span, messages::not_a_period(seconds));
    }
    period
}

/// Reads the value of `to`: a topic or a list of topics. Returns `None` after an error was recorded.
fn read_topics(
    value: &ArgValue,
    scope: SettingsScope,
    errors: &mut Errors,
) -> Option<Vec<CfnValue>> {
    let items = read_list(value);
    if items.is_empty() || items.len() > limits::ALARM_ACTIONS {
        errors.push(&value.span, messages::wrong_number_of_topics(items.len()));
        return None;
    }
    errors.scope(|errors| {
        let topics = items.iter().filter_map(|item| read_topic(item, scope, errors));
        Some(topics.collect())
    })
}

/// Reads a topic: the path of its struct, or an ARN. Cargo.toml has no paths, so there a text that is no ARN is the name of
/// a struct. Returns `None` after an error was recorded.
fn read_topic(value: &ArgValue, scope: SettingsScope, errors: &mut Errors) -> Option<CfnValue> {
    match &value.kind {
        ArgValueKind::Path(segments, _) => {
            let name = segments.last().filter(|name| is_type_name(name));
            match name {
                Some(name) => Some(CfnValue::Resource(name.clone())),
                None => report_expected(phrases::ALARM_TOPIC, value, errors),
            }
        }
        ArgValueKind::Str(text) if scope == SettingsScope::Defaults && is_type_name(text) => {
            Some(CfnValue::Resource(text.clone()))
        }
        _ => read_arn(value, phrases::ALARM_TOPIC, find_topic_mistake, errors),
    }
}

/// Returns whether a text is the name of a struct.
fn is_type_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_uppercase())
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// Returns the message about a text that is not the ARN of a standard topic.
fn find_topic_mistake(text: &str) -> Option<Message> {
    if ResourceKind::Topic.name_from_arn(text).is_none() {
        return Some(messages::not_a_topic(text));
    }
    ResourceKind::Topic.is_fifo_name(text).then(messages::fifo_topic_of_alarms)
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::alarms::{AlarmSettings, Alarms};
    use skylift_model::aws::value::CfnValue;

    use crate::function::testing::{accepted, rejected};

    fn read(attribute: &str) -> AlarmSettings {
        let alarms = accepted(attribute).settings.lambda.alarms;
        let Some(Alarms::Set(settings)) = alarms else { panic!("{attribute}: {alarms:?}") };
        settings
    }

    #[test]
    fn every_key_is_read() {
        let all = read(
            r#"alarms(errors = 1, throttles = 2, duration = "2500ms", age = "1m", offset_lag = 1000, period = "5m",
            evaluation_periods = 3, datapoints_to_alarm = 2, to = [crate::Alerts, param("Pager")])"#,
        );
        assert_eq!((all.errors.unwrap().get(), all.throttles.unwrap().get()), (1, 2));
        assert_eq!((all.duration, all.age.unwrap().get()), (Some(2_500), 60));
        assert_eq!(all.offset_lag.unwrap().get(), 1_000);
        assert_eq!((all.period().get(), all.evaluation_periods().get()), (300, 3));
        assert_eq!(all.datapoints_to_alarm.unwrap().get(), 2);
        assert_eq!(all.to[0], CfnValue::Resource("Alerts".to_owned()));
        assert!(matches!(all.to[1], CfnValue::Param(_)) && all.to.len() == 2);
        let few = read(r#"alarms(errors = 1, to = "arn:aws:sns:eu-west-1:123456789012:alerts")"#);
        assert_eq!((few.period().get(), few.evaluation_periods().get()), (60, 1));
        assert!(few.to[0].literal().is_some());
        assert!(read(r#"alarms(errors = 1, to = overlay("Pager"))"#).to[0].sub().is_some());
        assert_eq!(accepted("alarms = none").settings.lambda.alarms, Some(Alarms::None));
    }

    #[test]
    fn wrong_values_are_rejected_with_what_to_write() {
        for (wrong, message) in [
            ("alarms", "`alarms` needs a value\n\nhelp: write `alarms = …`"),
            (
                "alarms = Alerts",
                "expected `alarms(errors = 1, to = Alerts)`, or `none`, found `Alerts`",
            ),
            ("alarms(errors = 0)", "threshold of 0 is out of range: Skylift takes 1 to 1000000000"),
            (
                r#"alarms(errors = 1, period = "30s")"#,
                "a period of 30 s is not a number of whole minutes up to a day\n\nhelp: Lambda's metrics have a value for each minute: write `\"1m\"` or `\"5m\"`",
            ),
            ("alarms(errors = 1, to = [])", "an alarm notifies 1 to 5 topics, not 0"),
            (
                r#"alarms(errors = 1, to = "Alerts")"#,
                "`Alerts` is not the ARN of a topic\n\nhelp: its form is `arn:aws:sns:REGION:ACCOUNT:NAME`; a topic of the application is named without quotes",
            ),
            (
                "alarms(errors = 1, to = alerts)",
                "expected the path of a `#[resource(topic)]`, the ARN of a topic in quotes, or `overlay(\"…\")`, found `alerts`",
            ),
            (
                r#"alarms(errors = 1, to = "arn:aws:sns:eu-west-1:123456789012:a.fifo")"#,
                "CloudWatch notifies no FIFO topic\n\nhelp: name a standard topic",
            ),
            (
                r#"alarms(duration = "0s")"#,
                "every invocation takes longer than 0 s\n\nhelp: write a duration such as `\"25s\"`",
            ),
            (
                "alarms(error = 1)",
                "unknown key `error` in `alarms`\n\nhelp: did you mean `errors`?",
            ),
            (
                "alarms(errors = 1, topic = Alerts)",
                "unknown key `topic` in `alarms`\n\nhelp: write `to = Alerts`",
            ),
        ] {
            assert_eq!(rejected(wrong), message, "{wrong}");
        }
    }
}
