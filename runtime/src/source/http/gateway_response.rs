//! The responses that API Gateway makes by itself, such as 404, in API Gateway's own format.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

#[cfg(all(feature = "local", debug_assertions))]
use crate::Error;
use crate::messages;

/// Makes API Gateway's response to a request that no route matches.
pub(crate) fn not_found() -> Response {
    gateway_response(StatusCode::NOT_FOUND, messages::http::not_found())
}

/// Makes the response of the local host to a request whose handler failed: that of API Gateway, and the cause, which
/// only the developer may see.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn failure_with_cause(error: &Error) -> Response {
    let body = serde_json::json!({
        "message": messages::http::internal_server_error(),
        "cause": format!("{}: {error:#}", error.name()),
        "note": messages::http::cause_is_local(),
    });
    let body = Body::from(body.to_string());
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, body).into_response()
}

/// Makes a response in API Gateway's own format: JSON with the field `message`, which is `text`.
pub(crate) fn gateway_response(status: StatusCode, text: &str) -> Response {
    let body = Body::from(serde_json::json!({ "message": text }).to_string());
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
