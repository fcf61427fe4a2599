//! Tests of the alarms of functions.

use super::{app, function, resource, with_timeout};
use crate::app::App;
use crate::aws::alarms::{
    AgeMetric, AlarmAge, AlarmCount, AlarmPeriod, AlarmSettings, Alarms, EvaluationPeriods,
};
use crate::aws::deployment::{Deployment, TrafficShift};
use crate::aws::value::CfnValue;
use crate::check::check;
use crate::location::ItemIndex;
use crate::resource::queue::{MessageRetention, Queue};
use crate::resource::topic::Topic;
use crate::resource::{Resource, ResourceSettings};
use crate::settings::MaxEventAge;
use crate::{AppParts, Function, FunctionSettings};

fn count(number: u64) -> Option<AlarmCount> {
    AlarmCount::try_from(number).ok()
}

fn with_alarms(settings: AlarmSettings) -> Function {
    let mut function = with_timeout(function("f"), 3);
    function.settings.lambda.alarms = Some(Alarms::Set(settings));
    function
}

fn topic(fifo: bool) -> Resource {
    resource("Alerts", ResourceSettings::Topic(Topic { name: None, fifo, tls_only: true }))
}

fn to() -> Vec<CfnValue> {
    vec![CfnValue::Resource("Alerts".to_owned())]
}

fn errors() -> AlarmSettings {
    AlarmSettings { errors: count(1), to: to(), ..AlarmSettings::default() }
}

/// Returns the places and the messages of the problems of an application.
fn problems(app: &App) -> Vec<(ItemIndex, String, String)> {
    let problems = check(app, &[], &[]).into_iter();
    problems.map(|it| (it.item, it.at.to_string(), it.message.full())).collect()
}

#[test]
fn alarms_that_go_off_and_notify_a_topic_are_right() {
    assert_eq!(problems(&app(vec![with_alarms(errors())], vec![topic(false)])), []);
    let mut deployed = with_alarms(AlarmSettings { to: Vec::new(), ..errors() });
    let shift = TrafficShift::AllAtOnce;
    deployed.settings.lambda.deploy =
        Some(Deployment { own_alarms: true, ..Deployment::new(shift) });
    assert_eq!(problems(&app(vec![deployed.clone()], vec![])), []);
    deployed.settings.lambda.alarms = None;
    let found = problems(&app(vec![deployed], vec![]));
    let message = "this function has no alarms of its own\n\nhelp: add them: `alarms(errors = 1)`";
    assert_eq!(found, [(ItemIndex::Function(0), "key deploy".to_owned(), message.to_owned())]);
}

#[test]
fn alarms_that_nothing_sets_off_or_hears_are_reported() {
    let age = AlarmAge::try_from(60).ok();
    for (settings, at, start) in [
        (AlarmSettings { errors: None, ..errors() }, "key alarms", "`alarms` has no threshold"),
        (
            AlarmSettings { to: Vec::new(), ..errors() },
            "key alarms",
            "the alarms of this function notify nothing",
        ),
        (
            AlarmSettings { duration: Some(3_001), ..errors() },
            "key alarms.duration",
            "no invocation takes 3001 ms: the timeout is 3 s",
        ),
        (
            AlarmSettings { offset_lag: count(1), ..errors() },
            "key alarms.offset_lag",
            "`offset_lag` is for functions that read a Kafka topic",
        ),
    ] {
        let app = app(vec![with_alarms(settings)], vec![topic(false)]);
        let found = problems(&app);
        assert_eq!((found.len(), found[0].1.as_str()), (1, at), "{found:?}");
        assert!(found[0].2.starts_with(start), "{found:?}");
    }
    let fits = AlarmSettings { duration: Some(3_000), age, ..errors() };
    assert_eq!(problems(&app(vec![with_alarms(fits)], vec![topic(false)])), []);
}

