//! The answers that API Gateway gives by itself, in its own manner.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::messages;

/// What API Gateway answers where it has no route.
pub(crate) fn not_found() -> Response {
    gateway_response(StatusCode::NOT_FOUND, messages::http::not_found())
}

/// An answer in API Gateway's own manner.
pub(crate) fn gateway_response(status: StatusCode, text: &str) -> Response {
    let body = Body::from(serde_json::json!({ "message": text }).to_string());
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
