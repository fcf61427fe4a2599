//! The source `logs`: a function that CloudWatch Logs invokes with the entries of a log group. This module has the
//! trigger and the schemas of its events. What concerns the functions of the application is in `check/log_groups.rs`.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::log_group::LogGroup;
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::limits;
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::messages::logs as messages;
use crate::problem::Problems;

/// The properties that all triggers of the source `logs` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("LogsEvent").with_schema(EVENT),
        EventType::record("LogEntry").with_schema(ENTRY),
        EventType::record("LogRecord"),
    ],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of the event, whose entries are packed. AWS: "Using CloudWatch Logs with Lambda".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "the event of a log group",
    fields: &["awslogs"],
    advice: messages::EVENT_ADVICE,
    unique: None,
};

/// The schema of an entry.
const ENTRY: &PayloadSchema = &PayloadSchema {
    name: "an entry of a log",
    fields: &["id", "timestamp", "message", "extractedFields"],
    advice: messages::ENTRY_ADVICE,
    unique: None,
};

/// The content of a template parameter that is the log group of a trigger.
const GROUP_PARAMETER: ParameterContent = ParameterContent::name(
    "Name of a log group",
    NameLetters::LogGroup,
    &(1..=limits::LOG_GROUP_NAME_LEN),
);

/// A trigger on the entries of a log group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logs {
    /// The log group whose entries trigger the function.
    pub group: LogGroup,
    /// The filter pattern that an entry has to match. Every entry matches an empty one.
    pub filter: String,
}

impl TriggerSource for Logs {
    fn summary(&self) -> String {
        self.group.describe()
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn log_group(&self) -> Option<&LogGroup> {
        Some(&self.group)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.filter.is_empty().then_some(messages::FILTER_ENTRIES)
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        match &self.group {
            LogGroup::Param(name) => {
                vec![UsedParameter { key: "group", name, content: GROUP_PARAMETER }]
            }
            LogGroup::Function(_) | LogGroup::Named(_) => Vec::new(),
        }
    }

    /// Has nothing to check here: every rule about log groups concerns functions.
    fn check(
        _triggers: &[LocatedTrigger<'_, Self>],
        _resources: &ResourcesByIdent<'_>,
        _problems: &mut Problems,
    ) {
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_is_described_in_every_form() {
        let summary = |group| Logs { group, filter: String::new() }.summary();
        assert_eq!(summary(LogGroup::Function("fetch".to_owned())), "logs of fetch");
        let name = "/aws/lambda/old".try_into().unwrap();
        assert_eq!(summary(LogGroup::Named(name)), "logs of /aws/lambda/old");
        let group = LogGroup::Param("Group".try_into().unwrap());
        assert_eq!(summary(group), "logs of parameter Group");
    }

    #[test]
    fn a_parameter_is_the_name_of_a_log_group() {
        let group = LogGroup::Param("Group".try_into().unwrap());
        let logs = Logs { group, filter: String::new() };
        let [parameter] = logs.template_parameters()[..] else { panic!("one parameter") };
        assert_eq!(parameter.key, "group");
        assert!(parameter.content.accepts("/aws/lambda/a#b"));
        assert!(!parameter.content.accepts("arn:aws:logs:eu-west-1:123456789012:log-group:a"));
    }
}
