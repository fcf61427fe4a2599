//! What the mappings of streams take beside: `batch_size = 100`, `parallelization = 2`, `bisect`,
//! `max_record_age = "1h"`, `retries = 3`, `start = latest`, `tumbling_window = "1m"`,
//! `on_failure = DeadLetters`.

use skylift_model::mapping::destination;
use skylift_model::mapping::stream::{Start, StreamMapping};
use skylift_model::timestamp::{NoTimestamp, Timestamp};
use skylift_model::value::Named;

use super::{named, place};
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value};

/// The word for a record that comes again for as long as the stream has it.
const FOREVER: &str = "forever";

/// What a destination is.
const DESTINATION: &str = "a queue, a topic or a bucket";

/// Reads the arguments that the mapping of every stream has. `at_timestamp` is whether the source can
/// begin at a point in time.
pub(crate) fn read(args: &Args, at_timestamp: bool, errors: &mut Errors) -> StreamMapping {
    let mapping = StreamMapping {
        batch_size: args.get("batch_size").and_then(|value| read::number(value, errors)),
        parallelization: args.get("parallelization").and_then(|value| read::number(value, errors)),
        bisect: args.flag("bisect", errors).unwrap_or_default(),
        max_record_age: unless_forever(args, "max_record_age", errors, read::seconds),
        retries: unless_forever(args, "retries", errors, read::number),
        start: args.get("start").and_then(|value| start(value, at_timestamp, errors)),
        tumbling_window: args.get("tumbling_window").and_then(|value| read::seconds(value, errors)),
        on_failure: args.get(destination::KEY).and_then(|value| on_failure(value, errors)),
        mapping: super::read(args, errors),
    };
    if let Some(message) = mapping.check_window() {
        errors.push(place(args, "parallelization"), message).help("leave one of the two out");
    }
    mapping
}

/// A bound that `forever` takes away, as Lambda has it where nothing is said.
fn unless_forever<T>(
    args: &Args,
    key: &'static str,
    errors: &mut Errors,
    read: fn(&Value, &mut Errors) -> Option<T>,
) -> Option<T> {
    let value = args.get(key)?;
    if value.word() == Some(FOREVER) {
        return None;
    }
    // As AWS writes it.
    if matches!(value.kind, Kind::Int(-1)) {
        errors
            .push(&value.place, format!("`{key}` has no -1"))
            .help(format!("write `{key} = {FOREVER}`, or leave it out"));
        return None;
    }
    read(value, errors)
}

fn start(value: &Value, at_timestamp: bool, errors: &mut Errors) -> Option<Start> {
    let text = value.word().unwrap_or_default();
    let dated = text.starts_with(|it: char| it.is_ascii_digit());
    if !dated || !at_timestamp {
        if dated {
            errors
                .push(&value.place, "the stream of a table has no point in time to start at")
                .help("write `start = latest`, or `start = trim_horizon` for all that it holds");
            return None;
        }
        let what =
            if at_timestamp { "a place to start, nor a point in time" } else { "a place to start" };
        return read::word(value, what, &Start::NAMES, errors);
    }
    match text.parse::<Timestamp>() {
        Ok(timestamp) => Some(Start::At(timestamp)),
        Err(error) => {
            errors.push(&value.place, error.to_string()).help(NoTimestamp::HELP);
            None
        }
    }
}

fn on_failure(value: &Value, errors: &mut Errors) -> Option<Named> {
    let named = named(value, DESTINATION, errors)?;
    if let Named::Arn(arn) = &named {
        let Some(kind) = destination::kind_of(arn) else {
            errors.push(&value.place, format!("`{arn}` is not the ARN of {DESTINATION}"));
            return None;
        };
        if destination::is_fifo(arn) {
            errors.push(&value.place, destination::refused_fifo(kind));
            return None;
        }
    }
    Some(named)
}
