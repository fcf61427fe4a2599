// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::QueueClient;
use crate::Error;
use crate::aws::batch_error::BatchError;
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::markers::{Fifo, Standard, Typed, Untyped};
use crate::testing::block_on;

#[derive(Serialize)]
pub(crate) struct Job {
    pub(crate) url: &'static str,
}

test_resource! {
    Jobs: Queue { type Message = Typed<Job>; type Order = Standard; }
    Lines: Queue { type Message = Untyped; type Order = Fifo; }
}

fn sent() -> FakeResponse {
    FakeResponse::ok(json!({ "MessageId": "1", "MD5OfMessageBody": "" }).to_string())
}

/// Answers that SQS took the messages with these ids, and not those in `failed`.
fn taken(ids: impl IntoIterator<Item = u8>, failed: &Value) -> FakeResponse {
    let taken = |id: u8| json!({ "Id": id.to_string(), "MessageId": "m", "MD5OfMessageBody": "" });
    let successful: Vec<_> = ids.into_iter().map(taken).collect();
    FakeResponse::ok(json!({ "Successful": successful, "Failed": failed }).to_string())
}

/// Answers that SQS took all messages of a request.
pub(crate) fn take_all(request: &ReceivedRequest) -> FakeResponse {
    match request.json()["Entries"].as_array() {
        Some(entries) => taken(0..u8::try_from(entries.len()).unwrap(), &json!([])),
        None => sent(),
    }
}

fn failed(id: &str, sender_fault: bool) -> Value {
    json!({ "Id": id, "SenderFault": sender_fault, "Code": "Busy", "Message": "later" })
}

