//! Work in parts, with a queue that responds as a test says.
// Clippy allows this in `#[test]` functions, but not in the functions that they call.
#![allow(clippy::unwrap_used)]

mod failures;
mod grants;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cursor::Resume;
use super::message::HandOver;
use super::progress::{PartOutput, Progress, part_call};
use super::queue::Queue;
use super::run::resuming_handler;
use super::settings::ResumeSettings;
use crate::aws::connection::SdkConnection;
use crate::aws::testing::{FakeAws, FakeResponse};
use crate::handler::direct_handler;
use crate::invocation::{Call, Capabilities, States};
use crate::registry::Handler;
use crate::testing::block_on;
use crate::{Context, Error};

enum Counting {}

impl ResumeSettings for Counting {
    const FUNCTION: &'static str = "Count";
    const QUEUE: &'static str = "CountResume";
    const VARIABLE: &'static str = "COUNT_RESUME_QUEUE_URL";
    const HOPS: u32 = 3;
    const UNATTENDED: bool = false;
}

/// The same for events for which no caller waits.
enum Unattended {}

impl ResumeSettings for Unattended {
    const FUNCTION: &'static str = Counting::FUNCTION;
    const QUEUE: &'static str = Counting::QUEUE;
    const VARIABLE: &'static str = Counting::VARIABLE;
    const HOPS: u32 = Counting::HOPS;
    const UNATTENDED: bool = true;
}

const ARN: &str = "arn:aws:sqs:eu-central-1:123456789012:count-resume.fifo";

/// What to count to, and what happens at a number on the way.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Count {
    to: u32,
    /// Milliseconds that each call takes.
    pause: u64,
    fails_at: Option<u32>,
    panics_at: Option<u32>,
    hangs_at: Option<u32>,
}

type Seen = Arc<Mutex<Vec<Option<u32>>>>;

/// Counts up by one in each call, and records the cursors that it was called with.
fn counting<H: ResumeSettings>() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = direct_handler::<Count, _, _, PartOutput>(move |count: Count, call: Call| {
        let notes = Arc::clone(&notes);
        async move {
            let part = part_call::<_, Resume<u32>>(&call);
            let cursor = part.cursor()?;
            notes.lock().unwrap().push(*cursor);
            Ok(part.done(count_on(&count, cursor.unwrap_or(0)).await))
        }
    });
    (resuming_handler::<H>(handler), seen)
}

async fn count_on(count: &Count, number: u32) -> Result<Progress<u32, String>, Error> {
    tokio::time::sleep(Duration::from_millis(count.pause)).await;
    let at = |wanted: Option<u32>| wanted == Some(number);
    assert!(!at(count.panics_at), "boom");
    if at(count.hangs_at) {
        tokio::time::sleep(Duration::from_mins(1)).await;
    }
    if at(count.fails_at) {
        return Err(Error::new("Lost", "count"));
    }
    Ok(if number == count.to {
        Progress::Done(format!("counted to {number}"))
    } else {
        Progress::Continue(number + 1)
    })
}

/// A queue that accepts everything, as the message `m1`.
fn accepting_queue() -> FakeAws {
    FakeAws::script([FakeResponse::ok(
        json!({ "MessageId": "m1", "MD5OfMessageBody": "" }).to_string(),
    )])
}

/// A call of a function with that queue, that long before its deadline, with a margin of a second: a request to
/// the queue takes long on a busy machine.
fn call<H: ResumeSettings>(server: &FakeAws, remaining: Duration) -> Call {
    let url = format!("{}/123456789012/count-resume.fifo", server.url);
    let client = aws_sdk_sqs::Client::new(&server.config());
    let queue = Queue::<H>::new(SdkConnection { client, name: url.into() });
    let context = Context::new("r1").with_remaining(remaining);
    let context = context.with_deadline_margin(Duration::from_secs(1));
    Call::new(context, States::default())
        .with_capabilities(Capabilities::new(vec![Arc::new(queue)]))
}

const LONG: Duration = Duration::from_mins(15);

fn invoke(server: &FakeAws, payload: &Value, remaining: Duration) -> (Result<Value, Error>, Seen) {
    invoke_as::<Counting>(server, payload, remaining)
}

fn invoke_as<H: ResumeSettings>(
    server: &FakeAws,
    payload: &Value,
    remaining: Duration,
) -> (Result<Value, Error>, Seen) {
    let (handler, seen) = counting::<H>();
    let payload = serde_json::to_vec(payload).unwrap();
    let answer: Result<Vec<u8>, Error> = block_on(async {
        // Before the time of the call starts.
        let call = call::<H>(server, remaining);
        handler.serve(&payload, &call).await?.collect_bytes().await
    });
    (answer.map(|answer| serde_json::from_slice(&answer).unwrap()), seen)
}

