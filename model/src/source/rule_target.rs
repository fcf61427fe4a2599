//! What the sources `event` and `schedule` share: how an EventBridge rule delivers events to a function, and the check
//! that no two rules of a bus have the same name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::Trigger;
use super::dead_letters;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use crate::aws::limits;
use crate::aws::value::{ArnReference, UsedParameter};
use crate::bounded::bounded;
use crate::location::TriggerIndex;
use crate::messages::triggers as messages;
use crate::problem::Problems;

bounded! {
    /// How often EventBridge tries again to hand an event to Lambda; EventBridge's default is 185.
    RuleRetries: limits::RULE_RETRIES, "retries", "";
    /// How long EventBridge tries to hand an event to Lambda, in seconds; EventBridge's default is one day.
    RuleEventAge: limits::RULE_EVENT_AGE_SECONDS, "maximum event age", "s";
}

/// How a rule delivers events to a function. AWS: "How EventBridge retries delivering events".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleTarget {
    /// The queue for the events that EventBridge could not hand to Lambda, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letters: Option<ArnReference>,
    /// How often EventBridge tries again, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<RuleRetries>,
    /// How long EventBridge tries, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_event_age: Option<RuleEventAge>,
}

impl RuleTarget {
    /// Returns the template parameter that names the dead-letter queue.
    pub(super) fn template_parameter(&self) -> Option<UsedParameter<'_>> {
        dead_letters::template_parameter(self.dead_letters.as_ref())
    }

    /// Checks that the dead-letter queue is a queue that is not FIFO.
    pub(super) fn check(
        &self,
        index: TriggerIndex,
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        dead_letters::check(self.dead_letters.as_ref(), index, resources, problems);
    }
}

/// Checks that no two rules of a bus have the same name.
pub(super) fn check_rule_names(triggers: &[LocatedTrigger<'_, Trigger>], problems: &mut Problems) {
    let mut first_of_name = HashMap::new();
    for located in triggers {
        let Some((bus, name)) = located.trigger.rule_name() else { continue };
        match first_of_name.entry((bus, name.as_str())) {
            Entry::Vacant(entry) => {
                entry.insert(located);
            }
            Entry::Occupied(entry) => {
                let other = entry.get().describe_from(located.index);
                let message = messages::rule_name_taken(name.as_str(), &other);
                problems.push_for_trigger_key(located.index, "name", message);
            }
        }
    }
}
