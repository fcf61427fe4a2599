//! Provisioned concurrency: the number of environments that Lambda keeps started. It is fixed, or scales
//! between two bounds with the utilization, and a schedule can change the bounds.

use serde::Serialize;

use crate::aws::limits;
use crate::aws::parameter_content::ParameterContent;
use crate::bounded::{OutOfRange, bounded};
use crate::number_setting::NumberSetting;
use crate::schedule::ActionSchedule;
use crate::time_zone::TimeZone;

/// The environment variable whose value changes with the settings of a function. The function's alias points to
/// a version, and SAM publishes a new version only if the code, the memory or the environment changes.
pub const SETTINGS_VARIABLE: &str = "SKYLIFT_SETTINGS";

/// The number of characters of the value of [`SETTINGS_VARIABLE`].
pub const SETTINGS_LEN: usize = 16;

bounded! {
    /// A number of environments that Lambda keeps started.
    EnvironmentCount: limits::PROVISIONED_ENVIRONMENTS, "provisioned concurrency", "",
        parameter "Number of environments that Lambda keeps started";
}

/// The provisioned concurrency of a function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvisionedConcurrency {
    /// The minimum number of environments, which is also the number that a deployment starts.
    pub min: EnvironmentCount,
    /// The maximum number of environments.
    pub max: EnvironmentCount,
    /// The target utilization of the environments, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Utilization>,
    /// The schedules that change the minimum and the maximum.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<ScheduledBounds>,
}

/// A minimum and a maximum of environments that apply from a point in time until the next schedule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScheduledBounds {
    /// The time at which the bounds begin to apply.
    pub at: ActionSchedule,
    /// The minimum number of environments.
    pub min: EnvironmentCount,
    /// The maximum number of environments.
    pub max: EnvironmentCount,
    /// The time zone of `at`; UTC if the user set none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZone>,
}

impl ScheduledBounds {
    /// Returns the schedule at which the bounds begin to apply, and the name of its time zone, which is UTC if
    /// the user set none.
    #[must_use]
    pub fn start(&self) -> (&ActionSchedule, &str) {
        (&self.at, self.time_zone.as_ref().map_or(TimeZone::UTC, TimeZone::as_str))
    }
}

impl ProvisionedConcurrency {
    /// Returns whether the number of environments can change after the deployment, by utilization or by a
    /// schedule.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        self.min < self.max || !self.schedules.is_empty()
    }

    /// Returns the target utilization of the environments. Returns `None` if the minimum always equals the
    /// maximum, so that utilization cannot change the number of environments.
    #[must_use]
    pub fn target_utilization(&self) -> Option<Utilization> {
        let later = self.schedules.iter().any(|it| it.min < it.max);
        (self.min < self.max || later).then(|| self.target.unwrap_or(Utilization::DEFAULT))
    }
}

/// Creates a provisioned concurrency of a fixed number of environments.
impl TryFrom<u64> for ProvisionedConcurrency {
    type Error = OutOfRange;

    fn try_from(number: u64) -> Result<Self, OutOfRange> {
        let number = EnvironmentCount::try_from(number)?;
        Ok(Self { min: number, max: number, target: None, schedules: Vec::new() })
    }
}

/// A fixed number of environments.
impl NumberSetting for ProvisionedConcurrency {
    const CONTENT: ParameterContent = EnvironmentCount::CONTENT;

    fn from_parameter(number: u32) -> Option<Self> {
        Self::try_from(u64::from(number)).ok()
    }
}

/// The target share of provisioned environments in use, such as `0.7`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Utilization(f64);

impl Utilization {
    /// The default target utilization.
    pub const DEFAULT: Self = Self(limits::DEFAULT_PROVISIONED_UTILIZATION);

    /// Returns the target utilization as a share of 1.
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

/// A target utilization that Application Auto Scaling does not accept. The text of the error is in
/// `messages/values.rs`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InvalidUtilization(pub(crate) f64);

impl std::error::Error for InvalidUtilization {}

#[cfg(test)]
mod tests {
    use super::*;

    fn environments(number: u64) -> EnvironmentCount {
        EnvironmentCount::try_from(number).unwrap()
    }

    #[test]
    fn utilization_is_tracked_only_if_the_bounds_differ() {
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
    fn both_ends_of_the_range_of_shares_are_accepted_and_nothing_beyond() {
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
