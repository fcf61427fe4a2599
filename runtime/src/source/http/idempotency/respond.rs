//! Responds to an HTTP request once for each key: makes the document in which the key is looked up, calls the
//! handler if no earlier request had the key, and makes the response.

use std::borrow::Cow;

use ::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::Error;
use crate::invocation::idempotency::{IdempotencyError, WorkResult};
use crate::invocation::{Call, FunctionResponse, TimeLimit};
use crate::messages;
use crate::observability::log;
use crate::reliability::idempotency::Document;
use crate::reliability::idempotency::ExactJson;
use crate::reliability::idempotency::IdempotencyStore;
use crate::source::http::gateway_response::gateway_response;
use crate::source::http::response;

/// The header that tells a client after how many seconds it may retry while another run is in progress.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Makes the document in which the key of a request is looked up: the payload of API Gateway, with its body
/// decoded as JSON.
pub(crate) fn key_document(payload: &[u8]) -> Document {
    let request = ExactJson::parse_or_text(payload);
    let encoded = request.field("isBase64Encoded") == Some(&ExactJson::Literal("true".into()));
    let Some(ExactJson::Text(body)) = request.field("body") else {
        return Document::request(request);
    };
    let bytes = if encoded { BASE64_STANDARD.decode(body).ok() } else { None };
    let body = ExactJson::parse_or_text(bytes.as_deref().unwrap_or(body.as_bytes()));
    Document::request(request.with_field("body", body))
}

/// Returns the scope of an idempotency key: the method and the path of the request. A client may send the same
/// key for several routes, or for several resources of one route, and these requests are different work.
pub(crate) fn key_scope(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

/// Runs `work`, which calls the handler, or returns the stored response of an earlier request with the same
/// key.
pub(crate) async fn respond_once(
    store: &IdempotencyStore,
    document: &Document,
    call: &Call,
    work: impl Future<Output = Response>,
) -> Result<FunctionResponse, Error> {
    let work = async {
        let response = work.await;
        let failed = response.status().as_u16() >= 400;
        let done = if failed { WorkResult::not_stored } else { WorkResult::stored };
        response::write_response(response).await.map(done)
    };
    match store.run(document, call.context(), TimeLimit::default(), work).await {
        Ok(answer) => Ok(answer),
        Err(refused) => refusal_response(refused, call).await,
    }
}

/// Makes the response to a request that `idempotent` refuses. Returns an error if the handler or a request to
/// the table failed.
async fn refusal_response(
    refused: IdempotencyError,
    call: &Call,
) -> Result<FunctionResponse, Error> {
    let (status, text) = match &refused {
        IdempotencyError::MissingKey(path) => {
            (StatusCode::BAD_REQUEST, messages::http::key_missing(path).into())
        }
        IdempotencyError::InProgress => {
            (StatusCode::CONFLICT, Cow::Borrowed(messages::http::key_in_progress()))
        }
        IdempotencyError::PayloadMismatch(_) => {
            let text = messages::http::key_with_another_payload();
            (StatusCode::UNPROCESSABLE_ENTITY, text.into())
        }
        IdempotencyError::ResponseNotStored => {
            (StatusCode::CONFLICT, messages::http::response_not_stored().into())
        }
        IdempotencyError::Table(_) | IdempotencyError::Failed(_) => return Err(refused.into()),
    };
    let mut response = gateway_response(status, &text);
    if let IdempotencyError::InProgress = refused {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    let error = Error::from(refused);
    log::error(messages::http::request_refused(call.context().request_id(), status, &error));
    response::write_response(response).await
}
