//! Messages about batches: records that failed, records that were not started, records that cannot be reported
//! to Lambda, and tumbling windows.

use std::borrow::Cow;
use std::fmt::Display;

use super::invocation::invalid_payload;
use crate::Error;

/// Reports that a record of a batch was not handled, because `milliseconds` before the timeout there was no
/// time left to start it.
pub(crate) fn record_not_started(milliseconds: u128) -> Error {
    deadline_reached("started", milliseconds)
}

/// Reports that the call for a record of a batch was dropped, because it was still running `milliseconds`
/// before the timeout.
pub(crate) fn record_not_finished(milliseconds: u128) -> Error {
    deadline_reached("finished", milliseconds)
}

/// Makes the error of a record for which there was no time left; `not` is `started` or `finished`.
fn deadline_reached(not: &str, milliseconds: u128) -> Error {
    Error::new("DeadlineReached", format!("not {not}: {milliseconds} ms before the timeout"))
}

/// Puts the id of the request before `what`, a line of the log about a batch or about a record of it.
pub(crate) fn with_request_id(request_id: &str, what: impl Display) -> String {
    format!("{request_id}: {what}")
}

/// Describes an S3 object in the log by bucket and key; a part that the event does not have is shown as `?`.
pub(crate) fn describe_object(bucket: Option<&str>, key: Option<&str>) -> String {
    format!("`{}/{}`", bucket.unwrap_or("?"), key.unwrap_or("?"))
}

/// Describes, before the error of the first failed record, how many of the `count` records of an S3 event
/// failed.
pub(crate) fn records_failed(failed: usize, count: usize) -> String {
    format!("{failed} of {count} records failed, the first")
}

/// Reports that an S3 event that came through `EventBridge` cannot be decoded.
pub(crate) fn invalid_s3_event(why: &serde_json::Error) -> Error {
    invalid_payload(format_args!("the S3 event of EventBridge: {why}"))
}

/// Describes a message of a queue or a topic in the log by its id.
pub(crate) fn describe_message(id: &str) -> String {
    format!("message {id}")
}

/// Says, before a decoding error, that the error is in the body of an SQS message.
pub(crate) fn message_body() -> &'static str {
    "the message's body"
}

/// Says, before a decoding error, that the error is in the text of an SNS message.
pub(crate) fn notification_message() -> &'static str {
    "the text of the message"
}

/// Describes an entry of a log by its id.
pub(crate) fn describe_log_entry(id: &str) -> String {
    format!("log entry {id}")
}

/// Describes a record whose id cannot be read, by its index in the event.
pub(crate) fn describe_broken_record(index: usize) -> String {
    format!("record {} of the event", index + 1)
}

/// Says, before a decoding error, that the error is in the message of an entry of a log.
pub(crate) fn log_message() -> &'static str {
    "the message of the entry"
}

/// Says, before a decoding error, that the error is in the unpacked data of a log.
pub(crate) fn log_data() -> &'static str {
    "the unpacked data of the log"
}

/// Reports that the data of a log cannot be unpacked: it is not base64, or not compressed with gzip.
pub(crate) fn invalid_log_data(why: impl Display) -> Error {
    invalid_payload(format_args!("the data of the log: {why}"))
}

/// Reports that the data of a log is larger than the runtime unpacks.
pub(crate) fn log_data_too_large(limit: usize) -> Error {
    invalid_payload(format_args!(
        "the entries of the log have more than {limit} bytes when they are unpacked"
    ))
}

/// Reports that an SQS message has no id, so that its failure could not be reported to Lambda.
pub(crate) fn message_without_id() -> Error {
    invalid_payload("a message of the batch has no `messageId`")
}

/// Reports, in the log, that a part of the envelope of a message or an event cannot be decoded; `error` says which
/// part.
pub(crate) fn envelope_incomplete(error: &Error) -> String {
    format!("a part of the envelope cannot be read: {}: {error:#}", error.name())
}

/// Reports, in the log, that `count` SQS messages were not started because there was no time left.
pub(crate) fn messages_without_time(count: usize) -> String {
    format!("{count} messages of the batch were not started: there was no time left")
}

/// Reports, in the log, that `count` SQS messages of a FIFO queue were not started because a message before
/// them in their group failed.
pub(crate) fn messages_behind_a_failure(count: usize) -> String {
    format!(
        "{count} messages of the batch were not started: a message before them in their group failed"
    )
}

/// Describes a record of a Kafka topic in the log by its partition and its offset.
pub(crate) fn describe_kafka_record(partition: &str, offset: Option<i64>) -> String {
    match offset {
        Some(offset) => format!("record {offset} of {partition}"),
        None => format!("a record of {partition}"),
    }
}

/// Says, before a decoding error, that the error is in the value of a Kafka record. `is_tombstone` is whether the record
/// has no value.
pub(crate) fn record_value(is_tombstone: bool) -> &'static str {
    if is_tombstone {
        "the record has no value (a tombstone); help: take a `KafkaRecord<Option<T>>`"
    } else {
        "the record's value"
    }
}

/// Reports, in the log, that `count` records of Kafka topics were not started.
pub(crate) fn kafka_records_not_started(count: usize) -> String {
    format!(
        "{count} records of the batch were not started: a record failed before them, or there was no time left"
    )
}

