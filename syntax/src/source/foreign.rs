//! Words for what triggers functions of other tools and has no source here, with what to do instead.

use crate::messages::FamiliarWords;

/// The help for events that have no source. The function takes them without a trigger.
const OTHER_EVENTS: &str = "this source has no key yet: declare the trigger in an overlay, and let a function without a `trigger`\ntake the event, as any type that implements `Deserialize`";

/// The words, in the place of a source or of a key of `#[function]`.
pub(super) const NAMES: &[FamiliarWords] = &[
    (
        &["direct", "invoke", "invocation", "none", "lambda"],
        "a function that is invoked directly has no `trigger`",
    ),
    (
        &["websocket", "ws", "ses", "appsync", "lex", "stepfunctions", "sfn", "firehose"],
        OTHER_EVENTS,
    ),
];
