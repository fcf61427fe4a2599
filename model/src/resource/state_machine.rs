//! The kind `state_machine` of resources: a state machine of Step Functions, which a file of the package defines in the
//! Amazon States Language. This module has the settings and the definition of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::allow_statement::AllowStatement;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::logs::LogRetention;
use crate::aws::name::{InvalidName, StateMachineName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::states::ExecutionLogLevel;
use crate::number_setting::{NumberFields, NumberParameters};

/// The settings of a state machine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct StateMachine {
    /// The name of the state machine, if the user set one. `None` means that the template computes a name that no
    /// other stack has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<StateMachineName>,
    /// Whether the state machine is an express workflow. Otherwise it is a standard workflow.
    pub express: bool,
    /// The path of the file that defines the state machine, relative to the package. `None` for an existing one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asl: Option<String>,
    /// The content of that file. The build step reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Definition>,
    /// The events of executions that are logged, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_level: Option<ExecutionLogLevel>,
    /// Whether the log has the inputs and outputs of states.
    pub log_data: bool,
    /// How long the log is kept, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_retention: Option<LogRetention>,
    /// Whether X-Ray traces the executions.
    pub tracing: bool,
    /// The statements that the user adds to the role of the state machine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<AllowStatement>,
    /// The numbers that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
}

/// The definition of a state machine, as the template has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Definition {
    /// The definition in the Amazon States Language, as JSON.
    #[serde(skip)]
    pub json: String,
    /// The identifiers of the functions that its states call, each once.
    pub functions: Vec<String>,
    /// The names in the text that the template replaces, such as `charge` in `${charge}`, each once: identifiers of
    /// functions and of resources.
    #[serde(skip)]
    pub names: Vec<String>,
}

impl StateMachine {
    /// The key of how long the log is kept.
    pub const LOG_RETENTION: &'static str = "log_retention";

    /// The key of the attribute that names the file.
    pub const ASL: &'static str = "asl";

    /// Returns the events that are logged. By default these are the errors.
    #[must_use]
    pub fn log_level(&self) -> ExecutionLogLevel {
        self.log_level.unwrap_or(ExecutionLogLevel::Error)
    }

    /// Returns the identifiers of the functions that the states call.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.definition.iter().flat_map(|it| it.functions.iter().map(String::as_str))
    }
}

/// The call that only the client of an express workflow makes.
const START_SYNC: &str = "StartSyncExecution";

const START: &[ApiCall] = &[
    ApiCall::new("StartExecution", "states:StartExecution"),
    ApiCall::new(START_SYNC, "states:StartSyncExecution"),
];

/// The form of the ARNs of state machines.
pub const ARN: ArnForm = ArnForm {
    service: StateMachine::ARN_SERVICE,
    is_global: false,
    prefix: StateMachine::ARN_PREFIX,
    name: "[A-Za-z0-9_-]+",
};

impl KindDefinition for StateMachine {
    const WITH_ARTICLE: &'static str = "a state machine";
    const MINIMAL_DECLARATION: &'static str = "state_machine(asl = \"workflow.asl.json\")";
    const VARIABLE_SUFFIX: &'static str = "STATE_MACHINE_ARN";
    const CLOUDFORMATION_TYPES: &'static [&'static str] =
        &["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"];
    const PARAMETER: ParameterContent = ParameterContent::arn("ARN of a state machine", &[ARN]);
    const ARN_SERVICE: &'static str = "states";
    const ARN_PREFIX: &'static str = "stateMachine:";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = None;
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] = &[(Access::Start, &[START])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(StateMachineName::as_str)
    }

    fn number_parameters(&self) -> Option<&NumberParameters> {
        Some(&self.from_parameters)
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![(Self::LOG_RETENTION, &mut self.log_retention)],
        })
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn makes(&self, call: &ApiCall) -> bool {
        self.express || call.operation != START_SYNC
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        StateMachineName::try_from(name).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_express_workflow_is_started_and_waited_for() {
        let made = |express| {
            let machine = StateMachine { express, ..StateMachine::default() };
            START.iter().filter(|call| machine.makes(call)).map(|call| call.operation).collect()
        };
        let (standard, express): (Vec<&str>, Vec<&str>) = (made(false), made(true));
        assert_eq!(standard, ["StartExecution"]);
        assert_eq!(express, ["StartExecution", "StartSyncExecution"]);
    }

    #[test]
    fn the_errors_are_logged_by_default() {
        assert_eq!(StateMachine::default().log_level(), ExecutionLogLevel::Error);
        let off =
            StateMachine { log_level: Some(ExecutionLogLevel::Off), ..StateMachine::default() };
        assert_eq!(off.log_level(), ExecutionLogLevel::Off);
    }
}
