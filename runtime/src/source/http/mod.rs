//! The HTTP source: takes API Gateway's payload (HTTP API, format 2.0), runs the function's axum
//! handler, and gives the answer in the same format. The local host calls the same handlers with the
//! requests it gets itself.

mod check;
mod extract;
#[cfg(feature = "idempotency")]
mod once;
mod payload;
mod response;
mod route;

use std::convert::Infallible;
use std::sync::Arc;

use ::http::StatusCode;
use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

pub use axum::extract::Request;
pub use check::{BodyExtractor, Extractor, Returned, body, extractor, returned};
pub use extract::RequestContext;
pub(crate) use extract::{RawContext, call};
pub(crate) use route::Route;

use crate::handler::{Answer, BoxFuture, Call, Handler, Serve};
use crate::{Error, log};

/// The path of API Gateway's `$default` route, in [`http`].
pub const DEFAULT: &str = "$default";

/// A function behind HTTP routes: method and path as API Gateway writes them, `("GET",
/// "/orders/{id}")`, `("ANY", "/{proxy+}")`, or `("ANY", DEFAULT)`.
// By value, so that the macro names the function and nothing more.
#[expect(clippy::needless_pass_by_value)]
pub fn http<H, T>(routes: &[(&'static str, &'static str)], handler: H) -> Handler
where
    H: axum::handler::Handler<T, ()>,
    T: 'static,
{
    let pages = routes.iter().map(|&(method, path)| Page::new(Route::new(method, path), &handler));
    let site = Site(pages.collect());
    let mut handler = Handler::new(site.clone());
    handler.site = Some(site);
    handler
}

/// The routes of one function, each with its handler.
///
/// Each route has an axum router to itself: API Gateway allows side by side what one router does not
/// (`GET /a/{id}` and `POST /a/{name}`) and has an order of precedence of its own.
#[derive(Clone)]
pub(crate) struct Site(Arc<[Page]>);

/// One route and its handler. Cloning is cheap.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) route: Route,
    router: Router,
}

impl Page {
    fn new<H, T>(route: Route, handler: &H) -> Self
    where
        H: axum::handler::Handler<T, ()>,
        T: 'static,
    {
        // Colons and stars mean nothing to API Gateway, so axum's warnings about its own old syntax
        // would refuse paths that are right.
        let router = Router::new().without_v07_checks();
        let router = match route.axum_path() {
            // The method was looked at already: the route decides, and it may say `ANY`.
            Some(path) => router.route(&path, axum::routing::any(handler.clone())),
            None => router.fallback(handler.clone()),
        };
        Self { route, router }
    }

    /// Runs the handler for the local host.
    #[cfg(feature = "local")]
    pub(crate) async fn respond_here(
        &self,
        request: Request,
        call: &Call,
    ) -> Result<Response, Error> {
        #[cfg(feature = "idempotency")]
        if let Some(ledger) = call.ledger() {
            return once::respond(ledger, self, request, call).await;
        }
        Ok(self.respond(request, call).await)
    }

    /// Runs the handler.
    async fn respond(&self, mut request: Request, call: &Call) -> Response {
        // API Gateway has its own limit, and it is larger than axum's.
        DefaultBodyLimit::disable().apply(&mut request);
        request.extensions_mut().insert(call.clone());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(infallible) => unreachable(infallible),
        };
        if let Some(error) = response.extensions().get::<Arc<Error>>() {
            let id = call.context().request_id();
            log::line(format_args!(
                "{id}: {method} {} failed: {}: {error:#}",
                uri.path(),
                error.name()
            ));
        }
        response
    }
}

fn unreachable(never: Infallible) -> Response {
    match never {}
}

impl Site {
    /// The routes in the order of the attribute.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Page> {
        self.0.iter()
    }

    fn page(&self, key: &str, method: &str, path: &str) -> Option<&Page> {
        self.pages()
            .find(|page| page.route.is(key))
            .or_else(|| Route::best(self.pages(), |page| &page.route, method, path))
    }

    async fn answer(&self, payload: &[u8], call: &Call) -> Result<Answer, Error> {
        let incoming = payload::read(payload)?;
        let Some(page) = self.page(incoming.route_key(), incoming.method(), incoming.path()) else {
            return response::write(not_found()).await;
        };
        #[cfg(feature = "idempotency")]
        if let Some(ledger) = call.ledger() {
            let scope = once::scope(incoming.method(), incoming.path_for(&page.route));
            let document = once::document(payload).within(&scope);
            let work = page.respond(incoming.into_request(&page.route)?, call);
            return Box::pin(once::answer(ledger, &document, call, work)).await;
        }
        let request = incoming.into_request(&page.route)?;
        response::write(page.respond(request, call).await).await
    }
}

impl Serve for Site {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(self.answer(payload, call))
    }
}

/// What API Gateway answers where it has no route.
pub(crate) fn not_found() -> Response {
    message(StatusCode::NOT_FOUND, "Not Found")
}

/// An answer in API Gateway's own manner.
pub(crate) fn message(status: StatusCode, text: &str) -> Response {
    let body = Body::from(serde_json::json!({ "message": text }).to_string());
    (status, [(::http::header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[cfg(test)]
mod tests;
