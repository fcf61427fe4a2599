//! The source `http`: takes API Gateway's payload (HTTP API, format 2.0), calls the function's axum handler,
//! and returns the response in the same format. The local host calls the same handlers with its own requests.

#[cfg(feature = "http")]
mod body;
#[cfg(feature = "http")]
mod claims;
#[cfg(feature = "http")]
pub(crate) mod extractors;
#[cfg(feature = "http")]
pub(crate) mod gateway_response;
#[cfg(feature = "http")]
mod handler_types;
#[cfg(feature = "http")]
pub(crate) mod http_function;
#[cfg(all(feature = "http", feature = "idempotency"))]
mod idempotency;
#[cfg(feature = "http")]
mod payload;
pub(crate) mod registration;
#[cfg(feature = "http")]
mod response;
#[cfg(feature = "http")]
pub(crate) mod route;
#[cfg(feature = "http")]
mod route_auth;
#[cfg(feature = "http")]
mod router;
#[cfg(feature = "http")]
pub(crate) mod streamed;
#[cfg(feature = "http")]
#[cfg(test)]
mod tests;
#[cfg(feature = "http")]
pub(crate) mod uri;

pub use registration::{Http, SOURCE};
#[cfg(feature = "http")]
pub use {
    axum::extract::Request,
    claims::{Authorizer, Claims, IsClaims, JwtClaims, check_authorizer_id, claims},
    extractors::RequestContext,
    handler_types::{
        BodyExtractor, Extractor, HttpOutput, MaybeResult, NoHandlerResult, extract_from_head,
        extract_with_body, http_response,
    },
    http_function::{http_handler, url_handler},
    route::DEFAULT_ROUTE,
    route_auth::{RouteAuth, RouteEntry},
    router::route_request,
};