/// Returns the problems of two functions, the first with these alarms, and of these defaults.
fn with_default(own: AlarmSettings, defaults: AlarmSettings) -> Vec<(ItemIndex, String, String)> {
    let mut settings = FunctionSettings::default();
    settings.lambda.alarms = Some(Alarms::Set(defaults));
    let functions = vec![with_alarms(own), with_timeout(function("g"), 3)];
    let resources = vec![topic(false)];
    let parts = AppParts { defaults: settings, functions, resources, ..AppParts::default() };
    problems(&App::new(parts))
}

#[test]
fn an_alarm_can_look_at_its_periods() {
    let periods = |number: u64| EvaluationPeriods::try_from(number).ok();
    let hour = AlarmPeriod::from_seconds(3_600);
    let many = AlarmSettings { period: hour, evaluation_periods: periods(200), ..errors() };
    let few = AlarmSettings { datapoints_to_alarm: periods(3), ..errors() };
    for (settings, at, message) in [
        (
            many,
            "key alarms.evaluation_periods",
            "an alarm with periods of 3600 s looks at 168 periods at most, not at 200",
        ),
        (
            AlarmSettings { evaluation_periods: periods(2), ..few.clone() },
            "key alarms.datapoints_to_alarm",
            "3 of 2 periods cannot reach the threshold\n\nhelp: write at most `datapoints_to_alarm = 2`, or more `evaluation_periods`",
        ),
    ] {
        let found = problems(&app(vec![with_alarms(settings)], vec![topic(false)]));
        let expected = (ItemIndex::Function(0), at.to_owned(), message.to_owned());
        assert_eq!(found, [expected]);
    }
    // The defaults set what a function does not set.
    let three = AlarmSettings { evaluation_periods: periods(3), ..errors() };
    assert_eq!(with_default(few.clone(), three.clone()), []);
    let one = AlarmSettings { evaluation_periods: periods(1), ..errors() };
    let two = AlarmSettings { datapoints_to_alarm: periods(2), ..three };
    let found = with_default(one, two);
    assert_eq!((found.len(), found[0].0), (1, ItemIndex::Function(0)), "{found:?}");
    assert_eq!(found[0].1, "key alarms.evaluation_periods");
    let found = with_default(errors(), few);
    assert_eq!((found.len(), found[0].0), (1, ItemIndex::Defaults), "{found:?}");
}

#[test]
fn an_event_can_become_as_old_as_its_alarm_says() {
    let found = |seconds: u64, retention: Option<u64>, change: fn(&mut Function)| {
        let age = AlarmAge::try_from(seconds).ok();
        let mut function = with_alarms(AlarmSettings { errors: None, age, ..errors() });
        function.triggers = vec![super::sqs::sqs("Jobs").into()];
        change(&mut function);
        let retention = retention.and_then(|it| MessageRetention::try_from(it).ok());
        let jobs = ResourceSettings::Queue(Queue { retention, ..Queue::default() });
        problems(&app(vec![function], vec![topic(false), resource("Jobs", jobs)]))
    };
    let keep = |_: &mut Function| {};
    assert_eq!(found(3_599, Some(3_600), keep), []);
    assert_eq!(found(86_400, None, keep), []);
    let expected = "no event of sqs queue Jobs becomes 3600 s old: it is dropped after 3600 s\n\nhelp: write a shorter `age`: the alarm has to go off before events are lost";
    let place = "key alarms.age".to_owned();
    assert_eq!(
        found(3_600, Some(3_600), keep),
        [(ItemIndex::Function(0), place, expected.to_owned())]
    );
    let by_event = |it: &mut Function| {
        it.triggers = vec![super::schedule::schedule(None).into()];
    };
    assert_eq!(found(21_599, None, by_event), []);
    assert_eq!(found(21_600, None, by_event).len(), 1);
    let shorter = |it: &mut Function| {
        it.triggers = vec![super::schedule::schedule(None).into()];
        it.settings.max_event_age = MaxEventAge::try_from(60).ok();
    };
    assert_eq!(found(60, None, shorter).len(), 1);
}

