//! Messages about triggers on user pools.

use crate::aws::limits;
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

/// Reports that a function of a user pool has a longer timeout than Cognito waits. `timeout` is in seconds.
pub(crate) fn timeout_behind_pool(timeout: u32) -> Message {
    let limit = limits::COGNITO_TIMEOUT_SECONDS;
    Message::new(format!(
        "timeout of {timeout} s behind a user pool: Cognito gives up after {limit} s"
    ))
    .with_help(format!("write `timeout = \"{limit}s\"`, and send the long work to a queue"))
}

/// Reports that the default timeout of the application is longer than Cognito waits for the function `handler`, which
/// has no timeout of its own. `timeout` is in seconds.
pub(crate) fn default_timeout_behind_pool(timeout: u32, handler: &str) -> Message {
    let limit = limits::COGNITO_TIMEOUT_SECONDS;
    Message::new(format!(
        "the default timeout of {timeout} s applies to `{handler}`, which a user pool triggers: Cognito gives up after {limit} s"
    ))
    .with_help(format!("lower the default, or give that function `timeout = \"{limit}s\"`"))
}
