//! Messages about `idempotent`, `resume`, `keep_warm` and `provisioned_concurrency` of a function.

use std::fmt::Display;

use skylift_model::message::Message;

use super::{did_you_mean, list};

// `idempotent`.

/// Reports that `idempotent` has no `key`. `attribute` is the attribute that lacks the key, and `text` is the
/// string that the user wrote without a key, if there is one.
pub(crate) fn idempotent_without_key(attribute: &str, text: Option<&str>) -> Message {
    let help = match text {
        Some(text) => format!("write `key = {text:?}`"),
        None => "write `key = \"$.id\"`, or `key = \"$\"` if the whole event is the key".to_owned(),
    };
    Message::new(format!("`{attribute}` needs the path to the key of an event")).with_help(help)
}

/// Reports that a list of JSON paths is empty. `key` is the key of the list, and `attribute` is the key that
/// contains it.
pub(crate) fn empty_list_of_paths(key: &str, attribute: &str) -> Message {
    format!("`{key}` of `{attribute}` is empty").into()
}

/// Reports that a path under `check` is a part of the idempotency key. `path` is this path, and `key` is the
/// path of the idempotency key.
pub(crate) fn check_inside_of_key(path: impl Display, key: impl Display) -> Message {
    Message::new(format!("`{path}` is part of the key `{key}`, so equal keys have the same value"))
        .with_help("leave it out, or check a path outside of the key")
}

/// Reports that the value of `store` is not the path of a table. `found` describes the value.
pub(crate) fn store_expected(found: &str) -> Message {
    Message::new(format!("expected the path of a `#[resource(table(…))]`, found {found}")).with_help(
        "declare an existing table with `existing = \"name\"`; without `store` the function gets a table of its own",
    )
}

/// Reports that an idempotency path begins with a field that the document does not have. `document` is the noun
/// for the document in messages, and `advice` says where the user can find the field.
pub(crate) fn unknown_document_field(
    document: &str,
    field: &str,
    advice: &str,
    known: &[&str],
) -> Message {
    Message::new(format!("{document} has no field `{field}`")).with_help(did_you_mean(
        field,
        known,
        |known| format!("{advice}; it has {}", list(known)),
    ))
}

/// Reports that an idempotency path begins with the index of a list, but the document is an object. `document`
/// is the noun for the document in messages, and `known` are its fields.
pub(crate) fn index_into_object(path: &str, document: &str, known: &[&str]) -> Message {
    Message::new(format!("`{path}` is an item of a list, {document} is an object"))
        .with_help(format!("it has {}", list(known)))
}

// `resume`.

const WRITE_RESUME: &str = "write `resume = queue`, or `resume(queue, hops = 1000)`";

/// Reports that `resume` has no value.
pub(crate) fn resume_without_value() -> Message {
    Message::new("`resume` needs a value").with_help(WRITE_RESUME)
}

/// Reports that the value of `resume` is not `queue`. `found` describes the value.
pub(crate) fn resume_without_queue(found: &str) -> Message {
    Message::new(format!("a function resumes through a `queue` of its own, found {found}"))
        .with_help(WRITE_RESUME)
}

/// Reports that Lambda stops recursive loops of a function that resumes.
pub(crate) fn loop_terminated_beside_resume() -> Message {
    Message::new("Lambda would stop the work of a function that resumes after about 16 invocations")
        .with_help(
            "leave `recursive_loop` out, and limit the work by `hops`: `resume(queue, hops = 100)`",
        )
}

/// Reports that a handler takes a `Resume`, but its function does not resume.
pub(crate) fn cursor_without_resume() -> Message {
    Message::new("`Resume` is a parameter only of a function that resumes")
        .with_help("add `resume = queue` to `#[function]`")
}

/// Reports that a handler takes more than one `Resume`.
pub(crate) fn second_cursor() -> Message {
    "a handler takes one `Resume`: there is one cursor".into()
}

/// Reports that a function resumes, but its handler takes no `Resume`. `name` is the name of the function.
pub(crate) fn resume_without_cursor(name: impl Display) -> Message {
    Message::new(format!("`{name}` resumes, but has no parameter for the cursor"))
        .with_help("add a parameter `cursor: Resume<Cursor>`, with the cursor's type")
}

/// Reports that a function that resumes is also idempotent.
pub(crate) fn resume_beside_idempotent() -> Message {
    Message::new("a function that resumes cannot be idempotent: the answer to the first part of its work would be stored as the answer to all of it")
        .with_help("leave `idempotent` out and make each part safe to repeat, or put it on a second function that sends the work to this one by `Invoker::invoke_async`")
}

// `keep_warm`.

/// Reports that `keep_warm(…)` has no `every`.
pub(crate) fn keep_warm_without_every() -> Message {
    Message::new("`keep_warm` needs `every`, the time between two pings")
        .with_help("write `every = \"5 minutes\"`")
}

/// Reports that the value of `every` is not a duration. `text` is the reason, and `replacement` is the
/// corrected duration, if it is known.
pub(crate) fn invalid_period(text: &str, replacement: Option<&str>) -> Message {
    Message::new(text).with_help(match replacement {
        Some(replacement) => format!("write `{replacement}`"),
        None => "write a duration, such as `5 minutes`, or a `cron(…)`".to_owned(),
    })
}

