//! The HTTP source: takes API Gateway's payload (HTTP API, format 2.0), runs the function's axum
//! handler, and gives the answer in the same format. The local host calls the same handlers with the
//! requests it gets itself.

#[cfg(feature = "http")]
mod check;
pub(crate) mod delivered;
#[cfg(feature = "http")]
pub(crate) mod extract;
#[cfg(feature = "http")]
pub(crate) mod message;
#[cfg(all(feature = "http", feature = "idempotency"))]
mod once;
#[cfg(feature = "http")]
mod payload;
#[cfg(feature = "http")]
mod response;
#[cfg(feature = "http")]
pub(crate) mod route;
#[cfg(feature = "http")]
pub(crate) mod site;
#[cfg(feature = "http")]
#[cfg(test)]
mod tests;

pub use delivered::{Http, SOURCE};
#[cfg(feature = "http")]
pub use {
    axum::extract::Request,
    check::{BodyExtractor, Extractor, Returned, body, extractor, returned},
    extract::RequestContext,
    route::DEFAULT,
    site::http,
};
