//! Messages about triggers on Alexa skills.

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
