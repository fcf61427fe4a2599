//! What logs, metrics and traces report in the log about themselves. The messages about the names of metrics are also
//! those of the compiler.

use std::fmt::Display;

use crate::Error;

/// `subject` is the function, the message or the part of the work that failed.
pub(crate) fn invocation_failed(subject: &dyn Display, error: &Error) -> String {
    format!("{subject} failed: {}: {error:#}", error.name())
}

pub(crate) fn invalid_rust_log(directives: &str, why: &dyn Display) -> String {
    format!(
        "`RUST_LOG` is ignored: `{directives}`: {why}; help: write levels by target, such as `info,my_crate=debug`"
    )
}

pub(crate) fn panicked(what: &str, location: Option<&dyn Display>) -> String {
    match location {
        Some(location) => format!("panicked at {location}: {what}"),
        None => format!("panicked: {what}"),
    }
}

pub(crate) fn panicked_without_text() -> &'static str {
    "a value that is not text"
}

pub(crate) fn metric_left_out(name: &str, value: f64, problem: &str) -> String {
    format!("the metric `{name}` of {value} is left out: {problem}")
}

pub(crate) const fn metric_name_empty() -> &'static str {
    "the name is empty"
}

pub(crate) const fn metric_name_too_long() -> &'static str {
    "the name is too long: CloudWatch accepts 255 characters for a metric, 250 for a dimension"
}

pub(crate) const fn metric_name_begins_with_colon() -> &'static str {
    "the name begins with `:`"
}

pub(crate) const fn metric_name_reserved() -> &'static str {
    "`_aws` is a key of the embedded metric format"
}

pub(crate) const fn metric_name_not_ascii() -> &'static str {
    "the name has a character that is not printable ASCII"
}

pub(crate) const fn dimension_with_name_of_metric() -> &'static str {
    "a dimension has the same name as the metric"
}

pub(crate) const fn dimension_given_twice() -> &'static str {
    "a dimension is given twice"
}

pub(crate) const fn function_name_is_a_dimension() -> &'static str {
    "`FunctionName` is a dimension of every metric"
}

pub(crate) const fn too_many_dimensions() -> &'static str {
    "CloudWatch accepts 30 dimensions, including `FunctionName`"
}

pub(crate) fn metric_value_out_of_range() -> &'static str {
    "CloudWatch does not accept this number"
}

pub(crate) fn property_name_reserved() -> &'static str {
    "`_aws` is a key of the embedded metric format, not a property"
}

pub(crate) fn property_too_large(name: &str, limit: usize) -> String {
    format!("the property `{name}` is left out: as JSON it has more than {limit} bytes")
}

pub(crate) fn property_not_json(name: &str, why: &serde_json::Error) -> String {
    format!("the property `{name}` is left out: it cannot be serialized as JSON: {why}")
}

pub(crate) fn no_spans(why: &dyn Display) -> String {
    format!("no spans are sent: {why}")
}

pub(crate) fn spans_lost(why: &dyn Display) -> String {
    format!(
        "spans are lost: {why}; help: run a collector beside the function, or set `OTEL_EXPORTER_OTLP_ENDPOINT`"
    )
}

pub(crate) fn collector_timed_out(milliseconds: u128) -> String {
    format!("no response within {milliseconds} ms")
}

pub(crate) fn spans_dropped(count: usize, limit: usize) -> String {
    format!(
        "{count} spans are lost: more than {limit} waited to be sent; help: make fewer, or sample with \
         `OTEL_TRACES_SAMPLER`"
    )
}

pub(crate) fn collector_not_http(uri: &dyn Display) -> String {
    format!(
        "`{uri}` is not an `http` address; help: send to a collector beside the function, which can forward to \
         others by https"
    )
}

pub(crate) fn collector_without_host() -> &'static str {
    "the address has no host"
}

/// The status of a span whose handler was dropped.
pub(crate) fn handler_cut_off() -> &'static str {
    "the invocation ended before the handler did"
}
