//! Tests of numbers of triggers and resources that are template parameters: their limits, and the checks with the worst of
//! their values.

use super::sources::msk;
use super::sqs::sqs;
use super::{app, found, function, parameter, resource, triggered, with_timeout};
use crate::aws::alarms::{AlarmCount, AlarmSettings, Alarms, EvaluationPeriods};
use crate::aws::mapping::kafka::{MinPollers, Pollers};
use crate::aws::mapping::keys;
use crate::aws::mapping::stream::{
    MaxRecordAge, ParallelizationFactor, StreamBatchSize, StreamMapping, TumblingWindow,
};
use crate::aws::mapping::{BatchWindow, EventSourceMapping};
use crate::aws::provisioned_concurrency::ProvisionedConcurrency;
use crate::aws::value::ResourceReference;
use crate::check::check;
use crate::number_setting::{NumberParameters, NumberSetting, ParameterSetting};
use crate::resource::queue::{
    MaxReceiveCount, MessageDelay, MessageRetention, Queue, VisibilityTimeout,
};
use crate::resource::stream::{RecordRetention, ShardCount, Stream};
use crate::resource::{Resource, ResourceSettings};
use crate::settings::ReservedConcurrency;
use crate::source::kinesis::Kinesis;
use crate::source::rule_target::{RuleEventAge, RuleRetries, RuleTarget};
use crate::source::sqs::{MaxConcurrency, QueueBatchSize, Sqs};
use crate::source::{BatchConcurrency, TriggerSource as _};
use crate::{App, AppParts, Function, TemplateParameter};