/// Returns the message bodies of each request.
fn batches(server: &FakeAws) -> Vec<Vec<String>> {
    let bodies = |body: &Value| {
        let entries = body["Entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["MessageBody"].as_str().unwrap().to_owned()).collect()
    };
    server.bodies().iter().map(bodies).collect()
}

#[test]
fn a_message_is_sent_as_json_and_may_be_delayed() {
    let server = FakeAws::script([sent()]);
    let jobs = client_for!(QueueClient<Jobs>, aws_sdk_sqs, server);
    block_on(async {
        jobs.send(&Job { url: "a" }).await.unwrap();
        jobs.send_delayed(&Job { url: "b" }, Duration::from_mins(1)).await.unwrap();
    });
    assert_eq!(
        server.bodies(),
        [
            json!({ "QueueUrl": "the-name", "MessageBody": r#"{"url":"a"}"# }),
            json!({ "QueueUrl": "the-name", "MessageBody": r#"{"url":"b"}"#, "DelaySeconds": 60 }),
        ]
    );
}

#[test]
fn ten_messages_are_sent_a_request_and_those_that_sqs_could_not_accept_are_retried() {
    let server = FakeAws::script([
        taken([0, 1, 2, 4, 5, 6, 8, 9], &json!([failed("3", false), failed("7", true)])),
        taken([0], &json!([])),
        taken([0, 1], &json!([])),
    ]);
    let lines: Vec<_> = (0..12).map(Value::from).collect();
    test_resource! { Numbers: Queue { type Message = Untyped; type Order = Standard; } }
    let numbers = client_for!(QueueClient<Numbers>, aws_sdk_sqs, server);
    let error = block_on(numbers.send_all(&lines)).unwrap_err();
    let sizes: Vec<_> = batches(&server).iter().map(Vec::len).collect();
    assert_eq!(sizes, [10, 1, 2]);
    assert_eq!(batches(&server)[1], ["3"]);
    assert_eq!(error.to_string(), "1 of 12 messages were not sent: 7 (Busy: later)");
    assert_eq!(error.downcast_ref::<BatchError>().unwrap().failures()[0].index(), 7);
}

#[test]
fn neither_a_request_nor_a_message_is_larger_than_1_mib() {
    let server = FakeAws::start(take_all);
    test_resource! { Texts: Queue { type Message = Untyped; type Order = Standard; } }
    let texts = client_for!(QueueClient<Texts>, aws_sdk_sqs, server);
    let text = |bytes: usize| Value::from("x".repeat(bytes - 2));
    block_on(texts.send_all([text(600_000), text(448_576), text(2)])).unwrap();
    let sizes: Vec<_> = batches(&server).iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 1]);
    let error = block_on(texts.send_all([text(2), text(1_048_577)])).unwrap_err();
    assert_eq!(error.name(), "MessageTooLarge");
    assert_eq!(server.seen().len(), 2);
}

fn failed_indexes(error: &Error) -> Vec<(usize, &str)> {
    let failures = error.downcast_ref::<BatchError>().unwrap().failures();
    failures.iter().map(|it| (it.index(), it.code())).collect()
}

#[test]
fn a_message_that_the_answer_does_not_confirm_was_not_sent() {
    test_resource! { Numbers: Queue { type Message = Untyped; type Order = Standard; } }
    let unknown = json!({ "Id": "x", "MessageId": "m", "MD5OfMessageBody": "" });
    for (answer, unsent) in [
        (json!({ "Successful": [], "Failed": [] }), &[0, 1][..]),
        (json!({ "Successful": [unknown], "Failed": [failed("y", false)] }), &[0, 1][..]),
        (json!({}), &[0, 1][..]),
    ] {
        let server = FakeAws::script([FakeResponse::ok(answer.to_string())]);
        let numbers = client_for!(QueueClient<Numbers>, aws_sdk_sqs, server);
        let error = block_on(numbers.send_all([json!(1), json!(2)])).unwrap_err();
        let unsent: Vec<_> = unsent.iter().map(|index| (*index, "Unconfirmed")).collect();
        assert_eq!(failed_indexes(&error), unsent, "{answer}");
    }
    let server = FakeAws::script([FakeResponse::ok("{}")]);
    let numbers = client_for!(QueueClient<Numbers>, aws_sdk_sqs, server);
    let error = block_on(numbers.send(&json!(1))).unwrap_err();
    assert_eq!(error.name(), "Unconfirmed");
    let message = "`SendMessage` on the queue `Numbers`: the answer of AWS does not confirm it";
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_message_to_a_fifo_queue_may_have_no_deduplication_id() {
    let server = FakeAws::start(take_all);
    let lines = client_for!(QueueClient<Lines>, aws_sdk_sqs, server);
    block_on(async {
        lines.send_to_group("poem", None, &json!("a")).await.unwrap();
        lines.send_all_to_groups([("poem", None, json!("b"))]).await.unwrap();
        lines.send_to_group("poem", String::from("1"), &json!("c")).await.unwrap();
        lines.send_all_to_groups([("poem", String::from("2"), json!("d"))]).await.unwrap();
    });
    let bodies = server.bodies();
    assert_eq!(bodies[0]["MessageGroupId"], "poem");
    assert_eq!(bodies[0].get("MessageDeduplicationId"), None);
    assert_eq!(bodies[1]["Entries"][0].get("MessageDeduplicationId"), None);
    assert_eq!(bodies[2]["MessageDeduplicationId"], "1");
    assert_eq!(bodies[3]["Entries"][0]["MessageDeduplicationId"], "2");
}

#[test]
fn a_failure_holds_back_the_later_messages_of_its_group_alone() {
    let server = FakeAws::script([
        taken([0, 2, 3, 4, 5, 6, 7, 8, 9], &json!([failed("1", true)])),
        taken([0], &json!([])),
    ]);
    let lines = client_for!(QueueClient<Lines>, aws_sdk_sqs, server);
    let all = (0..12).map(|number| (["a", "b"][number % 2], number.to_string(), json!(number)));
    let error = block_on(lines.send_all_to_groups(all)).unwrap_err();
    assert_eq!(batches(&server)[1], ["10"]);
    assert_eq!(failed_indexes(&error), [(1, "Busy"), (11, "HeldBack")]);
}

#[test]
fn a_message_to_a_fifo_queue_has_its_group_and_nothing_of_it_is_sent_after_a_failure() {
    let server = FakeAws::script([sent(), taken(0..9, &json!([failed("9", true)]))]);
    let lines = client_for!(QueueClient<Lines>, aws_sdk_sqs, server);
    let error = block_on(async {
        lines.send_to_group("poem", "0", &json!("first")).await.unwrap();
        let rest = (1..13).map(|number| ("poem", number.to_string(), json!(number)));
        lines.send_all_to_groups(rest).await.unwrap_err()
    });
    let bodies = server.bodies();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0]["MessageGroupId"], "poem");
    assert_eq!(bodies[1]["Entries"][1]["MessageDeduplicationId"], "2");
    assert_eq!(failed_indexes(&error), [(9, "Busy"), (10, "HeldBack"), (11, "HeldBack")]);
}

#[test]
fn an_error_of_aws_has_its_code_and_names_operation_and_queue() {
    let gone = "The specified queue does not exist.";
    let refusal = FakeResponse::refusal(400, "com.amazonaws.sqs#QueueDoesNotExist", gone);
    let server = FakeAws::script([refusal]);
    let jobs = client_for!(QueueClient<Jobs>, aws_sdk_sqs, server);
    let error = block_on(jobs.send(&Job { url: "a" })).unwrap_err();
    assert_eq!(error.name(), "QueueDoesNotExist");
    assert_eq!(error.to_string(), format!("`SendMessage` on the queue `Jobs`: {gone}"));
}
