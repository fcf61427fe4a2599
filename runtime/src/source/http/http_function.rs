//! A function with HTTP routes: chooses the route that a request is for, and calls the axum handler of that
//! route.

use std::convert::Infallible;
use std::env;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::Response;
use tower::ServiceExt;

#[cfg(all(feature = "local", debug_assertions))]
use super::gateway_response::failure_with_cause;
use super::gateway_response::not_found;
#[cfg(feature = "idempotency")]
use super::idempotency;
use super::route::Route;
use super::route_auth::{RouteAuth, RouteEntry};
use super::{payload, response, streamed};
use crate::Error;
#[cfg(all(feature = "local", debug_assertions))]
use crate::invocation::check_response;
use crate::invocation::{Call, FunctionResponse, ResponseFuture};
use crate::messages;
use crate::observability::log;
use crate::registry::{Handler, Serve};
#[cfg(feature = "idempotency")]
use crate::reliability::idempotency::IdempotencyStore;

/// The environment variable with the base path of the API mapping through which a custom domain reaches the function,
/// for example `v1`. API Gateway puts the base path before the path of each request.
const BASE_PATH: &str = "SKYLIFT_BASE_PATH";

/// Makes the handler of a function with HTTP routes. A route is a [`RouteEntry`], or a method and a path as API Gateway
/// writes them: `("GET", "/orders/{id}")`, `("ANY", "/{proxy+}")`, or `("ANY", DEFAULT_ROUTE)`.
// The bounds are those of an axum handler of requests. Written out, the compiler says why a future is not `Send`.
pub fn http_handler<R, F, Fut>(routes: &[R], handler: F) -> Handler
where
    R: Into<RouteEntry> + Copy,
    F: FnOnce(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response> + Send + 'static,
{
    http_handler_at(&env::var(BASE_PATH).unwrap_or_default(), routes, handler)
}

/// Makes the handler of a function with a URL, and perhaps with routes. `streams` says whether the responses to requests
/// of the URL are streamed.
pub fn url_handler<R, F, Fut>(streams: bool, routes: &[R], handler: F) -> Handler
where
    R: Into<RouteEntry> + Copy,
    F: FnOnce(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response> + Send + 'static,
{
    let url = if streams { UrlMode::Streamed } else { UrlMode::Buffered };
    let base_path = env::var(BASE_PATH).unwrap_or_default();
    Handler::new(HttpFunction { url: Some(url), ..HttpFunction::new(base_path, routes, &handler) })
}

/// How the function answers requests of its URL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum UrlMode {
    /// The body is collected, as behind an API.
    Buffered,
    /// The body leaves as the handler makes it. Lambda takes no other response on such a URL.
    Streamed,
}

/// Makes the handler of a function with HTTP routes behind an API mapping with this base path.
// By value, so that the macro only has to name the function.
#[expect(clippy::needless_pass_by_value)]
pub(super) fn http_handler_at<R, H, T>(base_path: &str, routes: &[R], handler: H) -> Handler
where
    R: Into<RouteEntry> + Copy,
    H: axum::handler::Handler<T, ()>,
    T: 'static,
{
    Handler::new(HttpFunction::new(base_path.to_owned(), routes, &handler))
}

/// The routes of one function, each with its handler, the base path of the API mapping that leads to it, and its URL.
///
/// Each route has an axum router of its own: API Gateway allows combinations of routes that one router does
/// not (`GET /a/{id}` and `POST /a/{name}`), and has an order of precedence of its own.
pub(crate) struct HttpFunction {
    routes: Arc<[RouteHandler]>,
    base_path: String,
    /// `None` if the function has no URL.
    url: Option<UrlMode>,
}

/// A route and the axum handler that responds to its requests. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct RouteHandler {
    pub(crate) route: Route,
    pub(crate) auth: RouteAuth,
    router: Router,
}

impl RouteHandler {
    fn new<H, T>(entry: RouteEntry, handler: &H) -> Self
    where
        H: axum::handler::Handler<T, ()>,
        T: 'static,
    {
        let (route, auth) = entry.split();
        // Colons and stars have no meaning in API Gateway. axum's checks against its own old syntax would
        // reject valid paths.
        let router = Router::new().without_v07_checks();
        let router = match route.axum_path() {
            // The method was compared already: the route has one, or `ANY`.
            Some(path) => router.route(&path, axum::routing::any(handler.clone())),
            None => router.fallback(handler.clone()),
        };
        Self { route, auth, router }
    }

