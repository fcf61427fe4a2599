//! The source `deployment_hook`: a function that CodeDeploy calls before or after the traffic of another function moves to a
//! new version. This module has the trigger and the schema of its event.
// See decision 0127.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::messages::deployments as messages;
use crate::problem::Problems;

/// The properties that all triggers of the source `deployment_hook` share. The runtime sends the answer to CodeDeploy: it is
/// whether the handler failed.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("DeploymentHook").with_schema(EVENT)],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of the event. AWS: "`AppSpec` 'hooks' section" of the CodeDeploy User Guide.
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "an event of CodeDeploy",
    fields: &["DeploymentId", "LifecycleEventHookExecutionId"],
    advice: messages::EVENT_ADVICE,
    unique: None,
};

/// The trigger of a function that `deploy` of another function names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeploymentHook {}

impl TriggerSource for DeploymentHook {
    fn summary(&self) -> String {
        "deployment hook".to_owned()
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::hook_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    /// Checks that a function has one trigger of this source.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        check_one_trigger_per_source(triggers, |_| (), &messages::second_hook(), problems);
    }
}
