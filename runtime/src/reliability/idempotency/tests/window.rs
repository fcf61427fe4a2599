//! Windows: each end of a window is work of its own.

use std::sync::Mutex;

use super::*;
use crate::event::{Fold, KinesisEventRecord, Window};
use crate::handler::triggered_handler;
use crate::registry::{JsonPath, JsonPathStep};
use crate::reliability::idempotency::{idempotency_entry, own_table};
use crate::source::kinesis::kinesis;

/// As the documentation recommends it.
static BY_WINDOW: IdempotencyEntry = idempotency_entry(
    &[
        JsonPath {
            text: "$.window.start",
            steps: &[JsonPathStep::Field("window"), JsonPathStep::Field("start")],
        },
        JsonPath { text: "$.shardId", steps: &[JsonPathStep::Field("shardId")] },
    ],
    &[],
    60,
    own_table("Seen", "V", "pk", "gone_at"),
);

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
struct Count {
    count: u32,
}

impl Fold<KinesisEventRecord> for Count {
    fn fold(&mut self, _: KinesisEventRecord) -> Result<(), Error> {
        self.count += 1;
        Ok(())
    }
}

#[test]
fn each_end_of_a_window_is_handled_once() {
    let dynamo = Dynamo::start();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let handler =
        triggered_handler([kinesis::<Window<Count, KinesisEventRecord>>()], move |window, _| {
            notes.lock().unwrap().push((window.ended_early(), window.count));
            async { Ok(Ok::<_, Error>(())) }
        });
    let end = |kind: &str, before: u32, record: Option<&str>| {
        let fixture = crate::testing::fixture("example-kinesis-window-event.json");
        let mut event: Value = serde_json::from_slice(&fixture).unwrap();
        let mut records = vec![event["Records"][0].take()];
        match record {
            Some(number) => records[0]["kinesis"]["sequenceNumber"] = json!(number),
            None => records.clear(),
        }
        event["Records"] = json!(records);
        event["state"] = json!({ "count": before });
        event["isFinalInvokeForWindow"] = json!(kind == "final");
        event["isWindowTerminatedEarly"] = json!(kind == "early");
        serve(&handler, event.to_string().as_bytes(), &dynamo.call(&BY_WINDOW)).unwrap();
    };
    for _ in 0..2 {
        end("early", 4, Some("1"));
        end("early", 5, Some("2"));
        end("final", 7, None);
    }
    assert_eq!(*seen.lock().unwrap(), [(true, 5), (true, 6), (false, 7)]);
}
