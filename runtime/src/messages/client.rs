//! What the capabilities and the typed clients report, by kind of resource: opening one, and then its methods.

use std::fmt::Display;

use crate::Error;

#[allow(dead_code, reason = "all features of the clients may be enabled")]
pub(crate) fn feature_missing(feature: &str) -> Error {
    Error::new("MissingFeature", format!("the feature `{feature}` of `skylift` is not enabled"))
}

/// The resource whose environment variable has no name.
pub(crate) fn resource_without_name(kind: &str, id: &str) -> String {
    format!("no name of the {kind} `{id}`")
}

/// The function that cannot open a resource.
pub(crate) fn function_cannot_open(handler: &str, kind: &str, id: &str) -> String {
    format!("`{handler}` cannot open the {kind} `{id}`")
}

pub(crate) fn capability_not_opened(capability: &str, id: &str) -> Error {
    let message = format!(
        "`{capability}<…>` of the resource `{id}` was not opened when the function started, and no policy grants \
         it; help: make it a parameter of the handler itself, not a part of another type that the handler takes"
    );
    Error::new("CapabilityNotOpened", message)
}

/// `name` is S3's code, or that of another failure of the request.
pub(crate) fn bucket_operation_failed(name: &str, operation: &str, id: &str, why: &str) -> Error {
    Error::new(name.to_owned(), format!("{operation} on the bucket `{id}`: {why}"))
}

pub(crate) fn unsupported_key(key: &str) -> Error {
    let message = format!(
        "`{}` cannot be a key here: it is empty, begins with `/`, or has a part that is `.` or `..` or has a control \
         character; help: with the feature `bucket-sdk` of `skylift`, `client()` accepts any key",
        key.escape_debug()
    );
    Error::new("UnsupportedKey", message)
}

pub(crate) fn upload_ended(id: &str) -> Error {
    Error::new("UploadEnded", format!("an upload into the bucket `{id}` has failed before"))
}

pub(crate) fn item_not_serialized(id: &str, why: &dyn Display) -> Error {
    let message = format!("an item for the table `{id}` cannot be serialized: {why}");
    Error::new("InvalidItem", message)
}

pub(crate) fn value_not_serialized(attribute: &str, why: &dyn Display) -> Error {
    let message = format!("the value for `{attribute}` cannot be serialized: {why}");
    Error::new("InvalidItem", message)
}

pub(crate) fn item_of_another_type(id: &str, expected: &str, why: &dyn Display) -> Error {
    let message = format!("an item of the table `{id}` is not a `{expected}`: {why}");
    Error::new("InvalidItem", message)
}

pub(crate) fn unknown_index(name: &str, id: &str, known: &[&str]) -> Error {
    let known: Vec<_> = known.iter().map(|index| format!("`{index}`")).collect();
    let known = if known.is_empty() { "no index".to_owned() } else { known.join(", ") };
    let message = format!("`{name}` is not an index of the table `{id}`: it has {known}");
    Error::new("UnknownIndex", message)
}

pub(crate) fn index_without_sort_key(index: &str, id: &str) -> Error {
    let message = format!("the index `{index}` of the table `{id}` has no sort key");
    Error::new("NoSortKey", message)
}

pub(crate) fn key_of_another_type(key: &str, id: &str, declared: &str, given: &str) -> Error {
    let message = format!("the key `{key}` of the table `{id}` is {declared}, not {given}");
    Error::new("WrongKeyType", message)
}

/// `done` is what was not done with the items: `read` or `written`.
pub(crate) fn items_unprocessed(count: usize, id: &str, done: &str) -> Error {
    let message =
        format!("{count} items of the table `{id}` were not {done}: the table is too busy");
    Error::new("Unprocessed", message)
}

pub(crate) fn earlier_page_failed() -> Error {
    Error::new("PageFailed", "an earlier page could not be read")
}

pub(crate) fn queue_message(id: &str) -> String {
    format!("a message for the queue `{id}`")
}

pub(crate) fn delay_too_long(seconds: u64, limit: u64) -> Error {
    let message = format!("a message cannot be delayed by {seconds} seconds: SQS accepts {limit}");
    Error::new("DelayTooLong", message)
}

pub(crate) fn topic_message(id: &str) -> String {
    format!("a message for the topic `{id}`")
}

/// A message that is published with others in one request.
pub(crate) fn topic_message_in_batch(id: &str) -> String {
    format!("a message for the topic `{id}`, published with others,")
}

pub(crate) fn stream_record(id: &str) -> String {
    format!("a record for the stream `{id}`")
}

pub(crate) fn bus_event(id: &str) -> String {
    format!("an event for the bus `{id}`")
}

pub(crate) fn secret_without_value(id: &str, arn: &str) -> Error {
    let message = format!(
        "the secret `{id}` has no value yet; help: `aws secretsmanager put-secret-value --secret-id {arn} \
         --secret-string …`"
    );
    Error::new("EmptySecret", message)
}

/// `why` is one of the three messages below.
pub(crate) fn invalid_secret(id: &str, why: &str) -> Error {
    Error::new("InvalidSecret", format!("the value of the secret `{id}` {why}"))
}

pub(crate) fn secret_is_binary() -> &'static str {
    "is bytes, not text"
}

pub(crate) fn secret_not_json() -> &'static str {
    "is not JSON"
}

/// Shows where the value differs and nothing of the value.
pub(crate) fn secret_of_another_type(expected: &str, path: &dyn Display) -> String {
    format!("is not a `{expected}`: look at `{path}`")
}

pub(crate) fn function_event(id: &str) -> String {
    format!("the event for the function `{id}`")
}

pub(crate) fn function_answer(id: &str) -> String {
    format!("the answer of the function `{id}`")
}
