//! Windows: the state into which a batch is folded, when the handler is called, and what the response says.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Error;
use crate::event::{Data, Fold, KinesisEventRecord, Window};
use crate::handler::triggered_handler;
use crate::invocation::context::DEFAULT_DEADLINE_MARGIN;
use crate::registry::Handler;
use crate::source::kinesis::kinesis;
use crate::testing::{fixture, respond, respond_before};

/// A number is added before it is checked: the worst that a fold can do. 13 fails, 17 panics, and every
/// number over 100 takes as many milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Sum {
    total: u64,
    count: u32,
}

impl Fold<Data<u64>> for Sum {
    fn fold(&mut self, number: Data<u64>) -> Result<(), Error> {
        self.total += *number;
        self.count += 1;
        assert_ne!(*number, 17);
        if *number > 100 {
            std::thread::sleep(Duration::from_millis(*number));
        }
        if *number == 13 { Err(Error::msg("thirteen")) } else { Ok(()) }
    }
}

type Ended = Arc<Mutex<Vec<Window<Sum, Data<u64>>>>>;

/// Records the windows that have ended. One with a total of 99 fails.
fn sums() -> (Handler, Ended) {
    let ended = Ended::default();
    let notes = Arc::clone(&ended);
    let handler = triggered_handler([kinesis::<Window<Sum, Data<u64>>>()], move |window, _| {
        notes.lock().unwrap().push(window.clone());
        async move { Ok(if window.total == 99 { Err(Error::msg("99")) } else { Ok(()) }) }
    });
    (handler, ended)
}

/// A batch of a window; `more` replaces fields of it.
fn batch(numbers: &[&str], state: &Value, more: &[(&str, Value)]) -> Vec<u8> {
    let record = |(index, data): (usize, &&str)| {
        json!({
            "eventID": format!("shardId-000000000006:{}", index + 1),
            "eventSource": "aws:kinesis",
            "eventSourceARN": "arn",
            "kinesis": {
                "sequenceNumber": (index + 1).to_string(),
                "partitionKey": "a",
                "data": STANDARD.encode(data),
                "approximateArrivalTimestamp": 1_607_497_475.0,
            },
        })
    };
    let mut event: Value =
        serde_json::from_slice(&fixture("example-kinesis-window-event.json")).unwrap();
    event["Records"] = numbers.iter().enumerate().map(record).collect();
    event["state"] = state.clone();
    for (key, value) in more {
        event[*key] = value.clone();
    }
    serde_json::to_vec(&event).unwrap()
}

fn value(answer: &[u8]) -> Value {
    serde_json::from_slice(answer).unwrap()
}

fn state(total: u64, count: u32) -> Value {
    json!({ "total": total, "count": count })
}

#[test]
fn a_window_begins_with_the_default_state_and_continues_with_the_stored_one() {
    let (handler, ended) = sums();
    for (before, after) in
        [(json!({}), state(3, 2)), (json!(null), state(3, 2)), (state(10, 4), state(13, 6))]
    {
        let answer = value(&respond(&handler, &batch(&["1", "2"], &before, &[])).unwrap());
        assert_eq!(answer, json!({ "state": after, "batchItemFailures": [] }));
    }
    assert!(ended.lock().unwrap().is_empty(), "the handler is called when the window ends");
}

#[test]
fn the_handler_is_called_with_the_state_when_the_window_ends() {
    for (key, early) in [("isFinalInvokeForWindow", false), ("isWindowTerminatedEarly", true)] {
        for (numbers, total) in [(&[][..], 10), (&["1", "2"], 13)] {
            let (handler, ended) = sums();
            let payload = batch(numbers, &state(10, 4), &[(key, json!(true))]);
            let answer = value(&respond(&handler, &payload).unwrap());
            assert_eq!(answer, json!({ "state": {}, "batchItemFailures": [] }));
            let ended = ended.lock().unwrap();
            let [window] = ended.as_slice() else { panic!("{ended:?}") };
            assert_eq!((window.total, window.ended_early()), (total, early));
            assert_eq!(window.shard_id(), "shardId-000000000006");
            let arn = "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream";
            assert_eq!(window.source_arn(), arn);
            let start = window.start().duration_since(SystemTime::UNIX_EPOCH).unwrap();
            assert_eq!(start.as_secs(), 1_607_497_440);
            assert_eq!(window.end().duration_since(window.start()).unwrap().as_secs(), 120);
        }
    }
}

#[test]
fn after_a_failure_the_state_has_only_the_records_before_it() {
    for bad in ["13", "17", "\"x\"", "{"] {
        for last in [false, true] {
            let (handler, ended) = sums();
            let more = [("isFinalInvokeForWindow", json!(last))];
            let payload = batch(&["1", "2", bad, "4"], &state(10, 4), &more);
            let answer = value(&respond(&handler, &payload).unwrap());
            let failures = json!([{ "itemIdentifier": "3" }]);
            assert_eq!(
                answer,
                json!({ "state": state(13, 6), "batchItemFailures": failures }),
                "{bad}"
            );
            assert!(ended.lock().unwrap().is_empty(), "not all of the window is there yet");
        }
    }
}

