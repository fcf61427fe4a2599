//! Checks the alarms of each function: that they can go off, and that they notify a topic or stop a deployment.

use crate::App;
use crate::Function;
use crate::aws::alarms::{AlarmSettings, Alarms};
use crate::aws::function_keys;
use crate::function::ALARM_TOPICS;
use crate::messages::alarms as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

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
        }
        let settings = function.lambda_settings(&app.defaults);
        if let Some(alarms) = settings.alarm_settings() {
            let at = || PlaceInItem::key(function_keys::ALARMS);
            check_duration(app, item, function, alarms, problems);
            if !alarms.has_threshold() && function.settings.lambda.alarms.is_some() {
                problems.push(item, at(), messages::alarms_without_threshold());
            }
            let stops_deployment = settings.deploy.as_ref().is_some_and(|it| it.own_alarms);
            if alarms.has_threshold() && alarms.to.is_empty() && !stops_deployment {
                problems.push(item, at(), messages::alarms_without_topic());
            }
        } else if function.settings.lambda.deploy.as_ref().is_some_and(|it| it.own_alarms) {
            let at = PlaceInItem::key(function_keys::DEPLOY.name);
            problems.push(item, at, messages::no_own_alarms());
        }
    }
}

/// Checks that the topics are not FIFO topics, to which CloudWatch does not publish.
fn check_topics(app: &App, item: ItemIndex, alarms: &AlarmSettings, problems: &mut Problems) {
    for (_, ident) in alarms.topics() {
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
    let at = PlaceInItem::key("alarms.duration");
    if own {
        problems.push(item, at, messages::duration_beyond_timeout(duration, timeout, None));
    } else {
        let handler = Some(function.handler.as_str());
        let message = messages::duration_beyond_timeout(duration, timeout, handler);
        problems.push_for_defaults(PlaceInItem::key(function_keys::ALARMS), message);
    }
}
