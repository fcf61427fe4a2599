//! HTTP as API Gateway would do it: takes a request, finds the route that has precedence over all
//! functions, and gives that function's answer.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::response::Response as Answer;
use bytes::Bytes;
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::json;

use super::call;
use super::call::Calling;
use crate::Error;
use crate::host::ready::Ready;
use crate::invocation::caught;
use crate::invocation::context::Json;
use crate::messages;
#[cfg(feature = "_invocation")]
use crate::observability::handler_observation;
use crate::source::http::extract::RawContext;
use crate::source::http::message::{message, not_found};
use crate::source::http::route::Route;
use crate::source::http::site::{Page, Site};

/// The largest request that API Gateway takes: 10 MB.
const LARGEST_REQUEST: usize = 10 * 1024 * 1024;

/// Answers one request.
pub(super) async fn respond(
    functions: &Arc<[Ready]>,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let Some((index, page)) = Route::best(pages(functions), |(_, page)| &page.route, method, path)
    else {
        return whole(not_found()).await;
    };
    match Limited::new(body, LARGEST_REQUEST).collect().await {
        Ok(body) => {
            let request = Request::from_parts(parts, Body::from(body.to_bytes()));
            run(functions, index, page.clone(), request).await
        }
        Err(_) => {
            let text = messages::http::request_too_large();
            whole(message(StatusCode::PAYLOAD_TOO_LARGE, text)).await
        }
    }
}

/// Every route of every function, with the function's number.
pub(super) fn pages(functions: &[Ready]) -> impl Iterator<Item = (usize, &Page)> {
    functions.iter().enumerate().flat_map(|(index, ready)| {
        let site = ready.handler.downcast_ref::<Site>();
        site.into_iter().flat_map(Site::pages).map(move |page| (index, page))
    })
}

async fn run(
    functions: &Arc<[Ready]>,
    index: usize,
    page: Page,
    mut request: Request<Body>,
) -> Response<Full<Bytes>> {
    let id = call::request_id();
    let context = call::context(functions[index].function, &id, Json::default());
    let raw = request_context(&request, &page.route.key(), &id);
    request.extensions_mut().insert(raw);
    let task =
        Calling { functions, index, context: &context.clone() }.spawn(move |ready| async move {
            let call = ready.call(context)?;
            let response =
                caught(async { collected(page.respond_here(request, &call).await?).await });
            #[cfg(feature = "_invocation")]
            let response = handler_observation::observe(ready.function, call.context(), response);
            response.await.flatten()
        });
    match call::outcome(task).await {
        Ok(response) => response,
        Err(_) => {
            let text = messages::http::internal_server_error();
            whole(message(StatusCode::INTERNAL_SERVER_ERROR, text)).await
        }
    }
}

/// An answer of the gateway's own, which nothing can go wrong with.
async fn whole(response: Answer) -> Response<Full<Bytes>> {
    collected(response).await.unwrap_or_default()
}

async fn collected(response: Answer) -> Result<Response<Full<Bytes>>, Error> {
    let (parts, body) = response.into_parts();
    Ok(Response::from_parts(parts, Full::new(body.collect().await?.to_bytes())))
}

/// What API Gateway would say about the request, as far as it is known here.
fn request_context(request: &Request<Body>, route_key: &str, id: &str) -> RawContext {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let context = json!({
        "accountId": call::ACCOUNT,
        "apiId": "local",
        "domainName": header(header::HOST).unwrap_or("localhost"),
        "domainPrefix": "local",
        "http": {
            "method": request.method().as_str(),
            "path": request.uri().path(),
            "protocol": "HTTP/1.1",
            "sourceIp": "127.0.0.1",
            "userAgent": header(header::USER_AGENT).unwrap_or_default(),
        },
        "requestId": id,
        "routeKey": route_key,
        "stage": "$default",
        "timeEpoch": u64::try_from(now.as_millis()).unwrap_or_default(),
    });
    RawContext(context.to_string().into())
}
