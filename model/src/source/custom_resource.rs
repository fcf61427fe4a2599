//! The source `custom_resource`: a function that CloudFormation calls for a custom resource of the overlay. This module
//! has the trigger, the schema of its event, and the check.
// See decision 0116.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::name::LogicalId;
use crate::messages::custom_resource as messages;
use crate::problem::Problems;

/// The properties that all triggers of the source `custom_resource` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("CustomResource").with_schema(REQUEST)],
    invocation: InvocationMode::Reported,
    is_tick: false,
    batch_response: None,
};

/// The schema of a request. AWS: "Custom resource request and response reference".
const REQUEST: &PayloadSchema = &PayloadSchema {
    name: "a request of CloudFormation",
    fields: &[
        "RequestType",
        "ResponseURL",
        "StackId",
        "RequestId",
        "ResourceType",
        "LogicalResourceId",
        "PhysicalResourceId",
        "ResourceProperties",
        "OldResourceProperties",
        "ServiceToken",
    ],
    advice: messages::REQUEST_ADVICE,
    unique: None,
};

/// A trigger of a custom resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomResource {
    /// The logical id of the custom resource in the overlay, if the user named it. A function can serve other custom
    /// resources as well: their `ServiceToken` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<LogicalId>,
}

impl TriggerSource for CustomResource {
    fn summary(&self) -> String {
        match &self.resource {
            Some(id) => format!("custom resource {id}"),
            None => "custom resource".to_owned(),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::custom_resource_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    /// Checks that a function has one trigger of a custom resource.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        check_one_trigger_per_source(
            triggers,
            |trigger| trigger.resource.clone(),
            &messages::second_trigger_of_resource(),
            problems,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custom_resource_is_described_with_and_without_its_id() {
        assert_eq!(CustomResource { resource: None }.summary(), "custom resource");
        let seed = CustomResource { resource: Some("Seed".try_into().unwrap()) };
        assert_eq!(seed.summary(), "custom resource Seed");
    }
}