/// Reports that a Kafka record failed and its offset cannot be read, so that its failure cannot be reported to Lambda;
/// `error` says why.
pub(crate) fn record_without_offset(error: &Error) -> Error {
    let message =
        format_args!("a record without an offset failed, and cannot be reported: {error:#}");
    invalid_payload(message)
}

/// Says that a key or a value of a Kafka record is not base64.
pub(crate) fn not_base64(why: &base64::DecodeError) -> String {
    format!("not base64: {why}")
}

/// Says that a number in a header of a Kafka record is not a byte.
pub(crate) fn not_a_byte(number: i16) -> String {
    format!("{number} is not a byte")
}

/// The noun for the headers of a Kafka record in decoding errors.
pub(crate) fn headers_expected() -> &'static str {
    "a list of headers"
}

/// The noun for a header of a Kafka record in decoding errors.
pub(crate) fn header_expected() -> &'static str {
    "an object with the bytes of a header"
}

/// The noun for the records of a Kafka batch in decoding errors.
pub(crate) fn partitions_expected() -> &'static str {
    "records by their partitions"
}

/// Describes a record of a stream in the log by its sequence number.
pub(crate) fn describe_record(number: &str) -> String {
    format!("record {number}")
}

/// Describes the first of `count` records of a stream by its sequence number, before the error with which the
/// whole batch fails.
pub(crate) fn describe_first_record(number: &str, count: usize) -> String {
    format!("record {number}, the first of {count}")
}

/// Reports, in the log, that `count` records of a stream were not started because they come after a record that
/// failed.
pub(crate) fn records_not_started(count: usize) -> String {
    format!("{count} records of the batch come after it and were not started")
}

/// Reports that a record of a stream failed and has no sequence number, so that its failure cannot be reported
/// to Lambda; `error` is the failure.
pub(crate) fn record_without_number(error: &Error) -> Error {
    let message = format_args!(
        "a record without a sequence number failed, and cannot be reported: {error:#}"
    );
    invalid_payload(message)
}

/// Says, before a decoding error, that the error is in the data of a Kinesis record.
pub(crate) fn record_data() -> &'static str {
    "the record's data"
}

/// Reports that the data of a Kinesis record is not base64.
pub(crate) fn record_data_not_base64(why: &base64::DecodeError) -> Error {
    invalid_payload(format_args!("the record's data: {why}"))
}

/// Reports that a record of a table's stream has an event name other than `INSERT`, `MODIFY` and `REMOVE`.
pub(crate) fn unknown_change(event_name: &str) -> Error {
    invalid_payload(format_args!("`{event_name}` is not a change to an item"))
}

/// Reports that a record of a table's stream lacks an image that the handler's type needs; `which` is `new` or
/// `old`.
pub(crate) fn image_missing(which: &str) -> Error {
    let message = format!(
        "the stream of the table has no {which} images; help: set `stream = new_and_old` on the table, or take \
         `Keys` in place of the image"
    );
    Error::new("MissingImage", message)
}

/// Reports that a record of a table's stream has no keys.
pub(crate) fn record_without_keys() -> Error {
    Error::new("MissingImage", "the record of the stream has no keys")
}

/// Reports that a `Change` was made without keys, as in a test, so that its keys cannot be decoded.
pub(crate) fn change_without_keys() -> Error {
    Error::new("MissingImage", "this change has no keys")
}

/// Describes an image of an item, for [`invalid_item`]; `which` is `new` or `old`.
pub(crate) fn describe_image(which: &str) -> Cow<'static, str> {
    format!("the {which} image").into()
}

/// Describes the keys of an item, for [`invalid_item`].
pub(crate) fn describe_keys() -> Cow<'static, str> {
    "the keys".into()
}

/// Reports that an image or the keys of a changed item cannot be decoded as the type `expected`; `what` is an
/// [`describe_image`] or the [`describe_keys`].
pub(crate) fn invalid_item(what: &str, expected: &str, why: &str) -> Error {
    Error::new("InvalidItem", format!("{what} is not a `{expected}`: {why}"))
}

/// Says, before a decoding error, that a handler that takes a window got a payload without one.
pub(crate) fn no_window() -> &'static str {
    "a window is folded only if the trigger sets `tumbling_window`"
}

/// Says, before a decoding error, that the error is in the stored state of a window.
pub(crate) fn window_state() -> &'static str {
    "the window's state"
}

/// Reports that the state of a window cannot be serialized as JSON.
pub(crate) fn window_state_not_json(why: &serde_json::Error) -> Error {
    invalid_window_state(format_args!("it cannot be written as JSON: {why}"))
}

/// Reports that the state of a window is serialized as JSON that is not an object, which Lambda does not store.
pub(crate) fn window_state_not_an_object() -> Error {
    invalid_window_state(
        "it is not a JSON object, and Lambda stores nothing else; help: use a struct",
    )
}

/// Makes the error of a window's state that Lambda cannot store; `why` is the reason.
fn invalid_window_state(why: impl Display) -> Error {
    Error::new("InvalidState", format!("the window's state: {why}"))
}

/// Reports, in the log, that the state of a window has more bytes than Lambda stores, so that Lambda ends the
/// window early.
pub(crate) fn window_state_too_large(bytes: usize, limit: usize) -> String {
    format!(
        "the window's state has {bytes} bytes, and Lambda stores {limit}: it ends the window early"
    )
}
