//! Tests of triggers on queues.

use super::{
    app, assert_problem, existing, found, overlay, parameter, resource, triggered, with_timeout,
};
use crate::Function;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::name::QueueName;
use crate::aws::value::{CfnValue, ResourceReference};
use crate::location::{ItemIndex, PlaceInItem};
use crate::message::Message;
use crate::resource::queue::{MaxReceiveCount, Queue};
use crate::resource::{Existing, Resource, ResourceKind, ResourceSettings};
use crate::resume::{Hops, Resume};
use crate::source::sqs::{QueueBatchSize, Sqs};
use crate::source::{BatchConcurrency, ResumeConflict, TriggerResource, TriggerSource as _};

pub(super) fn sqs(queue: &str) -> Sqs {
    Sqs {
        queue: ResourceReference::Declared(queue.to_owned()),
        batch_size: None,
        max_concurrency: None,
        batch_concurrency: None,
        shared: false,
        mapping: EventSourceMapping::default(),
    }
}

fn sized(size: u64, window: Option<u64>) -> Sqs {
    let batch_window = window.map(|window| window.try_into().unwrap());
    Sqs {
        batch_size: QueueBatchSize::try_from(size).ok(),
        mapping: EventSourceMapping { batch_window, ..EventSourceMapping::default() },
        ..sqs("Jobs")
    }
}

fn queue(ident: &str, queue: Queue) -> Resource {
    resource(ident, ResourceSettings::Queue(queue))
}

fn fifo() -> Queue {
    Queue { fifo: true, ..Queue::default() }
}

#[test]
fn a_fifo_queue_has_batches_of_at_most_ten_and_no_window() {
    let on = |sqs: Sqs| app(vec![triggered("f", vec![sqs.into()])], vec![queue("Jobs", fifo())]);
    assert_eq!(found(&on(sized(10, Some(0)))), []);
    let message = "batch size of 11 on a FIFO queue, which takes at most 10";
    assert_problem(
        &on(sized(11, None)),
        0,
        &PlaceInItem::trigger_key(0, "batch_size"),
        message,
        "",
    );
    let message = "batch window on a FIFO queue, which takes none";
    assert_problem(
        &on(sized(10, Some(1))),
        0,
        &PlaceInItem::trigger_key(0, "batch_window"),
        message,
        "",
    );
    let standard = queue("Jobs", Queue::default());
    assert_eq!(
        found(&app(vec![triggered("f", vec![sized(11, Some(1)).into()])], vec![standard])),
        []
    );
}

#[test]
fn a_batch_of_more_than_ten_messages_needs_a_window() {
    for (size, window, wrong) in
        [(10, None, false), (11, None, true), (11, Some(0), true), (11, Some(1), false)]
    {
        let message = sized(size, window).check_window();
        let expected = format!(
            "batch size of {size} needs a batch window: without one, a batch has at most 10 messages"
        );
        assert_eq!(message.map(|it| it.text), wrong.then_some(expected), "{size} {window:?}");
    }
    assert_eq!(sqs("Jobs").check_window(), None);
}

#[test]
fn the_visibility_timeout_is_not_shorter_than_the_functions_timeout() {
    let on = |visibility: Option<u64>| {
        let visibility = visibility.map(|seconds| seconds.try_into().unwrap());
        let function = with_timeout(triggered("f", vec![sqs("Jobs").into()]), 30);
        app(vec![function], vec![queue("Jobs", Queue { visibility, ..Queue::default() })])
    };
    assert_eq!(found(&on(None)), []);
    assert_eq!(found(&on(Some(30))), []);
    assert_problem(
        &on(Some(29)),
        0,
        &PlaceInItem::trigger_key(0, "queue"),
        "messages of `Jobs` are visible again after 29 s, before this function's timeout of 30 s is over",
        "Lambda refuses such a queue: give `Jobs` a visibility of 180 s, 6 times the timeout, or lower the timeout",
    );
}

