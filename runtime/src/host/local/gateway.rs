//! HTTP requests to the local host: takes a request, chooses the route as API Gateway would, among the routes
//! of all functions, or the function to whose URL the request is addressed, checks the caller of a route, and returns the
//! response of that function.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::OriginalUri;
use axum::response::Response as Answer;
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::body::{LocalBody, whole};
use super::cors::Asked;
use super::local_call::LocalCall;
use super::origin_check::BrowserAccess;
use super::{LocalApi, cors, invoke, local_call, origin_check, url};
use crate::Error;
use crate::host::ready_function::ReadyFunction;
use crate::invocation::catch_failure;
use crate::invocation::context::LazyJson;
use crate::messages;
#[cfg(feature = "_invocation")]
use crate::observability::handler_observation;
use crate::source::http::SOURCE;
use crate::source::http::extractors::RawContext;
use crate::source::http::gateway_response::{failure_with_cause, gateway_response, not_found};
use crate::source::http::http_function::{HttpFunction, RouteHandler, UrlMode};
use crate::source::http::route::Route;
use crate::source::http::uri::{build_uri, decode_path, encode_path};

/// The largest request that API Gateway accepts: 10 MB.
const LARGEST_REQUEST: usize = 10 * 1024 * 1024;
/// The largest request that a function URL accepts: 6 MB.
const LARGEST_URL_REQUEST: usize = 6 * 1024 * 1024;

/// Responds to one HTTP request: to a preflight request of CORS as API Gateway does, and to any other as its route does.
pub(super) async fn respond(
    functions: &Arc<[ReadyFunction]>,
    request: Request<Incoming>,
    api: &LocalApi,
) -> Response<LocalBody> {
    // The settings are those of the API, and a URL has its own.
    let is_for_api = url::find_by_host(functions, request.headers()).is_none();
    let Some(settings) = api.access.cors.filter(|_| is_for_api) else {
        return respond_by_route(functions, request, api).await;
    };
    let is_preflight = cors::is_preflight(request.method(), request.headers());
    if is_preflight && !has_preflight_route(functions, request.uri().path()) {
        return whole(cors::answer_preflight(&settings, request.headers()));
    }
    let asked = if is_preflight { Asked::MayISend } else { Asked::Answer };
    let origin = origin_check::find_origin(request.headers()).map(str::to_owned);
    let mut response = respond_by_route(functions, request, api).await;
    cors::apply(&settings, origin.as_deref(), asked, &mut response);
    response
}

/// Returns whether a route of the method `OPTIONS` takes the preflight requests to a path.
fn has_preflight_route(functions: &[ReadyFunction], path: &str) -> bool {
    let path = decode_path(path);
    all_routes(functions).any(|(_, it)| it.route.is_of_options() && it.route.matches_path(&path))
}

/// Responds to one HTTP request by its route, or by a function with a URL.
async fn respond_by_route(
    functions: &Arc<[ReadyFunction]>,
    request: Request<Incoming>,
    api: &LocalApi,
) -> Response<LocalBody> {
    let (mut parts, body) = request.into_parts();
    let Some(Target { index, route_handler, url }) = choose_target(functions, &parts) else {
        return buffer_gateway_response(not_found()).await;
    };
    let authorizer = if url.is_none() {
        match api.caller.authorize(route_handler.auth) {
            Ok(context) => context,
            Err((status, text)) => {
                return buffer_gateway_response(gateway_response(status, text)).await;
            }
        }
    } else {
        // The server let a page in that the API's settings of CORS name: they do not hold for a URL.
        let access = BrowserAccess { cors: None, ..api.access };
        let is_function = |host: &str| url::find_by_authority(functions, host).is_some();
        let objection = origin_check::refuse_foreign_request(
            &parts.method,
            &parts.headers,
            access,
            &is_function,
        );
        if let Some(objection) = objection {
            return whole(invoke::forbidden(objection));
        }
        Value::Null
    };
    if url.is_none() {
        let query = parts.uri.query().unwrap_or_default();
        if let Ok(uri) = build_uri(&encode_path(&decode_path(parts.uri.path())), query) {
            let original = std::mem::replace(&mut parts.uri, uri);
            parts.extensions.insert(OriginalUri(original));
        }
    }
    let largest = if url.is_some() { LARGEST_URL_REQUEST } else { LARGEST_REQUEST };
    match Limited::new(body, largest).collect().await {
        Ok(body) => {
            let request = Request::from_parts(parts, Body::from(body.to_bytes()));
            let target = Target { index, route_handler: route_handler.clone(), url };
            call_target(functions, target, authorizer, request).await
        }
        Err(_) => {
            let text = messages::http::request_too_large();
            buffer_gateway_response(gateway_response(StatusCode::PAYLOAD_TOO_LARGE, text)).await
        }
    }
}

