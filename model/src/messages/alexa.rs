//! Messages about triggers on Alexa skills.

use crate::aws::limits;
use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// The help for a JSON path into a request of Alexa.
pub(crate) const REQUEST_ADVICE: &str = "write `$.request{rest}` for a field of the request, or `$.request.requestId` for the request itself";

/// Reports that a function that resumes has a trigger on a skill.
pub(crate) fn skill_cannot_resume() -> Message {
    Message::new("a function of an Alexa skill cannot resume: Alexa waits for the answer")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function has two triggers on one skill.
pub(crate) fn second_trigger_on_skill() -> Message {
    Message::new("this skill triggers the function already")
        .with_help("remove one of the two triggers")
}

/// Reports that a function of a skill has a longer timeout than Alexa waits. `timeout` is in seconds.
pub(crate) fn timeout_behind_skill(timeout: u32) -> Message {
    let limit = limits::ALEXA_TIMEOUT_SECONDS;
    Message::new(format!(
        "timeout of {timeout} s behind an Alexa skill: Alexa gives up after {limit} s"
    ))
    .with_help(format!("write `timeout = \"{limit}s\"`, and send the long work to a queue"))
}

/// Reports that the default timeout of the application is longer than Alexa waits for the function `handler`, which
/// has no timeout of its own. `timeout` is in seconds.
pub(crate) fn default_timeout_behind_skill(timeout: u32, handler: &str) -> Message {
    let limit = limits::ALEXA_TIMEOUT_SECONDS;
    Message::new(format!(
        "the default timeout of {timeout} s applies to `{handler}`, which an Alexa skill triggers: Alexa gives up after {limit} s"
    ))
    .with_help(format!("lower the default, or give that function `timeout = \"{limit}s\"`"))
}
