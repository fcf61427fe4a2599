//! [`Warmth`]: how a function is kept warm and whether its cold starts are counted, as the macro enters it;
//! and [`Start`], what its process is known by until the first event. The code is the room `cold_start`'s,
//! and reached by a pointer.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::invocation::Context;

/// How a function is kept warm, and what it counts of its starts.
pub struct Warmth {
    /// Where a rule of the template keeps it warm: for how long each of its pings is held.
    pub(crate) hold: Option<Duration>,
    /// What becomes of the events of its schedule.
    pub(crate) ticks: Ticks,
    /// Whether it counts its cold starts.
    pub(crate) cold_starts: bool,
    /// Looks at an event of the function with that id before the function does.
    pub(crate) meet: fn(&Self, &str, &Start, &[u8], &Context) -> Option<Duration>,
}

/// What becomes of the event that a schedule sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ticks {
    /// It goes to the handler, as every other payload does.
    Delivered,
    /// The handler cannot take it: it only keeps the function warm.
    Answered,
}

/// The start of a process, until its first event tells of what kind it was.
pub(crate) struct Start {
    /// The start, where it is to be counted.
    pub(crate) counted: Option<Counted>,
    pub(crate) told: AtomicBool,
}

/// A start that is to be counted.
pub(crate) struct Counted {
    /// By the clock on the wall: one that only goes forward stands still while Lambda freezes it.
    pub(crate) ready: SystemTime,
    /// How Lambda started it.
    pub(crate) kind: String,
    /// Whether pings start processes too.
    pub(crate) pinged: bool,
}
