//! Messages about triggers on user pools.

use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// The help for a JSON path into an event of a user pool.
pub(crate) const EVENT_ADVICE: &str =
    "write `$.request{rest}` for a field of the request, or `$.userName` for the user";

/// Reports that a function that resumes has a trigger on a user pool.
pub(crate) fn pool_cannot_resume() -> Message {
    Message::new("a function of a user pool cannot resume: Cognito waits for the answer")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a user pool has a function for this trigger already. `on` is the word of the trigger, and `other`
/// describes the function.
pub(crate) fn pool_trigger_taken(on: &str, other: &str) -> Message {
    Message::new(format!("`{on}` of this user pool already invokes {other}"))
        .with_help("a user pool has one function for each trigger: merge the two")
}

/// Reports that a user pool has another key already. `other` describes the function with the trigger that names it.
pub(crate) fn pool_has_another_key(other: &str) -> Message {
    Message::new(format!("this user pool has another `kms_key` already, for {other}"))
        .with_help("a user pool has one key: write the same one for both senders")
}
