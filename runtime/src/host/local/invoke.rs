//! AWS's Invoke API on the local host: takes `POST /2015-03-31/functions/<name>/invocations` and responds as
//! Lambda does, so that `aws lambda invoke --endpoint-url` and the SDKs work with the local host. Mirrors
//! "Invoke" of the AWS Lambda API Reference.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use serde::de::IgnoredAny;
use serde_json::json;

use super::local_call;
use super::local_call::LocalCall;
use crate::Error;
use crate::host::error_report;
use crate::host::ready_function::ReadyFunction;
use crate::invocation::context::LazyJson;
use crate::messages;

/// The largest event that Lambda accepts: 6 MiB.
const LARGEST_EVENT: usize = 6 * 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const FUNCTION_ERROR: HeaderName = HeaderName::from_static("x-amz-function-error");
const VERSION: HeaderName = HeaderName::from_static("x-amz-executed-version");
const INVOCATION_TYPE: &str = "x-amz-invocation-type";
const CLIENT_CONTEXT: &str = "x-amz-client-context";

/// Returns the path of the Invoke API for a function.
pub(super) fn invoke_path(name: &str) -> String {
    format!("/2015-03-31/functions/{name}/invocations")
}

/// Returns the name of the function that a path of the Invoke API names, by its name, or by a full or partial
/// ARN, with or without a version. Returns `None` if the path is not one of the Invoke API.
pub(super) fn function_name(path: &str) -> Option<String> {
    let named = path.strip_prefix("/2015-03-31/functions/")?.strip_suffix("/invocations")?;
    let named = percent_decode_str(named).decode_utf8_lossy();
    let name = named.rsplit_once("function:").map_or(&*named, |(_, name)| name);
    Some(name.split(':').next().unwrap_or_default().to_owned())
}

/// How the caller invokes the function: the values of the header `X-Amz-Invocation-Type`.
enum InvocationType {
    RequestResponse,
    Event,
    DryRun,
}

/// An error of the Invoke API itself, in the form that clients of the API expect.
struct ApiError {
    status: StatusCode,
    error_type: &'static str,
    message: String,
}

impl ApiError {
    fn new(status: StatusCode, error_type: &'static str, message: impl Into<String>) -> Self {
        Self { status, error_type, message: message.into() }
    }

    /// Makes the error of a request whose event or client context is invalid.
    fn invalid_content(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequestContentException", message)
    }

    /// Makes the response that reports the error.
    fn into_response(self) -> Response<Full<Bytes>> {
        let body = json!({ "Type": "User", "Message": self.message, "message": self.message });
        let mut response = json_response(self.status, body.to_string().into());
        response.headers_mut().insert(ERROR_TYPE, HeaderValue::from_static(self.error_type));
        response
    }
}

/// Makes the response to a request that the local host refuses. AWS's clients and any other client can show it.
pub(super) fn forbidden(message: String) -> Response<Full<Bytes>> {
    ApiError::new(StatusCode::FORBIDDEN, "AccessDeniedException", message).into_response()
}

