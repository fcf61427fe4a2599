//! What the sources `event` and `schedule` share: how an EventBridge rule delivers events to a function, and the check
//! that no two rules of a bus have the same name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::Trigger;
use super::dead_letters;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{ArnReference, UsedParameter};
use crate::bounded::bounded;
use crate::location::TriggerIndex;
use crate::messages::triggers as messages;
use crate::number_setting::{NumberFields, NumberParameters};
use crate::problem::Problems;

bounded! {
    /// How often EventBridge tries again to hand an event to Lambda; EventBridge's default is 185.
    RuleRetries: limits::RULE_RETRIES, "retries", "",
        parameter "Retries of an event";
    /// How long EventBridge tries to hand an event to Lambda, in seconds; EventBridge's default is one day.
    RuleEventAge: limits::RULE_EVENT_AGE_SECONDS, "maximum event age", "s",
        parameter "Maximum age of an event in seconds";
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
    /// The numbers that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
}

impl RuleTarget {
    /// The key of how often EventBridge tries again.
    pub const RETRIES: &'static str = "retries";

    /// The key of how long EventBridge tries.
    pub const MAX_EVENT_AGE: &'static str = "max_event_age";

    /// Returns the numbers that template parameters can have.
    pub(crate) fn numbers(&mut self) -> NumberFields<'_> {
        NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![
                (Self::RETRIES, &mut self.retries),
                (Self::MAX_EVENT_AGE, &mut self.max_event_age),
            ],
        }
    }

    /// Returns the template parameters of the numbers, and the one that names the dead-letter queue.
    pub(crate) fn template_parameters(&self) -> impl Iterator<Item = UsedParameter<'_>> {
        let queue = dead_letters::template_parameter(self.dead_letters.as_ref());
        queue.into_iter().chain(self.from_parameters.uses())
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

/// Returns the template parameter that says whether a rule or a schedule is active.
pub(super) fn state_parameter(enabled_by: Option<&ParameterName>) -> Option<UsedParameter<'_>> {
    let name = enabled_by?;
    Some(UsedParameter { key: "enabled", name, content: ParameterContent::STATE })
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
