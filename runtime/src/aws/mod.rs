//! AWS, as the typed clients reach it: region, credentials and endpoints from the environment, one
//! HTTP client and one configuration for all services, and each service's client once per process.
//! Nothing here is made before a function starts that needs it.

#[cfg(any(feature = "_batch", feature = "table"))]
pub(crate) mod backoff;
#[cfg(feature = "_batch")]
pub(crate) mod batch;
#[cfg(feature = "_fetched")]
pub(crate) mod cache;
#[cfg(any(feature = "_batch", feature = "table", feature = "invoke"))]
mod client;
#[cfg(feature = "_config")]
mod config;
#[cfg(feature = "_dynamodb")]
mod dynamodb;
pub(crate) mod environment;
#[cfg(feature = "_aws")]
mod failure;
#[cfg(feature = "_config")]
mod http;
#[cfg(any(feature = "_batch", feature = "_dynamodb", feature = "invoke", feature = "resume"))]
pub(crate) mod limits;
#[cfg(any(feature = "_batch", feature = "invoke"))]
pub(crate) mod message;
#[cfg(feature = "_aws")]
mod service;
#[cfg(test)]
pub(crate) mod testing;
mod trace;

#[cfg(any(feature = "_batch", feature = "table", feature = "invoke"))]
pub(crate) use client::client;
#[cfg(feature = "_config")]
pub(crate) use config::config;
#[cfg(feature = "_dynamodb")]
pub(crate) use dynamodb::dynamodb;
#[cfg(any(feature = "_batch", feature = "_fetched", feature = "invoke", feature = "table"))]
pub(crate) use failure::failed;
#[cfg(any(feature = "idempotency", feature = "resume"))]
pub(crate) use failure::failed_on;
#[cfg(feature = "_aws")]
pub(crate) use service::{Named, once};
#[cfg(feature = "bucket")]
pub(crate) use trace::propagate;