/// Responds to one request of the Invoke API; `name` names the function.
pub(super) async fn respond(
    functions: &Arc<[ReadyFunction]>,
    name: &str,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let id = local_call::new_request_id();
    let mut response = match invoke(functions, name, &id, request).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    };
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Invokes the function that `name` names, and returns the response of the Invoke API, or the error of a
/// request that is invalid. `id` is the request id.
async fn invoke(
    functions: &Arc<[ReadyFunction]>,
    name: &str,
    id: &str,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, ApiError> {
    let index = find_function(functions, name)?;
    let kind = read_invocation_type(request.headers())?;
    let client_context = read_client_context(request.headers())?;
    let event = read_event(request).await?;
    if let InvocationType::DryRun = kind {
        return Ok(json_response(StatusCode::NO_CONTENT, Bytes::new()));
    }
    let context = local_call::new_context(functions[index].function, id, client_context);
    let task =
        LocalCall { functions, index, context: &context.clone() }.spawn(move |ready| async move {
            ready.respond(&event, context).await?.collect_bytes().await
        });
    match kind {
        InvocationType::RequestResponse => Ok(invoke_response(local_call::join_call(task).await)),
        InvocationType::Event | InvocationType::DryRun => {
            Ok(json_response(StatusCode::ACCEPTED, Bytes::new()))
        }
    }
}

/// Returns the index of the function that `name` names: by its name, or else by its handler, or else by its
/// logical id.
fn find_function(functions: &[ReadyFunction], name: &str) -> Result<usize, ApiError> {
    let by =
        |key: fn(&ReadyFunction) -> &'static str| functions.iter().position(|one| key(one) == name);
    by(|one| local_call::function_name(one.function))
        .or_else(|| by(|one| one.function.handler))
        .or_else(|| by(|one| one.function.id))
        .ok_or_else(|| {
            let message = messages::local::function_not_found(&local_call::function_arn(name));
            ApiError::new(StatusCode::NOT_FOUND, "ResourceNotFoundException", message)
        })
}

/// Reads the invocation type from the headers of a request; `RequestResponse` if there is no such header.
fn read_invocation_type(headers: &HeaderMap) -> Result<InvocationType, ApiError> {
    match headers.get(INVOCATION_TYPE).map(HeaderValue::as_bytes) {
        None | Some(b"RequestResponse") => Ok(InvocationType::RequestResponse),
        Some(b"Event") => Ok(InvocationType::Event),
        Some(b"DryRun") => Ok(InvocationType::DryRun),
        Some(other) => Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "InvalidParameterValueException",
            messages::local::invalid_invocation_type(&String::from_utf8_lossy(other)),
        )),
    }
}

/// Reads the client context from the headers of a request; empty if there is no such header.
fn read_client_context(headers: &HeaderMap) -> Result<LazyJson, ApiError> {
    let Some(value) = headers.get(CLIENT_CONTEXT) else { return Ok(LazyJson::default()) };
    let invalid = || ApiError::invalid_content(messages::local::invalid_client_context());
    let raw = BASE64_STANDARD.decode(value.as_bytes()).map_err(|_| invalid())?;
    LazyJson::parse(messages::invocation::client_context(), &raw).map_err(|_| invalid())
}

/// Reads the event from the body of a request, and checks that it is JSON. An empty body is the event `{}`.
async fn read_event(request: Request<Incoming>) -> Result<Bytes, ApiError> {
    let body = Limited::new(request.into_body(), LARGEST_EVENT).collect().await.map_err(|_| {
        let message = messages::local::request_too_large(LARGEST_EVENT);
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLargeException", message)
    })?;
    let event = body.to_bytes();
    if event.is_empty() {
        return Ok(Bytes::from_static(b"{}"));
    }
    match serde_json::from_slice::<IgnoredAny>(&event) {
        Ok(_) => Ok(event),
        Err(error) => Err(ApiError::invalid_content(messages::local::body_not_json(&error))),
    }
}

/// Makes the response of the Invoke API for a function that ran: status 200, even if the function failed.
fn invoke_response(done: Result<Vec<u8>, Error>) -> Response<Full<Bytes>> {
    match done {
        Ok(body) => executed_response(body.into()),
        Err(error) => {
            let mut response = executed_response(
                error_report::error_body(&error, error_report::MAX_BODY_BYTES).into(),
            );
            let unhandled = HeaderValue::from_static("Unhandled");
            response.headers_mut().insert(FUNCTION_ERROR, unhandled);
            response
        }
    }
}

/// Makes a response with status 200 and the header that says which version of the function ran.
fn executed_response(body: Bytes) -> Response<Full<Bytes>> {
    let mut response = json_response(StatusCode::OK, body);
    response.headers_mut().insert(VERSION, HeaderValue::from_static("$LATEST"));
    response
}

/// Makes a response with a body in JSON.
fn json_response(status: StatusCode, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_function_by_name_or_arn_with_or_without_version() {
        for named in [
            "work",
            "work:live",
            "arn:aws:lambda:us-east-1:000000000000:function:work",
            "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Awork%3A7",
            "000000000000:function:work",
        ] {
            assert_eq!(function_name(&invoke_path(named)).as_deref(), Some("work"), "{named}");
        }
        assert_eq!(function_name("/orders/1"), None);
        assert_eq!(function_name("/2015-03-31/functions/work"), None);
    }
}
