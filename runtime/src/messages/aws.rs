//! Messages about requests to AWS: an environment without a region or credentials, a message that is too large,
//! a request that fails, and a batch of which AWS refused a part.

use std::fmt::{Display, Formatter, Result as FmtResult};

use crate::Error;

/// Reports that no AWS region is set, so that no client can be made.
pub(crate) fn region_missing() -> Error {
    let message = "the environment has no AWS region; help: set `AWS_REGION`, as Lambda does";
    Error::new("MissingRegion", message)
}

/// Reports that no AWS credentials are set, so that no request can be signed.
pub(crate) fn credentials_missing() -> Error {
    let message = "the environment has no AWS credentials: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, which \
                   Lambda sets, or `AWS_CONTAINER_CREDENTIALS_FULL_URI`; help: in a shell, `eval \"$(aws configure export-credentials --format env)\"`";
    Error::new("MissingCredentials", message)
}

/// Reports that the region in the environment variable `variable` cannot be the name of a region.
pub(crate) fn invalid_region(variable: &str, value: &str) -> Error {
    let message = format!(
        "`{variable}` is `{value}`, which is not the name of an AWS region; help: write one such as `eu-west-1`"
    );
    Error::new("InvalidRegion", message)
}

/// Reports that the value of the environment variable `variable`, which is a part of the credentials, cannot be sent.
/// The message does not show the value, which is secret.
pub(crate) fn invalid_credentials(variable: &str) -> Error {
    let message = format!(
        "`{variable}` has a space, a line break or another character that no credentials have; help: set it again, \
         without what is around it"
    );
    Error::new("InvalidCredentials", message)
}

/// Reports that the address of credentials in the environment variable `variable` is on another machine and not
/// encrypted.
pub(crate) fn credentials_elsewhere(variable: &str, uri: &str) -> Error {
    let message = format!(
        "`{variable}` is `{uri}`, which is another machine; help: credentials are fetched by `http` from this machine \
         alone; use `https`"
    );
    Error::new("InvalidCredentials", message)
}

/// Reports that no credentials could be fetched from the address that the environment has.
pub(crate) fn credentials_not_fetched(why: &dyn Display) -> Error {
    let message = format!(
        "the credentials could not be fetched from `AWS_CONTAINER_CREDENTIALS_FULL_URI`: {why}"
    );
    Error::new("CredentialsNotFetched", message)
}

/// Describes the response of a server that returns no credentials.
pub(crate) fn credentials_refused(status: u16) -> String {
    format!("the status is {status}")
}

/// Reports that the environment variable `variable` does not have the address of a service.
pub(crate) fn invalid_endpoint(variable: &str, value: &str) -> Error {
    let message = format!(
        "`{variable}` is `{value}`, which is not the address of a service; help: write scheme and host, such as \
         `http://localhost:4566`, or remove the variable"
    );
    Error::new("InvalidEndpoint", message)
}

/// Reports that a value to send cannot be serialized as JSON; `what` describes the value, such as `a message
/// for the queue …`.
pub(crate) fn payload_not_json(what: &str, why: &serde_json::Error) -> Error {
    Error::new("InvalidMessage", format!("{what} cannot be serialized as JSON: {why}"))
}

/// Reports that a serialized value has more bytes than AWS accepts; `what` describes the value, such as `a
/// message for the queue …`.
pub(crate) fn payload_too_large(what: &str, bytes: usize, limit: usize) -> Error {
    let message = format!(
        "{what} has {bytes} bytes, and AWS accepts {limit}; help: put large contents into a bucket and send the \
         key"
    );
    Error::new("MessageTooLarge", message)
}

/// Reports that a request to AWS failed. `name` becomes the name of the error: AWS's error code, or a name for
/// a request that got no response. `kind` and `id` say which resource the request was for.
pub(crate) fn operation_failed(
    name: String,
    operation: &str,
    kind: &str,
    id: &str,
    why: &str,
) -> Error {
    Error::new(name, format!("{operation} on the {kind} `{id}`: {why}"))
}

/// Reports that AWS answered a request with a success that does not confirm what was requested.
pub(crate) fn operation_unconfirmed(operation: &str, kind: &str, id: &str) -> Error {
    operation_failed("Unconfirmed".to_owned(), operation, kind, id, unconfirmed())
}

/// Describes a request for which AWS sent no response in time.
pub(crate) fn timed_out() -> &'static str {
    "AWS did not respond in time"
}

/// Describes a request that could not be sent; `cause` is the error of the connection.
pub(crate) fn not_reached(cause: &str) -> String {
    format!("AWS could not be reached: {cause}")
}

/// Describes a request whose response from AWS cannot be read.
pub(crate) fn invalid_aws_response() -> &'static str {
    "the response is not valid"
}

/// Describes a request that the client could not build; `cause` is the client's error.
pub(crate) fn invalid_aws_request(cause: &str) -> String {
    format!("the request is not valid: {cause}")
}

/// Describes a request that failed in a way that the client does not name.
pub(crate) fn request_failed() -> &'static str {
    "the request failed"
}

/// Describes a request or an entry of a batch that AWS's answer, although it is a success, does not confirm.
pub(crate) fn unconfirmed() -> &'static str {
    "the answer of AWS does not confirm it"
}

/// Describes an entry of a batch that was not sent, because AWS refused an entry before it and the entries
/// have to keep their order.
pub(crate) fn held_back() -> &'static str {
    "not sent after the failure of an earlier one"
}

/// Writes the text of a `BatchError`: `failed` of `count` entries were not sent. `listed` has the first of
/// these entries: the position in the caller's list, the error code and the message.
pub(crate) fn batch_failed<'a>(
    f: &mut Formatter<'_>,
    failed: usize,
    count: usize,
    listed: impl ExactSizeIterator<Item = (usize, &'a str, &'a str)>,
) -> FmtResult {
    write!(f, "{failed} of {count} messages were not sent")?;
    let more = failed - listed.len();
    for (number, (index, code, message)) in listed.enumerate() {
        let separator = if number == 0 { ':' } else { ',' };
        write!(f, "{separator} {index} ({code}: {message})")?;
    }
    if more == 0 { Ok(()) } else { write!(f, " and {more} more") }
}

/// Reports, in the log, that a cached value could not be fetched again, so that the old value is used; `error`
/// is the error of the request.
pub(crate) fn cached_value_used(error: &Error) -> String {
    format!("the cached value is used: {}: {error}", error.name())
}
