//! Counts cold starts: takes the first event of a process, and writes one line to the log, which `CloudWatch`
//! reads as a metric. A process starts once, so counting costs one line for each process and nothing for each
//! invocation.
// See decision 0079.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::Context;
use crate::invocation::process;
use crate::observability::log_format;
use crate::observability::timestamp::Timestamp;
use crate::registry::{CountedStart, FunctionEntry, ProcessStart};

/// The reason why Lambda started a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StartCause {
    /// An event needed the process and waited for the start: a cold start.
    Event,
    /// A ping needed the process. No other event waited for the start.
    Ping,
    /// Lambda expected events: the process was ready before its first event came.
    AheadOfNeed,
}

impl ProcessStart {
    /// Makes the start of this process, which is ready now, for the function that it runs.
    pub(crate) fn for_function(function: &FunctionEntry) -> Self {
        let counting =
            function.cold_start.as_ref().filter(|cold_start| cold_start.counts_cold_starts);
        #[cfg(feature = "tracing")]
        process::mark_ready();
        Self::from_initialization_type(
            counting.and_then(|_| process::initialization_type()),
            counting.is_some_and(|cold_start| cold_start.hold.is_some()),
        )
    }

    /// Looks at an event before the handler gets it. Returns how long to hold the process if the runtime
    /// handles the event itself, and `None` if the handler has to handle it.
    pub(crate) fn take_event(
        &self,
        function: &FunctionEntry,
        payload: &[u8],
        context: &Context,
    ) -> Option<Duration> {
        let cold_start = function.cold_start.as_ref()?;
        let held = (cold_start.take_event)(cold_start, function.id, self, payload, context);
        #[cfg(feature = "tracing")]
        if held.is_some() {
            process::mark_warm();
        }
        held
    }

    /// Makes a start that is ready now; `kind` is how Lambda started the process, and `None` if the start is
    /// not counted.
    fn from_initialization_type(kind: Option<String>, has_pings: bool) -> Self {
        let counted = kind.map(|kind| CountedStart { ready: SystemTime::now(), kind, has_pings });
        Self { counted, reported: AtomicBool::new(false) }
    }

    /// Writes the metric of the start when the first event comes; `is_ping` is whether the runtime handles this
    /// event itself.
    pub(super) fn report(&self, is_ping: bool, context: &Context) {
        let Some(counted) = &self.counted else { return };
        if self.reported.load(Ordering::Relaxed) || self.reported.swap(true, Ordering::Relaxed) {
            return;
        }
        let now = SystemTime::now();
        let started = counted.cause(is_ping, now);
        write_line(&counted.metric(started, now, context));
    }
}

impl CountedStart {
    /// Returns why Lambda started the process, when its first event comes at `now`; `is_ping` is whether the
    /// runtime handles this event itself.
    fn cause(&self, is_ping: bool, now: SystemTime) -> StartCause {
        match is_ping {
            _ if process::is_started_ahead(&self.kind, self.ready, now) => StartCause::AheadOfNeed,
            true => StartCause::Ping,
            false => StartCause::Event,
        }
    }

    /// Returns the metric of a start in `CloudWatch`'s embedded metric format. See "Specification: Embedded
    /// metric format" in the Amazon `CloudWatch` User Guide.
    fn metric(&self, started: StartCause, now: SystemTime, context: &Context) -> Value {
        let cold = u8::from(started == StartCause::Event);
        let mut metrics = vec![json!({ "Name": "ColdStart", "Unit": "Count" })];
        if self.has_pings {
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
        if self.has_pings {
            metric["PingStart"] = u8::from(started == StartCause::Ping).into();
        }
        if let Some(level) = log_format::metrics_log_level() {
            metric["level"] = level.into();
            metric["timestamp"] = Timestamp(now).to_string().into();
        }
        metric
    }
}

/// Writes a metric to the log as one line. It ignores errors: an invocation must not fail because standard
/// output is closed.
fn write_line(metric: &Value) {
    let _ = std::io::stdout().lock().write_all(format!("{metric}\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::process::{AHEAD_OF_NEED, ON_DEMAND};

    fn counted(kind: &str) -> CountedStart {
        ProcessStart::from_initialization_type(Some(kind.to_owned()), true).counted.unwrap()
    }

    #[test]
    fn a_start_is_cold_if_an_event_waited_for_it() {
        let on_demand = counted(ON_DEMAND);
        let (soon, late) = (on_demand.ready + AHEAD_OF_NEED, on_demand.ready + AHEAD_OF_NEED * 2);
        assert_eq!(on_demand.cause(false, soon), StartCause::Event);
        assert_eq!(on_demand.cause(true, soon), StartCause::Ping);
        assert_eq!(on_demand.cause(false, late), StartCause::AheadOfNeed);
        assert_eq!(on_demand.cause(true, late), StartCause::AheadOfNeed);
        // The clock was set back in the meantime.
        assert_eq!(on_demand.cause(false, UNIX_EPOCH), StartCause::Event);
    }

    #[test]
    fn a_process_that_lambda_starts_ahead_of_need_is_not_cold() {
        for kind in ["provisioned-concurrency", "snap-start", "lambda-managed-instances"] {
            let ahead = counted(kind);
            assert_eq!(ahead.cause(false, ahead.ready), StartCause::AheadOfNeed, "{kind}");
        }
    }

    #[test]
    fn the_metric_is_in_the_embedded_format_of_cloudwatch() {
        let context = Context::new("request-1");
        let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
        let metric = |kind: &str, started| counted(kind).metric(started, now, &context);
        let count = |name: &str| json!({ "Name": name, "Unit": "Count" });
        assert_eq!(
            metric(ON_DEMAND, StartCause::Event),
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
        assert_eq!(values(metric(ON_DEMAND, StartCause::Ping)), (json!(0), json!(1)));
        assert_eq!(values(metric(ON_DEMAND, StartCause::AheadOfNeed)), (json!(0), json!(0)));
        let without_pings = CountedStart { has_pings: false, ..counted(ON_DEMAND) };
        let metric = without_pings.metric(StartCause::Event, now, &context);
        assert_eq!(values(metric.clone()), (json!(1), Value::Null));
        let named = &metric["_aws"]["CloudWatchMetrics"][0]["Metrics"];
        assert_eq!(*named, json!([count("ColdStart")]));
    }

    #[test]
    fn nothing_is_counted_outside_lambda() {
        assert!(ProcessStart::from_initialization_type(None, true).counted.is_none());
    }
}