    /// Calls the handler of the route for a request to the local host. The response takes the way through API
    /// Gateway's format, so that it has the limits and the form of a deployed function's. A response to a failure has
    /// its cause.
    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) async fn respond_locally(
        &self,
        request: Request,
        call: &Call,
    ) -> Result<Response, Error> {
        let work = |request| self.respond_with_cause(request, call);
        #[cfg(feature = "idempotency")]
        if let Some(store) = IdempotencyStore::for_call(call) {
            return idempotency::respond_locally(store, &self.route, request, call, work).await;
        }
        let written = check_response(response::write_response(work(request).await).await?)?;
        response::read_response(&written.collect_bytes().await?)
    }

    /// Calls the handler of the route for a request to a URL of the local host that streams.
    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) async fn stream_locally(
        &self,
        request: Request,
        call: &Call,
    ) -> Result<FunctionResponse, Error> {
        streamed::stream_response(self.respond_with_cause(request, call).await)
    }

    /// Calls the handler of the route with a request to the local host. A response to a failure has its cause.
    #[cfg(all(feature = "local", debug_assertions))]
    async fn respond_with_cause(&self, request: Request, call: &Call) -> Response {
        let response = self.respond(request, call).await;
        let cause = response.extensions().get::<Arc<Error>>();
        cause.map(|error| failure_with_cause(error)).unwrap_or(response)
    }

    /// Calls the handler of the route with a request, and logs the error if the handler fails.
    async fn respond(&self, mut request: Request, call: &Call) -> Response {
        // API Gateway has its own limit, which is larger than axum's.
        DefaultBodyLimit::disable().apply(&mut request);
        request.extensions_mut().insert(call.clone());
        request.extensions_mut().insert(self.auth);
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(infallible) => unreachable(infallible),
        };
        if let Some(error) = response.extensions().get::<Arc<Error>>() {
            let id = call.context().request_id();
            log::error(messages::http::handler_failed(id, method.as_str(), uri.path(), error));
        }
        response
    }
}

fn unreachable(never: Infallible) -> Response {
    match never {}
}

impl HttpFunction {
    /// Makes a function without a URL.
    fn new<R, H, T>(base_path: String, routes: &[R], handler: &H) -> Self
    where
        R: Into<RouteEntry> + Copy,
        H: axum::handler::Handler<T, ()>,
        T: 'static,
    {
        let routes = routes.iter().map(|&route| RouteHandler::new(route.into(), handler));
        Self { routes: routes.collect(), base_path, url: None }
    }

    /// Returns how the function answers requests of its URL; `None` if it has no URL.
    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) fn url(&self) -> Option<UrlMode> {
        self.url
    }

    /// Returns the routes of the function, in the order of the attribute `#[function]`.
    pub(crate) fn routes(&self) -> impl Iterator<Item = &RouteHandler> {
        self.routes.iter()
    }

    /// Returns the route that API Gateway calls `key`, or else the route that API Gateway would choose for this
    /// method and path; `None` if no route matches.
    fn route_handler(&self, key: &str, method: &str, path: &str) -> Option<&RouteHandler> {
        let named = self.routes().find(|route_handler| route_handler.route.has_key(key));
        named.or_else(|| self.choose_route(method, path))
    }

    /// Returns the route that API Gateway would choose for this method and path; `None` if no route matches.
    pub(crate) fn choose_route(&self, method: &str, path: &str) -> Option<&RouteHandler> {
        Route::choose(self.routes(), |route_handler| &route_handler.route, method, path)
    }

    /// Responds to a payload of API Gateway.
    async fn answer(&self, payload: &[u8], call: &Call) -> Result<FunctionResponse, Error> {
        let incoming = payload::read_payload(payload)?;
        let path = incoming.path(&self.base_path);
        let is_from_url = self.url.is_some() && incoming.is_from_url();
        let streams = is_from_url && self.url == Some(UrlMode::Streamed);
        let method = incoming.method();
        // A URL knows no routes: the key of each of its requests is `$default`.
        let chosen = if is_from_url {
            self.choose_route(method, path)
        } else {
            self.route_handler(incoming.route_key(), method, path)
        };
        let Some(route_handler) = chosen else {
            return finish_response(not_found(), streams).await;
        };
        let path = incoming.encode_path_for(&route_handler.route, &self.base_path);
        #[cfg(feature = "idempotency")]
        if let Some(store) = IdempotencyStore::for_call(call) {
            let scope = idempotency::key_scope(incoming.method(), &path);
            let document = idempotency::key_document(payload).with_scope(&scope);
            let work = route_handler.respond(incoming.into_request(&path)?, call);
            return Box::pin(idempotency::respond_once(store, &document, call, work)).await;
        }
        let request = incoming.into_request(&path)?;
        finish_response(route_handler.respond(request, call).await, streams).await
    }
}

/// Writes a response in the format that the caller expects: streamed, or whole.
async fn finish_response(response: Response, streams: bool) -> Result<FunctionResponse, Error> {
    if streams {
        streamed::stream_response(response)
    } else {
        response::write_response(response).await
    }
}

impl Serve for HttpFunction {
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
        Box::pin(self.answer(payload, call))
    }
}
