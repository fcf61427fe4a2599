//! Cold starts: the work of the runtime for a function that is kept warm or counts its cold starts. The runtime
//! looks at each event before the handler gets it. A *ping* is the event of the rule that keeps a function
//! warm; a *tick* is a ping or a scheduled event. A function that is neither kept warm nor counted has no
//! [`ColdStartSettings`], so that its binary does not contain this code: a small binary starts sooner.

mod keep_warm;
mod start;

use std::time::Duration;

pub(crate) use keep_warm::hold_process;

use crate::Context;
use crate::registry::{ColdStartSettings, ProcessStart, TickHandling};

impl ColdStartSettings {
    /// Makes the settings of a function. `hold` is how long its pings are held; `None` if no rule keeps it
    /// warm.
    #[must_use]
    pub const fn new(
        hold: Option<Duration>,
        ticks: TickHandling,
        counts_cold_starts: bool,
    ) -> Self {
        Self { hold, ticks, counts_cold_starts, take_event: Self::take_event }
    }

    /// Looks at an event before the handler gets it; `id` is the logical id of the function. Reports the start
    /// of the process if this is its first event. Returns how long to hold the process if the runtime handles
    /// the event itself, and `None` if the handler has to handle it.
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