#[test]
fn a_function_that_resumes_cannot_have_a_fifo_queue() {
    let resume = Some(Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT });
    let on = |resume, settings: Queue| {
        let function = Function { resume, ..triggered("f", vec![sqs("Jobs").into()]) };
        app(vec![function], vec![queue("Jobs", settings)])
    };
    assert_eq!(found(&on(resume, Queue::default())), []);
    assert_eq!(found(&on(None, fifo())), []);
    assert_problem(
        &on(resume, fifo()),
        0,
        &PlaceInItem::trigger_key(0, "queue"),
        "a function that resumes cannot keep the order of a FIFO queue: the next message would overtake the work that is left",
        "use a standard queue, or leave `resume` out",
    );
}

#[test]
fn a_function_that_resumes_gets_one_message_per_invocation() {
    let mut bare = sqs("Jobs");
    assert_eq!(bare.prepare_resume(), []);
    assert_eq!(bare.batch_size, Some(QueueBatchSize::ONE));
    let one = &mut sized(1, None);
    assert_eq!(one.prepare_resume(), []);
    let conflicts = sized(2, None).prepare_resume();
    let [ResumeConflict { key: Some("batch_size"), message }] = conflicts.as_slice() else {
        panic!("{conflicts:?}")
    };
    let Message { text, help } = message;
    assert!(text.starts_with("a batch of 2 messages for a function that resumes"), "{text}");
    assert_eq!(help.as_deref(), Some("write `batch_size = 1`, or leave it out"));
    let named = |name: &str| ResourceReference::Named(QueueName::try_from(name).unwrap());
    let arn =
        |name: &str| ResourceReference::Arn(format!("arn:aws:sqs:eu-west-1:123456789012:{name}"));
    for (queue, refused) in [
        (named("jobs"), false),
        (named("jobs.fifo"), true),
        (arn("jobs"), false),
        (arn("jobs.fifo"), true),
        (ResourceReference::Own, false),
        (ResourceReference::Param(parameter("P")), false),
    ] {
        let keys: Vec<_> =
            Sqs { queue, ..sqs("") }.prepare_resume().iter().map(|it| it.key).collect();
        assert_eq!(keys, if refused { vec![Some("queue")] } else { Vec::new() });
    }
}

#[test]
fn a_function_has_one_trigger_on_a_queue_however_it_is_referenced() {
    let name = || ResourceReference::Named(QueueName::try_from("jobs").unwrap());
    let arn = || "arn:aws:sqs:eu-west-1:123456789012:work".to_owned();
    let what = || ResourceSettings::Queue(Queue::default());
    let resources = || {
        vec![
            existing("ByName", what(), Existing::Name("jobs".to_owned())),
            existing("ByArn", what(), Existing::Arn(arn())),
            existing("ByParam", what(), Existing::Param(parameter("P"))),
            existing("There", what(), overlay()),
            queue("Made", Queue::default()),
        ]
    };
    let declared = |ident: &str| ResourceReference::Declared(ident.to_owned());
    for (one, other, twice) in [
        (declared("ByName"), name(), true),
        (declared("ByArn"), ResourceReference::Arn(arn()), true),
        (declared("ByParam"), ResourceReference::Param(parameter("P")), true),
        (declared("There"), declared("There"), true),
        (declared("Made"), declared("Made"), true),
        (declared("Made"), declared("There"), false),
        (declared("ByName"), ResourceReference::Arn(arn()), false),
    ] {
        let trigger =
            |queue: &ResourceReference<QueueName>| Sqs { queue: queue.clone(), ..sqs("") }.into();
        let same = triggered("f", vec![trigger(&one), trigger(&name_of("other")), trigger(&other)]);
        if twice {
            assert_problem(
                &app(vec![same], resources()),
                0,
                &PlaceInItem::Trigger(2),
                "this function has a trigger on the same queue already",
                "Lambda maps a queue to a function once: merge the two triggers",
            );
        } else {
            assert_eq!(found(&app(vec![same], resources())), [], "{one:?} {other:?}");
        }
        let shared = |queue: &ResourceReference<QueueName>, shared| {
            Sqs { shared, queue: queue.clone(), ..sqs("") }.into()
        };
        let two = |first, second| {
            let first = triggered("f", vec![shared(&one, first)]);
            app(vec![first, triggered("g", vec![shared(&other, second)])], resources())
        };
        assert_eq!(found(&two(true, true)), []);
        for (first, second) in [(false, false), (true, false), (false, true)] {
            let at = usize::from(!second);
            let places: Vec<_> = found(&two(first, second)).into_iter().map(|it| it.0).collect();
            let expected = if twice { vec![ItemIndex::Function(at)] } else { Vec::new() };
            assert_eq!(places, expected, "{one:?} {other:?}");
        }
    }
}

