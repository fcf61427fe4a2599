//! Cold starts: what the runtime does with the events of a function that is kept warm or counts its cold
//! starts, before the handler gets them. A *ping* is the event of the rule that keeps a function warm; a
//! *tick* is a ping or a scheduled event. A function without keep-warm and counting has no
//! [`ColdStartSettings`], so that its binary has none of this code: a small binary starts sooner.

mod keep_warm;
mod start;

use std::time::Duration;

pub(crate) use keep_warm::hold_process;

use crate::Context;
use crate::registry::{ColdStartSettings, ProcessStart, TickHandling};

impl ColdStartSettings {
    /// Settings of a function whose pings, if it has any, are held that long.
    #[must_use]
    pub const fn new(
        hold: Option<Duration>,
        ticks: TickHandling,
        counts_cold_starts: bool,
    ) -> Self {
        Self { hold, ticks, counts_cold_starts, take_event: Self::take_event }
    }

    /// Looks at an event of the function with that id. Counts the start of the process if this is its first
    /// event. Returns how long to hold the process if the runtime handles the event itself.
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
