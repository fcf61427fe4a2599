//! Tests of triggers on existing resources: limits of AWS that apply to every bucket, queue, stream or table are
//! checked, and those that apply only to one that the template creates are not.

use proc_macro2::TokenStream;
use skylift_model::problem::PlaceInItem;
use skylift_model::{App, AppParts, SourceLocation};
use skylift_syntax::errors::Errors;
use skylift_syntax::{function, resource};

/// Returns the problems of an application with these resources (name and attribute) and functions.
fn check(resources: &[(&str, &str)], functions: &[&str]) -> Vec<(PlaceInItem, String)> {
    let mut errors = Errors::new();
    let mut parts = AppParts::default();
    let tokens = |text: &str| text.parse::<TokenStream>().unwrap_or_default();
    for (ident, args) in resources {
        let item = tokens(&format!("struct {ident};"));
        let item = resource::ResourceItem::parse(tokens(args), item, &mut errors);
        let read = item.and_then(|item| item.read(&mut errors));
        let ident = (*ident).to_owned();
        parts
            .resources
            .extend(read.map(|read| read.into_resource(ident, SourceLocation::default())));
    }
    for (number, args) in functions.iter().enumerate() {
        let item = tokens(&format!("async fn f{number}(event: E) -> Result<(), Error>"));
        let Some(item) = function::FunctionItem::parse(tokens(args), item, &mut errors) else {
            continue;
        };
        let (read, path) = (item.read(&mut errors), format!("f{number}"));
        let read =
            read.map(|read| read.into_function(&item, path, None, SourceLocation::default()));
        parts.functions.extend(read);
    }
    let messages = errors.into_diagnostics();
    assert!(messages.is_empty(), "{messages:?}");
    let problems = skylift_model::check::check(&App::new(parts), &[], &[]);
    problems.into_iter().map(|problem| (problem.at, problem.message.text)).collect()
}

const EXISTING: [&str; 3] = [
    r#"bucket(existing = "acme")"#,
    r#"bucket(existing = "arn:aws:s3:::acme")"#,
    r#"bucket(existing = param("Acme"))"#,
];

#[test]
fn filters_on_an_existing_bucket_may_overlap() {
    let both = ["trigger = s3(bucket = Uploads)"; 2];
    for existing in EXISTING {
        assert_eq!(check(&[("Uploads", existing)], &both), []);
    }
    let problems = check(&[("Uploads", "bucket")], &both);
    assert!(problems[0].1.starts_with("the filter of this trigger overlaps"), "{problems:?}");
}

#[test]
fn an_existing_bucket_has_only_events_that_eventbridge_has() {
    let lost_object = [
        r#"trigger = s3(bucket = Uploads, events = ["ObjectCreated:*", "ReducedRedundancyLostObject"])"#,
    ];
    for existing in EXISTING {
        let problems = check(&[("Uploads", existing)], &lost_object);
        let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(*at, PlaceInItem::trigger_key(0, "events"));
        assert_eq!(message, "an existing bucket does not send `s3:ReducedRedundancyLostObject`");
    }
    assert_eq!(check(&[("Uploads", "bucket")], &lost_object), []);
}

#[test]
fn an_existing_fifo_queue_has_the_batch_limits_of_fifo_queues() {
    let large = [r#"trigger = sqs(queue = Jobs, batch_size = 100, batch_window = "5s")"#];
    for fifo in [
        r#"queue(existing = "jobs.fifo")"#,
        r#"queue(existing = "arn:aws:sqs:eu-west-1:123456789012:jobs.fifo")"#,
        r#"queue(existing = param("Jobs"), fifo)"#,
    ] {
        let problems = check(&[("Jobs", fifo)], &large);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].0, PlaceInItem::trigger_key(0, "batch_size"));
    }
    for standard in [r#"queue(existing = "jobs")"#, r#"queue(existing = param("Jobs"))"#] {
        assert_eq!(check(&[("Jobs", standard)], &large), []);
    }
}

