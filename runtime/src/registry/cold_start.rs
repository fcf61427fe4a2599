//! [`ColdStartSettings`], the macro's entry for a function that is kept warm or counts its cold starts; and
//! [`ProcessStart`], what is known of the start of this process until its first event. The module
//! `cold_start` has the code, which the entry reaches by a function pointer.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::invocation::Context;

/// How a function is kept warm, and whether its cold starts are counted.
pub struct ColdStartSettings {
    /// How long each ping is held, if a rule of the template keeps the function warm.
    pub(crate) hold: Option<Duration>,
    /// Whether the handler handles scheduled events.
    pub(crate) ticks: TickHandling,
    /// Whether its cold starts are counted.
    pub(crate) counts_cold_starts: bool,
    /// Looks at an event of the function with that id before the handler gets it. Returns how long to hold
    /// the process if the runtime handles the event itself.
    pub(crate) take_event: fn(&Self, &str, &ProcessStart, &[u8], &Context) -> Option<Duration>,
}

/// Who handles the event that a schedule sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TickHandling {
    /// The handler, like any other event.
    ByHandler,
    /// The runtime: the handler cannot take the event, which only keeps the function warm.
    ByRuntime,
}

/// The start of a process, until its first event shows what it was started for.
pub(crate) struct ProcessStart {
    /// The start, if it has to be counted.
    pub(crate) counted: Option<CountedStart>,
    pub(crate) reported: AtomicBool,
}

/// A start that has to be counted.
pub(crate) struct CountedStart {
    /// When the process was ready, by the wall clock: a monotonic clock stops while Lambda freezes the
    /// process.
    pub(crate) ready: SystemTime,
    /// How Lambda started the process.
    pub(crate) kind: String,
    /// Whether pings can start processes as well.
    pub(crate) has_pings: bool,
}
