//! Tests of settings that have no effect with the resource of a trigger.

use super::{app, assert_problem, existing, found, resource, table, triggered, with_timeout};
use crate::App;
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, ResourceReference};
use crate::location::PlaceInItem;
use crate::resource::bucket::Bucket;
use crate::resource::queue::{Queue, VisibilityTimeout};
use crate::resource::stream::Stream;
use crate::resource::table::{StreamView, Table};
use crate::resource::{Existing, ResourceSettings};
use crate::source::dynamodb::DynamoDb;
use crate::source::kinesis::Kinesis;
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::source::sqs::{QueueBatchSize, Sqs};
use crate::source::{BatchConcurrency, TriggerSource as _};

fn aged(hours: u64) -> StreamMapping {
    let max_record_age = (hours * 3_600).try_into().ok();
    StreamMapping { max_record_age, ..StreamMapping::default() }
}

fn on_stream(hours: u64, retention: Option<u64>) -> App {
    let retention = retention.map(|hours| (hours * 3_600).try_into().unwrap());
    let stream = ResourceSettings::Stream(Stream { retention, ..Stream::default() });
    let kinesis = Kinesis {
        stream: ResourceReference::Declared("Clicks".to_owned()),
        consumer: None,
        mapping: aged(hours),
    };
    app(vec![triggered("f", vec![kinesis.into()])], vec![resource("Clicks", stream)])
}

fn on_table(view: StreamView, mapping: StreamMapping) -> App {
    let orders = Table { stream: Some(view), ..table() };
    let trigger = DynamoDb { table: ArnReference::Declared("Orders".to_owned()), mapping };
    let orders = resource("Orders", ResourceSettings::Table(orders));
    app(vec![triggered("f", vec![trigger.into()])], vec![orders])
}

#[test]
fn records_are_given_up_before_the_stream_loses_them() {
    let at = PlaceInItem::trigger_key(0, "max_record_age");
    let message = |hours: u64, kept: u64| {
        let (age, kept) = (hours * 3_600, kept * 3_600);
        format!("a record age of {age} s has no effect: the stream keeps its records for {kept} s")
    };
    let help = "leave `max_record_age` out, or lower it";
    for (right, wrong, retention) in [(24, 25, None), (48, 49, Some(48))] {
        assert_eq!(found(&on_stream(right, retention)), []);
        let kept = retention.unwrap_or(24);
        assert_problem(&on_stream(wrong, retention), 0, &at, &message(wrong, kept), help);
    }
    assert_eq!(found(&on_table(StreamView::NewAndOld, aged(24))), []);
    assert_problem(&on_table(StreamView::NewAndOld, aged(25)), 0, &at, &message(25, 24), help);
}

#[test]
fn a_filter_is_about_an_image_that_the_stream_has() {
    let filtered = |image: &str, value: Node| {
        let name = if image == "Keys" { "id" } else { "total" };
        let values = Map::new().with(name, Map::new().with("N", vec![value]));
        let change = Map::new().with("dynamodb", Map::new().with(image, values));
        let filters = vec![Node::from(change)];
        let mapping = EventSourceMapping { filters, ..EventSourceMapping::default() };
        StreamMapping { mapping, ..StreamMapping::default() }
    };
    let one = || Node::from("1");
    for (view, image) in [
        (StreamView::NewAndOld, "NewImage"),
        (StreamView::NewAndOld, "OldImage"),
        (StreamView::New, "NewImage"),
        (StreamView::Old, "OldImage"),
        (StreamView::Keys, "Keys"),
    ] {
        assert_eq!(found(&on_table(view, filtered(image, one()))), []);
    }
    for (view, word, image) in [
        (StreamView::Keys, "keys", "NewImage"),
        (StreamView::Keys, "keys", "OldImage"),
        (StreamView::New, "new", "OldImage"),
        (StreamView::Old, "old", "NewImage"),
    ] {
        assert_problem(
            &on_table(view, filtered(image, one())),
            0,
            &PlaceInItem::trigger_key(0, "filters"),
            &format!(
                "no record matches this filter: the records of `Orders` have no `{image}` with `stream = {word}`"
            ),
            "write `stream = new_and_old` in the `table(…)` of `Orders`",
        );
    }
    let absent = Node::from(Map::new().with("exists", false));
    assert_eq!(found(&on_table(StreamView::Keys, filtered("NewImage", absent))), []);
}

