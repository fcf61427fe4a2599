//! Provisioned concurrency: how many environments are kept started, whether their use decides it
//! between two bounds, and the times at which the bounds change.

use std::fmt;

use serde::Serialize;

use crate::aws::limits;
use crate::bounded::{OutOfRange, bounded};
use crate::schedule::ActionSchedule;
use crate::time_zone::TimeZone;

/// The environment variable that changes with what a function is set to. The alias shows a version, and
/// SAM makes a new one where code, memory or environment change, and nowhere else.
pub const SETTINGS_VARIABLE: &str = "SKYLIFT_SETTINGS";

/// How many characters its value has.
pub const SETTINGS_LEN: usize = 16;

bounded! {
    /// A number of environments that are kept started.
    EnvironmentCount: limits::PROVISIONED_ENVIRONMENTS, "provisioned concurrency", "";
}

/// How many environments are kept started.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvisionedConcurrency {
    /// As few as there may be, and as many as a deployment starts.
    pub min: EnvironmentCount,
    /// As many as there may be.
    pub max: EnvironmentCount,
    /// The share of them that is to be in use, where the user said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Utilization>,
    /// When other bounds begin to hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<ScheduledBounds>,
}

/// Bounds that hold from some time on, until the next ones do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScheduledBounds {
    /// When they begin to hold.
    pub at: ActionSchedule,
    /// As few as there may be.
    pub min: EnvironmentCount,
    /// As many as there may be.
    pub max: EnvironmentCount,
    /// The time zone of `at`; UTC where none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZone>,
}

impl ScheduledBounds {
    /// When the bounds begin to hold, and in which time zone.
    #[must_use]
    pub fn start(&self) -> (&ActionSchedule, &str) {
        (&self.at, self.time_zone.as_ref().map_or(TimeZone::UTC, TimeZone::as_str))
    }
}

impl ProvisionedConcurrency {
    /// Whether anything ever changes the number.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        self.min < self.max || !self.schedules.is_empty()
    }

    /// The share of the environments that is to be in use; none where there never is room between
    /// the bounds, so that use has nothing to decide.
    #[must_use]
    pub fn target_utilization(&self) -> Option<Utilization> {
        let later = self.schedules.iter().any(|it| it.min < it.max);
        (self.min < self.max || later).then(|| self.target.unwrap_or(Utilization::DEFAULT))
    }
}

/// A number that nothing changes.
impl TryFrom<u64> for ProvisionedConcurrency {
    type Error = OutOfRange;

    fn try_from(number: u64) -> Result<Self, OutOfRange> {
        let number = EnvironmentCount::try_from(number)?;
        Ok(Self { min: number, max: number, target: None, schedules: Vec::new() })
    }
}

/// The share of the provisioned environments that is to be in use, such as `0.7`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Utilization(f64);

impl Utilization {
    /// What holds where nothing is said.
    pub const DEFAULT: Self = Self(limits::DEFAULT_PROVISIONED_UTILIZATION);

    /// The share.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Utilization {
    type Error = InvalidUtilization;

    fn try_from(share: f64) -> Result<Self, InvalidUtilization> {
        if limits::PROVISIONED_UTILIZATION.contains(&share) {
            return Ok(Self(share));
        }
        Err(InvalidUtilization(share))
    }
}

/// A share that Application Auto Scaling does not take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InvalidUtilization(f64);

impl fmt::Display for InvalidUtilization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) =
            (limits::PROVISIONED_UTILIZATION.start(), limits::PROVISIONED_UTILIZATION.end());
        write!(f, "target of {} is out of range: AWS takes {least} to {most}", self.0)
    }
}

impl std::error::Error for InvalidUtilization {}

#[cfg(test)]
mod tests {
    use super::*;

    fn environments(number: u64) -> EnvironmentCount {
        EnvironmentCount::try_from(number).unwrap()
    }

    #[test]
    fn use_decides_only_where_there_is_room_between_the_bounds() {
        let mut provisioned = ProvisionedConcurrency::try_from(2).unwrap();
        assert!(!provisioned.is_scaled());
        assert_eq!(provisioned.target_utilization(), None);
        let (min, max) = (environments(4), environments(4));
        let at = "rate(1 day)".parse().unwrap();
        provisioned.schedules.push(ScheduledBounds { at, min, max, time_zone: None });
        assert!(provisioned.is_scaled());
        assert_eq!(provisioned.target_utilization(), None);
        provisioned.schedules[0].max = environments(5);
        assert_eq!(provisioned.target_utilization(), Some(Utilization::DEFAULT));
        provisioned.schedules.clear();
        provisioned.max = environments(3);
        provisioned.target = Some(Utilization(0.5));
        assert!(provisioned.is_scaled());
        assert_eq!(provisioned.target_utilization(), Some(Utilization(0.5)));
    }

    #[test]
    fn a_share_is_taken_at_both_ends_and_not_beyond() {
        for share in [0.1, 0.5, 0.9] {
            assert_eq!(Utilization::try_from(share), Ok(Utilization(share)));
        }
        for share in [0.0, 0.099, 0.901, 1.0, 70.0, f64::NAN] {
            assert!(Utilization::try_from(share).is_err(), "{share}");
        }
        let error = Utilization::try_from(1.0).unwrap_err().to_string();
        assert_eq!(error, "target of 1 is out of range: AWS takes 0.1 to 0.9");
    }
}
