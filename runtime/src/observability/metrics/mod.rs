//! Metrics in `CloudWatch`'s embedded metric format (feature `metrics`).
//!
//! [`metric!`](crate::metric) records a value. When the invocation ends, all its values are written to the log in a few
//! lines, and `CloudWatch` extracts the metrics from them. No request is sent, and the function needs no permission.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`metric!`](crate::metric) | records a value of a metric |
//! | [`property`] | adds a property to the lines of the invocation |
//! | [`Unit`] | the unit of a metric; the default is [`Unit::None`] |
//! | [`Resolution`] | how finely `CloudWatch` stores a metric; the default is [`Resolution::Standard`], one minute |
//! | [`MetricValue`] | what can be a value: a number or a `Duration` |
//!
//! ```
//! use std::time::Instant;
//! use skylift::metric;
//!
//! # fn place() -> usize { 3 }
//! let started = Instant::now();
//! let items = place();
//! metric!("OrdersPlaced", 1, unit = Count, service = "web");
//! metric!("ItemsOrdered", items, unit = Count, service = "web");
//! metric!("PlacingTook", started.elapsed(), service = "web");
//! ```
//!
//! # Namespace and dimensions
//!
//! The namespace of all metrics is the name of the Cargo package. The environment variable `AWS_EMF_NAMESPACE` sets
//! another one, for one function or in `[package.metadata.skylift]` for all: `env = { AWS_EMF_NAMESPACE = "Shop" }`.
//! Every metric has the dimension `FunctionName`. The other named arguments are further dimensions, at most 29.
//! `CloudWatch` bills each combination of dimension values as a separate metric. So the id of an order should not be
//! a dimension, but a [`property`].
//!
//! # When they are written
//!
//! The metrics of an invocation are written when the handler has returned, failed, panicked or been cancelled, before
//! its answer is sent. The lines go to standard output: one for each set of dimensions, or more if `CloudWatch` does
//! not allow so many values in one (100 metrics with 100 values each). Each invocation has its own values, even if
//! several run at the same time. Values that are recorded outside of an invocation, in `#[init]` for example, are
//! written with the next invocation that ends.
//!
//! Mirrors "Embedding metrics within logs" of the Amazon CloudWatch User Guide.

mod emf;
mod names;
pub(crate) mod store;
mod unit;
mod value;

use std::fmt::Display;
use std::io::Write as _;
use std::sync::{LazyLock, OnceLock};

use serde::Serialize;
use serde_json::Value as Json;

use store::MetricStore;
pub use unit::{Resolution, Unit};
pub use value::MetricValue;

use super::current_invocation::{RunningInvocation, current_invocation};
use super::log;
use super::trace_header::TraceHeader;
use crate::messages;

/// The namespace of the metrics of this process, once it was set at the start.
static NAMESPACE: OnceLock<String> = OnceLock::new();

/// The values of metrics that were recorded outside of any invocation and not written yet.
static OUTSIDE_INVOCATIONS: LazyLock<MetricStore> = LazyLock::new(MetricStore::default);

/// The most bytes that a property of an invocation's metrics may have, as JSON.
const MAX_PROPERTY_BYTES: usize = 8 * 1024;

/// Records a value of a metric (feature `metrics`).
///
/// The first argument is the name, the second the value. Named arguments follow in any order:
///
/// | argument | meaning | default |
/// | --- | --- | --- |
/// | name | the name of the metric, up to 255 printable ASCII characters | |
/// | value | a number, or a [`Duration`](std::time::Duration) | |
/// | `unit` | one of [`Unit`] | `None`; `Milliseconds` for a `Duration` |
/// | `resolution` | one of [`Resolution`] | `Standard`, one minute |
/// | any other name | a dimension; its value implements `Display` | |
///
/// See the module [`metrics`](crate::metrics). Mirrors "`MetricDatum`" of the Amazon CloudWatch API Reference.
///
/// ```
/// use skylift::metric;
///
/// metric!("OrdersPlaced", 1);
/// metric!("OrderSize", 2_048, unit = Bytes, service = "web", "cost-center" = 4711);
/// metric!("QueueDepth", 17_u64, unit = Count, resolution = High);
/// ```
///
/// # Errors
///
/// A literal name that `CloudWatch` would drop is a compile error:
///
/// ```compile_fail
/// skylift::metric!("Größe", 1);
/// ```
///
/// If a computed name or a number is not valid, the metric is left out and the log says why. The handler does not fail.
#[cfg_attr(docsrs, doc(cfg(feature = "metrics")))]
#[macro_export]
macro_rules! metric {
    ($name:literal, $value:expr $(,)?) => {
        $crate::__skylift_metric!({ $name, literal } { $value } {} {} {})
    };
    ($name:literal, $value:expr, $($rest:tt)+) => {
        $crate::__skylift_metric!({ $name, literal } { $value } {} {} {} $($rest)+)
    };
    ($name:expr, $value:expr $(,)?) => {
        $crate::__skylift_metric!({ $name, computed } { $value } {} {} {})
    };
    ($name:expr, $value:expr, $($rest:tt)+) => {
        $crate::__skylift_metric!({ $name, computed } { $value } {} {} {} $($rest)+)
    };
}

