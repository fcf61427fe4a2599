//! This process: whether it runs in Lambda, its environment variables, how Lambda started it, and whether its
//! start was cold, which means that an event waited for it. Used by the metric and by the field `coldStart`
//! of the log.

use std::time::{Duration, SystemTime};

use crate::{Error, messages};

/// The address of the runtime API. Lambda sets it in each of its processes; nothing else does.
pub(crate) const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// Whether this process runs in Lambda.
pub(crate) fn is_lambda() -> bool {
    std::env::var_os(RUNTIME_API).is_some()
}

/// Returns an environment variable that the template sets, or an error if it is missing or empty.
pub(crate) fn require_variable(name: &str) -> Result<String, Error> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| messages::startup::variable_not_set(name))
}

/// How Lambda started the process. Lambda sets it in each of its processes; see "Defined runtime environment
/// variables" in the AWS Lambda Developer Guide.
const INITIALIZATION_TYPE: &str = "AWS_LAMBDA_INITIALIZATION_TYPE";
pub(crate) const ON_DEMAND: &str = "on-demand";

/// If an event makes Lambda start a process, the event is delivered as soon as the process is ready. A
/// process that has been ready for longer than this was started ahead of need. Other tools that measure it
/// use the same threshold.
pub(crate) const AHEAD_OF_NEED: Duration = Duration::from_secs(10);

/// How Lambda started this process.
pub(crate) fn initialization_type() -> Option<String> {
    std::env::var(INITIALIZATION_TYPE).ok()
}

/// Whether a process of that kind, ready at that time, was started ahead of its first event, which comes now.
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

    /// The invocation that the process was started for, if there is one.
    static FIRST: OnceLock<Option<Context>> = OnceLock::new();

    /// Records that the process is ready for its first event.
    pub(crate) fn mark_ready() {
        READY.get_or_init(SystemTime::now);
    }

    /// Whether this invocation is the first of the process, and the process was started for it.
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

    /// Records that the runtime handled an event itself: the process is warm from now on.
    pub(crate) fn mark_warm() {
        FIRST.get_or_init(|| None);
    }
}
