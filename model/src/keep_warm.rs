//! Pings that keep a function warm: how often, how many at the same moment, and for how long each
//! occupies the environment that it reaches. While one does, the next has to go to another one.

use std::fmt;

use serde::Serialize;

use crate::aws::limits::{self, DEFAULT_HOLD_MS, HOLD_MS};
use crate::bounded::bounded;
use crate::duration::Milliseconds;
use crate::schedule::ScheduleExpression;

bounded! {
    /// How many environments are kept warm. All pings are targets of one rule, since two rules of
    /// one schedule may fire most of a minute apart.
    Instances: limits::RULE_TARGETS, "count of instances", "";
}

/// The pings of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepWarm {
    /// When they come.
    pub every: ScheduleExpression,
    /// How many come at the same moment.
    pub instances: Instances,
    /// For how long each is held, where the user said so.
    #[serde(rename = "hold_ms", skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
}

impl KeepWarm {
    /// For how long each ping is held, in milliseconds: one alone need not be.
    #[must_use]
    pub fn hold_ms(&self) -> u32 {
        let several = self.instances.get() > 1;
        self.hold.map_or(if several { DEFAULT_HOLD_MS } else { 0 }, Hold::get)
    }

    /// What it is, for people: `keep 3 warm, rate(5 minutes)`.
    #[must_use]
    pub fn summary(&self) -> String {
        match self.instances.get() {
            1 => format!("keep warm, {}", self.every),
            several => format!("keep {several} warm, {}", self.every),
        }
    }
}

/// One ping at a time.
impl From<ScheduleExpression> for KeepWarm {
    fn from(every: ScheduleExpression) -> Self {
        Self { every, instances: Instances(*limits::RULE_TARGETS.start()), hold: None }
    }
}

/// How long a ping is held.
///
/// # Errors
///
/// Nothing at all, and more than 30 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Hold(u32);

impl Hold {
    /// The milliseconds.
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

/// A length of time for which no ping can be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldError(Milliseconds);

impl fmt::Display for HoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (HOLD_MS.start(), HOLD_MS.end() / 1_000);
        write!(f, "a ping cannot be held for {}: from {least} ms to {most} s", self.0)
    }
}

impl std::error::Error for HoldError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ping_is_held_for_some_time_and_not_for_long() {
        let held = |milliseconds| Hold::try_from(Milliseconds::new(milliseconds));
        for milliseconds in [1, 100, 30_000] {
            assert_eq!(held(milliseconds).map(|it| u64::from(it.get())), Ok(milliseconds));
        }
        for milliseconds in [0, 30_001, u64::MAX] {
            assert_eq!(held(milliseconds), Err(HoldError(Milliseconds::new(milliseconds))));
        }
    }

    #[test]
    fn one_ping_alone_is_not_held_and_several_are() {
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
    fn a_default_hold_fits_into_every_timeout() {
        assert!(DEFAULT_HOLD_MS < limits::TIMEOUT_SECONDS.start() * 1_000);
    }
}
