//! The source `alexa`: a function that is the endpoint of an Alexa skill. This module has the trigger, the schema of
//! its event, and the checks.
// See decision 0114.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source, check_timeout,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use super::waiting_service::WaitingService;
use crate::aws::limits;
use crate::aws::name::{ParameterName, SkillId};
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::messages::alexa as messages;
use crate::problem::Problems;

/// The service that waits for the answer of the function.
const ALEXA: WaitingService = WaitingService {
    name: "Alexa",
    behind: "an Alexa skill",
    seconds: limits::ALEXA_TIMEOUT_SECONDS,
};

/// The properties that all triggers of the source `alexa` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("AlexaRequest").with_schema(REQUEST)],
    invocation: InvocationMode::Synchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of a request. Alexa: "Request and Response JSON Reference".
const REQUEST: &PayloadSchema = &PayloadSchema {
    name: "a request of Alexa",
    fields: &["version", "session", "context", "request"],
    advice: messages::REQUEST_ADVICE,
    unique: None,
};

/// The content of a template parameter that is the id of a skill.
const SKILL_PARAMETER: ParameterContent =
    ParameterContent::name("Id of an Alexa skill", NameLetters::Plain, &(1..=limits::SKILL_ID_LEN));

/// The skill of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// The skill with this id.
    Id(SkillId),
    /// The skill whose id is the value of this template parameter.
    Param(ParameterName),
}

/// A trigger on the requests of an Alexa skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alexa {
    /// The only skill that can invoke the function through this trigger.
    pub skill: Skill,
}

impl TriggerSource for Alexa {
    fn summary(&self) -> String {
        match &self.skill {
            Skill::Id(id) => format!("Alexa skill {id}"),
            Skill::Param(name) => format!("Alexa skill of parameter {name}"),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::skill_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        match &self.skill {
            Skill::Param(name) => {
                vec![UsedParameter { key: "skill", name, content: SKILL_PARAMETER }]
            }
            Skill::Id(_) => Vec::new(),
        }
    }

    /// Checks that a function has one trigger on a skill, and that it cannot take longer than Alexa waits.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        check_one_trigger_per_source(
            triggers,
            |trigger| trigger.skill.clone(),
            &messages::second_trigger_on_skill(),
            problems,
        );
        let mut checked: Option<usize> = None;
        for located in triggers {
            if checked != Some(located.index.function) {
                check_timeout(located, ALEXA, problems);
                checked = Some(located.index.function);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_is_described_in_every_form() {
        let id = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f";
        let alexa = Alexa { skill: Skill::Id(id.try_into().unwrap()) };
        assert_eq!(alexa.summary(), format!("Alexa skill {id}"));
        assert!(alexa.template_parameters().is_empty());
        let alexa = Alexa { skill: Skill::Param("Skill".try_into().unwrap()) };
        assert_eq!(alexa.summary(), "Alexa skill of parameter Skill");
        let [parameter] = alexa.template_parameters()[..] else { panic!("one parameter") };
        assert!(parameter.content.accepts(id) && !parameter.content.accepts("*"));
        assert_eq!(parameter.content.noun(), "the id of an Alexa skill");
    }
}
