//! Idempotent requests on the local host, which gets plain HTTP requests: converts a request to the payload
//! that API Gateway would send, so that the path of a key leads to the same value as in AWS, and converts a
//! stored response to an HTTP response.

use ::http::header::COOKIE;
use ::http::request::Parts;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::respond::{key_scope, respond_once};
use crate::Error;
use crate::invocation::{Call, check_response};
use crate::reliability::idempotency::Document;
use crate::reliability::idempotency::ExactJson;
use crate::reliability::idempotency::IdempotencyStore;
use crate::source::http::extractors::RawContext;
use crate::source::http::response;
use crate::source::http::route::Route;

/// Calls the handler of a route, or returns the stored response of an earlier request with the same key.
/// `respond` calls the handler.
pub(crate) async fn respond_locally<F: Future<Output = Response>>(
    store: &IdempotencyStore,
    route: &Route,
    request: Request,
    call: &Call,
    respond: impl FnOnce(Request) -> F,
) -> Result<Response, Error> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await?;
    let scope = key_scope(parts.method.as_str(), parts.uri.path());
    let document = Document::request(gateway_payload(&parts, &body, route)).with_scope(&scope);
    let request = Request::from_parts(parts, Body::from(body));
    let answer = Box::pin(respond_once(store, &document, call, respond(request))).await?;
    response::read_response(&check_response(answer)?.collect_bytes().await?)
}

/// Makes the payload that API Gateway would send for a request, with its body decoded as JSON.
fn gateway_payload(parts: &Parts, body: &[u8], route: &Route) -> ExactJson {
    let text = |value: &::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let values = |name| parts.headers.get_all(name).iter().map(text).collect::<Vec<_>>();
    let headers = parts.headers.keys().filter(|name| *name != COOKIE);
    let headers: Map<_, _> =
        headers.map(|name| (name.to_string(), values(name).join(",").into())).collect();
    let cookies = values(&COOKIE).join("; ");
    let cookies: Vec<_> = cookies.split("; ").filter(|cookie| !cookie.is_empty()).collect();
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    let context = parts.extensions.get::<RawContext>();
    let context = context.and_then(|raw| serde_json::from_str::<Value>(&raw.0).ok());
    let payload = json!({
        "version": "2.0",
        "routeKey": route.key(),
        "rawPath": decode_percent(path),
        "rawQueryString": query,
        "cookies": cookies,
        "headers": headers,
        "queryStringParameters": parse_query(query),
        "pathParameters": route.parameters(&decode_percent(path)),
        "requestContext": context,
        "isBase64Encoded": false,
    });
    let payload = ExactJson::parse_or_text(payload.to_string().as_bytes());
    if body.is_empty() {
        payload
    } else {
        payload.with_field("body", ExactJson::parse_or_text(body))
    }
}

/// Parses a query to a field for each name. Repeated names are joined by commas, as API Gateway joins them.
fn parse_query(query: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let [name, value] = [name, value].map(|text| decode_percent(&text.replace('+', " ")));
        let joined = match fields.get(&name).and_then(Value::as_str) {
            Some(before) => format!("{before},{value}"),
            None => value,
        };
        fields.insert(name, joined.into());
    }
    fields
}

/// Decodes the percent-encoding of a text. Invalid UTF-8 is replaced.
fn decode_percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
