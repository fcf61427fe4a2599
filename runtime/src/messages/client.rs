//! Messages of the capabilities and the typed clients, by kind of resource: first about opening a capability,
//! then about the methods of each client.

use std::fmt::Display;
use std::time::Duration;

use crate::Error;

/// Reports that a capability needs a feature of `skylift` that is off.
#[allow(dead_code, reason = "all features of the clients may be enabled")]
pub(crate) fn feature_missing(feature: &str) -> Error {
    Error::new("MissingFeature", format!("the feature `{feature}` of `skylift` is not enabled"))
}

/// Says, before the error about the environment variable, that the variable with the name of a resource is not
/// set.
pub(crate) fn resource_without_name(kind: &str, id: &str) -> String {
    format!("no name of the {kind} `{id}`")
}

/// Says, before an error, that the function with this handler cannot open a resource.
pub(crate) fn function_cannot_open(handler: &str, kind: &str, id: &str) -> String {
    format!("`{handler}` cannot open the {kind} `{id}`")
}

/// Reports that a capability was taken in a way that the macro does not see, so that it was not opened when the
/// function started and has no permissions.
pub(crate) fn capability_not_opened(capability: &str, id: &str) -> Error {
    let message = format!(
        "`{capability}<…>` of the resource `{id}` was not opened when the function started, and no policy grants \
         it; help: make it a parameter of the handler itself, not a part of another type that the handler takes"
    );
    Error::new("CapabilityNotOpened", message)
}

/// Reports that a request to S3 failed. `name` becomes the name of the error: S3's error code, or a name for a
/// request that got no response.
pub(crate) fn bucket_operation_failed(name: &str, operation: &str, id: &str, why: &str) -> Error {
    Error::new(name.to_owned(), format!("{operation} on the bucket `{id}`: {why}"))
}

/// Reports that the client of a bucket does not accept an object's key.
pub(crate) fn unsupported_key(key: &str) -> Error {
    let message = format!(
        "`{}` cannot be a key here: it is empty, begins with `/`, or has a part that is `.` or `..` or has a control \
         character; help: with the feature `bucket-sdk` of `skylift`, `client()` accepts any key",
        key.escape_debug()
    );
    Error::new("UnsupportedKey", message)
}

/// Reports that an object is not written, because it would invoke the function that writes it.
pub(crate) fn write_triggers_itself(id: &str, key: &str) -> Error {
    let message = format!(
        "the object `{}` is not written to the bucket `{id}`: it would trigger this function again; help: write it \
         under a key that the `prefix` and the `suffix` of the trigger do not match, or write `recursive_loop = \
         allow` in the `#[function]` if the loop is meant and ends",
        key.escape_debug()
    );
    Error::new("TriggersItself", message)
}

/// Reports that an object's key cannot be part of a presigned URL.
pub(crate) fn unsupported_key_in_url(key: &str) -> Error {
    let message = format!(
        "`{}` cannot be a key in a URL: it is empty, or has a part that is `.` or `..`, which browsers take out of \
         the URL",
        key.escape_debug()
    );
    Error::new("UnsupportedKey", message)
}

/// Reports that an object's key cannot be in the form of an upload.
pub(crate) fn unsupported_key_in_form(key: &str) -> Error {
    let message = format!(
        "`{}` cannot be a key in a form: it is empty, or has `${{filename}}`, which S3 replaces by the name of the \
         file",
        key.escape_debug()
    );
    Error::new("UnsupportedKey", message)
}

/// Reports that a URL or a form would be valid for a time that S3 does not accept.
pub(crate) fn invalid_expiry(time: Duration, max: Duration) -> Error {
    let max = max.as_secs();
    let message =
        format!("a URL or a form cannot be valid for {time:?}: S3 accepts 1 to {max} seconds");
    Error::new("InvalidExpiry", message)
}

/// Reports that an upload into a bucket is used again after one of its parts failed.
pub(crate) fn upload_ended(id: &str) -> Error {
    Error::new("UploadEnded", format!("an upload into the bucket `{id}` has failed before"))
}

/// Reports that an item for a table cannot be serialized.
pub(crate) fn item_not_serialized(id: &str, why: &dyn Display) -> Error {
    let message = format!("an item for the table `{id}` cannot be serialized: {why}");
    Error::new("InvalidItem", message)
}

/// Reports that a value for one attribute of an item cannot be serialized.
pub(crate) fn value_not_serialized(attribute: &str, why: &dyn Display) -> Error {
    let message = format!("the value for `{attribute}` cannot be serialized: {why}");
    Error::new("InvalidItem", message)
}

/// Reports that an item that was read from a table cannot be decoded as the type `expected`.
pub(crate) fn item_of_another_type(id: &str, expected: &str, why: &dyn Display) -> Error {
    let message = format!("an item of the table `{id}` is not a `{expected}`: {why}");
    Error::new("InvalidItem", message)
}

/// Describes a number of an item for which a type that takes any value has no place.
pub(crate) fn number_too_long(text: &str) -> String {
    format!(
        "the number `{text}` has more digits than a JSON number keeps; help: give it a field of its own, `i128` for \
         an integer or `f64` to round it, or enable the feature `arbitrary_precision` of `serde_json`"
    )
}

/// Reports that a query names an index that the table does not have; `known` are the table's indexes.
pub(crate) fn unknown_index(name: &str, id: &str, known: &[&str]) -> Error {
    let known: Vec<_> = known.iter().map(|index| format!("`{index}`")).collect();
    let known = if known.is_empty() { "no index".to_owned() } else { known.join(", ") };
    let message = format!("`{name}` is not an index of the table `{id}`: it has {known}");
    Error::new("UnknownIndex", message)
}

