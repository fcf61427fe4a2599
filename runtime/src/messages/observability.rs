//! Messages of logs, metrics and traces. The texts about the names of metrics and dimensions are also messages
//! of the compiler.

use std::fmt::Display;

use crate::Error;

/// Reports, in the log, that an invocation or a part of it failed; `subject` describes the function, the
/// message or the part of the work.
pub(crate) fn invocation_failed(subject: &dyn Display, error: &Error) -> String {
    format!("{subject} failed: {}: {error:#}", error.name())
}

/// Reports, in the log, that the environment variable `RUST_LOG` cannot be parsed and is ignored; `directives`
/// is its value.
pub(crate) fn invalid_rust_log(directives: &str, why: &dyn Display) -> String {
    format!(
        "`RUST_LOG` is ignored: `{directives}`: {why}; help: write levels by target, such as `info,my_crate=debug`"
    )
}

/// Writes a panic as a line of the log; `what` is the panic's message, and `location` is `None` if the place is
/// not known.
pub(crate) fn panicked(what: &str, location: Option<&dyn Display>) -> String {
    match location {
        Some(location) => format!("panicked at {location}: {what}"),
        None => format!("panicked: {what}"),
    }
}

/// Returns the message of a panic whose value is not text.
pub(crate) fn panicked_without_text() -> &'static str {
    "a value that is not text"
}

/// Reports, in the log, that a metric is not written; `problem` is a reason such as [`metric_name_empty`].
pub(crate) fn metric_left_out(name: &str, value: f64, problem: &str) -> String {
    format!("the metric `{name}` of {value} is left out: {problem}")
}

/// Describes a metric or dimension whose name is empty.
pub(crate) const fn metric_name_empty() -> &'static str {
    "the name is empty"
}

/// Describes a metric or dimension whose name is longer than `CloudWatch` accepts.
pub(crate) const fn metric_name_too_long() -> &'static str {
    "the name is too long: CloudWatch accepts 255 characters for a metric, 250 for a dimension"
}

/// Describes a metric or dimension whose name begins with a colon.
pub(crate) const fn metric_name_begins_with_colon() -> &'static str {
    "the name begins with `:`"
}

/// Describes a metric or dimension with the name `_aws`, which is reserved.
pub(crate) const fn metric_name_reserved() -> &'static str {
    "`_aws` is a key of the embedded metric format"
}

/// Describes a metric or dimension whose name has characters outside printable ASCII.
pub(crate) const fn metric_name_not_ascii() -> &'static str {
    "the name has a character that is not printable ASCII"
}

/// Describes a metric with a dimension of the same name.
pub(crate) const fn dimension_with_name_of_metric() -> &'static str {
    "a dimension has the same name as the metric"
}

/// Describes a metric with two dimensions of one name.
pub(crate) const fn dimension_given_twice() -> &'static str {
    "a dimension is given twice"
}

/// Describes a metric with a dimension `FunctionName`, which Skylift adds.
pub(crate) const fn function_name_is_a_dimension() -> &'static str {
    "`FunctionName` is a dimension of every metric"
}

/// Describes a metric with more dimensions than `CloudWatch` accepts.
pub(crate) const fn too_many_dimensions() -> &'static str {
    "CloudWatch accepts 30 dimensions, including `FunctionName`"
}

/// Describes a metric whose value `CloudWatch` does not accept.
pub(crate) fn metric_value_out_of_range() -> &'static str {
    "CloudWatch does not accept this number"
}

/// Reports, in the log, that a property is left out because its name is `_aws`, which the embedded metric
/// format reserves.
pub(crate) fn property_name_reserved() -> &'static str {
    "`_aws` is a key of the embedded metric format, not a property"
}

/// Reports, in the log, that a property of the lines with metrics is left out because its JSON is too large.
pub(crate) fn property_too_large(name: &str, limit: usize) -> String {
    format!("the property `{name}` is left out: as JSON it has more than {limit} bytes")
}

/// Reports, in the log, that a property of the lines with metrics is left out because it cannot be serialized
/// as JSON.
pub(crate) fn property_not_json(name: &str, why: &serde_json::Error) -> String {
    format!("the property `{name}` is left out: it cannot be serialized as JSON: {why}")
}

/// Reports, in the log, that the exporter of spans could not be set up, so that no spans are sent.
pub(crate) fn no_spans(why: &dyn Display) -> String {
    format!("no spans are sent: {why}")
}

/// Reports, in the log, that spans could not be sent to the collector; `why` is the error of the request.
pub(crate) fn spans_lost(why: &dyn Display) -> String {
    format!(
        "spans are lost: {why}; help: run a collector beside the function, or set `OTEL_EXPORTER_OTLP_ENDPOINT`"
    )
}

/// Describes lost spans for which the collector sent no response within `milliseconds`.
pub(crate) fn collector_timed_out(milliseconds: u128) -> String {
    format!("no response within {milliseconds} ms")
}

/// Reports, in the log, that `count` spans were dropped because more than `limit` waited to be sent.
pub(crate) fn spans_dropped(count: usize, limit: usize) -> String {
    format!(
        "{count} spans are lost: more than {limit} waited to be sent; help: make fewer, or sample with \
         `OTEL_TRACES_SAMPLER`"
    )
}

/// Reports that the address of the collector is not an `http` address, so that no span can be sent.
pub(crate) fn collector_not_http(uri: &dyn Display) -> String {
    format!(
        "`{uri}` is not an `http` address; help: send to a collector beside the function, which can forward to \
         others by https"
    )
}

/// Reports that the address of the collector has no host, so that no span can be sent.
pub(crate) fn collector_without_host() -> &'static str {
    "the address has no host"
}

/// Returns the status of a span whose handler was dropped before it returned.
pub(crate) fn handler_cut_off() -> &'static str {
    "the invocation ended before the handler did"
}
