//! `schedule`: a function called by the clock, through an EventBridge rule.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_shape::PayloadShape;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::name::RuleName;
use crate::aws::node::Node;
use crate::problem::Problems;
use crate::schedule;

/// What is so for every trigger of it.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("ScheduledEvent").with_shape(EVENT)],
    invocation: InvocationMode::Asynchronous,
    is_tick: true,
};

/// What EventBridge sends. AWS: "Structure of AWS service events".
const EVENT: &PayloadShape = &PayloadShape {
    what: "the event of a schedule",
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
    advice: "write `$.id`, or `$.time` for the minute that it stands for",
    unique: None,
};

/// A trigger by the clock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schedule {
    /// When.
    pub expression: schedule::ScheduleExpression,
    /// The rule's name in the account, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<RuleName>,
    /// What the console shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the rule fires once deployed.
    pub enabled: bool,
    /// What the function gets instead of EventBridge's own event.
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

    fn has_custom_input(&self) -> bool {
        self.input.is_some()
    }

    /// Rules that are named have names of their own.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut names: HashMap<&str, &LocatedTrigger<'_, Self>> = HashMap::new();
        for placed in triggers {
            let Some(name) = &placed.trigger.name else { continue };
            if let Some(other) = names.insert(name.as_str(), placed) {
                let who = other.describe_from(placed.index);
                let message = format!("rule name `{name}` is taken by {who}");
                problems.push_for_trigger_key(placed.index, "name", message);
            }
        }
    }
}
