//! `schedule`: a function called by the clock, through an EventBridge rule.

use std::collections::HashMap;

use serde::Serialize;

use super::contract::{Refusal, Source};
use super::document::Document;
use super::facts::{EventType, Facts, Invocation};
use super::placed::{Placed, Resources};
use crate::aws::name::RuleName;
use crate::aws::node::Node;
use crate::problem::Problems;
use crate::schedule;

/// What is so for every trigger of it.
pub(super) const FACTS: &Facts = &Facts {
    events: &[EventType::whole("ScheduledEvent").of(EVENT)],
    invocation: Invocation::Asynchronous,
    is_tick: true,
};

/// What EventBridge sends. AWS: "Structure of AWS service events".
const EVENT: &Document = &Document {
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
    pub expression: schedule::Schedule,
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

impl Source for Schedule {
    fn summary(&self) -> String {
        format!("schedule {}", self.expression)
    }

    fn resume(&mut self) -> Vec<Refusal> {
        Vec::new()
    }

    fn is_typed(&self) -> bool {
        false
    }

    fn has_own_event(&self) -> bool {
        self.input.is_some()
    }

    /// Rules that are named have names of their own.
    fn check(triggers: &[Placed<'_, Self>], _: &Resources<'_>, problems: &mut Problems) {
        let mut names: HashMap<&str, &Placed<'_, Self>> = HashMap::new();
        for placed in triggers {
            let Some(name) = &placed.trigger.name else { continue };
            if let Some(other) = names.insert(name.as_str(), placed) {
                let who = other.named(placed.place);
                let message = format!("rule name `{name}` is taken by {who}");
                problems.trigger_key(placed.place, "name", message);
            }
        }
    }
}
