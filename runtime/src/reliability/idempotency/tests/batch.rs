//! Messages of a batch: each is handled once, and fails alone.

use super::*;
use crate::event::Message;
use crate::handler::triggered_handler;
use crate::source::sqs::sqs;

fn counting() -> (Handler, Runs) {
    let runs = Runs::default();
    let count = Arc::clone(&runs);
    let handler = triggered_handler([sqs::<Message<Value>>()], move |job, _| {
        count.fetch_add(1, Ordering::SeqCst);
        async move {
            assert_ne!(job["do"], "panic");
            Ok(match job["do"].as_str() {
                Some("fail") => Err("sold out"),
                Some("large") => Ok("x".repeat(410_000)),
                Some("wait") => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    Ok(String::new())
                }
                Some("slow") => {
                    tokio::time::sleep(Duration::from_mins(1)).await;
                    Ok(String::new())
                }
                _ => Ok(String::new()),
            })
        }
    });
    (handler, runs)
}

/// Handles messages one after another, and returns the indexes of those that failed.
fn failures(dynamo: &Dynamo, handler: &Handler, bodies: &[Value]) -> Vec<usize> {
    failures_at_once(1, dynamo, handler, bodies)
}

fn failures_at_once(
    concurrency: usize,
    dynamo: &Dynamo,
    handler: &Handler,
    bodies: &[Value],
) -> Vec<usize> {
    failures_of(&dynamo.call(&BY_ID).with_concurrency(concurrency), handler, bodies)
}

fn failures_of(call: &Call, handler: &Handler, bodies: &[Value]) -> Vec<usize> {
    let record = |(number, body): (usize, &Value)| {
        json!({
            "messageId": number.to_string(), "body": body.to_string(),
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:jobs",
        })
    };
    let records: Vec<_> = bodies.iter().enumerate().map(record).collect();
    let payload = json!({ "Records": records }).to_string();
    let answer = serve(handler, payload.as_bytes(), call).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let failures = answer["batchItemFailures"].as_array().unwrap();
    let number = |it: &Value| it["itemIdentifier"].as_str().unwrap().parse().unwrap();
    failures.iter().map(number).collect()
}

#[test]
fn each_message_is_handled_once_and_fails_alone() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let batch = [
        json!({ "id": 1 }),
        json!({ "id": 1 }),
        json!({ "id": 2, "do": "fail" }),
        json!({ "none": 3 }),
        json!({ "id": 4, "do": "panic" }),
        json!({ "id": 5 }),
    ];
    assert_eq!(failures(&dynamo, &handler, &batch), [2, 3, 4]);
    assert_eq!((runs(&count), dynamo.items().len()), (4, 2));
    assert_eq!(failures(&dynamo, &handler, &batch[2..]), [0, 1, 2]);
    assert_eq!(runs(&count), 6, "what failed is tried again, what was done is not");
}

#[test]
fn a_handled_message_counts_as_done_even_if_its_response_was_not_stored() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let batch = [json!({ "id": 1, "do": "large" }), json!({ "id": 1, "do": "large" })];
    assert_eq!(failures(&dynamo, &handler, &batch), [] as [usize; 0]);
    assert_eq!(runs(&count), 1);
}

#[test]
fn one_of_two_concurrent_messages_with_one_key_is_delivered_again() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let twice = [(); 2].map(|()| json!({ "id": 1, "do": "wait" }));
    assert_eq!(failures_at_once(2, &dynamo, &handler, &twice).len(), 1);
    assert_eq!(failures_at_once(2, &dynamo, &handler, &twice), [] as [usize; 0]);
    assert_eq!(runs(&count), 1);
}

#[test]
fn a_message_that_another_run_handles_is_delivered_again() {
    let dynamo = Dynamo::start();
    let (handler, _) = counting();
    failures(&dynamo, &handler, &[json!({ "id": 1 })]);
    dynamo.change(|record| {
        record["status"] = json!({ "S": "in_progress" });
        record["in_progress_until"] = in_milliseconds(5);
    });
    assert_eq!(failures(&dynamo, &handler, &[json!({ "id": 1 }), json!({ "id": 2 })]), [0]);
}

/// A call with that much time left, and a margin of two seconds.
fn before(dynamo: &Dynamo, remaining: Duration) -> Call {
    let call = dynamo.call(&BY_ID);
    let context = Context::new("request-1")
        .with_remaining(remaining)
        .with_deadline_margin(Duration::from_secs(2));
    Call::new(context, crate::invocation::States::default())
        .with_capabilities(call.capabilities().clone())
}

#[test]
fn a_message_that_is_stopped_releases_its_record() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let slow = [json!({ "id": 1, "do": "slow" })];
    let call = before(&dynamo, Duration::from_millis(2_500));
    assert_eq!(failures_of(&call, &handler, &slow), [0]);
    assert_eq!(dynamo.operations(), ["PutItem", "DeleteItem"]);
    assert_eq!(failures(&dynamo, &handler, &[json!({ "id": 1 })]), [] as [usize; 0]);
    assert_eq!(runs(&count), 2);
}

#[test]
fn a_message_whose_record_is_not_written_in_time_releases_it() {
    let dynamo = Dynamo::start();
    dynamo.fail("PutItem", Fault::Hangs);
    let (handler, count) = counting();
    let call = before(&dynamo, Duration::from_millis(2_300));
    assert_eq!(failures_of(&call, &handler, &[json!({ "id": 1 })]), [0]);
    assert_eq!(
        (runs(&count), dynamo.operations()),
        (0, ["PutItem", "DeleteItem"].map(String::from).into())
    );
}

#[test]
fn a_table_that_hangs_fails_no_message_whose_work_is_done() {
    let batch = [1, 2, 3].map(|id| json!({ "id": id }));
    // There is time for two seconds of work, or for half of one: storing a response continues after the
    // limit.
    for (remaining, not_begun) in [(4_000, &[][..]), (2_500, &[1, 2])] {
        let dynamo = Dynamo::start();
        dynamo.fail("UpdateItem", Fault::Hangs);
        let (handler, count) = counting();
        let call = before(&dynamo, Duration::from_millis(remaining)).with_concurrency(1);
        assert_eq!(failures_of(&call, &handler, &batch), not_begun);
        assert_eq!(runs(&count) as usize, 3 - not_begun.len());
    }
}

#[test]
fn the_response_to_a_whole_batch_is_stored_unless_it_reports_failures() {
    use crate::event::SqsEvent;

    for (answer, kept) in [
        (json!({ "batchItemFailures": [{ "itemIdentifier": "0" }] }), false),
        (json!({ "batchItemFailures": [{ "itemIdentifier": null }] }), false),
        (json!({ "batchItemFailures": [] }), true),
        (json!({ "batchItemFailures": null }), true),
        (json!(null), true),
        (json!([{ "itemIdentifier": "0" }]), true),
    ] {
        let dynamo = Dynamo::start();
        let count = Runs::default();
        let counter = Arc::clone(&count);
        let given = answer.clone();
        let handler = triggered_handler([sqs::<SqsEvent>()], move |_, _| {
            counter.fetch_add(1, Ordering::SeqCst);
            let answer = given.clone();
            async move { Ok(Ok::<_, Error>(answer)) }
        });
        let event = json!({ "Records": [{ "messageId": "0", "body": "{}" }], "id": 1 });
        for _ in 0..2 {
            let given = run(&dynamo, &BY_ID, &handler, &event).unwrap();
            assert_eq!(serde_json::from_slice::<Value>(&given).unwrap(), answer);
        }
        assert_eq!(runs(&count), if kept { 1 } else { 2 }, "{answer}");
    }
}