#[test]
fn a_deployment_needs_alarms_that_exist() {
    let age = AlarmSettings { errors: None, age: AlarmAge::try_from(60).ok(), ..errors() };
    let mut deployed = with_timeout(function("f"), 3);
    deployed.triggers = vec![super::http::http("GET", "/a")];
    let shift = TrafficShift::AllAtOnce;
    deployed.settings.lambda.deploy =
        Some(Deployment { own_alarms: true, ..Deployment::new(shift) });
    let with_default = |defaults: AlarmSettings| {
        let mut settings = FunctionSettings::default();
        settings.lambda.alarms = Some(Alarms::Set(defaults));
        let (functions, resources) = (vec![deployed.clone()], vec![topic(false)]);
        let parts = AppParts { defaults: settings, functions, resources, ..AppParts::default() };
        problems(&App::new(parts))
    };
    assert_eq!(with_default(errors()), []);
    for without in [AlarmSettings { errors: None, ..errors() }, age] {
        let found = with_default(without);
        assert_eq!((found.len(), found[0].1.as_str()), (1, "key deploy"), "{found:?}");
        assert!(found[0].2.starts_with("this function has no alarms of its own"), "{found:?}");
    }
}

#[test]
fn a_default_without_a_topic_is_reported_once() {
    let silent = AlarmSettings { to: Vec::new(), ..errors() };
    let found = with_default(errors(), silent);
    assert_eq!((found.len(), found[0].0), (1, ItemIndex::Defaults), "{found:?}");
    assert!(found[0].2.starts_with("the alarms of this function notify nothing"), "{found:?}");
}

#[test]
fn a_topic_is_a_standard_topic_of_the_application() {
    let found = problems(&app(vec![with_alarms(errors())], vec![topic(true)]));
    assert_eq!((found.len(), found[0].1.as_str()), (1, "key alarms.to"), "{found:?}");
    assert!(found[0].2.starts_with("`Alerts` is a FIFO topic (declared at Alerts.rs:7)"));
    let found = problems(&app(vec![with_alarms(errors())], vec![]));
    assert_eq!((found.len(), found[0].1.as_str()), (1, "key alarms.to"), "{found:?}");
    let help = "declare it: `#[resource(topic)] pub struct Alerts;`";
    assert!(found[0].2.ends_with(help), "{found:?}");
}

#[test]
fn a_default_has_its_own_place() {
    let with_default = |settings: AlarmSettings, resources: Vec<Resource>| {
        let mut defaults = FunctionSettings::default();
        defaults.lambda.alarms = Some(Alarms::Set(settings));
        let functions = vec![with_timeout(function("f"), 3), with_timeout(function("g"), 3)];
        problems(&App::new(AppParts { defaults, functions, resources, ..AppParts::default() }))
    };
    assert_eq!(with_default(errors(), vec![topic(false)]), []);
    for (settings, resources) in [
        (errors(), vec![topic(true)]),
        (errors(), vec![]),
        (AlarmSettings { duration: Some(5_000), ..errors() }, vec![topic(false)]),
    ] {
        let found = with_default(settings, resources);
        assert_eq!((found.len(), found[0].0), (1, ItemIndex::Defaults), "{found:?}");
    }
    let lag = AlarmSettings { offset_lag: count(1), ..errors() };
    assert_eq!(with_default(lag, vec![topic(false)]), []);
    let mut off = with_timeout(function("f"), 3);
    off.settings.lambda.alarms = Some(Alarms::None);
    let mut defaults = FunctionSettings::default();
    defaults.lambda.alarms = Some(Alarms::Set(errors()));
    assert_eq!(off.lambda_settings(&defaults).alarm_settings(), None);
    assert_eq!(function("f").age_metrics(), [AgeMetric::AsyncEventAge]);
}
