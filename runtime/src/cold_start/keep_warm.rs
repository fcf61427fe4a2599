//! Recognises the events that only keep a function warm: takes a payload, and returns whether the runtime
//! handles it itself and how long to hold the process. Such an event is recognised by its exact shape, so that
//! the body of a request, a message of a queue or the payload of a caller is not taken for one because it has a
//! similar field.
//!
//! Anyone who may invoke the function can send such an event, and gets only the response `null`: the time for
//! which the process is held is compiled into the binary, and no payload can make it longer.
// See decision 0078.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Context;
use crate::registry::{ColdStartSettings, TickHandling};

/// The largest payload that is parsed as a tick. Ticks are shorter, and a large payload need not be parsed.
const MAX_TICK_BYTES: usize = 2048;

const DETAIL_TYPE: &str = "Scheduled Event";
const RULE_SOURCE: &str = "aws.events";
const SCHEDULER_SOURCE: &str = "aws.scheduler";

/// How long before the deadline of an invocation its hold ends at the latest, so that the response is in time.
const RESPONSE_MARGIN: Duration = Duration::from_millis(50);

impl ColdStartSettings {
    /// Returns how long to hold the process if the payload is a tick that the runtime handles, and `None` if
    /// the handler has to handle the payload. `id` is the logical id of the function. A ping is held for the
    /// function's hold, a scheduled event is not held.
    pub(super) fn tick(&self, id: &str, payload: &[u8]) -> Option<Duration> {
        if self.hold.is_none() && self.ticks == TickHandling::ByHandler {
            return None;
        }
        // An array of the right values would deserialize into the structs below.
        if payload.len() > MAX_TICK_BYTES || payload.trim_ascii_start().first() != Some(&b'{') {
            return None;
        }
        let ping = self.hold.filter(|_| is_ping(id, payload));
        let answered = || self.ticks == TickHandling::ByRuntime && is_scheduled(payload);
        ping.or_else(|| answered().then_some(Duration::ZERO))
    }
}

/// Holds the process for a time, so that events that come in the meantime make Lambda start further processes.
/// The hold ends early enough before the deadline that the response is in time.
pub(crate) async fn hold_process(held: Duration, context: &Context) {
    let held = held.min(context.remaining().saturating_sub(RESPONSE_MARGIN));
    if !held.is_zero() {
        tokio::time::sleep(held).await;
    }
}

/// The event of the rule that `keep_warm` adds to the template: the rule's constant input, which names the
/// function in `detail`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PingEvent<'a> {
    version: &'a str,
    #[serde(rename = "detail-type")]
    detail_type: &'a str,
    source: &'a str,
    resources: [&'a str; 0],
    #[serde(borrow)]
    detail: PingDetail<'a>,
}

/// The field `detail` of a ping, with the logical id of the function that the ping keeps warm.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PingDetail<'a> {
    #[serde(rename = "keep-warm")]
    keep_warm: &'a str,
}

/// Returns whether a payload is a ping for the function with this logical id.
fn is_ping(id: &str, payload: &[u8]) -> bool {
    serde_json::from_slice::<PingEvent<'_>>(payload).is_ok_and(|tick| {
        tick.version == "0"
            && tick.detail_type == DETAIL_TYPE
            && tick.source == RULE_SOURCE
            && tick.resources.is_empty()
            && tick.detail.keep_warm == id
    })
}

/// The event that `EventBridge` sends for a schedule without a constant input.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleEvent<'a> {
    version: &'a str,
    #[serde(rename = "id")]
    _id: &'a str,
    #[serde(rename = "detail-type")]
    detail_type: &'a str,
    source: &'a str,
    #[serde(rename = "account")]
    _account: &'a str,
    #[serde(rename = "time")]
    _time: &'a str,
    #[serde(rename = "region")]
    _region: &'a str,
    #[serde(borrow)]
    resources: [&'a str; 1],
    detail: Value,
}