/// Reports that a query has a condition on the sort key of an index that has none.
pub(crate) fn index_without_sort_key(index: &str, id: &str) -> Error {
    let message = format!("the index `{index}` of the table `{id}` has no sort key");
    Error::new("NoSortKey", message)
}

/// Reports that an index has another partition key than its table `id`, which is a view of one partition.
pub(crate) fn index_outside_view(index: &str, id: &str, key: &str) -> Error {
    let message = format!(
        "the index `{index}` has another partition key than `{key}`, and `{id}` is a view by that key: query the whole table"
    );
    Error::new("OutsideView", message)
}

/// Reports that an item that is written to the view `id` of a table has another partition key.
pub(crate) fn item_outside_view(id: &str, key: &str) -> Error {
    let message = format!(
        "the `{key}` of the item is not the partition key of the view `{id}`: leave it out, or write to the whole table"
    );
    Error::new("OutsideView", message)
}

/// Reports that a value for a key attribute has another type than the table declares; `declared` and `given`
/// describe the two types.
pub(crate) fn key_of_another_type(key: &str, id: &str, declared: &str, given: &str) -> Error {
    let message = format!("the key `{key}` of the table `{id}` is {declared}, not {given}");
    Error::new("WrongKeyType", message)
}

/// Says how many of the `total` items of a call were not `done`: `read` or `written`.
pub(crate) fn items_not_done(left: usize, total: usize, id: &str, done: &str) -> String {
    format!("{left} of {total} items of the table `{id}` were not {done}")
}

/// Reports that `DynamoDB` did not process `left` of the `total` items of a call after several tries; `done` is what
/// was not done with the items: `read` or `written`.
pub(crate) fn items_unprocessed(left: usize, total: usize, id: &str, done: &str) -> Error {
    let message = format!("{}: the table is too busy", items_not_done(left, total, id, done));
    Error::new("Unprocessed", message)
}

/// Reports that a page is requested after an earlier page of the same query failed.
pub(crate) fn earlier_page_failed() -> Error {
    Error::new("PageFailed", "an earlier page could not be read")
}

/// Describes a message for a queue, at the beginning of an error.
pub(crate) fn queue_message(id: &str) -> String {
    format!("a message for the queue `{id}`")
}

/// Reports that a message for a queue has a longer delay than SQS accepts.
pub(crate) fn delay_too_long(seconds: u64, limit: u64) -> Error {
    let message = format!("a message cannot be delayed by {seconds} seconds: SQS accepts {limit}");
    Error::new("DelayTooLong", message)
}

/// Describes a message for a topic, at the beginning of an error.
pub(crate) fn topic_message(id: &str) -> String {
    format!("a message for the topic `{id}`")
}

/// Describes a message that is published in one request with other messages, at the beginning of an error.
pub(crate) fn topic_message_in_batch(id: &str) -> String {
    format!("a message for the topic `{id}`, published with others,")
}

/// Describes the input of an execution of a state machine, at the beginning of an error.
pub(crate) fn execution_input(id: &str) -> String {
    format!("the input of the state machine `{id}`")
}

/// Describes the output of an execution of a state machine, at the beginning of an error.
pub(crate) fn execution_output(id: &str) -> String {
    format!("the output of the state machine `{id}`")
}

/// Reports that an execution of an express workflow took longer than it may.
pub(crate) fn execution_timed_out(id: &str) -> Error {
    Error::new("TimedOut", format!("the execution of the state machine `{id}` took too long"))
}

/// Describes a record for a Kinesis stream, at the beginning of an error.
pub(crate) fn stream_record(id: &str) -> String {
    format!("a record for the stream `{id}`")
}

/// Describes an event for an event bus, at the beginning of an error.
pub(crate) fn bus_event(id: &str) -> String {
    format!("an event for the bus `{id}`")
}

/// Reports that no value was put into a secret yet.
pub(crate) fn secret_without_value(id: &str, arn: &str) -> Error {
    let message = format!(
        "the secret `{id}` has no value yet; help: `aws secretsmanager put-secret-value --secret-id {arn} \
         --secret-string …`"
    );
    Error::new("EmptySecret", message)
}

/// Reports that the value of a secret cannot be used; `why` is [`secret_is_binary`], [`secret_not_json`] or
/// [`secret_of_another_type`].
pub(crate) fn invalid_secret(id: &str, why: &str) -> Error {
    Error::new("InvalidSecret", format!("the value of the secret `{id}` {why}"))
}

/// Describes a secret whose value is binary.
pub(crate) fn secret_is_binary() -> &'static str {
    "is bytes, not text"
}

/// Describes a secret whose value is not JSON.
pub(crate) fn secret_not_json() -> &'static str {
    "is not JSON"
}

/// Describes a secret whose JSON cannot be decoded as the type `expected`. It shows the path to the
/// mistake, and nothing of the secret's value.
pub(crate) fn secret_of_another_type(expected: &str, path: &dyn Display) -> String {
    format!("is not a `{expected}`: look at `{path}`")
}

/// Describes the event with which a function is invoked, at the beginning of an error.
pub(crate) fn function_event(id: &str) -> String {
    format!("the event for the function `{id}`")
}

/// Describes the response of an invoked function, at the beginning of an error.
pub(crate) fn function_answer(id: &str) -> String {
    format!("the answer of the function `{id}`")
}
