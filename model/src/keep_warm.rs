//! Pings that keep a function warm: how often they are sent, how many are sent at the same moment, and how long
//! the function holds each ping. A ping that is held occupies its environment, so that the next ping goes to
//! another environment.
// See decision 0077.

use serde::Serialize;

use crate::aws::limits::{self, DEFAULT_HOLD_MS, HOLD_MS};
use crate::bounded::bounded;
use crate::duration::Milliseconds;
use crate::schedule::ScheduleExpression;

bounded! {
    /// The number of environments that pings keep warm. All pings are targets of one rule, because two rules
    /// with the same schedule can fire almost a minute apart.
    Instances: limits::RULE_TARGETS, "count of instances", "";
}

/// The pings that keep a function warm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepWarm {
    /// The schedule on which the pings are sent.
    pub every: ScheduleExpression,
    /// The number of pings that are sent at the same moment.
    pub instances: Instances,
    /// How long the function holds each ping, if the user set it.
    #[serde(rename = "hold_ms", skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
}

impl KeepWarm {
    /// Returns how long the function holds each ping, in milliseconds. By default, a single ping is not held,
    /// and the result is 0.
    #[must_use]
    pub fn hold_ms(&self) -> u32 {
        let several = self.instances.get() > 1;
        self.hold.map_or(if several { DEFAULT_HOLD_MS } else { 0 }, Hold::get)
    }

    /// Describes the pings for people: `keep 3 warm, rate(5 minutes)`.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.instances.get() {
            1 => format!("keep warm, {}", self.every),
            several => format!("keep {several} warm, {}", self.every),
        }
    }
}

/// Creates the settings for one ping at each time of the schedule.
impl From<ScheduleExpression> for KeepWarm {
    fn from(every: ScheduleExpression) -> Self {
        Self { every, instances: Instances(*limits::RULE_TARGETS.start()), hold: None }
    }
}

/// How long a function holds a ping: at least 1 ms, at most 30 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Hold(u32);

impl Hold {
    /// Returns the length of the hold in milliseconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<Milliseconds> for Hold {
    type Error = HoldError;

    fn try_from(length: Milliseconds) -> Result<Self, HoldError> {
        let held = u32::try_from(length.get()).ok().filter(|it| HOLD_MS.contains(it));
        held.map(Self).ok_or(HoldError(length))
    }
}

/// The error of a length of time for which no ping can be held. The text of the error is in
/// `messages/values.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldError(pub(crate) Milliseconds);

impl std::error::Error for HoldError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ping_is_held_for_at_most_30_seconds() {
        let held = |milliseconds| Hold::try_from(Milliseconds::new(milliseconds));
        for milliseconds in [1, 100, 30_000] {
            assert_eq!(held(milliseconds).map(|it| u64::from(it.get())), Ok(milliseconds));
        }
        for milliseconds in [0, 30_001, u64::MAX] {
            assert_eq!(held(milliseconds), Err(HoldError(Milliseconds::new(milliseconds))));
        }
    }

    #[test]
    fn a_single_ping_is_not_held_by_default_and_several_are() {
        let mut keep_warm =
            KeepWarm::from("rate(5 minutes)".parse::<ScheduleExpression>().unwrap());
        assert_eq!(keep_warm.hold_ms(), 0);
        assert_eq!(keep_warm.summary(), "keep warm, rate(5 minutes)");
        keep_warm.instances = Instances::try_from(3).unwrap();
        assert_eq!(keep_warm.hold_ms(), DEFAULT_HOLD_MS);
        assert_eq!(keep_warm.summary(), "keep 3 warm, rate(5 minutes)");
        keep_warm.hold = Some(Hold(100));
        assert_eq!(keep_warm.hold_ms(), 100);
    }

    #[test]
    fn the_default_hold_is_shorter_than_every_timeout() {
        assert!(DEFAULT_HOLD_MS < limits::TIMEOUT_SECONDS.start() * 1_000);
    }
}