#[test]
fn records_without_time_left_are_reported() {
    let (handler, _) = sums();
    let payload = batch(&["1", "150", "3"], &json!({}), &[]);
    let answer =
        respond_before(&handler, &payload, DEFAULT_DEADLINE_MARGIN + Duration::from_millis(100))
            .unwrap();
    let failures = json!([{ "itemIdentifier": "3" }]);
    assert_eq!(value(&answer), json!({ "state": state(151, 2), "batchItemFailures": failures }));
}

#[test]
fn a_handler_that_fails_at_the_end_fails_the_invocation() {
    let (handler, _) = sums();
    let payload = batch(&["9"], &state(90, 4), &[("isFinalInvokeForWindow", json!(true))]);
    assert_eq!(respond(&handler, &payload).unwrap_err().to_string(), "99");
}

#[test]
fn the_error_for_a_payload_without_a_window_names_the_key_of_the_trigger() {
    let (handler, _) = sums();
    let error = respond(&handler, &fixture("example-kinesis-event.json")).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    let message = error.to_string();
    assert!(
        message.starts_with("a window is folded only if the trigger sets `tumbling_window`"),
        "{message}"
    );
    assert!(message.contains("missing field `window`"), "{message}");
}

#[test]
fn a_state_that_cannot_be_decoded_is_an_error_that_says_so() {
    let (handler, _) = sums();
    let error = respond(&handler, &batch(&["1"], &json!({ "total": "x" }), &[])).unwrap_err();
    assert!(error.to_string().starts_with("the window's state: "), "{error}");
}

/// A state that is not an object.
#[derive(Default, Serialize, Deserialize)]
struct Count(u32);

impl Fold<KinesisEventRecord> for Count {
    fn fold(&mut self, _: KinesisEventRecord) -> Result<(), Error> {
        self.0 += 1;
        Ok(())
    }
}

#[test]
fn a_state_that_is_not_an_object_is_an_error_that_says_so() {
    let handler =
        triggered_handler([kinesis::<Window<Count, KinesisEventRecord>>()], |_, _| async {
            Ok(Ok::<_, Error>(()))
        });
    let error = respond(&handler, &batch(&["1"], &json!({}), &[])).unwrap_err();
    assert_eq!(error.name(), "InvalidState");
    assert!(error.to_string().contains("not a JSON object"), "{error}");
}

/// The state of AWS's example.
impl Fold<KinesisEventRecord> for BTreeMap<String, u64> {
    fn fold(&mut self, record: KinesisEventRecord) -> Result<(), Error> {
        *self.entry(record.kinesis.partition_key).or_default() += 1;
        Ok(())
    }
}

#[test]
fn the_official_window_is_folded() {
    let handler = triggered_handler(
        [kinesis::<Window<BTreeMap<String, u64>, KinesisEventRecord>>()],
        |_, _| async { Ok(Ok::<_, Error>(())) },
    );
    let answer = respond(&handler, &fixture("example-kinesis-window-event.json")).unwrap();
    assert_eq!(value(&answer), json!({ "state": { "1": 283, "2": 715 }, "batchItemFailures": [] }));
}

proptest! {
    #[test]
    fn every_record_is_folded_once_however_often_batches_fail(
        numbers in vec(prop_oneof![5 => 0..10_u64, 1 => Just(13), 1 => Just(17)], 0..30),
    ) {
        let (handler, _) = sums();
        let (mut rest, mut state) = (&numbers[..], json!({}));
        // As Lambda does it, but a failed record is given up at once.
        while !rest.is_empty() {
            let texts: Vec<_> = rest.iter().map(ToString::to_string).collect();
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            let Ok(answer) = respond(&handler, &batch(&texts, &state, &[])) else {
                // Split until the first record is alone; the state stays the same.
                prop_assert!([13, 17].contains(&rest[0]));
                rest = &rest[1..];
                continue;
            };
            let mut answer = value(&answer);
            state = answer["state"].take();
            rest = match answer["batchItemFailures"][0]["itemIdentifier"].as_str() {
                Some(number) => &rest[number.parse::<usize>().unwrap()..],
                None => &[],
            };
        }
        let well: Vec<_> = numbers.iter().filter(|it| ![13, 17].contains(*it)).collect();
        let count = well.len();
        let sum: Sum = match count {
            0 => Sum::default(),
            _ => serde_json::from_value(state).unwrap(),
        };
        prop_assert_eq!((sum.total, sum.count as usize), (well.into_iter().sum(), count));
    }
}
