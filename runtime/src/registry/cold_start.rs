//! [`ColdStartSettings`], the macro's entry for a function that is kept warm or counts its cold starts; and
//! [`ProcessStart`], the facts about the start of this process that are needed until its first event. The
//! module `cold_start` has the code, which the entry calls through a function pointer.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::invocation::Context;

/// Says how a function is kept warm, and whether its cold starts are counted.
pub struct ColdStartSettings {
    /// How long the process is held for each ping; `None` if no rule of the template keeps the function warm.
    pub(crate) hold: Option<Duration>,
    /// Whether the handler or the runtime handles the function's scheduled events.
    pub(crate) ticks: TickHandling,
    /// Whether the function's cold starts are counted.
    pub(crate) counts_cold_starts: bool,
    /// Looks at an event before the handler gets it. Takes the logical id of the function, the start of the
    /// process, the payload and the context of the event. Returns how long to hold the process if the runtime
    /// handles the event itself, and `None` if the handler has to handle it.
    pub(crate) take_event: fn(&Self, &str, &ProcessStart, &[u8], &Context) -> Option<Duration>,
}

/// Says who handles the event that a schedule sends to a function.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TickHandling {
    /// The handler handles a scheduled event like any other event.
    ByHandler,
    /// The runtime handles a scheduled event: the handler cannot take it, and it only keeps the function warm.
    ByRuntime,
}

/// The start of this process, until the first event shows why Lambda started the process.
pub(crate) struct ProcessStart {
    /// The start; `None` if it is not counted.
    pub(crate) counted: Option<CountedStart>,
    /// Whether the start was reported already.
    pub(crate) reported: AtomicBool,
}

/// The start of a process whose function counts its cold starts.
pub(crate) struct CountedStart {
    /// When the process was ready, by the wall clock: a monotonic clock stops while Lambda freezes the
    /// process.
    pub(crate) ready: SystemTime,
    /// How Lambda started the process: the value of `AWS_LAMBDA_INITIALIZATION_TYPE`.
    pub(crate) kind: String,
    /// Whether a rule of the template keeps the function warm, so that a ping may have started the process.
    pub(crate) has_pings: bool,
}
