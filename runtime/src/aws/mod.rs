//! How the typed clients reach AWS: region, credentials and endpoints from the environment, one HTTP client and one
//! configuration for all services, and each service's client once per process. No client is made before the start of
//! a function that needs it.
// See decision 0031.

#[cfg(feature = "_backoff")]
pub(crate) mod backoff;
#[cfg(feature = "_batch")]
pub(crate) mod batch;
#[cfg(feature = "_batch")]
pub(crate) mod batch_error;
#[cfg(feature = "_cached_value")]
pub(crate) mod cache;
#[cfg(feature = "_config")]
pub(crate) mod config;
#[cfg(feature = "_aws")]
pub(crate) mod connection;
#[cfg(feature = "_http")]
pub(crate) mod credentials;
#[cfg(feature = "table")]
pub(crate) mod dynamodb;
#[cfg(feature = "_http")]
pub(crate) mod environment;
#[cfg(feature = "_config")]
mod http;
#[cfg(feature = "_messages")]
pub(crate) mod payload;
#[cfg(feature = "_aws")]
pub(crate) mod sdk_error;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod trace_propagation;