#[test]
fn the_visibility_of_an_existing_queue_is_not_checked() {
    let slow = [r#"trigger = sqs(queue = Jobs), timeout = "15m""#];
    assert_eq!(check(&[("Jobs", r#"queue(existing = "jobs")"#)], &slow), []);
    assert_eq!(check(&[("Jobs", r#"queue(visibility = "1m")"#)], &slow).len(), 1);
}

#[test]
fn two_triggers_on_one_queue_are_found_however_it_is_named() {
    for (existing, queue) in [
        (r#"queue(existing = "jobs")"#, r#""jobs""#),
        (
            r#"queue(existing = "arn:aws:sqs:eu-west-1:123456789012:jobs")"#,
            r#""arn:aws:sqs:eu-west-1:123456789012:jobs""#,
        ),
        (r#"queue(existing = param("Jobs"))"#, r#"param("Jobs")"#),
    ] {
        let twice = format!("trigger = sqs(queue = Jobs), trigger = sqs(queue = {queue})");
        let problems = check(&[("Jobs", existing)], &[&twice]);
        let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(*at, PlaceInItem::Trigger(1));
        assert_eq!(message, "this function has a trigger on the same queue already");
    }
    let two = r#"trigger = sqs(queue = Jobs), trigger = sqs(queue = "others")"#;
    assert_eq!(check(&[("Jobs", r#"queue(existing = "jobs")"#)], &[two]), []);
}

#[test]
fn two_triggers_on_one_stream_are_found_however_it_is_named() {
    for (existing, stream) in [
        (r#"stream(existing = "clicks")"#, r#""clicks""#),
        (
            r#"stream(existing = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks")"#,
            r#""arn:aws:kinesis:eu-west-1:123456789012:stream/clicks""#,
        ),
        (r#"stream(existing = param("Clicks"))"#, r#"param("Clicks")"#),
    ] {
        let twice = |more: &str| {
            format!(
                "trigger = kinesis(stream = Clicks, start = latest), trigger = kinesis(stream = {stream}, start = latest{more})"
            )
        };
        let problems = check(&[("Clicks", existing)], &[&twice("")]);
        let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(*at, PlaceInItem::Trigger(1));
        assert_eq!(message, "this function has a trigger on the same stream already");
        // A consumer reads the whole stream independently.
        assert_eq!(check(&[("Clicks", existing)], &[&twice(", consumer")]), []);
    }
}

#[test]
fn an_existing_stream_needs_a_starting_position() {
    let started = |start: &str| format!("trigger = kinesis(stream = Clicks{start})");
    let existing = r#"stream(existing = "clicks")"#;
    for made in ["stream", r#"stream(existing = overlay("Old"))"#] {
        assert_eq!(check(&[("Clicks", made)], &[&started("")]), []);
    }
    let problems = check(&[("Clicks", existing)], &[&started("")]);
    let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(*at, PlaceInItem::trigger_key(0, "stream"));
    assert!(message.starts_with("this stream exists already"), "{message}");
    assert_eq!(check(&[("Clicks", existing)], &[&started(", start = latest")]), []);
}

#[test]
fn an_existing_consumer_belongs_to_the_stream_of_its_trigger() {
    let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    let trigger = |consumer: &str| {
        format!("trigger = kinesis(stream = Clicks, consumer = {consumer}, start = latest)")
    };
    let fast = trigger(&format!("{:?}", format!("{arn}/consumer/fast:1700000000")));
    for (stream, why) in [
        ("stream".to_owned(), "is created with the stack, and has no consumer yet"),
        (r#"stream(existing = "views")"#.to_owned(), "this is a consumer of another stream"),
        (
            format!("stream(existing = {:?})", arn.replace("eu-west-1", "us-east-1")),
            "this is a consumer of another stream",
        ),
    ] {
        let problems = check(&[("Clicks", &stream)], &[&fast]);
        let [(at, message)] = problems.as_slice() else { panic!("{stream}: {problems:?}") };
        assert_eq!(*at, PlaceInItem::trigger_key(0, "consumer"));
        assert!(message.contains(why), "{message}");
        assert_eq!(check(&[("Clicks", &stream)], &[&trigger("true")]), []);
    }
    for right in [
        r#"stream(existing = "clicks")"#.to_owned(),
        format!("stream(existing = {arn:?})"),
        r#"stream(existing = param("Clicks"))"#.to_owned(),
    ] {
        assert_eq!(check(&[("Clicks", &right)], &[&fast]), [], "{right}");
    }
}

#[test]
fn a_trigger_on_a_table_needs_a_stream_whose_arn_is_known() {
    let follows = ["trigger = dynamodb(table = Orders)"];
    for made in
        [r#"table(key = "id", stream = keys)"#, r#"table(key = "id", existing = overlay("Old"))"#]
    {
        assert_eq!(check(&[("Orders", made)], &follows), [], "{made}");
    }
    for (silent, why) in [
        (r#"table(key = "id")"#, "has no stream"),
        (r#"table(key = "id", existing = "orders")"#, "exists already"),
        (r#"table(key = "id", existing = param("Orders"))"#, "exists already"),
        (
            r#"table(key = "id", existing = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders")"#,
            "exists already",
        ),
    ] {
        let problems = check(&[("Orders", silent)], &follows);
        let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(*at, PlaceInItem::trigger_key(0, "table"));
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn on_failure_rejects_declared_fifo_queues_and_topics() {
    for (kind, fifo) in [
        ("queue", "queue(fifo)"),
        ("queue", r#"queue(existing = "lost.fifo")"#),
        ("queue", r#"queue(existing = "arn:aws:sqs:eu-west-1:123456789012:lost.fifo")"#),
        ("topic", "topic(fifo)"),
        ("topic", r#"topic(existing = param("Lost"), fifo)"#),
    ] {
        let resources = [("Lost", fifo), ("Orders", r#"table(key = "id", stream = new)"#)];
        for trigger in ["kinesis(", "dynamodb(table = Orders, "] {
            let function = format!("trigger = {trigger}on_failure = Lost)");
            let problems = check(&resources, &[&function]);
            let [(at, message)] = problems.as_slice() else { panic!("{problems:?}") };
            assert_eq!(*at, PlaceInItem::trigger_key(0, "on_failure"));
            let begin = format!("Lambda cannot send failed records to a FIFO {kind} (declared at ");
            assert!(message.starts_with(&begin), "{message}");
        }
    }
    for standard in ["queue", "topic", "bucket", r#"bucket(existing = "lost.fifo")"#] {
        let found = check(&[("Lost", standard)], &["trigger = kinesis(on_failure = Lost)"]);
        assert_eq!(found, [], "{standard}");
    }
}

#[test]
fn two_structs_for_one_resource_are_found_however_it_is_named() {
    let by_arn =
        r#"table(key = "id", existing = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders")"#;
    let by_name = r#"table(key = "id", existing = "orders")"#;
    let made = r#"table(key = "id", name = "orders")"#;
    let problems = check(&[("A", by_arn), ("B", by_name)], &[]);
    assert_eq!(problems[0].0, PlaceInItem::Key("existing".to_owned()));
    let problems = check(&[("A", by_arn), ("B", made)], &[]);
    assert_eq!(problems[0].0, PlaceInItem::Key("name".to_owned()));
    let elsewhere =
        r#"table(key = "id", existing = "arn:aws:dynamodb:us-east-1:123456789012:table/orders")"#;
    assert!(check(&[("A", by_arn), ("B", elsewhere)], &[]).is_empty());
}
