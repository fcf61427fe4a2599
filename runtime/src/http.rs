//! HTTP handlers: axum's extractors and responses, and what API Gateway adds. A function with `trigger =
//! http("GET /orders/{id}")` is an axum handler: it may take everything that axum can extract, and return
//! everything that axum can convert to a response.
//!
//! A handler that fails in several ways returns axum's [`Result`]. With it, `?` converts every error that is
//! a response, such as an [`Error`](crate::Error) and a [`StatusCode`] in one function.
//!
//! [`State`](crate::State) and [`Context`](crate::Context) of this crate are extractors as well. They replace
//! axum's own `State`, which does not work here.
//!
//! ```
//! use serde::Serialize;
//! use skylift::prelude::*;
//!
//! #[derive(Serialize)]
//! struct Order { id: u32 }
//!
//! struct Shop { orders: u32 }
//!
//! #[init]
//! async fn open() -> std::result::Result<Shop, Error> {
//!     Ok(Shop { orders: 7 })
//! }
//!
//! #[function(trigger = http("GET /orders/{id}"))]
//! async fn show(State(shop): State<Shop>, Path(id): Path<u32>) -> Result<Json<Order>, StatusCode> {
//!     if id > shop.orders {
//!         return Err(StatusCode::NOT_FOUND);
//!     }
//!     Ok(Json(Order { id }))
//! }
//! ```

#[cfg(feature = "http")]
pub use axum::body::{Body, Bytes};
#[cfg(feature = "http")]
pub use axum::extract::{
    FromRequest, FromRequestParts, MatchedPath, OriginalUri, Path, Query, RawQuery, Request,
};
#[cfg(feature = "http")]
pub use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
#[cfg(feature = "http")]
pub use axum::response::{ErrorResponse, Html, IntoResponse, Redirect, Response, Result, sse};
#[cfg(feature = "http")]
pub use axum::{Form, Json, Router, routing};

#[cfg(feature = "http")]
pub use crate::source::http::{Authorizer, Claims, JwtClaims, RequestContext, route_request};

/// The names of this module if the feature `http` is not on.
#[cfg(not(feature = "http"))]
mod stand_ins {
    use crate::stand_in::stand_ins;

    stand_ins!(
        Body,
        Bytes,
        ErrorResponse,
        Form<T>,
        HeaderMap<T>,
        HeaderName,
        HeaderValue,
        Html<T>,
        Json<T>,
        MatchedPath,
        Method,
        Path<T>,
        Query<T>,
        RawQuery,
        Redirect,
        Request<T>,
        RequestContext,
        Response<T>,
        Router,
        StatusCode,
        Uri,
    );

    /// Stands for the trait `IntoResponse`.
    pub trait IntoResponse {}
}

#[cfg(not(feature = "http"))]
#[doc(hidden)]
pub use stand_ins::*;
