//! Messages of functions that resume: parts of the work that fail, hand-overs, and the queue between the
//! invocations.

use crate::Error;

/// Reports that a function has `resume`, and the feature `resume` is off.
#[cfg(not(feature = "resume"))]
pub(crate) fn feature_off() -> Error {
    Error::msg("the feature `resume` of `skylift` is off")
}

/// Says, before an error, that the error is in the event that a function hands over.
pub(crate) fn describe_event() -> &'static str {
    "the event to hand over"
}

/// Says, before an error, that the error is in the cursor that the handler resumes from.
pub(crate) fn describe_cursor() -> &'static str {
    "the cursor to resume from"
}

/// Reports that a cursor that the handler returned cannot be serialized as JSON.
pub(crate) fn cursor_not_json(why: &serde_json::Error) -> Error {
    Error::new("InvalidCursor", format!("the cursor cannot be written as JSON: {why}"))
}

/// Reports that `milliseconds` before the timeout there was no time left to start a part of the work.
pub(crate) fn part_not_started(function: &str, milliseconds: u128) -> Error {
    deadline_reached(function, "started", milliseconds)
}

/// Reports that a part of the work was still running `milliseconds` before the timeout, and was dropped.
pub(crate) fn part_not_finished(function: &str, milliseconds: u128) -> Error {
    deadline_reached(function, "finished", milliseconds)
}

/// Makes the error of a part of the work for which there was no time left; `not` is `started` or `finished`.
fn deadline_reached(function: &str, not: &str, milliseconds: u128) -> Error {
    let message = format!(
        "a part of the work of `{function}` was not {not}: {milliseconds} ms before the timeout; help: do less in \
         one call of the handler, or raise `timeout`"
    );
    Error::new("DeadlineReached", message)
}

/// Reports that event and cursor are too large for a message of the queue. `body` is the size of the message,
/// `event` that of the event, and `cursor` that of the cursor, all in bytes.
pub(crate) fn hand_over_too_large(
    function: &str,
    body: usize,
    limit: usize,
    event: usize,
    cursor: Option<usize>,
) -> Error {
    let content = match cursor {
        Some(cursor) => format!("an event of {event} bytes and a cursor of {cursor}"),
        None => format!("an event of {event} bytes"),
    };
    let message = format!(
        "`{function}` cannot hand its work over: with {content} the message has {body} bytes, and SQS takes \
         {limit}; help: write large content to a bucket, and put the key into the event or the cursor"
    );
    Error::new("HandOverTooLarge", message)
}

/// Reports that a function has work to hand over and no queue; `variable` is the environment variable for the
/// queue's URL, which is not set.
pub(crate) fn no_queue(function: &str, variable: &str) -> Error {
    let message = format!(
        "`{function}` has no queue to hand its work over to; help: set `{variable}` to the queue's URL"
    );
    Error::new("MissingVariable", message)
}

/// Reports that SQS did not confirm a hand-over within the `milliseconds` that were left.
pub(crate) fn hand_over_timed_out(queue: &str, milliseconds: u128) -> Error {
    let message = format!(
        "`SendMessage` on the queue `{queue}` was not answered within the {milliseconds} ms that were left before \
         the timeout; help: raise `deadline_margin`"
    );
    Error::new("HandOverTimedOut", message)
}

/// The reason why a message of a function's resume queue is not a hand-over.
pub(crate) enum NotAHandOver {
    NotAnObject,
    Json(serde_json::Error),
    Version { found: u32, expected: u32 },
    Function(String),
    NoHop,
}

/// Reports that a message of a function's resume queue is not a hand-over.
pub(crate) fn not_a_hand_over(queue: &str, function: &str, why: NotAHandOver) -> Error {
    let why = match why {
        NotAHandOver::NotAnObject => "it is not a JSON object".to_owned(),
        NotAHandOver::Json(error) => error.to_string(),
        NotAHandOver::Version { found, expected } => {
            format!("its version is {found}, not {expected}")
        }
        NotAHandOver::Function(other) => format!("it is for the function `{other}`"),
        NotAHandOver::NoHop => "its hop is 0".to_owned(),
    };
    let message = format!(
        "a message of the queue `{queue}` is not a hand-over: {why}; help: send nothing to that queue: it is for \
         the messages of `{function}` alone"
    );
    Error::new("NotAHandOver", message)
}

/// Reports that work was handed over `hops` times, the limit, and is not done; `request` is the id of the
/// request that started the work.
pub(crate) fn hop_limit(function: &str, request: &str, hops: u32) -> Error {
    let message = format!(
        "the work of request {request} was handed over {hops} times and is not done; help: raise `hops` in \
         `resume(queue, hops = {hops})` of `{function}`, deploy, and send the message back from the dead-letter \
         queue: the work resumes from its cursor"
    );
    Error::new("HopLimit", message)
}

/// Reports that the response of a resumed invocation says that its event was not handled; `request` is the id
/// of the request that started the work.
pub(crate) fn event_not_handled(request: &str, hop: u32) -> Error {
    let message = format!("the event of request {request} was not handled at hop {hop}");
    Error::new("NotHandled", message)
}

/// Reports that a message of a function's resume queue has no id, so that its failure could not be reported to
/// Lambda.
pub(crate) fn message_without_id() -> Error {
    super::invocation::invalid_payload("a message of the batch has no `messageId`")
}

/// Describes a message of a function's resume queue in the log by its id.
pub(crate) fn describe_message(id: &str) -> String {
    format!("message {id}")
}

/// Describes a part of the work in the log by the id of the request that started the work, and the number of
/// hand-overs.
pub(crate) fn describe_part(request: &str, hop: u32) -> String {
    format!("a part of the work of request {request} at hop {hop}")
}

/// Describes the hand-over of work in the log, before the error with which it failed.
pub(crate) fn describe_hand_over() -> &'static str {
    "handing it over"
}

/// Reports, in the log, that resumed work is done.
pub(crate) fn work_done(function: &str, request: &str, hop: u32) -> String {
    format!("`{function}` is done: request {request}, hop {hop}")
}

/// Reports, in the log, that work was handed over; `message` is the id of the message.
pub(crate) fn work_handed_over(function: &str, request: &str, hop: u32, message: &str) -> String {
    format!("`{function}` resumes later: request {request}, hop {hop}, message {message}")
}
