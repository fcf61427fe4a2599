//! Cold starts: what the runtime does with the events of a function that is kept warm, or counts its cold
//! starts, before the function sees any of them. A function that has nothing of this has no
//! [`Warmth`] in its entry, so that its binary has none of the code either: a small binary starts sooner.

mod start;
mod tick;

use std::time::Duration;

pub(crate) use tick::hold;

use crate::Context;
use crate::registry::{Start, Ticks, Warmth};

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
