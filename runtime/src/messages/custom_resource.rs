//! Messages about the requests of custom resources: what CloudFormation reads as the reason of a failure, and why an
//! answer does not reach it.

use std::fmt::Display;

use super::invocation::invalid_payload;
use crate::Error;

/// The service that waits for the answer.
pub(crate) const SERVICE: &str = "CloudFormation";

/// Reports that a payload does not say where its answer goes.
pub(crate) fn no_address(why: Error) -> Error {
    why.with_context("a request of CloudFormation that cannot be answered")
}

/// Reports that the type of a request is not known.
pub(crate) fn unknown_request_type() -> Error {
    invalid_payload("the `RequestType` is not `Create`, `Update` or `Delete`")
}

/// Reports that the properties in the field `field` of a request cannot be decoded as the type `expected`. `path` is
/// the path of the property at which decoding stopped.
pub(crate) fn properties_not_of_type(
    field: &str,
    expected: &str,
    path: &str,
    why: &dyn Display,
) -> Error {
    let property = if path == "." { String::new() } else { format!("`{path}`: ") };
    invalid_payload(format_args!("the `{field}` are not a `{expected}`: {property}{why}"))
}

/// Reports that the response of a handler is no answer to CloudFormation.
pub(crate) fn invalid_answer(why: &dyn Display) -> Error {
    invalid(format_args!("the answer of the handler: {why}"))
}

/// Reports that a handler streams its response.
pub(crate) fn answer_streamed() -> Error {
    invalid("a streamed response is no answer")
}

/// Reports that the data of an answer is not a map.
pub(crate) fn data_not_a_map() -> Error {
    invalid("the data of the answer is not a map of names and values; help: use a struct")
}

/// Reports that a value in the data of an answer is a map or a list of lists.
pub(crate) fn data_nested(name: &str) -> Error {
    invalid(format_args!(
        "`{name}` in the data of the answer is not a text, a number, a boolean or a list of these; help: give each \
         value a name of its own"
    ))
}

/// Reports that the physical id in an answer is empty or too long.
pub(crate) fn invalid_physical_id(bytes: usize, limit: usize) -> Error {
    invalid(format_args!(
        "the physical id in the answer has {bytes} bytes, and CloudFormation takes 1 to {limit}"
    ))
}

/// Reports that an answer is larger than CloudFormation accepts; `data` is the size of its data.
pub(crate) fn answer_too_large(bytes: usize, data: usize, limit: usize) -> Error {
    let message = format!(
        "the answer has {bytes} bytes, {data} of them data, and CloudFormation takes {limit}; help: write large \
         data to a bucket or a parameter, and answer with its name"
    );
    Error::new("AnswerTooLarge", message)
}

/// Makes the error of an answer that CloudFormation would not accept.
fn invalid(message: impl Display) -> Error {
    Error::new("InvalidAnswer", message)
}

/// Reports that the ids of a request leave no room for an answer.
pub(crate) fn ids_too_long(limit: usize) -> Error {
    invalid_payload(format_args!(
        "an answer with the ids of the request has more than {limit} bytes"
    ))
}

/// Returns the reason of a failure that CloudFormation shows.
pub(crate) fn reason(error: &Error) -> String {
    format!("{}: {error:#}", error.name())
}

/// Names the log stream after the reason of a failure. Returns an empty text if the function has none.
pub(crate) fn log_stream(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" (log stream {name})") }
}

/// Reports that the `ResponseURL` of a request is no URL to which an answer is sent.
pub(crate) fn invalid_url() -> Error {
    invalid_payload("the `ResponseURL` is not an `https` URL")
}
