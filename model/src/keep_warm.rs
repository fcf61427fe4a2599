//! Pings that keep a function warm: how often, how many at the same moment, and for how long each
//! occupies the environment that it reaches. While one does, the next has to go to another one.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::bounded::bounded;
use crate::duration::Duration;
use crate::limits;
use crate::schedule::Schedule;

bounded! {
    /// How many environments are kept warm. All pings are targets of one rule, since two rules of
    /// one schedule may fire most of a minute apart.
    Instances: limits::RULE_TARGETS, "count of instances", "";
}

/// How long a ping may be held, in milliseconds: past half of the shortest period it would run into
/// the next one, and long before that it only costs.
const HOLD_MS: std::ops::RangeInclusive<u32> = 1..=30_000;

/// What a ping is held for where there are several and nothing is said, in milliseconds.
///
/// EventBridge hands the targets of a rule to Lambda within some hundred milliseconds of each other.
const DEFAULT_HOLD_MS: u32 = 500;

/// The pings of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepWarm {
    /// When they come.
    pub every: Schedule,
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
impl From<Schedule> for KeepWarm {
    fn from(every: Schedule) -> Self {
        Self { every, instances: Instances(*limits::RULE_TARGETS.start()), hold: None }
    }
}

/// How long a ping is held: `100ms`, or a [`Duration`].
///
/// ```
/// use skylift_model::keep_warm::Hold;
///
/// assert_eq!("100ms".parse::<Hold>()?.get(), 100);
/// assert_eq!("2 seconds".parse::<Hold>()?.get(), 2_000);
/// # Ok::<(), skylift_model::keep_warm::HoldError>(())
/// ```
///
/// # Errors
///
/// Parsing refuses what is no length of time, nothing at all, and more than 30 seconds.
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

impl FromStr for Hold {
    type Err = HoldError;

    fn from_str(text: &str) -> Result<Self, HoldError> {
        let number = ["ms", " milliseconds", " millisecond"];
        let number = number.iter().find_map(|unit| text.strip_suffix(unit)?.parse::<u64>().ok());
        let length = match number {
            Some(number) => Some(number),
            None => match text.parse::<Duration>() {
                Ok(duration) => duration.seconds().checked_mul(1_000),
                Err(_) => return Err(HoldError::NoTime(text.to_owned())),
            },
        };
        let length = length.and_then(|length| u32::try_from(length).ok());
        match length.filter(|length| HOLD_MS.contains(length)) {
            Some(length) => Ok(Self(length)),
            None => Err(HoldError::OutOfRange(text.to_owned())),
        }
    }
}

/// Why a text is no [`Hold`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldError {
    /// It is no length of time.
    NoTime(String),
    /// It is none at all, or too long.
    OutOfRange(String),
}

impl fmt::Display for HoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTime(text) => write!(f, "`{text}` is no length of time"),
            Self::OutOfRange(text) => {
                let (least, most) = (HOLD_MS.start(), HOLD_MS.end() / 1_000);
                write!(f, "a ping cannot be held for `{text}`: from {least} ms to {most} s")
            }
        }
    }
}

impl std::error::Error for HoldError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_is_written_in_milliseconds_or_as_any_duration() {
        for (text, milliseconds) in [
            ("1ms", 1),
            ("100ms", 100),
            ("100 milliseconds", 100),
            ("1 millisecond", 1),
            ("2s", 2_000),
            ("30 seconds", 30_000),
        ] {
            assert_eq!(text.parse(), Ok(Hold(milliseconds)), "{text}");
        }
        for text in ["", "100", "ms", "0.5s", "-1ms", "soon", "1h30m"] {
            assert_eq!(text.parse::<Hold>(), Err(HoldError::NoTime(text.to_owned())), "{text}");
        }
        for text in ["0ms", "0s", "31s", "30001ms", "1h", "99999999999ms", "213503982334601 days"] {
            assert_eq!(text.parse::<Hold>(), Err(HoldError::OutOfRange(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn one_ping_alone_is_not_held_and_several_are() {
        let mut keep_warm = KeepWarm::from("rate(5 minutes)".parse::<Schedule>().unwrap());
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