/// Reports that the period between two pings is not a whole number of minutes.
pub(crate) fn period_not_in_minutes(text: &str) -> Message {
    Message::new(format!("`{text}` is not a whole number of minutes"))
        .with_help("EventBridge counts in minutes: write `1 minute` or more")
}

/// Reports that `keep_warm(…)` has more instances than a rule has targets.
pub(crate) fn too_many_instances(number: i128, limit: u32) -> Message {
    Message::new(format!("{number} instances are too many to keep warm: at most {limit}")).with_help(
        format!(
            "a rule of EventBridge has {limit} targets, and two rules do not fire at the same moment; to keep more started, write `provisioned_concurrency = {number}`"
        ),
    )
}

/// Reports that a function is kept warm, and its reserved concurrency is 0.
pub(crate) fn pings_of_stopped_function() -> Message {
    Message::new(
        "a reserved concurrency of 0 stops the function, and `keep_warm` could keep nothing warm",
    )
    .with_help("leave `keep_warm` out, or write `reserved_concurrency = 1` or more")
}

/// Reports that the time between two pings is longer than an environment lives. `every` is the schedule.
pub(crate) fn pings_too_rare(every: &str) -> Message {
    Message::new(format!(
        "pings at `{every}` keep nothing warm: Lambda ends every environment after some hours"
    ))
    .with_help("write `rate(5 minutes)`")
}

/// Reports that a function cannot hold a ping for this time. `text` is the reason.
pub(crate) fn invalid_hold(text: &str) -> Message {
    Message::new(text).with_help("write `\"100ms\"` or `\"1s\"`")
}

// `provisioned_concurrency`.

/// Reports that the provisioned concurrency is 0. `key` is the key that sets it.
pub(crate) fn provisioned_concurrency_of_zero(key: &str) -> Message {
    Message::new("provisioned concurrency of 0 is too low: AWS takes 1 or more")
        .with_help(format!("leave `{key}` out, or write `{key} = 1`"))
}

/// Reports that a function has `SnapStart`.
pub(crate) fn snap_start_of_rust() -> Message {
    Message::new("Lambda has no SnapStart for `provided.al2023`, the runtime of Rust functions")
        .with_help("leave it out, or write `provisioned_concurrency = 2`")
}

/// Reports that a function is durable.
pub(crate) fn durable_function() -> Message {
    Message::new(
        "the handler of a durable function takes and answers another protocol than that of events",
    )
    .with_help("leave it out; for long work write `resume`, or start a state machine")
}

/// Reports that `owner` has no `min`. `least` is the number to write in the help: the number that the user
/// wrote without a key, or the least accepted value.
pub(crate) fn min_missing(owner: &str, least: i128) -> Message {
    Message::new(format!("`{owner}` needs `min`")).with_help(format!("write `min = {least}`"))
}

/// Reports that `min` of a provisioned concurrency is 0.
pub(crate) fn min_of_zero() -> Message {
    Message::new("`min` is 1 or more: with 0, Lambda removes the configuration from the alias, and the next deployment fails because it is missing")
        .with_help("write `min = 1`")
}

/// Reports that `max` of a provisioned concurrency is less than `min`.
pub(crate) fn max_less_than_min(max: u32, min: u32) -> Message {
    Message::new(format!("`max` of {max} is less than `min`, which is {min}"))
        .with_help(format!("write `max = {min}` or more, or a lower `min`"))
}

/// Reports that a provisioned concurrency has a `target`, but its number never changes. `max` is the least
/// value of `max` with which `target` has an effect.
pub(crate) fn target_without_range(max: u64) -> Message {
    Message::new("`target` has no effect: `min` and `max` are the same at all times")
        .with_help(format!("write `max = {max}` or more"))
}

/// Reports that `target` of a provisioned concurrency is out of range. `text` is the reason.
pub(crate) fn invalid_target(text: &str) -> Message {
    Message::new(text)
        .with_help("the target is the share of the environments in use: `0.7` for 70 %")
}

/// Reports that a function has more scheduled actions than Application Auto Scaling accepts.
pub(crate) fn too_many_schedules(count: usize, limit: usize) -> Message {
    format!("{count} schedules, Application Auto Scaling takes {limit}").into()
}

/// Reports that a provisioned concurrency has two schedules for the same time.
pub(crate) fn second_schedule_at_one_time(at: impl Display) -> Message {
    Message::new(format!("a second schedule at `{at}`: either of the two could apply"))
        .with_help("leave one of them out; a schedule without `time_zone` is in UTC")
}

/// Reports that `schedule` of a provisioned concurrency is set without parentheses.
pub(crate) fn schedule_without_parentheses() -> Message {
    Message::new("`schedule` takes its values in parentheses")
        .with_help("write `schedule(at = \"cron(0 8 ? * MON-FRI *)\", min = 10)`")
}

/// Reports that a `schedule(…)` of a provisioned concurrency has no `at`.
pub(crate) fn schedule_without_at() -> Message {
    Message::new("`schedule` needs `at`").with_help("write `at = \"cron(0 8 ? * MON-FRI *)\"`")
}

/// Reports that a `schedule(…)` with a `rate(…)` has a time zone.
pub(crate) fn time_zone_of_rate() -> Message {
    Message::new("a `rate(…)` has no time of day, and so no time zone")
        .with_help("leave it out, or write a `cron(…)`")
}