#[test]
fn a_filter_about_keys_names_keys_of_the_table() {
    let keys = Map::new().with("customer", Map::new().with("S", vec![Node::from("a")]));
    let change = Map::new().with("dynamodb", Map::new().with("Keys", keys));
    let mapping =
        EventSourceMapping { filters: vec![change.into()], ..EventSourceMapping::default() };
    let mapping = StreamMapping { mapping, ..StreamMapping::default() };
    assert_problem(
        &on_table(StreamView::NewAndOld, mapping),
        0,
        &PlaceInItem::trigger_key(0, "filters.0.dynamodb.Keys.customer="),
        "no record matches this filter: `customer` is no key of `Orders`",
        "`Keys` has `id`: other attributes are in `NewImage` and `OldImage`",
    );
}

#[test]
fn only_a_bucket_with_versions_has_delete_markers() {
    let on = |event: &str, settings: Bucket, properties: Map| {
        let trigger = S3 {
            bucket: ResourceReference::Declared("Uploads".to_owned()),
            events: vec![S3EventType::parse(event).unwrap()],
            prefix: None,
            suffix: None,
            through: S3Channel::Default,
        };
        let mut uploads = resource("Uploads", ResourceSettings::Bucket(settings));
        uploads.properties = properties;
        app(vec![triggered("f", vec![trigger.into()])], vec![uploads])
    };
    for event in ["ObjectRemoved:DeleteMarkerCreated", "LifecycleExpiration:DeleteMarkerCreated"] {
        let versioned = Bucket { versioned: true, ..Bucket::default() };
        assert_eq!(found(&on(event, versioned, Map::new())), []);
        let properties = Map::new().with("VersioningConfiguration", Map::new());
        assert_eq!(found(&on(event, Bucket::default(), properties)), []);
        assert_problem(
            &on(event, Bucket::default(), Map::new()),
            0,
            &PlaceInItem::trigger_key(0, "events"),
            &format!("bucket `Uploads` keeps no versions, and so never sends `s3:{event}`"),
            "write `ObjectRemoved:Delete`, or make the bucket `versioned`",
        );
    }
    assert_eq!(found(&on("ObjectRemoved:*", Bucket::default(), Map::new())), []);
}

fn jobs() -> Sqs {
    Sqs {
        queue: ResourceReference::Declared("Jobs".to_owned()),
        batch_size: None,
        max_concurrency: None,
        batch_concurrency: None,
        shared: false,
        mapping: EventSourceMapping::default(),
    }
}

#[test]
fn a_queue_keeps_a_message_until_it_is_visible_again() {
    let on = |retention: u64, visibility: Option<u64>, timeout: u64| {
        let queue = Queue {
            retention: retention.try_into().ok(),
            visibility: visibility.and_then(|it| VisibilityTimeout::try_from(it).ok()),
            ..Queue::default()
        };
        let jobs_function = with_timeout(triggered("f", vec![jobs().into()]), timeout);
        app(vec![jobs_function], vec![resource("Jobs", ResourceSettings::Queue(queue))])
    };
    assert_eq!(found(&on(60, None, 10)), []);
    assert_eq!(found(&on(60, Some(60), 11)), []);
    assert_problem(
        &on(60, None, 11),
        0,
        &PlaceInItem::trigger_key(0, "queue"),
        "`Jobs` keeps messages for 60 s and hides a received one for 66 s, 6 times this function's timeout: a message that fails is gone before it is received again",
        "raise the `retention` of `Jobs`, or lower the timeout",
    );
    let queue = Queue { retention: 60.try_into().ok(), ..Queue::default() };
    let there = existing("Jobs", ResourceSettings::Queue(queue), Existing::Name("jobs".to_owned()));
    let function = with_timeout(triggered("f", vec![jobs().into()]), 300);
    assert_eq!(found(&app(vec![function], vec![there])), []);
}

#[test]
fn a_function_that_resumes_has_no_settings_of_larger_batches() {
    let mut sqs = Sqs {
        batch_concurrency: BatchConcurrency::try_from(5).ok(),
        mapping: EventSourceMapping {
            batch_window: 5.try_into().ok(),
            ..EventSourceMapping::default()
        },
        ..jobs()
    };
    let keys: Vec<_> = sqs.prepare_resume().into_iter().map(|conflict| conflict.key).collect();
    assert_eq!(keys, [Some("batch_window"), Some("batch_concurrency")]);
    assert_eq!(sqs.batch_size, Some(QueueBatchSize::ONE));
}
