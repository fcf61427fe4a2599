//! This process: whether it is one of Lambda's, how Lambda started it, and whether its start was cold, so
//! that somebody's event waited for it, and its environment. For the metric and for the field `coldStart` of the log alike.

use std::time::{Duration, SystemTime};

use crate::{Error, messages};

/// Where the runtime API is: set by Lambda in each of its processes, and nowhere else.
pub(crate) const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// Whether this process is one of Lambda's.
pub(crate) fn is_lambda() -> bool {
    std::env::var_os(RUNTIME_API).is_some()
}

/// What the template set an environment variable to.
pub(crate) fn require_variable(name: &str) -> Result<String, Error> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| messages::startup::variable_not_set(name))
}

/// Set by Lambda in each of its processes, and nowhere else: "Defined runtime environment variables" of
/// the AWS Lambda Developer Guide.
const INITIALIZATION_TYPE: &str = "AWS_LAMBDA_INITIALIZATION_TYPE";
pub(crate) const ON_DEMAND: &str = "on-demand";

/// Who makes Lambda start a process waits for it, and gets its answer as soon as it is ready. One that
/// has been ready for longer was started ahead of need; others who measure it draw the same line.
pub(crate) const AHEAD_OF_NEED: Duration = Duration::from_secs(10);

/// How Lambda started this process.
pub(crate) fn initialization_type() -> Option<String> {
    std::env::var(INITIALIZATION_TYPE).ok()
}

/// Whether a process of that kind, ready since then, was started ahead of the event that now comes first.
pub(crate) fn is_started_ahead(kind: &str, ready: SystemTime, now: SystemTime) -> bool {
    kind != ON_DEMAND || now.duration_since(ready).unwrap_or_default() > AHEAD_OF_NEED
}

#[cfg(feature = "tracing")]
pub(crate) use first_event::{is_cold_start, mark_ready, mark_warm};

#[cfg(feature = "tracing")]
mod first_event {
    use std::sync::OnceLock;
    use std::time::SystemTime;

    use super::{ON_DEMAND, initialization_type, is_started_ahead};
    use crate::invocation::context::Context;

    static READY: OnceLock<SystemTime> = OnceLock::new();

    /// The invocation that the process was started for, where it was started for one.
    static FIRST: OnceLock<Option<Context>> = OnceLock::new();

    /// The process is ready for its first event.
    pub(crate) fn mark_ready() {
        READY.get_or_init(SystemTime::now);
    }

    /// Whether nothing was invoked in this process before, and it was started for this invocation.
    pub(crate) fn is_cold_start(context: &Context) -> bool {
        let first = FIRST.get_or_init(|| {
            let now = SystemTime::now();
            let ready = READY.get().copied().unwrap_or(now);
            let ahead =
                is_started_ahead(initialization_type().as_deref().unwrap_or(ON_DEMAND), ready, now);
            (!ahead).then(|| context.clone())
        });
        first.as_ref().is_some_and(|first| first.is_same_invocation(context))
    }

    /// A tick came that no handler sees: the process is warm from now on.
    pub(crate) fn mark_warm() {
        FIRST.get_or_init(|| None);
    }
}