fn cursors(seen: &Seen) -> Vec<Option<u32>> {
    seen.lock().unwrap().clone()
}

/// The event that the function's own queue sends for a message.
fn event(body: &str) -> Value {
    let record = json!({
        "messageId": "m7", "body": body, "eventSource": "aws:sqs", "eventSourceARN": ARN,
        "receiptHandle": "x", "attributes": { "ApproximateReceiveCount": "1" },
    });
    json!({ "Records": [record] })
}

fn hand_over(hop: u32, cursor: u32, count: &Count) -> Value {
    let body = json!({
        "resume": 1, "function": "Count", "request": "r1", "hop": hop, "cursor": cursor,
        "event": count,
    });
    event(&body.to_string())
}

/// The body of an event's message.
fn body(event: &Value) -> Value {
    serde_json::from_str(event["Records"][0]["body"].as_str().unwrap()).unwrap()
}

/// The bodies of the messages that were sent.
fn sent(server: &FakeAws) -> Vec<Value> {
    let body =
        |asked: &Value| serde_json::from_str(asked["MessageBody"].as_str().unwrap()).unwrap();
    server.bodies().iter().map(body).collect()
}

/// A queue that gets requests and does not respond in time.
fn hanging_queue() -> FakeAws {
    FakeAws::start(|_| {
        std::thread::sleep(Duration::from_secs(5));
        FakeResponse::ok("{}")
    })
}

fn failure_response() -> Value {
    json!({ "batchItemFailures": [{ "itemIdentifier": "m7" }] })
}

fn success_response() -> Value {
    json!({ "batchItemFailures": [] })
}

#[test]
fn work_that_fits_into_one_invocation_is_not_handed_over() {
    let server = accepting_queue();
    let (answer, seen) = invoke(&server, &json!({ "to": 3 }), LONG);
    assert_eq!(answer.unwrap(), "counted to 3");
    assert_eq!(cursors(&seen), [None, Some(1), Some(2), Some(3)]);
    assert!(server.seen().is_empty());
}

#[test]
fn before_the_margin_event_and_cursor_are_sent_to_the_queue() {
    let server = accepting_queue();
    let count = Count { to: 1000, pause: 50, ..Count::default() };
    let payload = serde_json::to_value(&count).unwrap();
    let (answer, seen) = invoke(&server, &payload, Duration::from_secs(2));
    assert_eq!(answer.unwrap(), json!({ "resumed": { "hop": 1, "messageId": "m1" } }));
    let calls = cursors(&seen).len();
    assert!((1..=20).contains(&calls), "{calls} calls of 50 ms in a second");
    let asked = server.bodies();
    assert_eq!(
        (&asked[0]["MessageGroupId"], &asked[0]["MessageDeduplicationId"]),
        (&json!("r1"), &json!("r1-1"))
    );
    assert!(asked[0]["QueueUrl"].as_str().unwrap().ends_with("/123456789012/count-resume.fifo"));
    assert_eq!(
        sent(&server),
        [json!({
            "resume": 1, "function": "Count", "request": "r1", "hop": 1, "cursor": calls,
            "event": payload,
        })]
    );
}

#[test]
fn a_hand_over_resumes_from_its_cursor() {
    let server = accepting_queue();
    let count = Count { to: 9, ..Count::default() };
    let (answer, seen) = invoke(&server, &hand_over(2, 7, &count), LONG);
    assert_eq!(answer.unwrap(), success_response());
    assert_eq!(cursors(&seen), [Some(7), Some(8), Some(9)]);
    assert!(server.seen().is_empty());
}

#[test]
fn a_further_hand_over_keeps_its_request_and_counts_its_hops() {
    let server = accepting_queue();
    let count = Count { to: 1000, pause: 50, ..Count::default() };
    let (answer, _) = invoke(&server, &hand_over(2, 500, &count), Duration::from_millis(1_500));
    assert_eq!(answer.unwrap(), success_response());
    let asked = &server.bodies()[0];
    assert_eq!(
        (&asked["MessageGroupId"], &asked["MessageDeduplicationId"]),
        (&json!("r1"), &json!("r1-3"))
    );
    let sent = sent(&server);
    assert_eq!((&sent[0]["hop"], &sent[0]["request"]), (&json!(3), &json!("r1")));
    assert!(sent[0]["cursor"].as_u64().unwrap() > 500);
    assert_eq!(sent[0]["event"]["to"], 1000);
}

