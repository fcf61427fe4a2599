//! `schedule`: a function called by the clock, through an EventBridge rule.

use std::collections::HashMap;

use serde::Serialize;

use super::{Document, EventType, Place, Source};
use crate::App;
use crate::name::RuleName;
use crate::node::Node;
use crate::problem::Problems;
use crate::schedule;

/// The types of its events.
pub(super) const TYPES: &[EventType] = &[EventType::whole("ScheduledEvent").of(EVENT)];

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
}

/// Rules that are named have names of their own.
pub(super) fn check(triggers: &[(Place, &Schedule)], app: &App, problems: &mut Problems) {
    let mut names: HashMap<&str, Place> = HashMap::new();
    for (place, schedule) in triggers {
        let Some(name) = &schedule.name else { continue };
        if let Some(other) = names.insert(name.as_str(), *place) {
            let who = other.named(*place, app);
            place.key("name", problems, format!("rule name `{name}` is taken by {who}"));
        }
    }
}
