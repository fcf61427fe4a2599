//! What is reported about batches: records that failed, were not started or cannot be reported, and windows.

use std::borrow::Cow;
use std::fmt::Display;

use super::invocation::invalid_payload;
use crate::Error;

pub(crate) fn record_not_started(milliseconds: u128) -> Error {
    deadline_reached("started", milliseconds)
}

pub(crate) fn record_not_finished(milliseconds: u128) -> Error {
    deadline_reached("finished", milliseconds)
}

fn deadline_reached(not: &str, milliseconds: u128) -> Error {
    Error::new("DeadlineReached", format!("not {not}: {milliseconds} ms before the timeout"))
}

/// A line of the log about a batch or a part of it.
pub(crate) fn of_request(request_id: &str, what: impl Display) -> String {
    format!("{request_id}: {what}")
}

pub(crate) fn object(bucket: Option<&str>, key: Option<&str>) -> String {
    format!("`{}/{}`", bucket.unwrap_or("?"), key.unwrap_or("?"))
}

pub(crate) fn records_failed(failed: usize, count: usize) -> String {
    format!("{failed} of {count} records failed, the first")
}

pub(crate) fn invalid_s3_event(why: &serde_json::Error) -> Error {
    invalid_payload(format_args!("the S3 event of EventBridge: {why}"))
}

pub(crate) fn message(id: &str) -> String {
    format!("message {id}")
}

pub(crate) fn message_body() -> &'static str {
    "the message's body"
}

pub(crate) fn message_without_id() -> Error {
    invalid_payload("a message of the batch has no `messageId`")
}

pub(crate) fn envelope_incomplete(error: &Error) -> String {
    format!("a part of a message's envelope cannot be read: {}: {error:#}", error.name())
}

pub(crate) fn messages_without_time(count: usize) -> String {
    format!("{count} messages of the batch were not started: there was no time left")
}

pub(crate) fn messages_behind_a_failure(count: usize) -> String {
    format!(
        "{count} messages of the batch were not started: a message before them in their group failed"
    )
}

pub(crate) fn record(number: &str) -> String {
    format!("record {number}")
}

pub(crate) fn first_record(number: &str, count: usize) -> String {
    format!("record {number}, the first of {count}")
}

pub(crate) fn records_not_started(count: usize) -> String {
    format!("{count} records of the batch come after it and were not started")
}

pub(crate) fn record_without_number(error: &Error) -> Error {
    let message = format_args!(
        "a record without a sequence number failed, and cannot be reported: {error:#}"
    );
    invalid_payload(message)
}

pub(crate) fn record_data() -> &'static str {
    "the record's data"
}

pub(crate) fn record_data_not_base64(why: &base64::DecodeError) -> Error {
    invalid_payload(format_args!("the record's data: {why}"))
}

pub(crate) fn unknown_change(event_name: &str) -> Error {
    invalid_payload(format_args!("`{event_name}` is not a change to an item"))
}

/// The stream lacks an image; `which` is `new` or `old`.
pub(crate) fn image_missing(which: &str) -> Error {
    let message = format!(
        "the stream of the table has no {which} images; help: set `stream = new_and_old` on the table, or take \
         `Keys` in place of the image"
    );
    Error::new("MissingImage", message)
}

pub(crate) fn record_without_keys() -> Error {
    Error::new("MissingImage", "the record of the stream has no keys")
}

pub(crate) fn change_without_keys() -> Error {
    Error::new("MissingImage", "this change has no keys")
}

/// `which` is `new` or `old`.
pub(crate) fn image(which: &str) -> Cow<'static, str> {
    format!("the {which} image").into()
}

pub(crate) fn keys() -> Cow<'static, str> {
    "the keys".into()
}

/// `what` is an [`image`] or the [`keys`].
pub(crate) fn invalid_item(what: &str, expected: &str, why: &str) -> Error {
    Error::new("InvalidItem", format!("{what} is not a `{expected}`: {why}"))
}

pub(crate) fn no_window() -> &'static str {
    "a window is folded only if the trigger sets `tumbling_window`"
}

pub(crate) fn window_state() -> &'static str {
    "the window's state"
}

pub(crate) fn window_state_not_json(why: &serde_json::Error) -> Error {
    invalid_window_state(format_args!("it cannot be written as JSON: {why}"))
}

pub(crate) fn window_state_not_an_object() -> Error {
    invalid_window_state(
        "it is not a JSON object, and Lambda stores nothing else; help: use a struct",
    )
}

fn invalid_window_state(why: impl Display) -> Error {
    Error::new("InvalidState", format!("the window's state: {why}"))
}

pub(crate) fn window_state_too_large(bytes: usize, limit: usize) -> String {
    format!(
        "the window's state has {bytes} bytes, and Lambda stores {limit}: it ends the window early"
    )
}