#[test]
fn a_part_that_takes_too_long_is_dropped_and_handed_over_from_its_cursor() {
    let server = accepting_queue();
    let count = Count { to: 9, hangs_at: Some(2), ..Count::default() };
    let payload = serde_json::to_value(&count).unwrap();
    let (answer, seen) = invoke(&server, &payload, Duration::from_secs(2));
    assert_eq!(answer.unwrap()["resumed"]["hop"], 1);
    assert_eq!(cursors(&seen), [None, Some(1), Some(2)]);
    assert_eq!(sent(&server)[0]["cursor"], 2);
}

#[test]
fn a_first_part_that_takes_too_long_fails() {
    let server = accepting_queue();
    let count = Count { to: 9, hangs_at: Some(0), ..Count::default() };
    let payload = serde_json::to_value(&count).unwrap();
    let error = invoke(&server, &payload, Duration::from_millis(1_200)).0.unwrap_err();
    assert_eq!(error.name(), "DeadlineReached");
    let start =
        "a part of the work of `Count` was not finished: 1000 ms before the timeout; help: do less";
    assert!(error.to_string().starts_with(start), "{error}");
    let count = Count { hangs_at: Some(5), ..count };
    let (answer, _) = invoke(&server, &hand_over(1, 5, &count), Duration::from_millis(1_200));
    assert_eq!(answer.unwrap(), failure_response());
    assert!(server.seen().is_empty());
}

#[test]
fn no_part_is_started_within_the_margin() {
    let server = accepting_queue();
    let (answer, seen) = invoke(&server, &json!({ "to": 3 }), Duration::from_millis(50));
    assert_eq!(answer.unwrap_err().name(), "DeadlineReached");
    assert!(cursors(&seen).is_empty());
}