/// The limits of the parameters that an application declares.
type Limits<'a> = &'a [(&'a str, Option<u32>, Option<u32>)];

fn setting<T: NumberSetting>(key: &'static str, name: &str) -> ParameterSetting {
    ParameterSetting::new::<T>(key, parameter(name))
}

fn parameters<const N: usize>(settings: [ParameterSetting; N]) -> NumberParameters {
    NumberParameters(settings.into())
}

fn with_limits(functions: Vec<Function>, resources: Vec<Resource>, limits: Limits<'_>) -> App {
    let declared = |(name, min, max): &(&str, Option<u32>, Option<u32>)| TemplateParameter {
        name: parameter(name),
        description: None,
        default: None,
        allowed: Vec::new(),
        no_echo: false,
        min: *min,
        max: *max,
        content: None,
    };
    let parameters = limits.iter().map(declared).collect();
    App::new(AppParts { parameters, functions, resources, ..AppParts::default() })
}

fn messages(app: &App) -> Vec<String> {
    check(app, &[], &[]).into_iter().map(|it| format!("{}: {}", it.at, it.message.full())).collect()
}

/// Returns the help that limits a parameter.
fn limit(name: &str, bound: &str) -> String {
    format!(
        "\n\nhelp: limit the parameter in Cargo.toml: `[package.metadata.skylift.parameters.{name}]` with `{bound}`"
    )
}

fn jobs(queue: Queue) -> Resource {
    resource("Jobs", ResourceSettings::Queue(queue))
}

fn sqs_with(from_parameters: NumberParameters) -> Sqs {
    let mapping = EventSourceMapping { from_parameters, ..EventSourceMapping::default() };
    Sqs { mapping, ..sqs("Jobs") }
}

#[test]
fn a_number_has_the_greatest_value_of_its_parameter() {
    let trigger = sqs_with(parameters([
        setting::<QueueBatchSize>(keys::BATCH_SIZE, "Size"),
        setting::<MaxConcurrency>(keys::MAX_CONCURRENCY, "Most"),
        setting::<BatchWindow>(keys::BATCH_WINDOW, "Window"),
    ]));
    let queue = Queue {
        from_parameters: parameters([
            setting::<VisibilityTimeout>(Queue::VISIBILITY, "Visible"),
            setting::<MessageRetention>(Queue::RETENTION, "Kept"),
            setting::<MessageDelay>(Queue::DELAY, "Delay"),
            setting::<MaxReceiveCount>(Queue::MAX_RECEIVES, "Receives"),
        ]),
        ..Queue::default()
    };
    let limits: Limits<'_> = &[
        ("Size", None, Some(7)),
        ("Most", None, Some(8)),
        ("Window", Some(2), Some(9)),
        ("Visible", Some(30), Some(40)),
        ("Kept", Some(900), Some(1_000)),
        ("Delay", None, Some(60)),
        ("Receives", None, Some(6)),
    ];
    let app = with_limits(vec![triggered("f", vec![trigger.into()])], vec![jobs(queue)], limits);
    assert_eq!(messages(&app), [""; 0]);
    let trigger = &app.functions[0].triggers[0];
    let mapping = trigger.mapping().unwrap();
    assert_eq!(trigger.max_concurrency(), Some(8));
    assert_eq!(mapping.batch_window.unwrap().get(), 9);
    assert_eq!(mapping.from_parameters.least(keys::BATCH_WINDOW, 9), 2);
    assert_eq!(mapping.from_parameters.least(keys::TUMBLING_WINDOW, 9), 9);
    let ResourceSettings::Queue(queue) = &app.resources[0].settings else { panic!("no queue") };
    let numbers = (queue.visibility.unwrap().get(), queue.retention.unwrap().get());
    assert_eq!(numbers, (40, 1_000));
    assert_eq!((queue.delay.unwrap().get(), queue.max_receives.get()), (60, 6));
    let bounds: Vec<_> = app.parameters.iter().map(|it| it.content.unwrap().bounds()).collect();
    assert_eq!(bounds[0..3], [Some((1, 7)), Some((2, 8)), Some((2, 9))]);
}

#[test]
fn a_batch_without_a_window_has_at_most_ten_messages() {
    let size = || setting::<QueueBatchSize>(keys::BATCH_SIZE, "Size");
    let on = |trigger: Sqs, limits: Limits<'_>| {
        messages(&with_limits(
            vec![triggered("f", vec![trigger.into()])],
            vec![jobs(Queue::default())],
            limits,
        ))
    };
    let alone = || sqs_with(parameters([size()]));
    assert_eq!(on(alone(), &[("Size", None, Some(10))]), [""; 0]);
    let text = |size| {
        format!(
            "trigger 0 batch_size: batch size of {size} needs a batch window: without one, a batch has at most 10 messages"
        )
    };
    let beyond = format!("{}{}", text(11), limit("Size", "max = 10"));
    assert_eq!(on(alone(), &[("Size", None, Some(11))]), [beyond]);
    let window = || setting::<BatchWindow>(keys::BATCH_WINDOW, "Window");
    let both = || sqs_with(parameters([size(), window()]));
    let limits: Limits<'_> = &[("Size", None, Some(11)), ("Window", Some(1), None)];
    assert_eq!(on(both(), limits), [""; 0]);
    let closed = format!("{}{}", text(11), limit("Window", "min = 1"));
    assert_eq!(on(both(), &[("Size", None, Some(11))]), [closed]);
    let known =
        Sqs { batch_size: QueueBatchSize::try_from(500).ok(), ..sqs_with(parameters([window()])) };
    let closed = format!("{}{}", text(500), limit("Window", "min = 1"));
    assert_eq!(on(known, &[]), [closed]);
    let one =
        Sqs { batch_size: QueueBatchSize::try_from(1).ok(), ..sqs_with(parameters([window()])) };
    assert!(on(one, &[])[0].starts_with("trigger 0 batch_window: a batch window of 300 s has no"));
    let many = BatchConcurrency::try_from(5).ok();
    let few = Sqs { batch_concurrency: many, ..alone() };
    let found = on(few.clone(), &[("Size", None, Some(4))]);
    assert!(
        found[0].starts_with("trigger 0 batch_concurrency: batch concurrency of 5"),
        "{found:?}"
    );
    assert_eq!(on(few, &[("Size", None, Some(5))]), [""; 0]);
}

#[test]
fn a_fifo_queue_has_batches_of_at_most_ten() {
    let trigger = || {
        let size = setting::<QueueBatchSize>(keys::BATCH_SIZE, "Size");
        let queue = ResourceReference::Named("jobs.fifo".try_into().unwrap());
        Sqs { queue, ..sqs_with(parameters([size])) }
    };
    let on = |limits: Limits<'_>| {
        messages(&with_limits(vec![triggered("f", vec![trigger().into()])], Vec::new(), limits))
    };
    let beyond = format!(
        "trigger 0 batch_size: batch size of 10000 on a FIFO queue, which takes at most 10{}",
        limit("Size", "max = 10")
    );
    assert_eq!(on(&[]), [beyond]);
    assert_eq!(on(&[("Size", None, Some(10))]), [""; 0]);
}