/// Parses the named arguments of [`metric!`] one after another, and collects the unit, the resolution and the
/// dimensions. Then expands to the code that records the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_metric {
    ($name:tt $value:tt {} $res:tt $dims:tt unit = $unit:ident $(, $($rest:tt)*)?) => {
        $crate::__skylift_metric!($name $value { $unit } $res $dims $($($rest)*)?)
    };
    ($name:tt $value:tt $unit:tt $res:tt $dims:tt unit = $wrong:literal $($rest:tt)*) => {
        ::core::compile_error!("a unit is one of `skylift::metrics::Unit`; help: `unit = Count`, without quotes")
    };
    ($name:tt $value:tt $unit:tt $res:tt $dims:tt resolution = $wrong:literal $($rest:tt)*) => {
        ::core::compile_error!(
            "a resolution is one of `skylift::metrics::Resolution`; help: `resolution = High`, without quotes"
        )
    };
    ($name:tt $value:tt $unit:tt {} $dims:tt resolution = $res:ident $(, $($rest:tt)*)?) => {
        $crate::__skylift_metric!($name $value $unit { $res } $dims $($($rest)*)?)
    };
    ($name:tt $value:tt $unit:tt $res:tt { $($dims:tt)* } $key:ident = $dim:expr $(, $($rest:tt)*)?) => {
        $crate::__skylift_metric!(
            $name $value $unit $res
            { $($dims)* { ::core::stringify!($key), $dim } } $($($rest)*)?
        )
    };
    ($name:tt $value:tt $unit:tt $res:tt { $($dims:tt)* } $key:literal = $dim:expr $(, $($rest:tt)*)?) => {
        $crate::__skylift_metric!(
            $name $value $unit $res { $($dims)* { $key, $dim } } $($($rest)*)?
        )
    };
    (
        { $name:expr, $kind:ident } { $value:expr } { $($unit:ident)? } { $($res:ident)? }
        { $({ $key:expr, $dim:expr })* }
    ) => {{
        $crate::__skylift_metric!(@check $kind $name, [$($key),*]);
        let unit = ::core::option::Option::None::<$crate::metrics::Unit>;
        $(let unit = unit.or(::core::option::Option::Some($crate::metrics::Unit::$unit));)?
        let resolution = <$crate::metrics::Resolution as ::core::default::Default>::default();
        $(
            let _ = resolution;
            let resolution = $crate::metrics::Resolution::$res;
        )?
        $crate::metrics::record(
            ::core::convert::AsRef::<str>::as_ref(&$name),
            $crate::metrics::MetricValue::measure($value, unit),
            resolution,
            &[$(($key, &$dim as &dyn ::core::fmt::Display)),*],
        );
    }};
    (@check literal $name:expr, [$($key:expr),*]) => {
        const _: () = $crate::metrics::assert_valid_names($name, &[$($key),*]);
    };
    (@check computed $name:expr, [$($key:expr),*]) => {
        const _: () = $crate::metrics::assert_valid_names("a", &[$($key),*]);
    };
}