#[test]
fn after_the_last_hop_the_work_is_handed_over_and_not_resumed() {
    let server = accepting_queue();
    let count = Count { to: 1000, pause: 50, ..Count::default() };
    let (answer, _) = invoke(&server, &hand_over(3, 7, &count), Duration::from_millis(1_500));
    assert_eq!(answer.unwrap(), success_response());
    let over = event(&sent(&server)[0].to_string());
    let (answer, seen) = invoke(&server, &over, LONG);
    assert_eq!(answer.unwrap(), failure_response());
    assert!(cursors(&seen).is_empty());
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_queue_that_rejects_the_hand_over_fails_the_invocation() {
    let gone = "The specified queue does not exist.";
    let server =
        FakeAws::script([FakeResponse::refusal(400, "com.amazonaws.sqs#QueueDoesNotExist", gone)]);
    let count = Count { to: 1000, pause: 50, ..Count::default() };
    let payload = serde_json::to_value(&count).unwrap();
    let error = invoke(&server, &payload, Duration::from_millis(1_500)).0.unwrap_err();
    assert_eq!(error.name(), "QueueDoesNotExist");
    assert_eq!(error.to_string(), format!("`SendMessage` on the queue `CountResume`: {gone}"));
    let (answer, _) = invoke(&server, &hand_over(1, 7, &count), Duration::from_millis(1_500));
    assert_eq!(answer.unwrap(), failure_response());
}

#[test]
fn an_event_too_large_to_hand_over_is_refused_before_any_work() {
    let server = accepting_queue();
    let mut payload = json!({ "to": 3 });
    payload["padding"] = "x".repeat(1_048_576).into();
    let size = payload.to_string().len();
    let (answer, seen) = invoke(&server, &payload, LONG);
    let error = answer.unwrap_err();
    assert_eq!(error.name(), "HandOverTooLarge");
    let text = error.to_string();
    assert!(text.contains(&format!("with an event of {size} bytes the message has ")), "{text}");
    assert!(text.contains("and SQS takes 1048576; help: "), "{text}");
    assert!(cursors(&seen).is_empty());
}

#[test]
fn a_cursor_too_large_to_hand_over_is_reported_after_the_first_part() {
    let server = accepting_queue();
    let mut payload = json!({ "to": 1000, "padding": "" });
    let around = HandOver::to_body::<Counting>(("r1", 1), None, payload.to_string().as_bytes());
    // This leaves no space for a cursor.
    payload["padding"] = "x".repeat(1_048_576 - around.unwrap().len()).into();
    let (answer, seen) = invoke(&server, &payload, LONG);
    let error = answer.unwrap_err();
    assert_eq!(error.name(), "HandOverTooLarge");
    let size = payload.to_string().len();
    let text = error.to_string();
    assert!(text.contains(&format!("an event of {size} bytes and a cursor of 1 the ")), "{text}");
    assert_eq!(cursors(&seen), [None]);
    assert!(server.seen().is_empty());
    // If no caller sees the error, the event is kept.
    let (answer, _) = invoke_as::<Unattended>(&server, &payload, LONG);
    assert_eq!(answer.unwrap()["resumed"]["hop"], 1);
    assert_eq!(sent(&server)[0].get("cursor"), None);
}

#[test]
fn only_messages_of_the_functions_own_queue_are_hand_overs() {
    let server = accepting_queue();
    let count = Count { to: 9, ..Count::default() };
    for arn in [
        "arn:aws:sqs:eu-central-1:123456789012:count-resume",
        "arn:aws:sqs:eu-central-1:210987654321:count-resume.fifo",
        "count-resume.fifo",
        "",
    ] {
        let mut event = hand_over(2, 7, &count);
        event["Records"][0]["eventSourceARN"] = arn.into();
        // It is an event like any other: its content does not make it a hand-over.
        let (answer, seen) = invoke(&server, &event, LONG);
        assert_eq!(answer.unwrap(), "counted to 0", "{arn}");
        assert_eq!(cursors(&seen), [None], "{arn}");
    }
    let body = body(&hand_over(2, 7, &count));
    assert_eq!(cursors(&invoke(&server, &body, LONG).1), [None]);
}

#[test]
fn a_message_of_the_queue_that_is_not_a_hand_over_fails() {
    let server = accepting_queue();
    let whole = body(&hand_over(2, 7, &Count { to: 9, ..Count::default() }));
    let mut wrong = vec![event("hello"), event("{}"), event("[1,\"Count\",\"r1\",2,7,{}]")];
    for key in whole.as_object().unwrap().keys().filter(|key| *key != "cursor") {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(key);
        wrong.push(event(&less.to_string()));
    }
    for (key, value) in [
        ("more", json!(1)),
        ("resume", json!(2)),
        ("function", json!("Other")),
        ("hop", json!(0)),
        ("hop", json!(-1)),
    ] {
        let mut other = whole.clone();
        other[key] = value;
        wrong.push(event(&other.to_string()));
    }
    for event in wrong {
        let (answer, seen) = invoke(&server, &event, LONG);
        assert_eq!(answer.unwrap(), failure_response(), "{event}");
        assert!(cursors(&seen).is_empty(), "{event}");
    }
}

#[test]
fn a_cursor_that_cannot_be_read_back_fails_at_once() {
    let server = accepting_queue();
    let mut body = json!({
        "resume": 1, "function": "Count", "request": "r1", "hop": 1, "cursor": "seven",
        "event": { "to": 9 },
    });
    assert_eq!(invoke(&server, &event(&body.to_string()), LONG).0.unwrap(), failure_response());
    body["cursor"] = Value::Null;
    assert_eq!(invoke(&server, &event(&body.to_string()), LONG).0.unwrap(), failure_response());
}

#[cfg(feature = "tracing")]
#[test]
fn a_success_is_not_logged_as_an_error() {
    use tracing::{Event, Level, Subscriber};
    use tracing_subscriber::layer::{Context as Within, Layer, SubscriberExt as _};

    struct Levels(Arc<Mutex<Vec<Level>>>);

    impl<S: Subscriber> Layer<S> for Levels {
        fn on_event(&self, event: &Event<'_>, _: Within<'_, S>) {
            let of = event.metadata();
            if of.target() == crate::observability::log_format::RUNTIME_TARGET {
                self.0.lock().unwrap().push(*of.level());
            }
        }
    }

    let levels = Arc::default();
    let written = tracing_subscriber::registry().with(Levels(Arc::clone(&levels)));
    tracing::subscriber::with_default(written, || {
        let count = Count { to: 1000, pause: 50, ..Count::default() };
        invoke(&accepting_queue(), &hand_over(1, 7, &count), Duration::from_millis(1_500))
            .0
            .unwrap();
        invoke(&accepting_queue(), &hand_over(1, 1000, &count), LONG).0.unwrap();
        invoke(&accepting_queue(), &event("no hand-over"), LONG).0.unwrap();
    });
    assert_eq!(*levels.lock().unwrap(), [Level::INFO, Level::INFO, Level::ERROR]);
}
