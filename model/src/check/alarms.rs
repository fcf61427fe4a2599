//! Checks the alarms of each function: that they can go off, and that they notify a topic or stop a deployment.

use crate::App;
use crate::Function;
use crate::aws::alarms::{AgeMetric, AlarmAge, AlarmSettings, Alarms, EvaluationPeriods};
use crate::aws::{function_keys, limits};
use crate::function::ALARM_TOPICS;
use crate::message::Message;
use crate::messages::{alarms as messages, parameters};
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::ResourceSettings;
use crate::resource::queue::MessageRetention;
use crate::resource::stream::RecordRetention;
use crate::settings::MaxEventAge;
use crate::source::Trigger;

/// Checks the alarms of all functions, and the topics of the defaults.
pub(super) fn check(app: &App, problems: &mut Problems) {
    if let Some(defaults) = app.defaults.lambda.alarm_settings() {
        check_topics(app, ItemIndex::Defaults, defaults, problems);
    }
    for (index, function) in app.functions.iter().enumerate() {
        if function.settings.lambda.is_empty() && app.defaults.lambda.is_empty() {
            continue;
        }
        let item = ItemIndex::Function(index);
        if let Some(Alarms::Set(own)) = &function.settings.lambda.alarms {
            check_topics(app, item, own, problems);
            check_own(function, item, own, problems);
            check_age(app, item, function, own, problems);
        }
        let settings = function.lambda_settings(&app.defaults);
        let alarms = settings.alarm_settings();
        if let Some(alarms) = alarms {
            let own = function.settings.lambda.alarms.is_some();
            check_duration(app, item, function, alarms, problems);
            check_periods(item, function, alarms, problems);
            if !alarms.has_threshold() && own {
                let at = PlaceInItem::key(function_keys::ALARMS);
                problems.push(item, at, messages::alarms_without_threshold());
            }
            let stops_deployment = settings.deploy.as_ref().is_some_and(|it| it.own_alarms);
            if function.has_alarms(alarms) && alarms.to.is_empty() && !stops_deployment {
                push(
                    item,
                    own.then_some(function_keys::ALARMS),
                    messages::alarms_without_topic(),
                    problems,
                );
            }
        }
        let is_alarmed = alarms.is_some_and(|alarms| function.has_alarms(alarms));
        if !is_alarmed && function.settings.lambda.deploy.as_ref().is_some_and(|it| it.own_alarms) {
            let at = PlaceInItem::key(function_keys::DEPLOY.name);
            problems.push(item, at, messages::no_own_alarms());
        }
    }
}

/// Records a problem at a key of the function, or at the defaults if the function does not set the key.
fn push(item: ItemIndex, key: Option<&str>, message: Message, problems: &mut Problems) {
    match key {
        Some(key) => problems.push(item, PlaceInItem::key(key), message),
        None => problems.push_for_defaults(PlaceInItem::key(function_keys::ALARMS), message),
    }
}

/// Checks that CloudWatch accepts the number of periods, and that not more of them have to reach the threshold. `alarms` are
/// those of the function with the defaults.
fn check_periods(
    item: ItemIndex,
    function: &Function,
    alarms: &AlarmSettings,
    problems: &mut Problems,
) {
    let own = function.settings.lambda.alarm_settings().cloned().unwrap_or_default();
    let keys = [
        (own.evaluation_periods.is_some(), "alarms.evaluation_periods"),
        (own.datapoints_to_alarm.is_some(), "alarms.datapoints_to_alarm"),
        (own.period.is_some(), "alarms.period"),
    ];
    let key = |wanted: &str| {
        let set = || keys.iter().filter(|(is_set, _)| *is_set).map(|(_, key)| *key);
        set().find(|key| *key == wanted).or_else(|| set().next())
    };
    let (periods, period) = (alarms.evaluation_periods().get(), alarms.period());
    if periods > period.most_periods() {
        let message = messages::too_many_periods(periods, period.get(), period.most_periods());
        let message = match alarms.from_parameters.find(AlarmSettings::EVALUATION_PERIODS) {
            Some(it) => parameters::limit(message, &it.param, "max", period.most_periods()),
            None => message,
        };
        push(item, key("alarms.evaluation_periods"), message, problems);
    }
    let datapoints = alarms.datapoints_to_alarm.map(EvaluationPeriods::get);
    let least = alarms.from_parameters.least(AlarmSettings::EVALUATION_PERIODS, periods);
    if let Some(datapoints) = datapoints.filter(|it| *it > least) {
        let message = messages::more_datapoints_than_periods(datapoints, least);
        let message = match (
            alarms.from_parameters.find(AlarmSettings::DATAPOINTS_TO_ALARM),
            alarms.from_parameters.find(AlarmSettings::EVALUATION_PERIODS),
        ) {
            (Some(it), _) => parameters::limit(message, &it.param, "max", least),
            (None, Some(it)) => parameters::limit(message, &it.param, "min", datapoints),
            (None, None) => message,
        };
        push(item, key("alarms.datapoints_to_alarm"), message, problems);
    }
}

