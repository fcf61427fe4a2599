//! How the traffic of a function moves to a new version: AWS CodeDeploy's predefined configurations for Lambda. AWS:
//! "Working with deployment configurations in CodeDeploy".

use serde::Serialize;

use super::value::CfnValue;

/// The minutes after which all traffic goes to the new version, after 10 % at once.
pub const CANARY_MINUTES: [u64; 4] = [5, 10, 15, 30];

/// The minutes between two steps. With each step, 10 % more of the traffic goes to the new version.
pub const LINEAR_MINUTES: [u64; 4] = [1, 2, 3, 10];

/// How the traffic moves to a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrafficShift {
    /// 10 % at once, and the rest after this many minutes.
    Canary(u64),
    /// 10 % more after each of this many minutes.
    Linear(u64),
    /// All of it at once.
    AllAtOnce,
}

impl TrafficShift {
    /// Returns CodeDeploy's name for it: `Canary10Percent5Minutes`.
    #[must_use]
    pub fn configuration(self) -> String {
        match self {
            Self::Canary(minutes) => format!("Canary10Percent{minutes}Minutes"),
            Self::Linear(1) => "Linear10PercentEvery1Minute".to_owned(),
            Self::Linear(minutes) => format!("Linear10PercentEvery{minutes}Minutes"),
            Self::AllAtOnce => "AllAtOnce".to_owned(),
        }
    }
}

/// How a new version of a function is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deployment {
    /// How the traffic moves.
    pub shift: TrafficShift,
    /// The names of the alarms of CloudWatch that bring the traffic back to the version before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<CfnValue>,
}
