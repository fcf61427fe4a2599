//! Cold starts: what the runtime does with the events of a function that is kept warm, or counts its cold
//! starts, before the function sees any of them. A function that has nothing of this has no
//! [`ColdStartSettings`] in its entry, so that its binary has none of the code either: a small binary starts sooner.

mod keep_warm;
mod start;

use std::time::Duration;

pub(crate) use keep_warm::hold_process;

use crate::Context;
use crate::registry::{ColdStartSettings, ProcessStart, TickHandling};

impl ColdStartSettings {
    /// That of a function whose pings, where it has any, are held that long.
    #[must_use]
    pub const fn new(
        hold: Option<Duration>,
        ticks: TickHandling,
        counts_cold_starts: bool,
    ) -> Self {
        Self { hold, ticks, counts_cold_starts, take_event: Self::take_event }
    }

    /// Looks at an event of the function with that id: counts the start that it is the first of, and gives
    /// how long it is to be held where it is a tick that the runtime answers.
    fn take_event(
        &self,
        id: &str,
        start: &ProcessStart,
        payload: &[u8],
        context: &Context,
    ) -> Option<Duration> {
        let held = self.tick(id, payload);
        start.report(held.is_some(), context);
        held
    }
}
