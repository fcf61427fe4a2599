//! The source `event`: a function that an EventBridge rule invokes with the events that match a pattern. This module has
//! the trigger, the schema of its event, and its check.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_schema::PayloadSchema;
use super::rule_target::{RuleTarget, state_parameter};
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::name::{BusName, ParameterName, RuleName};
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, ResourceReference, UsedParameter};
use crate::messages::{loops, triggers as messages};
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::resource::{ResourceIdentity, ResourceKind};

/// The properties that all triggers of the source `event` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("EventBridgeEvent").with_schema(EVENT),
        EventType::whole("EventEnvelope").with_schema(EVENT),
    ],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of the event that EventBridge sends. AWS: "Event structure reference".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "an event of EventBridge",
    fields: EVENT_FIELDS,
    advice: messages::EVENT_ADVICE,
    unique: None,
};

/// The fields of an event, which a pattern can compare.
pub const EVENT_FIELDS: &[&str] =
    &["source", "detail-type", "detail", "resources", "account", "region", "time", "id", "version"];

/// A trigger on the events of a bus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRule {
    /// The bus whose events trigger the function, or the account's default bus if the user set none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bus: Option<ResourceReference<BusName>>,
    /// The pattern that an event has to match. `None` means every event of the bus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Map>,
    /// The name of the rule in the account, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<RuleName>,
    /// Whether the rule is active after the deployment.
    pub enabled: bool,
    /// The template parameter that says whether it is active. It is active in checks then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_by: Option<ParameterName>,
    /// What the function gets instead of the whole event, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<RuleInput>,
    /// How EventBridge delivers the events.
    #[serde(flatten)]
    pub target: RuleTarget,
}

/// What a function gets instead of the whole event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleInput {
    /// The same JSON for every event.
    Constant(Node),
    /// The part of the event at a JSON path.
    Path(String),
    /// A template in which parts of the event are inserted.
    Transformer {
        /// The JSON paths of the parts, by the names that the template has in angle brackets.
        paths: Map,
        /// The template.
        template: String,
    },
}

impl TriggerSource for EventRule {
    fn summary(&self) -> String {
        match &self.bus {
            Some(bus) => bus.describe("events of bus"),
            None => "events of the default bus".to_owned(),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        self.input.is_none()
    }

    fn resource(&self) -> Option<TriggerResource<'_>> {
        let ident = self.bus.as_ref()?.declared()?;
        Some(TriggerResource { key: "bus", ident, kind: ResourceKind::Bus })
    }

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        resources.identify(ResourceKind::Bus, self.bus.as_ref()?)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.pattern.is_none().then_some(loops::MATCH_EVENTS)
    }

    fn custom_input(&self) -> Option<&Node> {
        match &self.input {
            Some(RuleInput::Constant(input)) => Some(input),
            _ => None,
        }
    }

    fn has_custom_input(&self) -> bool {
        self.input.is_some()
    }

    fn dead_letters(&self) -> Option<&ArnReference> {
        self.target.dead_letters.as_ref()
    }

    fn rule_name(&self) -> Option<(String, &RuleName)> {
        let bus = self.bus.as_ref().map(|bus| bus.describe("bus"));
        Some((bus.unwrap_or_default(), self.name.as_ref()?))
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.target.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let bus = self.bus.as_ref().and_then(ResourceReference::param).map(|name| UsedParameter {
            key: "bus",
            name,
            content: ResourceKind::Bus.parameter_content(),
        });
        let state = state_parameter(self.enabled_by.as_ref());
        bus.into_iter().chain(state).chain(self.target.template_parameters()).collect()
    }

    /// Checks the dead-letter queues.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            trigger.target.check(*index, resources, problems);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(pattern: Option<Map>, input: Option<RuleInput>) -> EventRule {
        let target = RuleTarget::default();
        EventRule { bus: None, pattern, name: None, enabled: true, enabled_by: None, input, target }
    }

    #[test]
    fn only_a_constant_input_is_known_before_an_event() {
        let constant = rule(None, Some(RuleInput::Constant(Node::Int(1))));
        assert_eq!(constant.custom_input(), Some(&Node::Int(1)));
        let path = rule(None, Some(RuleInput::Path("$.detail".to_owned())));
        assert_eq!((path.custom_input(), path.has_custom_input()), (None, true));
        assert!(!path.has_typed_payload());
        let whole = rule(None, None);
        assert!(!whole.has_custom_input() && whole.has_typed_payload());
    }

    #[test]
    fn only_a_pattern_leaves_out_the_functions_own_events() {
        assert!(rule(None, None).remedy_against_own_writes().is_some());
        assert!(rule(Some(Map::new()), None).remedy_against_own_writes().is_none());
    }
}
