//! The words of the Amazon States Language: the types of states, the reserved names of errors, and the levels of the log.

use serde::Serialize;

/// The maximum length of a definition, in bytes.
pub const DEFINITION_BYTES: usize = 1_048_576;

/// The events of executions that Step Functions logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionLogLevel {
    /// All events.
    All,
    /// Errors, also those that the definition catches.
    Error,
    /// Errors that end an execution.
    Fatal,
    /// No events.
    Off,
}

impl ExecutionLogLevel {
    /// All levels, each with its word in the grammar.
    pub const ALL: [(&str, Self); 4] =
        [("all", Self::All), ("error", Self::Error), ("fatal", Self::Fatal), ("off", Self::Off)];

    /// Returns the name of the level in Step Functions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
            Self::Off => "OFF",
        }
    }
}

/// The type of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StateType {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

impl StateType {
    /// All types, each with its name in a definition.
    pub(super) const NAMES: [(&str, Self); 8] = [
        ("Task", Self::Task),
        ("Pass", Self::Pass),
        ("Choice", Self::Choice),
        ("Wait", Self::Wait),
        ("Succeed", Self::Succeed),
        ("Fail", Self::Fail),
        ("Parallel", Self::Parallel),
        ("Map", Self::Map),
    ];

    /// Returns the type with this name in a definition, and `None` if no type has it.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, it)| it)
    }

    /// Returns the name of the type in a definition.
    pub(super) fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, it)| *it == self).map_or("", |(name, _)| name)
    }

    /// Returns whether a state of this type can have `Retry` and `Catch`.
    pub(super) const fn handles_errors(self) -> bool {
        matches!(self, Self::Task | Self::Parallel | Self::Map)
    }
}

/// The beginning of the names of errors that Step Functions reserves.
pub(super) const RESERVED_ERROR: &str = "States.";

/// The name that matches every error.
pub(super) const ALL_ERRORS: &str = "States.ALL";

/// The names of errors that Step Functions defines.
pub(super) const ERROR_NAMES: [&str; 16] = [
    ALL_ERRORS,
    "States.Timeout",
    "States.TaskFailed",
    "States.HeartbeatTimeout",
    "States.Permissions",
    "States.ResultPathMatchFailure",
    "States.ParameterPathFailure",
    "States.QueryEvaluationError",
    "States.BranchFailed",
    "States.NoChoiceMatched",
    "States.IntrinsicFailure",
    "States.ExceedToleratedFailureThreshold",
    "States.ItemReaderFailed",
    "States.ResultWriterFailed",
    "States.DataLimitExceeded",
    "States.Runtime",
];