#[test]
fn a_queue_hides_messages_for_the_timeout_and_keeps_them_for_longer() {
    let visible = || setting::<VisibilityTimeout>(Queue::VISIBILITY, "Visible");
    let kept = || setting::<MessageRetention>(Queue::RETENTION, "Kept");
    let on = |from_parameters, limits: Limits<'_>| {
        let queue = Queue { from_parameters, ..Queue::default() };
        let function = with_timeout(triggered("f", vec![sqs("Jobs").into()]), 30);
        messages(&with_limits(vec![function], vec![jobs(queue)], limits))
    };
    assert_eq!(on(parameters([visible()]), &[("Visible", Some(30), None)]), [""; 0]);
    let found = on(parameters([visible()]), &[("Visible", Some(29), None)]);
    assert!(found[0].contains("visible again after 29 s"), "{found:?}");
    assert!(found[0].ends_with(&limit("Visible", "min = 30")), "{found:?}");
    assert_eq!(on(parameters([kept()]), &[("Kept", Some(180), None)]), [""; 0]);
    let found = on(parameters([kept()]), &[("Kept", Some(179), None)]);
    assert!(found[0].contains("keeps messages for 179 s"), "{found:?}");
    assert!(found[0].ends_with(&limit("Kept", "min = 180")), "{found:?}");
    let both = || parameters([visible(), kept()]);
    let limits: Limits<'_> = &[("Visible", Some(30), Some(60)), ("Kept", Some(60), None)];
    assert_eq!(on(both(), limits), [""; 0]);
    let limits: Limits<'_> = &[("Visible", Some(30), Some(61)), ("Kept", Some(60), None)];
    let text = "retention of 60 s is shorter than the visibility timeout of 61 s: a message that fails is gone before it is received again";
    assert_eq!(
        on(both(), limits),
        [format!("key visibility: {text}{}", limit("Visible", "max = 60"))]
    );
}

#[test]
fn a_delay_ends_before_the_message_is_gone() {
    let on = |queue: Queue, limits: Limits<'_>| {
        messages(&with_limits(vec![function("f")], vec![jobs(queue)], limits))
    };
    let kept = || Queue {
        delay: MessageDelay::try_from(60).ok(),
        from_parameters: parameters([setting::<MessageRetention>(Queue::RETENTION, "Kept")]),
        ..Queue::default()
    };
    assert_eq!(on(kept(), &[("Kept", Some(61), None)]), [""; 0]);
    let text =
        "delay of 60 s with a retention of 60 s: a message is gone before it can be received";
    assert_eq!(on(kept(), &[]), [format!("key retention: {text}{}", limit("Kept", "min = 61"))]);
    let delayed = || Queue {
        retention: MessageRetention::try_from(60).ok(),
        from_parameters: parameters([setting::<MessageDelay>(Queue::DELAY, "Delay")]),
        ..Queue::default()
    };
    assert_eq!(on(delayed(), &[("Delay", None, Some(59))]), [""; 0]);
    let found = on(delayed(), &[("Delay", None, Some(60))]);
    assert_eq!(found, [format!("key delay: {text}{}", limit("Delay", "max = 59"))]);
}

#[test]
fn numbers_of_a_stream_fit_each_other() {
    let on = |settings: Vec<ParameterSetting>, mapping: StreamMapping, limits: Limits<'_>| {
        let from_parameters = NumberParameters(settings);
        let shared = EventSourceMapping { from_parameters, ..EventSourceMapping::default() };
        let kinesis = Kinesis {
            stream: ResourceReference::Declared("Clicks".to_owned()),
            consumer: None,
            mapping: StreamMapping { mapping: shared, ..mapping },
        };
        let from_parameters = parameters([
            setting::<ShardCount>(Stream::SHARDS, "Shards"),
            setting::<RecordRetention>(Stream::RETENTION, "Hours"),
        ]);
        let clicks = Stream { from_parameters, ..Stream::default() };
        let clicks = resource("Clicks", ResourceSettings::Stream(clicks));
        let app = with_limits(vec![triggered("f", vec![kinesis.into()])], vec![clicks], limits);
        let ResourceSettings::Stream(clicks) = &app.resources[0].settings else { panic!() };
        assert_eq!(clicks.retention.unwrap().hours(), 8_760);
        messages(&app)
    };
    let age = || vec![setting::<MaxRecordAge>(keys::MAX_RECORD_AGE, "Age")];
    let found = on(
        age(),
        StreamMapping::default(),
        &[("Age", None, Some(90_001)), ("Hours", Some(25), None)],
    );
    assert!(found[0].contains(
        "a record age of 90001 s has no effect: the stream keeps its records for 90000 s"
    ));
    assert!(found[0].ends_with(&limit("Age", "max = 90000")), "{found:?}");
    let within: Limits<'_> = &[("Age", None, Some(90_000)), ("Hours", Some(25), None)];
    assert_eq!(on(age(), StreamMapping::default(), within), [""; 0]);
    let factor = || vec![setting::<ParallelizationFactor>(keys::PARALLELIZATION_FACTOR, "Factor")];
    let window = StreamMapping {
        tumbling_window: TumblingWindow::try_from(60).ok(),
        ..StreamMapping::default()
    };
    let found = on(factor(), window.clone(), &[]);
    assert!(found[0].starts_with("trigger 0 parallelization_factor: parallelization factor of 10"));
    assert!(found[0].ends_with(&limit("Factor", "max = 1")), "{found:?}");
    assert_eq!(on(factor(), window, &[("Factor", None, Some(1))]), [""; 0]);
    let tumbling = || vec![setting::<TumblingWindow>(keys::TUMBLING_WINDOW, "Window")];
    let parallel = StreamMapping {
        parallelization_factor: ParallelizationFactor::try_from(2).ok(),
        ..StreamMapping::default()
    };
    assert!(on(tumbling(), parallel, &[])[0].contains("a tumbling window of 900 s"));
    let size = || vec![setting::<StreamBatchSize>(keys::BATCH_SIZE, "Size")];
    let bisect = StreamMapping { bisect: Some(true), ..StreamMapping::default() };
    assert_eq!(on(size(), bisect.clone(), &[]), [""; 0]);
    let found = on(size(), bisect, &[("Size", None, Some(1))]);
    assert!(found[0].starts_with("trigger 0 bisect: `bisect` has no effect"), "{found:?}");
}

