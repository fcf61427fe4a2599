//! How many starts were cold: takes the first event of a process, and writes one line that
//! `CloudWatch` reads as a metric. A process has one start, so that a function pays for one line a
//! process and for none with an invocation.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Context;
use crate::invocation::process;
use crate::observability::log_format;
use crate::observability::timestamp::Timestamp;
use crate::registry::{Counted, Function, Start};

/// What a process was started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Somebody's event, which waited for it.
    Event,
    /// A ping: nobody waited.
    Ping,
    /// What was to come: it was ready before.
    Later,
}

impl Start {
    /// The start of this process, which now is ready.
    pub(crate) fn of(function: &Function) -> Self {
        let counting = function.warmth.as_ref().filter(|warmth| warmth.cold_starts);
        #[cfg(feature = "tracing")]
        process::ready();
        Self::of_kind(
            counting.and_then(|_| process::kind()),
            counting.is_some_and(|warmth| warmth.hold.is_some()),
        )
    }

    /// Looks at an event before the function does. How long it is to be held, where it is a tick that the
    /// runtime answers.
    pub(crate) fn meet(
        &self,
        function: &Function,
        payload: &[u8],
        context: &Context,
    ) -> Option<Duration> {
        let warmth = function.warmth.as_ref()?;
        let held = (warmth.meet)(warmth, function.id, self, payload, context);
        #[cfg(feature = "tracing")]
        if held.is_some() {
            process::ticked();
        }
        held
    }

    fn of_kind(kind: Option<String>, pinged: bool) -> Self {
        let counted = kind.map(|kind| Counted { ready: SystemTime::now(), kind, pinged });
        Self { counted, told: AtomicBool::new(false) }
    }

    /// Tells of the start at the first event.
    pub(super) fn event(&self, is_ping: bool, context: &Context) {
        let Some(counted) = &self.counted else { return };
        if self.told.load(Ordering::Relaxed) || self.told.swap(true, Ordering::Relaxed) {
            return;
        }
        let now = SystemTime::now();
        let started = counted.started_for(is_ping, now);
        write(&counted.metric(started, now, context));
    }
}

impl Counted {
    fn started_for(&self, is_ping: bool, now: SystemTime) -> For {
        match is_ping {
            _ if process::is_ahead(&self.kind, self.ready, now) => For::Later,
            true => For::Ping,
            false => For::Event,
        }
    }

    /// The metric, in the embedded metric format of `CloudWatch`: "Specification: Embedded metric
    /// format" of the Amazon `CloudWatch` User Guide.
    fn metric(&self, started: For, now: SystemTime, context: &Context) -> Value {
        let cold = u8::from(started == For::Event);
        let mut metrics = vec![json!({ "Name": "ColdStart", "Unit": "Count" })];
        if self.pinged {
            metrics.push(json!({ "Name": "PingStart", "Unit": "Count" }));
        }
        let milliseconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let mut metric = json!({
            "_aws": {
                "Timestamp": u64::try_from(milliseconds).unwrap_or(u64::MAX),
                "CloudWatchMetrics": [{
                    "Namespace": "Skylift",
                    "Dimensions": [["FunctionName"]],
                    "Metrics": metrics,
                }],
            },
            "FunctionName": context.function_name(),
            "ColdStart": cold,
            "requestId": context.request_id(),
        });
        if self.pinged {
            metric["PingStart"] = u8::from(started == For::Ping).into();
        }
        if let Some(level) = log_format::metrics_log_level() {
            metric["level"] = level.into();
            metric["timestamp"] = Timestamp(now).to_string().into();
        }
        metric
    }
}

/// Writes one line of the log. A closed standard output is no reason to fail an invocation.
fn write(metric: &Value) {
    let _ = std::io::stdout().lock().write_all(format!("{metric}\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::process::{AHEAD, ON_DEMAND};

    fn counted(kind: &str) -> Counted {
        Start::of_kind(Some(kind.to_owned()), true).counted.unwrap()
    }

    #[test]
    fn a_start_is_cold_where_an_event_waited_for_it() {
        let on_demand = counted(ON_DEMAND);
        let (soon, late) = (on_demand.ready + AHEAD, on_demand.ready + AHEAD * 2);
        assert_eq!(on_demand.started_for(false, soon), For::Event);
        assert_eq!(on_demand.started_for(true, soon), For::Ping);
        assert_eq!(on_demand.started_for(false, late), For::Later);
        assert_eq!(on_demand.started_for(true, late), For::Later);
        // The clock was set back meanwhile.
        assert_eq!(on_demand.started_for(false, UNIX_EPOCH), For::Event);
    }

    #[test]
    fn a_process_that_lambda_keeps_started_is_not_cold() {
        for kind in ["provisioned-concurrency", "snap-start", "lambda-managed-instances"] {
            let ahead = counted(kind);
            assert_eq!(ahead.started_for(false, ahead.ready), For::Later, "{kind}");
        }
    }

    #[test]
    fn the_metric_is_in_the_embedded_format_of_cloudwatch() {
        let context = Context::new("request-1");
        let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
        let metric = |kind: &str, started| counted(kind).metric(started, now, &context);
        let count = |name: &str| json!({ "Name": name, "Unit": "Count" });
        assert_eq!(
            metric(ON_DEMAND, For::Event),
            json!({
                "_aws": {
                    "Timestamp": 1_700_000_000_123_u64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Skylift",
                        "Dimensions": [["FunctionName"]],
                        "Metrics": [count("ColdStart"), count("PingStart")],
                    }],
                },
                "FunctionName": "test",
                "ColdStart": 1,
                "PingStart": 0,
                "requestId": "request-1",
            })
        );
        let values = |metric: Value| (metric["ColdStart"].clone(), metric["PingStart"].clone());
        assert_eq!(values(metric(ON_DEMAND, For::Ping)), (json!(0), json!(1)));
        assert_eq!(values(metric(ON_DEMAND, For::Later)), (json!(0), json!(0)));
        let without_pings = Counted { pinged: false, ..counted(ON_DEMAND) };
        let metric = without_pings.metric(For::Event, now, &context);
        assert_eq!(values(metric.clone()), (json!(1), Value::Null));
        let named = &metric["_aws"]["CloudWatchMetrics"][0]["Metrics"];
        assert_eq!(*named, json!([count("ColdStart")]));
    }

    #[test]
    fn nothing_is_counted_outside_lambda() {
        assert!(Start::of_kind(None, true).counted.is_none());
    }
}
