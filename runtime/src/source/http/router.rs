//! Passes a request to the user's own router: a function URL takes every path, and the router chooses the handler.

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use tower::ServiceExt;

/// Passes a request to a [`Router`], and returns the response of the handler that the router chooses.
///
/// A handler behind a function URL takes every path. Build the router once, in an `#[init]` function, and pass it each
/// request. The handlers of the router can take [`State`](crate::State), [`Context`](crate::Context) and capabilities,
/// if the function takes them as well.
///
/// ```
/// use skylift::http::{Request, Response, Router, route_request, routing};
/// use skylift::prelude::*;
///
/// #[init]
/// async fn build() -> Result<Router, Error> {
///     let hello = |Path(name): Path<String>| async move { format!("hello {name}") };
///     Ok(Router::new().route("/hello/{name}", routing::get(hello)))
/// }
///
/// # #[cfg(feature = "url")]
/// #[function(trigger = url(auth = none))]
/// async fn site(State(router): State<Router>, request: Request) -> Response {
///     route_request(&router, request).await
/// }
/// ```
pub async fn route_request(router: &Router, request: Request) -> Response {
    match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Path;
    use axum::routing::get;

    use super::*;
    use crate::testing::block_on;

    #[test]
    fn the_router_chooses_the_handler_and_answers_other_paths_itself() {
        let router = Router::new().route("/a/{id}", get(|Path(id): Path<String>| async { id }));
        let respond = |path: &str| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            block_on(async {
                let response = route_request(&router, request).await;
                let status = response.status().as_u16();
                (status, axum::body::to_bytes(response.into_body(), 100).await.unwrap())
            })
        };
        assert_eq!(respond("/a/7"), (200, "7".into()));
        assert_eq!(respond("/b").0, 404);
    }
}