/// The function and the route that a request is for.
struct Target<R> {
    /// The index of the function.
    index: usize,
    route_handler: R,
    /// How the function answers requests of its URL; `None` if the request came through the API.
    url: Option<UrlMode>,
}

/// Chooses the target of a request: the function whose URL it is addressed to, or the route of the API, or else the first
/// function with a URL. Returns `None` if no function has a URL.
fn choose_target<'a>(
    functions: &'a [ReadyFunction],
    parts: &Parts,
) -> Option<Target<&'a RouteHandler>> {
    let method = parts.method.as_str();
    let choose_of_url = |index: Option<usize>| {
        let mut urls = url::functions_with_url(functions);
        let (index, function, mode) = urls.find(|it| index.is_none_or(|index| it.0 == index))?;
        // A URL passes the path on as the client encoded it.
        let route_handler = function.choose_route(method, parts.uri.path())?;
        Some(Target { index, route_handler, url: Some(mode) })
    };
    if let Some(index) = url::find_by_host(functions, &parts.headers) {
        return choose_of_url(Some(index));
    }
    // API Gateway decodes the path before it chooses the route: `/a%2Fb` has two segments.
    let path = decode_path(parts.uri.path());
    let chosen = Route::choose(
        all_routes(functions),
        |(_, route_handler)| &route_handler.route,
        method,
        &path,
    );
    match chosen {
        Some((index, route_handler)) => Some(Target { index, route_handler, url: None }),
        None => choose_of_url(None),
    }
}

/// Returns every route of the API of every function, each with the index of the function in `functions`.
pub(super) fn all_routes(
    functions: &[ReadyFunction],
) -> impl Iterator<Item = (usize, &RouteHandler)> {
    functions.iter().enumerate().flat_map(|(index, ready)| {
        let site = ready.handler.downcast_ref::<HttpFunction>();
        let is_api = |site: &&HttpFunction| {
            let mut sources = ready.function.sources.iter();
            site.url().is_none() || sources.any(|source| source.name == SOURCE.name)
        };
        site.filter(is_api)
            .into_iter()
            .flat_map(HttpFunction::routes)
            .map(move |route_handler| (index, route_handler))
    })
}

/// Calls the handler of a route with a request, and returns the response, or status 500 if the call fails.
/// `authorizer` is what the request context has of the caller.
async fn call_target(
    functions: &Arc<[ReadyFunction]>,
    target: Target<RouteHandler>,
    authorizer: Value,
    mut request: Request<Body>,
) -> Response<LocalBody> {
    let Target { index, route_handler, url } = target;
    let id = local_call::new_request_id();
    let context = local_call::new_context(functions[index].function, &id, LazyJson::default());
    let raw = request_context(&request, &route_handler.route.key(), &id, authorizer);
    request.extensions_mut().insert(raw);
    if url == Some(UrlMode::Streamed) {
        let streamed =
            url::stream_route_handler(functions, index, route_handler, request, context).await;
        return match streamed {
            Ok(response) => response,
            Err(error) => buffer_gateway_response(failure_with_cause(&error)).await,
        };
    }
    let task =
        LocalCall { functions, index, context: &context.clone() }.spawn(move |ready| async move {
            let call = ready.new_call(context)?;
            let response = catch_failure(async {
                buffer_body(route_handler.respond_locally(request, &call).await?).await
            });
            #[cfg(feature = "_invocation")]
            let response = handler_observation::observe(ready.function, call.context(), response);
            response.await
        });
    match local_call::join_call(task).await {
        Ok(response) => whole(response),
        Err(error) => buffer_gateway_response(failure_with_cause(&error)).await,
    }
}

/// Buffers the body of a response that API Gateway itself would make; this cannot fail.
async fn buffer_gateway_response(response: Answer) -> Response<LocalBody> {
    whole(buffer_body(response).await.unwrap_or_default())
}

/// Buffers the body of a response, or returns the error of the body.
async fn buffer_body(response: Answer) -> Result<Response<Full<Bytes>>, Error> {
    let (parts, body) = response.into_parts();
    Ok(Response::from_parts(parts, Full::new(body.collect().await?.to_bytes())))
}

/// Makes the request context that API Gateway would send for a request, with the fields that are known on this
/// machine. `id` is the request id, and `authorizer` is null if the route has no authorizer.
fn request_context(
    request: &Request<Body>,
    route_key: &str,
    id: &str,
    authorizer: Value,
) -> RawContext {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut context = json!({
        "accountId": local_call::ACCOUNT,
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
    if !authorizer.is_null() {
        context["authorizer"] = authorizer;
    }
    RawContext(context.to_string().into())
}
