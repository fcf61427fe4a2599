//! Metrics in `CloudWatch`'s embedded format: [`metric!`](crate::metric) notes a value, and when the
//! invocation ends all values of it go to the log in a few lines, of which `CloudWatch` makes metrics.
//! There is no call to wait for, and no permission to have.
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
//! The namespace is the Cargo package's name; the variable `AWS_EMF_NAMESPACE` sets another, for one
//! function or in `[package.metadata.skylift]` for all: `env = { AWS_EMF_NAMESPACE = "Shop" }`. Every
//! metric has the dimension `FunctionName`. What else is given by name is a dimension too, at most 29.
//! `CloudWatch` bills each combination of values as a metric of its own: an id of an order is none of
//! them, but a [`property`].
//!
//! # When they are written
//!
//! When the handler is done, has failed, has panicked or has been given up, and before its answer is
//! sent, in lines to standard output: one for each set of dimensions, or more where `CloudWatch` takes
//! no more in one (100 metrics, 100 values of each). Each invocation has its own, also where several
//! run at once. What is measured outside of one, in `#[init]` for example, goes with the next that ends.

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

use store::Store;
pub use unit::{Resolution, Unit};
pub use value::Value;

use super::current::Invocation;
use super::trace_header::TraceHeader;
use super::{current, log};

/// Where the metrics of this process belong.
static NAMESPACE: OnceLock<String> = OnceLock::new();

/// What was measured outside of any invocation.
static REST: LazyLock<Store> = LazyLock::new(Store::default);

/// The bytes of a property, as JSON.
const LONGEST_PROPERTY: usize = 8 * 1024;

/// Notes a value of a metric.
///
/// Takes a name, a number or a [`Duration`](std::time::Duration), and what else is known of it by name,
/// in any order: `unit`, one of [`Unit`]; `resolution`, one of [`Resolution`]; everything else is a
/// dimension, with a value that can be shown. See the module [`metrics`](crate::metrics).
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
/// A name in the source that `CloudWatch` would drop does not compile:
///
/// ```compile_fail
/// skylift::metric!("Größe", 1);
/// ```
///
/// Of a name that is made when the program runs, and of a number that is none, a line of the log says
/// why the metric is left out; a handler does not fail for it.
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

/// Goes through what [`metric!`] was given by name: the unit, the resolution, the dimensions so far,
/// and the rest.
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
        $crate::metrics::note(
            ::core::convert::AsRef::<str>::as_ref(&$name),
            $crate::metrics::Value::measure($value, unit),
            resolution,
            &[$(($key, &$dim as &dyn ::core::fmt::Display)),*],
        );
    }};
    (@check literal $name:expr, [$($key:expr),*]) => {
        const _: () = $crate::metrics::check($name, &[$($key),*]);
    };
    (@check computed $name:expr, [$($key:expr),*]) => {
        const _: () = $crate::metrics::check("a", &[$($key),*]);
    };
}

/// Compiles where `CloudWatch` takes these names.
#[doc(hidden)]
#[track_caller]
pub const fn check(metric: &str, dimensions: &[&str]) {
    if let Some(wrong) = names::wrong(metric, dimensions) {
        panic!("{}", wrong)
    }
}

/// What [`metric!`](crate::metric) calls.
#[doc(hidden)]
pub fn note(
    name: &str,
    (value, unit): (f64, Unit),
    resolution: Resolution,
    dimensions: &[(&'static str, &dyn Display)],
) {
    if !store::is_sound(name, value, dimensions) {
        return;
    }
    match current::current() {
        Some(invocation) => invocation.metrics.put(name, (value, unit), resolution, dimensions),
        None => REST.put(name, (value, unit), resolution, dimensions),
    }
}

/// Adds a property to the lines of this invocation's metrics: what is known about it and no dimension,
/// such as the id of an order, by which `CloudWatch` Logs Insights finds the lines. A second value of
/// the same name takes the place of the first; `requestId` and `xrayTraceId` are there already.
///
/// ```
/// skylift::metrics::property("orderId", "4711");
/// ```
///
/// What cannot be written as JSON is left out, and so is what has more than 8 KB as JSON: it stands in each
/// line of the invocation, and `CloudWatch` makes no metrics of a line that it had to cut. A line of the log
/// says so.
pub fn property(name: impl Into<String>, value: impl Serialize) {
    let name = name.into();
    if name == "_aws" {
        log::warning(format_args!(
            "`_aws` is a key of the embedded metric format, and no property"
        ));
        return;
    }
    match serde_json::to_value(value) {
        Ok(value) if value.to_string().len() > LONGEST_PROPERTY => {
            log::warning(format_args!(
                "the property `{name}` is left out: as JSON it has more than {LONGEST_PROPERTY} bytes"
            ));
        }
        Ok(value) => match current::current() {
            Some(invocation) => invocation.metrics.property(name, value),
            None => REST.property(name, value),
        },
        Err(error) => {
            log::warning(format_args!("the property `{name}` cannot be written as JSON: {error}"));
        }
    }
}

/// Says whose metrics they are: those of a package, unless the environment has another namespace.
pub(crate) fn start(package: &'static str) {
    let variable = std::env::var("AWS_EMF_NAMESPACE").ok().filter(|name| !name.is_empty());
    let _ = NAMESPACE.set(variable.unwrap_or_else(|| package.to_owned()));
}

/// Writes what an invocation measured, and what was measured outside of any.
pub(crate) fn flush(invocation: &Invocation) {
    let context = &invocation.context;
    let trace = context.trace_id().and_then(|header| TraceHeader::read(header).root);
    let ids = [("requestId", Some(context.request_id())), ("xrayTraceId", trace)];
    let ids = ids.into_iter().filter_map(|(name, id)| Some((name, Json::from(id?))));
    let function = context.function_name();
    write(
        &(REST.drain(namespace(), function, [])
            + &invocation.metrics.drain(namespace(), function, ids)),
    );
}

/// Writes what was measured outside of any invocation.
pub(crate) fn flush_rest() {
    let function = std::env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
    write(&REST.drain(namespace(), &function, []));
}

fn namespace() -> &'static str {
    NAMESPACE.get().map_or("skylift", String::as_str)
}

/// Whole lines in one write. A closed standard output is no reason to fail an invocation.
fn write(lines: &str) {
    if !lines.is_empty() {
        let mut stdout = std::io::stdout().lock();
        let _ = stdout.write_all(lines.as_bytes()).and_then(|()| stdout.flush());
    }
}
