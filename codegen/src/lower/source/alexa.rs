//! Lowers a trigger on an Alexa skill to a permission, which is folded into SAM's event `AlexaSkill`. The skill is in
//! the developer console of Alexa, where its owner sets the function's ARN.

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::alexa::{Alexa, Skill};

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::lower::invoke;
use crate::stack::{Event, Resource, SamEvent};

/// The stem of the name of an event.
const STEM: &str = "Alexa";

/// The service that invokes the function.
const SERVICE: &str = "alexa-appkit.amazon.com";

/// The property of a permission with the id of the skill.
const TOKEN: &str = "EventSourceToken";

impl LowerTrigger for Alexa {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let name = lowered.unique_name(STEM);
        let skill = match &self.skill {
            Skill::Id(id) => Node::from(id.as_str()),
            Skill::Param(name) => Node::reference(name.as_str()),
        };
        let permission = Resource::new(
            format!("{}{name}Permission", context.function.id),
            "AWS::Lambda::Permission",
            context.event_owner(&name),
            invoke::permission_properties(invoke::target_reference(context.function), SERVICE)
                .with(TOKEN, skill),
        );
        lowered.add_event(name, vec![permission], fold_event);
    }
}

/// Folds a permission into SAM's event `AlexaSkill`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let permission = event.resources.into_iter().next();
    for (key, value) in permission.into_iter().flat_map(|it| it.properties) {
        if key == TOKEN {
            properties.push("SkillId", value);
        }
    }
    SamEvent { kind: "AlexaSkill", properties }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::overlay::Overlay;
    use crate::stack::Stack;
    use crate::testing::{assemble_unchecked, stack_from_source};

    const ID: &str = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f";

    fn function(attribute: &str) -> String {
        format!(
            "#[function({attribute})]\nasync fn take(request: AlexaRequest) -> Result<AlexaResponse, Error> {{ Ok(AlexaResponse::new()) }}"
        )
    }

    fn stack(attribute: &str) -> Stack {
        stack_from_source(&function(attribute))
    }

    #[test]
    fn each_skill_alone_may_invoke_the_function() {
        let stack = stack(&format!(
            "trigger = alexa(skill = {ID:?}), trigger = alexa(skill = param(\"Skill\")), timeout = \"8s\""
        ));
        for (id, token) in [
            ("TakeAlexaPermission", json!(ID)),
            ("TakeAlexa2Permission", json!({ "Ref": "Skill" })),
        ] {
            let permission = stack.resource(id);
            assert_eq!(permission.kind(), "AWS::Lambda::Permission");
            assert_eq!(
                *permission.properties(),
                json!({
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": { "Ref": "Take" },
                    "Principal": "alexa-appkit.amazon.com",
                    "EventSourceToken": token,
                })
            );
        }
    }

    #[test]
    fn sams_event_has_the_id_of_the_skill() {
        let mut stack = stack(&format!("trigger = alexa(skill = {ID:?}), timeout = \"8s\""));
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "AlexaSkill");
        assert_eq!(serde_json::to_value(&sam.properties).unwrap(), json!({ "SkillId": ID }));
    }

    #[test]
    fn a_function_cannot_take_longer_than_alexa_waits() {
        let problems = |attribute: &str| -> Vec<String> {
            let assembled = assemble_unchecked(&function(attribute), &Overlay::default());
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
        };
        let skill = format!("trigger = alexa(skill = {ID:?})");
        let slow = problems(&format!("{skill}, timeout = \"9s\""));
        assert_eq!(
            slow,
            [
                "key timeout: timeout of 9 s behind an Alexa skill: Alexa gives up after 8 s\n\nhelp: write `timeout = \"8s\"`, and send the long work to a queue"
            ]
        );
        let twice = problems(&format!("{skill}, {skill}, timeout = \"8s\""));
        assert!(
            twice.len() == 1 && twice[0].contains("this skill triggers the function already"),
            "{twice:?}"
        );
        assert_eq!(problems(&format!("{skill}, timeout = \"8s\"")), [""; 0]);
    }
}
