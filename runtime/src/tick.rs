//! Keep-warm ticks: takes a payload and tells whether it is one that the runtime answers itself. A
//! tick is known by its whole shape, so that no body of a request, message of a queue or payload of
//! a caller passes for one by a field that it happens to have.

use std::marker::PhantomData;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::registry::{Function, Ticks};
use crate::source::{Schedule, TriggeredBy};

/// Finds out whether a handler's event is one that schedules deliver: the inherent constant exists
/// only where it is, and wins over the trait's.
pub struct Probe<E>(PhantomData<E>);

impl<E: TriggeredBy<Schedule>> Probe<E> {
    /// The handler takes the tick.
    pub const TICKS: Ticks = Ticks::Delivered;
}

/// What [`Probe`] falls back on.
pub trait Otherwise {
    /// The tick only keeps the function warm.
    const TICKS: Ticks = Ticks::Answered;
}

impl<E> Otherwise for Probe<E> {}

/// No tick is longer; a big payload is not even looked at.
const LONGEST: usize = 2048;

const DETAIL_TYPE: &str = "Scheduled Event";
const SOURCE: &str = "aws.events";

/// Whether the payload is a tick that keeps this function warm and nothing else.
pub(crate) fn answers(function: &Function, payload: &[u8]) -> bool {
    // An array of the right values would read as the structs below.
    if payload.len() > LONGEST || payload.trim_ascii_start().first() != Some(&b'{') {
        return false;
    }
    (function.keep_warm && is_keep_warm(function.id, payload))
        || (function.ticks == Ticks::Answered && is_scheduled(payload))
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
    use crate::handler::nothing;
    use crate::testing::fixture;

    fn function(keep_warm: bool, ticks: Ticks) -> Function {
        Function {
            package: "test",
            id: "Thumbnail",
            handler: "thumbnail",
            name: None,
            serves: &[],
            timeout: 3,
            deadline_margin: 500,
            keep_warm,
            ticks,
            needs: &[],
            capabilities: &[],
            start: || nothing(|_| async { Ok(Ok::<_, crate::Error>(())) }),
        }
    }

    fn keep_warm(id: &str) -> Value {
        json!({
            "version": "0", "detail-type": "Scheduled Event", "source": "aws.events",
            "resources": [], "detail": { "keep-warm": id },
        })
    }

    fn answers_value(function: &Function, payload: &Value) -> bool {
        answers(function, &serde_json::to_vec(payload).unwrap())
    }

    fn scheduled() -> Value {
        serde_json::from_slice(&fixture("example-eventbridge-schedule.json")).unwrap()
    }

    #[test]
    fn a_keep_warm_tick_is_answered_for_its_own_function_only() {
        let warm = function(true, Ticks::Delivered);
        assert!(answers_value(&warm, &keep_warm("Thumbnail")));
        assert!(!answers_value(&warm, &keep_warm("Other")));
        assert!(!answers_value(&function(false, Ticks::Answered), &keep_warm("Thumbnail")));
    }

    #[test]
    fn a_schedule_is_answered_only_where_the_handler_does_not_take_it() {
        assert!(answers_value(&function(false, Ticks::Answered), &scheduled()));
        assert!(!answers_value(&function(true, Ticks::Delivered), &scheduled()));
    }

    #[test]
    fn one_field_more_or_less_and_it_is_no_tick() {
        let function = function(true, Ticks::Answered);
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
        let function = function(true, Ticks::Answered);
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
        let function = function(true, Ticks::Answered);
        let values: Vec<_> =
            keep_warm("Thumbnail").as_object().unwrap().values().cloned().collect();
        assert!(!answers_value(&function, &json!(values)));
        let mut scheduled = scheduled();
        scheduled["detail"] = json!([]);
        assert!(!answers_value(&function, &scheduled));
    }

    #[test]
    fn a_tick_inside_a_message_or_a_request_is_no_tick() {
        let function = function(true, Ticks::Answered);
        for tick in [scheduled(), keep_warm("Thumbnail")] {
            let body = tick.to_string();
            assert!(!answers_value(&function, &json!({ "Records": [{ "body": body }] })));
            assert!(!answers_value(&function, &json!({ "version": "2.0", "body": body })));
        }
    }
}
