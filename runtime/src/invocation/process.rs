//! This process: whether it runs in Lambda, its environment variables, how Lambda started it, and whether its
//! start was cold, which means that an event waited for the start. The metric of cold starts and the field
//! `coldStart` of the log use it.

use std::time::{Duration, SystemTime};

use crate::{Error, messages};

/// The environment variable with the address of the runtime API. Lambda sets it in each of its processes, and
/// nothing else sets it.
pub(crate) const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// Returns whether this process runs in Lambda.
pub(crate) fn is_lambda() -> bool {
    std::env::var_os(RUNTIME_API).is_some()
}

/// Returns the value of an environment variable that the template sets, or an error if the variable is missing
/// or empty.
pub(crate) fn require_variable(name: &str) -> Result<String, Error> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    value.ok_or_else(|| messages::startup::variable_not_set(name, is_lambda()))
}

/// The environment variable that says how Lambda started the process. Lambda sets it in each of its processes;
/// see "Defined runtime environment variables" in the AWS Lambda Developer Guide.
const INITIALIZATION_TYPE: &str = "AWS_LAMBDA_INITIALIZATION_TYPE";
/// The value of `AWS_LAMBDA_INITIALIZATION_TYPE` in a process that Lambda started when an event needed it.
pub(crate) const ON_DEMAND: &str = "on-demand";

/// How long a process may be ready before its first event and still count as started by that event. If an event
/// makes Lambda start a process, Lambda delivers the event as soon as the process is ready. So Lambda started a
/// process ahead of need if the process was ready for longer than this. Other tools that count cold starts use
/// the same threshold.
pub(crate) const AHEAD_OF_NEED: Duration = Duration::from_secs(10);

/// Returns how Lambda started this process; `None` outside Lambda.
pub(crate) fn initialization_type() -> Option<String> {
    std::env::var(INITIALIZATION_TYPE).ok()
}

/// Returns whether Lambda ends this process at the function's timeout if it is still busy with an invocation. Lambda
/// does so wherever it sends one invocation at a time, and says so by how it started the process; emulators and managed
/// instances do not.
pub(crate) fn is_ended_at_timeout() -> bool {
    let kinds = [ON_DEMAND, "provisioned-concurrency", "snap-start"];
    initialization_type().is_some_and(|kind| kinds.contains(&kind.as_str()))
}

/// Returns whether Lambda started a process ahead of its first event. `kind` is how Lambda started the process,
/// `ready` is when the process was ready, and `now` is when its first event comes.
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

    /// The time at which the process was ready for its first event.
    static READY: OnceLock<SystemTime> = OnceLock::new();

    /// The invocation that Lambda started the process for; `None` if no event waited for the start.
    static FIRST: OnceLock<Option<Context>> = OnceLock::new();

    /// Records that the process is ready for its first event.
    pub(crate) fn mark_ready() {
        READY.get_or_init(SystemTime::now);
    }

    /// Returns whether this invocation is the first of the process, and Lambda started the process for it.
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

    /// Records that the runtime handled an event itself, so that no later invocation counts as a cold start.
    pub(crate) fn mark_warm() {
        FIRST.get_or_init(|| None);
    }
}
