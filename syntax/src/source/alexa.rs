//! The source `alexa(skill = "amzn1.ask.skill.…")`. Reads a trigger on an Alexa skill.

use skylift_model::aws::name::SkillId;
use skylift_model::source::alexa::{Alexa, Skill};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_name, read_param, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Alexa {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["alexa", "alexaskill", "alexaskillskit", "alexakit", "skill"],
            "write `trigger = alexa(skill = param(\"Skill\"))`, or the id of the skill in quotes",
        )],
        keys: &[(
            &["skillid", "alexaskillid", "appid", "applicationid", "id"],
            "write `skill = \"amzn1.ask.skill.…\"`, the id of the skill",
        )],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let skill = args.take_main("skill", read_skill, errors);
        if skill.is_none() {
            errors.push_missing(&args.span, messages::alexa_without_skill());
        }
        Some(Self { skill: skill?? })
    }
}

/// Reads the value of `skill`: an id or a parameter. Returns `None` after an error was recorded.
fn read_skill(value: &ArgValue, errors: &mut Errors) -> Option<Skill> {
    match &value.kind {
        ArgValueKind::Str(_) => read_name::<SkillId>(value, errors).map(Skill::Id),
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(Skill::Param)
        }
        _ => report_expected(phrases::SKILL, value, errors),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    const ID: &str = "amzn1.ask.skill.5bd3d8b1-0f7e-4e6a-9d3c-1a2b3c4d5e6f";

    fn alexa(arguments: &str) -> Skill {
        match trigger(&format!("alexa({arguments})")) {
            Trigger::Alexa(alexa) => alexa.skill,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_skill_is_an_id_or_a_parameter() {
        assert!(matches!(alexa(&format!("skill = {ID:?}")), Skill::Id(id) if id.as_str() == ID));
        let read = alexa("skill = param(\"Skill\")");
        assert!(matches!(read, Skill::Param(name) if name.as_str() == "Skill"));
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            (
                "",
                "`alexa` needs the id of the skill: `skill`\n\nhelp: write `skill = \"amzn1.ask.skill.…\"` or `skill = param(\"Skill\")`: without it, every skill could invoke the function",
            ),
            (
                "skill = \"amzn1.ask.skill.1234\"",
                "`amzn1.ask.skill.1234` is not a skill id: after `amzn1.ask.skill.` follows a UUID",
            ),
            (
                "skill = \"my-skill\"",
                "`my-skill` is not a skill id: the id of a skill begins with `amzn1.ask.skill.`",
            ),
            ("skill = \"*\"", "`*` is not a skill id: `*` is not allowed"),
            ("skill = any", "expected the id of a skill in quotes, or `param(\"…\")`, found `any`"),
            (
                "skill_id = \"amzn1.ask.skill.1\"",
                "unknown key `skill_id` in `alexa`\n\nhelp: write `skill = \"amzn1.ask.skill.…\"`, the id of the skill",
            ),
        ] {
            let found = rejected(&format!("alexa({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert!(rejected("alexa").starts_with("`alexa` needs the id of the skill"));
    }
}
