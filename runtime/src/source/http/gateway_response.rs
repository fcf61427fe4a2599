//! The responses that API Gateway makes by itself, such as 404, in API Gateway's own format.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::messages;

/// Makes API Gateway's response to a request that no route matches.
pub(crate) fn not_found() -> Response {
    gateway_response(StatusCode::NOT_FOUND, messages::http::not_found())
}

/// Makes a response in API Gateway's own format: JSON with the field `message`, which is `text`.
pub(crate) fn gateway_response(status: StatusCode, text: &str) -> Response {
    let body = Body::from(serde_json::json!({ "message": text }).to_string());
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
