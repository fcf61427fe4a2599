//! Messages of a batch: each is done once, and fails alone.

use super::*;
use crate::event::Message;
use crate::handler::triggered;
use crate::source::sqs::sqs;

fn counting() -> (Handler, Runs) {
    let runs = Runs::default();
    let count = Arc::clone(&runs);
    let handler = triggered([sqs::<Message<Value>>()], move |job, _| {
        count.fetch_add(1, Ordering::SeqCst);
        async move {
            assert_ne!(job["do"], "panic");
            Ok(match job["do"].as_str() {
                Some("fail") => Err("sold out"),
                Some("large") => Ok("x".repeat(410_000)),
                _ => Ok(String::new()),
            })
        }
    });
    (handler, runs)
}

/// The numbers of the messages that failed, one after another.
fn failures(dynamo: &Dynamo, handler: &Handler, bodies: &[Value]) -> Vec<usize> {
    failures_at_once(1, dynamo, handler, bodies)
}

fn failures_at_once(
    concurrency: usize,
    dynamo: &Dynamo,
    handler: &Handler,
    bodies: &[Value],
) -> Vec<usize> {
    let record = |(number, body): (usize, &Value)| {
        json!({
            "messageId": number.to_string(), "body": body.to_string(),
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:jobs",
        })
    };
    let records: Vec<_> = bodies.iter().enumerate().map(record).collect();
    let payload = json!({ "Records": records }).to_string();
    let call = dynamo.call(&BY_ID).with_concurrency(concurrency);
    let answer = serve(handler, payload.as_bytes(), &call).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let failures = answer["batchItemFailures"].as_array().unwrap();
    let number = |it: &Value| it["itemIdentifier"].as_str().unwrap().parse().unwrap();
    failures.iter().map(number).collect()
}

#[test]
fn each_message_is_done_once_and_fails_alone() {
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
fn a_message_that_was_done_counts_as_done_whatever_its_answer_was() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let batch = [json!({ "id": 1, "do": "large" }), json!({ "id": 1, "do": "large" })];
    assert_eq!(failures(&dynamo, &handler, &batch), [] as [usize; 0]);
    assert_eq!(runs(&count), 1);
}

#[test]
fn of_two_messages_with_one_key_side_by_side_one_comes_again() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let twice = [json!({ "id": 1 }), json!({ "id": 1 })];
    assert_eq!(failures_at_once(2, &dynamo, &handler, &twice).len(), 1);
    assert_eq!(failures_at_once(2, &dynamo, &handler, &twice), [] as [usize; 0]);
    assert_eq!(runs(&count), 1);
}

#[test]
fn a_message_that_another_run_is_at_comes_again() {
    let dynamo = Dynamo::start();
    let (handler, _) = counting();
    failures(&dynamo, &handler, &[json!({ "id": 1 })]);
    dynamo.change(|record| {
        record["status"] = json!({ "S": "in_progress" });
        record["in_progress_until"] = in_milliseconds(5);
    });
    assert_eq!(failures(&dynamo, &handler, &[json!({ "id": 1 }), json!({ "id": 2 })]), [0]);
}
