//! Keep-warm ticks: takes a payload and tells whether it is one that the runtime answers itself, and
//! for how long it is to occupy its process. A tick is known by its whole shape, so that no body of a
//! request, message of a queue or payload of a caller passes for one by a field that it happens to
//! have.
//!
//! Who may invoke the function can send a tick by hand, and gains an answer of `null`: how long it is
//! held stands in the binary, and nothing in a payload can make it longer.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Context;
use crate::registry::{ColdStartSettings, TickHandling};

/// No tick is longer; a big payload is not even looked at.
const LONGEST: usize = 2048;

const DETAIL_TYPE: &str = "Scheduled Event";
const SOURCE: &str = "aws.events";

/// How long before the deadline a tick is let go, whatever its hold: to be answered in time.
const DEFAULT_DEADLINE_MARGIN: Duration = Duration::from_millis(50);

impl ColdStartSettings {
    /// How long the tick is held that a payload is, where it keeps this function warm and does nothing else.
    pub(super) fn tick(&self, id: &str, payload: &[u8]) -> Option<Duration> {
        if self.hold.is_none() && self.ticks == TickHandling::ByHandler {
            return None;
        }
        // An array of the right values would read as the structs below.
        if payload.len() > LONGEST || payload.trim_ascii_start().first() != Some(&b'{') {
            return None;
        }
        let ping = self.hold.filter(|_| is_keep_warm(id, payload));
        let answered = || self.ticks == TickHandling::ByRuntime && is_scheduled(payload);
        ping.or_else(|| answered().then_some(Duration::ZERO))
    }
}

/// Occupies the process for as long as a tick is to be held: others that come meanwhile need processes
/// of their own. It never takes the time that the answer needs.
pub(crate) async fn hold_process(held: Duration, context: &Context) {
    let held = held.min(context.remaining().saturating_sub(DEFAULT_DEADLINE_MARGIN));
    if !held.is_zero() {
        tokio::time::sleep(held).await;
    }
}

/// The constant input of the rule that `keep_warm` makes; it names the function it is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeepWarm<'a> {
    version: &'a str,
    #[serde(rename = "detail-type")]
    detail_type: &'a str,
    source: &'a str,
    resources: [&'a str; 0],
    #[serde(borrow)]
    detail: KeepWarmDetail<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeepWarmDetail<'a> {
    #[serde(rename = "keep-warm")]
    keep_warm: &'a str,
}

fn is_keep_warm(id: &str, payload: &[u8]) -> bool {
    serde_json::from_slice::<KeepWarm<'_>>(payload).is_ok_and(|tick| {
        tick.version == "0"
            && tick.detail_type == DETAIL_TYPE
            && tick.source == SOURCE
            && tick.resources.is_empty()
            && tick.detail.keep_warm == id
    })
}

/// What `EventBridge` sends for a rule with a schedule and no input of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scheduled<'a> {
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
    detail: Map<String, Value>,
}

fn is_scheduled(payload: &[u8]) -> bool {
    serde_json::from_slice::<Scheduled<'_>>(payload).is_ok_and(|tick| {
        let [rule] = tick.resources;
        tick.version == "0"
            && tick.detail_type == DETAIL_TYPE
            && tick.source == SOURCE
            && rule.starts_with("arn:")
            && rule.contains(":rule/")
            && tick.detail.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{block_on, fixture};

    const HOLD: Duration = Duration::from_millis(100);

    /// A function named `Thumbnail`.
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

    fn answers_value(function: &ColdStartSettings, payload: &Value) -> bool {
        held(function, payload).is_some()
    }

    fn scheduled() -> Value {
        serde_json::from_slice(&fixture("example-eventbridge-schedule.json")).unwrap()
    }

    #[test]
    fn a_keep_warm_tick_is_answered_for_its_own_function_only() {
        let warm = function(Some(HOLD), TickHandling::ByHandler);
        assert!(answers_value(&warm, &keep_warm("Thumbnail")));
        assert!(!answers_value(&warm, &keep_warm("Other")));
        assert!(!answers_value(&function(None, TickHandling::ByRuntime), &keep_warm("Thumbnail")));
    }

    #[test]
    fn a_schedule_is_answered_only_where_the_handler_does_not_take_it() {
        assert!(answers_value(&function(None, TickHandling::ByRuntime), &scheduled()));
        assert!(!answers_value(&function(Some(HOLD), TickHandling::ByHandler), &scheduled()));
    }

    #[test]
    fn a_ping_is_held_for_what_the_binary_says_and_a_schedule_not_at_all() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        assert_eq!(held(&function, &keep_warm("Thumbnail")), Some(HOLD));
        assert_eq!(held(&function, &scheduled()), Some(Duration::ZERO));
        let mut longer = keep_warm("Thumbnail");
        longer["detail"]["hold"] = 900_000.into();
        assert_eq!(held(&function, &longer), None);
    }

    #[test]
    fn a_ping_is_let_go_before_the_deadline() {
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
    fn others_go_on_in_the_process_while_a_ping_is_held() {
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
    fn one_field_more_or_less_and_it_is_no_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        for whole in [scheduled(), keep_warm("Thumbnail")] {
            for key in whole.as_object().unwrap().keys() {
                let mut less = whole.clone();
                less.as_object_mut().unwrap().remove(key);
                assert!(!answers_value(&function, &less), "without {key}");
            }
            let mut more = whole.clone();
            more["body"] = "{}".into();
            assert!(!answers_value(&function, &more));
        }
    }

    #[test]
    fn another_value_anywhere_that_counts_and_it_is_no_tick() {
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
            assert!(!answers_value(&function, &other), "{pointer}");
        }
    }

    #[test]
    fn the_values_of_a_tick_in_an_array_are_no_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        let values: Vec<_> =
            keep_warm("Thumbnail").as_object().unwrap().values().cloned().collect();
        assert!(!answers_value(&function, &json!(values)));
        let mut scheduled = scheduled();
        scheduled["detail"] = json!([]);
        assert!(!answers_value(&function, &scheduled));
    }

    #[test]
    fn a_tick_inside_a_message_or_a_request_is_no_tick() {
        let function = function(Some(HOLD), TickHandling::ByRuntime);
        for tick in [scheduled(), keep_warm("Thumbnail")] {
            let body = tick.to_string();
            assert!(!answers_value(&function, &json!({ "Records": [{ "body": body }] })));
            assert!(!answers_value(&function, &json!({ "version": "2.0", "body": body })));
        }
    }
}
