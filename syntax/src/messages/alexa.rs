//! Messages about the arguments of the source `alexa`.

use skylift_model::message::Message;

/// Reports that a trigger names no skill.
pub(crate) fn alexa_without_skill() -> Message {
    Message::new("`alexa` needs the id of the skill: `skill`").with_help(
        "write `skill = \"amzn1.ask.skill.…\"` or `skill = param(\"Skill\")`: without it, every skill could invoke the function",
    )
}
