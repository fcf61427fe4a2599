//! The catalogue of the texts that users read at run time: errors and lines of the log, one function for
//! each message. Each function takes the values that its message shows, and returns a text or an
//! [`Error`](crate::Error), whose name is Lambda's `errorType`. The modules, and the functions in each module, are
//! in the order in which a user meets the messages.
//!
//! A message is formatted only when it is reported, so that an invocation that succeeds formats none. The
//! texts of `#[diagnostic::on_unimplemented]` must be literals of that attribute: they are at their traits.

// A build with fewer features reports fewer messages. Tests with all features find those that nobody uses.
#![cfg_attr(
    not(all(
        test,
        feature = "bucket-sdk",
        feature = "local",
        feature = "otel",
        feature = "resume"
    )),
    allow(dead_code)
)]

#[cfg(feature = "_http")]
pub(crate) mod aws;
pub(crate) mod batch;
pub(crate) mod client;
pub(crate) mod compile;
#[cfg(feature = "custom_resource")]
pub(crate) mod custom_resource;
#[cfg(feature = "_answers")]
pub(crate) mod delivery;
#[cfg(feature = "deployment_hook")]
pub(crate) mod deployment_hook;
#[cfg(feature = "http")]
pub(crate) mod http;
pub(crate) mod idempotency;
pub(crate) mod invocation;
pub(crate) mod lambda;
pub(crate) mod local;
pub(crate) mod observability;
pub(crate) mod resume;
pub(crate) mod servers;
pub(crate) mod startup;
