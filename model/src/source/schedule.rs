//! The source `schedule`: a function that an EventBridge rule invokes on a schedule. This module has the
//! trigger, the schema of its event, and its check.
// See decision 0035.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::name::RuleName;
use crate::aws::node::Node;
use crate::messages::triggers as messages;
use crate::problem::Problems;
use crate::schedule;

/// The properties that all triggers of the source `schedule` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("ScheduledEvent").with_schema(EVENT)],
    invocation: InvocationMode::Asynchronous,
    is_tick: true,
    batch_response: None,
};

/// The schema of the event that EventBridge sends. AWS: "Structure of AWS service events".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "the event of a schedule",
    fields: &[
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
    ],
    advice: messages::SCHEDULE_ADVICE,
    unique: None,
};

/// A trigger on a schedule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schedule {
    /// The schedule on which the EventBridge rule fires.
    pub expression: schedule::ScheduleExpression,
    /// The name of the rule in the account, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<RuleName>,
    /// The description that the AWS console shows for the rule, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the rule is active after the deployment.
    pub enabled: bool,
    /// The payload that the function gets instead of EventBridge's event, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Node>,
}

impl TriggerSource for Schedule {
    fn summary(&self) -> String {
        format!("schedule {}", self.expression)
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn custom_input(&self) -> Option<&Node> {
        self.input.as_ref()
    }

    /// Checks that no two rules have the same name.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut names: HashMap<&str, &LocatedTrigger<'_, Self>> = HashMap::new();
        for located in triggers {
            let Some(name) = &located.trigger.name else { continue };
            if let Some(other) = names.insert(name.as_str(), located) {
                let other = other.describe_from(located.index);
                let message = messages::rule_name_taken(name.as_str(), &other);
                problems.push_for_trigger_key(located.index, "name", message);
            }
        }
    }
}