#[test]
fn a_tumbling_window_of_a_parameter_is_a_window() {
    let from_parameters = parameters([setting::<TumblingWindow>(keys::TUMBLING_WINDOW, "Window")]);
    let shared = EventSourceMapping { from_parameters, ..EventSourceMapping::default() };
    let mapping = StreamMapping { mapping: shared, ..StreamMapping::default() };
    assert!(mapping.has_window() && !StreamMapping::default().has_window());
    assert_eq!(TumblingWindow::CONTENT.bounds(), Some((1, 900)));
}

#[test]
fn the_least_maximum_of_pollers_is_not_below_the_greatest_minimum() {
    let on = |settings: Vec<ParameterSetting>, min: Option<u64>, limits: Limits<'_>| {
        let mut kafka = msk("orders");
        let min = min.and_then(|it| MinPollers::try_from(it).ok());
        kafka.mapping.pollers = Some(Pollers { min, ..Pollers::default() });
        kafka.mapping.mapping.from_parameters = NumberParameters(settings);
        messages(&with_limits(vec![triggered("f", vec![kafka.into()])], Vec::new(), limits))
    };
    let min = || setting::<MinPollers>(keys::MIN_POLLERS, "Min");
    let max = || setting::<crate::aws::mapping::kafka::MaxPollers>(keys::MAX_POLLERS, "Max");
    assert_eq!(on(vec![min()], None, &[]), [""; 0]);
    assert_eq!(on(vec![max()], Some(4), &[("Max", Some(4), None)]), [""; 0]);
    let found = on(vec![max()], Some(4), &[("Max", Some(3), None)]);
    let text = "trigger 0 pollers: a minimum of 4 pollers is above the maximum of 3";
    assert_eq!(found, [format!("{text}{}", limit("Max", "min = 4"))]);
    let found = on(vec![min(), max()], None, &[("Min", None, Some(4)), ("Max", Some(3), None)]);
    assert_eq!(found, [format!("{text}{}", limit("Min", "max = 3"))]);
}