/// Returns whether a payload is a scheduled event of an `EventBridge` rule or of `EventBridge` Scheduler, which writes
/// the empty detail as text.
fn is_scheduled(payload: &[u8]) -> bool {
    serde_json::from_slice::<ScheduleEvent<'_>>(payload).is_ok_and(|tick| {
        let [sender] = tick.resources;
        let (kind, detail) = match tick.source {
            RULE_SOURCE => (":rule/", Value::Object(Map::new())),
            SCHEDULER_SOURCE => (":schedule/", Value::from("{}")),
            _ => return false,
        };
        tick.version == "0"
            && tick.detail_type == DETAIL_TYPE
            && sender.starts_with("arn:")
            && sender.contains(kind)
            && tick.detail == detail
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{block_on, fixture};

    const HOLD: Duration = Duration::from_millis(100);

    /// The settings of a function whose id is `Thumbnail`.
    fn function(hold: Option<Duration>, ticks: TickHandling) -> ColdStartSettings {
        ColdStartSettings::new(hold, ticks, false)
    }

    fn keep_warm(id: &str) -> Value {
        json!({
            "version": "0", "detail-type": "Scheduled Event", "source": "aws.events",
            "resources": [], "detail": { "keep-warm": id },
        })
    }

    fn held(function: &ColdStartSettings, payload: &Value) -> Option<Duration> {
        function.tick("Thumbnail", &serde_json::to_vec(payload).unwrap())
    }

    fn is_tick(function: &ColdStartSettings, payload: &Value) -> bool {
        held(function, payload).is_some()
    }

    fn scheduled() -> Value {
        serde_json::from_slice(&fixture("example-eventbridge-schedule.json")).unwrap()
    }

    #[test]
    fn a_ping_is_handled_only_by_the_function_that_it_names() {
        let warm = function(Some(HOLD), TickHandling::ByHandler);
        assert!(is_tick(&warm, &keep_warm("Thumbnail")));
        assert!(!is_tick(&warm, &keep_warm("Other")));
        assert!(!is_tick(&function(None, TickHandling::ByRuntime), &keep_warm("Thumbnail")));
    }

    #[test]
    fn a_scheduled_event_is_handled_by_the_runtime_only_if_the_handler_does_not_take_it() {
        assert!(is_tick(&function(None, TickHandling::ByRuntime), &scheduled()));
        assert!(!is_tick(&function(Some(HOLD), TickHandling::ByHandler), &scheduled()));
    }

    #[test]
    fn an_event_of_scheduler_is_handled_as_that_of_a_rule() {
        let function = function(None, TickHandling::ByRuntime);
        let mut event = scheduled();
        event["source"] = "aws.scheduler".into();
        event["resources"] = json!(["arn:aws:scheduler:us-east-1:123456789012:schedule/default/a"]);
        assert!(!is_tick(&function, &event));
        event["detail"] = "{}".into();
        assert!(is_tick(&function, &event));
        event["source"] = "aws.events".into();
        assert!(!is_tick(&function, &event));
    }

    #[test]
    fn a_ping_is_held_as_long_as_the_binary_says_and_a_scheduled_event_not_at_all() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        assert_eq!(held(&function, &keep_warm("Thumbnail")), Some(HOLD));
        assert_eq!(held(&function, &scheduled()), Some(Duration::ZERO));
        let mut longer = keep_warm("Thumbnail");
        longer["detail"]["hold"] = 900_000.into();
        assert_eq!(held(&function, &longer), None);
    }

    #[test]
    fn a_ping_is_not_held_beyond_the_deadline() {
        let held = |held: u64, remaining: u64| {
            let context = Context::new("1").with_remaining(Duration::from_millis(remaining));
            let start = std::time::Instant::now();
            block_on(hold_process(Duration::from_millis(held), &context));
            start.elapsed()
        };
        assert!(held(80, 60_000) >= Duration::from_millis(80));
        assert!(held(60_000, 80) < Duration::from_secs(30));
        assert!(held(60_000, 0) < Duration::from_secs(30));
    }

    #[test]
    fn other_tasks_run_while_a_ping_is_held() {
        block_on(async {
            let held = tokio::spawn(async move {
                hold_process(HOLD, &Context::new("1")).await;
                std::time::Instant::now()
            });
            tokio::time::sleep(Duration::from_millis(1)).await;
            let other = std::time::Instant::now();
            assert!(held.await.unwrap() > other);
        });
    }

    #[test]
    fn an_event_with_one_field_more_or_less_is_not_a_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        for whole in [scheduled(), keep_warm("Thumbnail")] {
            for key in whole.as_object().unwrap().keys() {
                let mut less = whole.clone();
                less.as_object_mut().unwrap().remove(key);
                assert!(!is_tick(&function, &less), "without {key}");
            }
            let mut more = whole.clone();
            more["body"] = "{}".into();
            assert!(!is_tick(&function, &more));
        }
    }

    #[test]
    fn an_event_with_another_value_in_a_checked_field_is_not_a_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        for (pointer, value) in [
            ("/source", json!("my.app")),
            ("/detail-type", json!("Order Placed")),
            ("/version", json!("1")),
            ("/detail", json!({ "order": 1 })),
            ("/resources", json!(["arn:aws:s3:::bucket"])),
            ("/resources", json!(["x:rule/a"])),
        ] {
            let mut other = scheduled();
            *other.pointer_mut(pointer).unwrap() = value;
            assert!(!is_tick(&function, &other), "{pointer}");
        }
    }

    #[test]
    fn an_array_of_the_values_of_a_tick_is_not_a_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        let values: Vec<_> =
            keep_warm("Thumbnail").as_object().unwrap().values().cloned().collect();
        assert!(!is_tick(&function, &json!(values)));
        let mut scheduled = scheduled();
        scheduled["detail"] = json!([]);
        assert!(!is_tick(&function, &scheduled));
    }

    #[test]
    fn a_tick_inside_a_message_or_a_request_is_not_a_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        for tick in [scheduled(), keep_warm("Thumbnail")] {
            let body = tick.to_string();
            assert!(!is_tick(&function, &json!({ "Records": [{ "body": body }] })));
            assert!(!is_tick(&function, &json!({ "version": "2.0", "body": body })));
        }
    }
}