fn name_of(name: &str) -> ResourceReference<QueueName> {
    ResourceReference::Named(QueueName::try_from(name).unwrap())
}

#[test]
fn a_trigger_describes_its_queue_and_lists_its_template_parameters() {
    let mut own = Sqs { queue: ResourceReference::Own, ..sqs("") };
    assert_eq!(own.own_resource(), Some(("Queue", ResourceSettings::Queue(Queue::default()))));
    assert_eq!((own.resource(), own.summary().as_str()), (None, "sqs queue of its own"));
    own.use_own_resource("Mine()");
    assert_eq!(
        own.resource(),
        Some(TriggerResource { key: "queue", ident: "Mine()", kind: ResourceKind::Queue })
    );
    assert_eq!(own.own_resource(), None);
    assert_eq!(own.summary(), "sqs queue Mine()");
    let mut param = Sqs { queue: ResourceReference::Param(parameter("P")), ..sqs("") };
    param.mapping.kms_key = Some(CfnValue::Param(parameter("Key")));
    let parameters: Vec<(&str, &str)> = param
        .template_parameters()
        .into_iter()
        .map(|it| (it.name.as_str(), it.content.description))
        .collect();
    assert_eq!(parameters, [("P", "ARN of an SQS queue"), ("Key", "ARN of a KMS key")]);
    let four = BatchConcurrency::try_from(4).ok();
    assert_eq!(sqs("").batch_concurrency(), None);
    assert_eq!(Sqs { batch_concurrency: four, ..sqs("") }.batch_concurrency(), four);
    assert_eq!(sized(1, Some(7)).mapping().unwrap().batch_window.unwrap().get(), 7);
}

#[test]
fn the_default_batch_concurrency_is_the_default_batch_size() {
    assert_eq!(BatchConcurrency::DEFAULT.get(), 10);
    assert!(BatchConcurrency::try_from(0).is_err());
    assert!(
        BatchConcurrency::try_from(1_001)
            .unwrap_err()
            .to_string()
            .ends_with("Skylift takes 1 to 1000")
    );
}

#[test]
fn functions_share_a_queue_only_if_each_trigger_says_so() {
    let by_param = || Sqs { queue: ResourceReference::Param(parameter("P")), ..sqs("") };
    let there = existing("There", ResourceSettings::Queue(Queue::default()), overlay());
    for (trigger, queue) in [
        (sqs("Jobs"), "queue `Jobs`"),
        (by_param(), "the queue of parameter `P`"),
        (sqs("There"), "queue `There` of the overlay"),
    ] {
        let functions = |count| ["f", "g", "h"].into_iter().take(count);
        let make = |count| {
            let of = |name| triggered(name, vec![trigger.clone().into()]);
            app(functions(count).map(of).collect(), vec![queue_named("Jobs"), there.clone()])
        };
        assert_eq!(found(&make(1)), []);
        // Three functions on one queue are one mistake.
        for count in [2, 3] {
            assert_problem(
                &make(count),
                1,
                &PlaceInItem::trigger_key(0, "queue"),
                &format!(
                    "{queue} also triggers function `f` at f.rs:7, and each message goes to only one of the two"
                ),
                "give each function a queue, or write `shared` in each of these triggers if either function may take any message",
            );
        }
    }
}

fn queue_named(ident: &str) -> Resource {
    queue(ident, Queue::default())
}
