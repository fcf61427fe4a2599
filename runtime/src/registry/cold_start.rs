//! [`ColdStartSettings`]: how a function is kept warm and whether its cold starts are counted, as the macro enters it;
//! and [`ProcessStart`], what its process is known by until the first event. The code is the room `cold_start`'s,
//! and reached by a pointer.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::invocation::Context;

/// How a function is kept warm, and what it counts of its starts.
pub struct ColdStartSettings {
    /// Where a rule of the template keeps it warm: for how long each of its pings is held.
    pub(crate) hold: Option<Duration>,
    /// What becomes of the events of its schedule.
    pub(crate) ticks: TickHandling,
    /// Whether it counts its cold starts.
    pub(crate) counts_cold_starts: bool,
    /// Looks at an event of the function with that id before the function does.
    pub(crate) take_event: fn(&Self, &str, &ProcessStart, &[u8], &Context) -> Option<Duration>,
}

/// What becomes of the event that a schedule sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TickHandling {
    /// It goes to the handler, as every other payload does.
    ByHandler,
    /// The handler cannot take it: it only keeps the function warm.
    ByRuntime,
}

/// The start of a process, until its first event tells of what kind it was.
pub(crate) struct ProcessStart {
    /// The start, where it is to be counted.
    pub(crate) counted: Option<CountedStart>,
    pub(crate) reported: AtomicBool,
}

/// A start that is to be counted.
pub(crate) struct CountedStart {
    /// By the clock on the wall: one that only goes forward stands still while Lambda freezes it.
    pub(crate) ready: SystemTime,
    /// How Lambda started it.
    pub(crate) kind: String,
    /// Whether pings start processes too.
    pub(crate) has_pings: bool,
}
