//! Warmth: what the runtime does with the events of a function that is kept warm, or counts its cold
//! starts, before the function sees any of them. A function that has nothing of this says so with a
//! pointer that is not there, so that its binary has none of the code either: a small binary starts sooner.

mod cold;
mod start;
mod tick;

use std::time::Duration;

#[cfg(feature = "tracing")]
pub(crate) use cold::is_cold;
pub(crate) use start::Start;
pub(crate) use tick::hold;
pub use tick::{Otherwise, Probe};

use crate::Context;

/// How a function is kept warm, and what it counts of its starts.
pub struct Warmth {
    /// Where a rule of the template keeps it warm: for how long each of its pings is held.
    hold: Option<Duration>,
    /// What becomes of the events of its schedule.
    ticks: Ticks,
    /// Whether it counts its cold starts.
    cold_starts: bool,
    meet: fn(&Self, &str, &Start, &[u8], &Context) -> Option<Duration>,
}

/// What becomes of the event that a schedule sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ticks {
    /// It goes to the handler, as every other payload does.
    Delivered,
    /// The handler cannot take it: it only keeps the function warm.
    Answered,
}

impl Warmth {
    /// That of a function whose pings, where it has any, are held that long.
    #[must_use]
    pub const fn new(hold: Option<Duration>, ticks: Ticks, cold_starts: bool) -> Self {
        Self { hold, ticks, cold_starts, meet: Self::meet }
    }

    /// Looks at an event of the function with that id: counts the start that it is the first of, and gives
    /// how long it is to be held where it is a tick that the runtime answers.
    fn meet(&self, id: &str, start: &Start, payload: &[u8], context: &Context) -> Option<Duration> {
        let held = self.tick(id, payload);
        start.event(held.is_some(), context);
        held
    }
}