/// Checks that the topics are not FIFO topics, to which CloudWatch does not publish.
fn check_topics(app: &App, item: ItemIndex, alarms: &AlarmSettings, problems: &mut Problems) {
    for ident in alarms.topics() {
        if let Some(topic) = app.resource(ident).filter(|it| it.is_fifo()) {
            let message = messages::fifo_topic(ident, &topic.origin);
            problems.push(item, PlaceInItem::key(ALARM_TOPICS), message);
        }
    }
}

/// Checks that the metrics of a function's own thresholds exist. A default of all functions applies to those that have
/// the metric.
fn check_own(function: &Function, item: ItemIndex, own: &AlarmSettings, problems: &mut Problems) {
    let triggers = || function.triggers.iter().map(|it| it.summary()).collect::<Vec<_>>();
    if own.age.is_some() && function.age_metrics().is_empty() {
        let message = messages::no_age_metric(&triggers(), function.reads_kafka());
        problems.push(item, PlaceInItem::key("alarms.age"), message);
    }
    if own.offset_lag.is_some() && !function.reads_kafka() {
        let message = messages::no_offset_lag();
        problems.push(item, PlaceInItem::key("alarms.offset_lag"), message);
    }
}

/// Checks that the events of every trigger can become as old as the alarm for their age says.
fn check_age(
    app: &App,
    item: ItemIndex,
    function: &Function,
    own: &AlarmSettings,
    problems: &mut Problems,
) {
    let Some(age) = own.age.map(AlarmAge::get) else { return };
    let most = |trigger: &Trigger| Some((greatest_age(trigger, function, app)?, trigger.summary()));
    let kept = function.triggers.iter().filter_map(most).min();
    if let Some((kept, trigger)) = kept.filter(|(kept, _)| *kept <= age) {
        let message = messages::age_beyond_retention(age, kept, &trigger);
        problems.push(item, PlaceInItem::key("alarms.age"), message);
    }
}

/// Returns the number of seconds after which an event of a trigger is dropped. Returns `None` if it is not known, or if no
/// metric has the age of such events.
fn greatest_age(trigger: &Trigger, function: &Function, app: &App) -> Option<u32> {
    if trigger.age_metric()? == AgeMetric::AsyncEventAge {
        let own = function.settings.max_event_age.or(app.defaults.max_event_age);
        return Some(own.map_or(*limits::EVENT_AGE_SECONDS.end(), MaxEventAge::get));
    }
    let source = app.resource(trigger.resource()?.ident)?;
    if source.existing.is_some() {
        return None;
    }
    match &source.settings {
        ResourceSettings::Queue(queue) => {
            let own = queue.retention.map(MessageRetention::get);
            Some(own.unwrap_or(limits::DEFAULT_SQS_RETENTION_SECONDS))
        }
        ResourceSettings::Stream(stream) => {
            let own = stream.retention.map(RecordRetention::get);
            Some(own.unwrap_or(limits::DEFAULT_STREAM_RETENTION_SECONDS))
        }
        // A stream of DynamoDB keeps changes for a day.
        ResourceSettings::Table(_) => Some(limits::DEFAULT_STREAM_RETENTION_SECONDS),
        _ => None,
    }
}

/// Checks that an invocation can take as long as the alarm for its duration says.
fn check_duration(
    app: &App,
    item: ItemIndex,
    function: &Function,
    alarms: &AlarmSettings,
    problems: &mut Problems,
) {
    let timeout = function.timeout(&app.defaults).get();
    let Some(duration) = alarms.duration.filter(|it| *it > u64::from(timeout) * 1_000) else {
        return;
    };
    let own = function.settings.lambda.alarm_settings().is_some_and(|it| it.duration.is_some());
    let handler = Some(function.handler.as_str()).filter(|_| !own);
    let message = messages::duration_beyond_timeout(duration, timeout, handler);
    push(item, own.then_some("alarms.duration"), message, problems);
}
