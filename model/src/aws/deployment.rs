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
    /// Whether the function's own alarms bring the traffic back as well.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own_alarms: bool,
    /// The function that CodeDeploy calls before the traffic moves, by its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The function that CodeDeploy calls after all traffic has moved, by its identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Deployment {
    /// Creates a deployment without alarms.
    #[must_use]
    pub const fn new(shift: TrafficShift) -> Self {
        Self { shift, alarms: Vec::new(), own_alarms: false, before: None, after: None }
    }

    /// Returns the identifiers of the functions that CodeDeploy calls, each with its key.
    pub fn hooks(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let hooks = [("before", &self.before), ("after", &self.after)];
        hooks.into_iter().filter_map(|(key, hook)| Some((key, hook.as_deref()?)))
    }
}
