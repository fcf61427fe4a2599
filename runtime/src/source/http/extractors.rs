//! Skylift's own types in axum: `State`, `Context` and [`RequestContext`] are extractors, and an [`Error`] is a
//! response. The extractors read what the host stored in the extensions of the request.

use std::any::Any;
use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::gateway_response::gateway_response;
use crate::handler::call_from_request;
use crate::invocation::user_error;
use crate::{Context, Error, State, messages};

impl<S: Sync, T: Any + Send + Sync> FromRequestParts<S> for State<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        call_from_request(parts)?.states().get()
    }
}

impl<S: Sync> FromRequestParts<S> for Context {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(call_from_request(parts)?.context().clone())
    }
}

/// The facts that API Gateway sends about a request: the id of the request, the stage, the address of the
/// caller, the claims of an authorizer.
///
/// A `RequestContext` is the field `requestContext` of API Gateway's payload, unchanged. Mirrors
/// "Create AWS Lambda proxy integrations for HTTP APIs" of the API Gateway Developer Guide (payload format 2.0).
///
/// ```
/// use skylift::function;
/// use skylift::http::RequestContext;
///
/// #[function(trigger = http("GET /me"))]
/// async fn whoami(context: RequestContext) -> String {
///     context["authorizer"]["jwt"]["claims"]["sub"].as_str().unwrap_or("nobody").to_owned()
/// }
/// # let _ = whoami;
/// ```
#[derive(Clone, Debug)]
pub struct RequestContext(pub Value);

impl Deref for RequestContext {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

/// The request context as JSON, which is decoded only if a handler takes a [`RequestContext`].
#[derive(Clone)]
pub(crate) struct RawContext(pub(crate) Arc<str>);

impl<S: Sync> FromRequestParts<S> for RequestContext {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let raw = parts.extensions.get::<RawContext>();
        let raw = raw.ok_or_else(messages::http::request_without_context)?;
        Ok(Self(serde_json::from_str(&raw.0)?))
    }
}

/// Makes the response to a request whose handler failed: status 500, without the cause, which is written to the
/// log and not sent to the client.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let text = messages::http::internal_server_error();
        let mut response = gateway_response(StatusCode::INTERNAL_SERVER_ERROR, text);
        response.extensions_mut().insert(Arc::new(user_error::to_text(self)));
        response
    }
}
