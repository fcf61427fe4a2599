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
use super::{payload, response};
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

/// Makes the handler of a function with HTTP routes. A route is a method and a path as API Gateway writes
/// them: `("GET", "/orders/{id}")`, `("ANY", "/{proxy+}")`, or `("ANY", DEFAULT_ROUTE)`.
// The bounds are those of an axum handler of requests. Written out, the compiler says why a future is not `Send`.
pub fn http_handler<F, Fut>(routes: &[(&'static str, &'static str)], handler: F) -> Handler
where
    F: FnOnce(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Response> + Send + 'static,
{
    http_handler_at(&env::var(BASE_PATH).unwrap_or_default(), routes, handler)
}

/// Makes the handler of a function with HTTP routes behind an API mapping with this base path.
// By value, so that the macro only has to name the function.
#[expect(clippy::needless_pass_by_value)]
pub(super) fn http_handler_at<H, T>(
    base_path: &str,
    routes: &[(&'static str, &'static str)],
    handler: H,
) -> Handler
where
    H: axum::handler::Handler<T, ()>,
    T: 'static,
{
    let routes =
        routes.iter().map(|&(method, path)| RouteHandler::new(Route::new(method, path), &handler));
    Handler::new(HttpFunction { routes: routes.collect(), base_path: base_path.to_owned() })
}

/// The routes of one function, each with its handler, and the base path of the API mapping that leads to it.
///
/// Each route has an axum router of its own: API Gateway allows combinations of routes that one router does
/// not (`GET /a/{id}` and `POST /a/{name}`), and has an order of precedence of its own.
pub(crate) struct HttpFunction {
    routes: Arc<[RouteHandler]>,
    base_path: String,
}

/// A route and the axum handler that responds to its requests. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct RouteHandler {
    pub(crate) route: Route,
    router: Router,
}

impl RouteHandler {
    fn new<H, T>(route: Route, handler: &H) -> Self
    where
        H: axum::handler::Handler<T, ()>,
        T: 'static,
    {
        // Colons and stars have no meaning in API Gateway. axum's checks against its own old syntax would
        // reject valid paths.
        let router = Router::new().without_v07_checks();
        let router = match route.axum_path() {
            // The method was compared already: the route has one, or `ANY`.
            Some(path) => router.route(&path, axum::routing::any(handler.clone())),
            None => router.fallback(handler.clone()),
        };
        Self { route, router }
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
        let work = |request| async {
            let response = self.respond(request, call).await;
            let cause = response.extensions().get::<Arc<Error>>();
            cause.map(|error| failure_with_cause(error)).unwrap_or(response)
        };
        #[cfg(feature = "idempotency")]
        if let Some(store) = IdempotencyStore::for_call(call) {
            return idempotency::respond_locally(store, &self.route, request, call, work).await;
        }
        let written = check_response(response::write_response(work(request).await).await?)?;
        response::read_response(&written.collect_bytes().await?)
    }

    /// Calls the handler of the route with a request, and logs the error if the handler fails.
    async fn respond(&self, mut request: Request, call: &Call) -> Response {
        // API Gateway has its own limit, which is larger than axum's.
        DefaultBodyLimit::disable().apply(&mut request);
        request.extensions_mut().insert(call.clone());
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
    /// Returns the routes of the function, in the order of the attribute `#[function]`.
    pub(crate) fn routes(&self) -> impl Iterator<Item = &RouteHandler> {
        self.routes.iter()
    }

    /// Returns the route that API Gateway calls `key`, or else the route that API Gateway would choose for this
    /// method and path; `None` if no route matches.
    fn route_handler(&self, key: &str, method: &str, path: &str) -> Option<&RouteHandler> {
        self.routes().find(|route_handler| route_handler.route.has_key(key)).or_else(|| {
            Route::choose(self.routes(), |route_handler| &route_handler.route, method, path)
        })
    }

    /// Responds to a payload of API Gateway.
    async fn answer(&self, payload: &[u8], call: &Call) -> Result<FunctionResponse, Error> {
        let incoming = payload::read_payload(payload)?;
        let path = incoming.path(&self.base_path);
        let Some(route_handler) = self.route_handler(incoming.route_key(), incoming.method(), path)
        else {
            return response::write_response(not_found()).await;
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
        response::write_response(route_handler.respond(request, call).await).await
    }
}

impl Serve for HttpFunction {
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
        Box::pin(self.answer(payload, call))
    }
}