/// Asserts that `CloudWatch` accepts the name of a metric and the names of its dimensions. Panics with the text of
/// the first problem.
#[doc(hidden)]
#[track_caller]
pub const fn assert_valid_names(metric: &str, dimensions: &[&str]) {
    if let Some(problem) = names::find_problem(metric, dimensions) {
        // Only `metric!` calls this function, in a constant: the panic is a compile error and never happens at run time.
        panic!("{}", problem)
    }
}

/// Records a value of a metric, for the current invocation. Outside of an invocation, the value counts for
/// the next one that ends. A metric that `CloudWatch` would drop is logged and left out.
/// [`metric!`](crate::metric) calls this function.
#[doc(hidden)]
pub fn record(
    name: &str,
    (value, unit): (f64, Unit),
    resolution: Resolution,
    dimensions: &[(&'static str, &dyn Display)],
) {
    if !store::is_accepted(name, value, dimensions) {
        return;
    }
    match current_invocation() {
        Some(invocation) => invocation.metrics.add(name, (value, unit), resolution, dimensions),
        None => OUTSIDE_INVOCATIONS.add(name, (value, unit), resolution, dimensions),
    }
}

/// Adds a property to the log lines of the current invocation's metrics: a value that is not a dimension, such as the
/// id of an order.
///
/// `CloudWatch` Logs Insights finds the lines by their properties. A second value with the same name replaces the first.
/// The lines have the properties `requestId` and `xrayTraceId` already.
///
/// ```
/// skylift::metrics::property("orderId", "4711");
/// ```
///
/// A value that cannot be serialized as JSON, or has more than 8 KB as JSON, is left out, and the log says so. Every line
/// of the invocation has the property, and `CloudWatch` extracts no metrics from a line that it had to truncate.
pub fn property(name: impl Into<String>, value: impl Serialize) {
    let name = name.into();
    if name == "_aws" {
        log::warning(messages::observability::property_name_reserved());
        return;
    }
    match serde_json::to_value(value) {
        Ok(value) if value.to_string().len() > MAX_PROPERTY_BYTES => {
            log::warning(messages::observability::property_too_large(&name, MAX_PROPERTY_BYTES));
        }
        Ok(value) => match current_invocation() {
            Some(invocation) => invocation.metrics.set_property(name, value),
            None => OUTSIDE_INVOCATIONS.set_property(name, value),
        },
        Err(error) => {
            log::warning(messages::observability::property_not_json(&name, &error));
        }
    }
}

/// Sets the namespace of the metrics of this process: the value of `AWS_EMF_NAMESPACE`, or else the name of the
/// package.
pub(crate) fn set_namespace(package: &'static str) {
    let variable = std::env::var("AWS_EMF_NAMESPACE").ok().filter(|name| !name.is_empty());
    let _ = NAMESPACE.set(variable.unwrap_or_else(|| package.to_owned()));
}

/// Writes the metrics of an invocation, and the metrics that were recorded outside of any invocation, to standard
/// output.
pub(crate) fn write_invocation_metrics(invocation: &RunningInvocation) {
    let context = &invocation.context;
    let trace = context.trace_id().and_then(|header| TraceHeader::parse(header).root);
    let ids = [("requestId", Some(context.request_id())), ("xrayTraceId", trace)];
    let ids = ids.into_iter().filter_map(|(name, id)| Some((name, Json::from(id?))));
    let function = context.function_name();
    write_to_stdout(
        &(OUTSIDE_INVOCATIONS.take_lines(metrics_namespace(), function, [])
            + &invocation.metrics.take_lines(metrics_namespace(), function, ids)),
    );
}

/// Writes the metrics that were recorded outside of any invocation to standard output, when the process ends.
pub(crate) fn write_remaining_metrics() {
    let function = std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
    write_to_stdout(&OUTSIDE_INVOCATIONS.take_lines(metrics_namespace(), &function, []));
}

/// Returns the namespace of the metrics of this process, and `skylift` if none was set.
fn metrics_namespace() -> &'static str {
    NAMESPACE.get().map_or("skylift", String::as_str)
}

/// Writes log lines to standard output in one piece. If standard output is closed, nothing happens.
fn write_to_stdout(lines: &str) {
    if !lines.is_empty() {
        let mut stdout = std::io::stdout().lock();
        let _ = stdout.write_all(lines.as_bytes()).and_then(|()| stdout.flush());
    }
}