#[test]
fn the_least_reserved_concurrency_is_enough_for_all_others() {
    let reserved = |function: &mut Function| {
        let setting = setting::<ReservedConcurrency>("reserved_concurrency", "Reserved");
        function.settings.from_parameters.0.push(setting);
    };
    let on = |function: &Function, limits: Limits<'_>| {
        messages(&with_limits(vec![function.clone()], vec![jobs(Queue::default())], limits))
    };
    let mut polled = triggered(
        "f",
        vec![Sqs { max_concurrency: MaxConcurrency::try_from(5).ok(), ..sqs("Jobs") }.into()],
    );
    assert_eq!(on(&polled, &[]), [""; 0]);
    reserved(&mut polled);
    assert_eq!(on(&polled, &[("Reserved", Some(5), None)]), [""; 0]);
    let text = "trigger 0 max_concurrency: maximum concurrency of 5 is more than the reserved concurrency of 4: Lambda would throttle the messages above it";
    let found = on(&polled, &[("Reserved", Some(4), None)]);
    assert_eq!(found, [format!("{text}{}", limit("Reserved", "min = 5"))]);
    assert!(on(&polled, &[])[0].ends_with(&limit("Reserved", "min = 5")));

    let most = setting::<MaxConcurrency>(keys::MAX_CONCURRENCY, "Most");
    let mut known = triggered("f", vec![sqs_with(parameters([most])).into()]);
    known.settings.reserved_concurrency = ReservedConcurrency::try_from(4).ok();
    assert_eq!(on(&known, &[("Most", None, Some(4))]), [""; 0]);
    let found = on(&known, &[("Most", None, Some(5))]);
    assert_eq!(found, [format!("{text}{}", limit("Most", "max = 4"))]);
    known.settings.reserved_concurrency = ReservedConcurrency::try_from(0).ok();
    assert_eq!(on(&known, &[]), [""; 0]);

    let mut provisioned = function("f");
    provisioned.settings.provisioned_concurrency = ProvisionedConcurrency::try_from(3).ok();
    reserved(&mut provisioned);
    assert_eq!(on(&provisioned, &[("Reserved", Some(3), None)]), [""; 0]);
    let found = on(&provisioned, &[("Reserved", Some(2), None)]);
    assert!(found[0].starts_with("key provisioned_concurrency: provisioned concurrency of 3"));

    let mut warm = function("f");
    let mut pings: crate::keep_warm::KeepWarm =
        "rate(5 minutes)".parse::<crate::schedule::ScheduleExpression>().unwrap().into();
    pings.instances = 3.try_into().unwrap();
    warm.keep_warm = Some(pings);
    reserved(&mut warm);
    assert_eq!(on(&warm, &[("Reserved", Some(3), None)]), [""; 0]);
    let found = on(&warm, &[("Reserved", Some(2), None)]);
    assert!(found[0].starts_with("key keep_warm.instances: 3 instances kept warm"), "{found:?}");
}

#[test]
fn an_alarm_looks_at_enough_periods() {
    let on = |settings: AlarmSettings, limits: Limits<'_>| {
        let mut function = with_timeout(function("f"), 3);
        let to = vec![crate::aws::value::CfnValue::Param(parameter("Topic"))];
        let errors = AlarmCount::try_from(1).ok();
        let settings = AlarmSettings { errors, to, ..settings };
        function.settings.lambda.alarms = Some(Alarms::Set(settings));
        messages(&with_limits(vec![function], Vec::new(), limits))
    };
    let periods = || setting::<EvaluationPeriods>(AlarmSettings::EVALUATION_PERIODS, "Periods");
    let points = || setting::<EvaluationPeriods>(AlarmSettings::DATAPOINTS_TO_ALARM, "Points");
    let known = || AlarmSettings {
        datapoints_to_alarm: EvaluationPeriods::try_from(2).ok(),
        from_parameters: parameters([periods()]),
        ..AlarmSettings::default()
    };
    assert_eq!(on(known(), &[("Periods", Some(2), Some(9))]), [""; 0]);
    let found = on(known(), &[("Periods", None, Some(9))]);
    assert!(found[0].ends_with(&limit("Periods", "min = 2")), "{found:?}");
    let both = || AlarmSettings {
        from_parameters: parameters([periods(), points()]),
        ..AlarmSettings::default()
    };
    let found = on(both(), &[("Periods", Some(3), Some(9)), ("Points", None, Some(4))]);
    assert!(found[0].ends_with(&limit("Points", "max = 3")), "{found:?}");
}

#[test]
fn the_numbers_of_a_rule_are_limited() {
    let mut target = RuleTarget {
        from_parameters: parameters([
            setting::<RuleRetries>(RuleTarget::RETRIES, "Retries"),
            setting::<RuleEventAge>(RuleTarget::MAX_EVENT_AGE, "Age"),
        ]),
        ..RuleTarget::default()
    };
    let uses: Vec<&str> = target.template_parameters().map(|it| it.name.as_str()).collect();
    assert_eq!(uses, ["Retries", "Age"]);
    target.numbers().limit(&|_| Some((60, 90)));
    assert_eq!((target.retries.unwrap().get(), target.max_event_age.unwrap().get()), (90, 90));
}

#[test]
fn a_function_that_resumes_takes_no_batches_of_a_parameter() {
    let mut trigger = sqs_with(parameters([setting::<QueueBatchSize>(keys::BATCH_SIZE, "Size")]));
    let conflicts = trigger.prepare_resume();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].key, Some(keys::BATCH_SIZE));
    let text = "`batch_size` is a parameter: a function that resumes takes one message at a time, whatever its value is";
    assert_eq!(conflicts[0].message.text, text);
    let mut trigger = sqs_with(parameters([setting::<BatchWindow>(keys::BATCH_WINDOW, "Window")]));
    assert_eq!(trigger.prepare_resume()[0].key, Some(keys::BATCH_WINDOW));
    assert_eq!(found(&app(Vec::new(), Vec::new())), []);
}
