//! The server of the local host: accepts connections until it is told to stop, then lets running requests
//! finish. It passes each request to the Invoke API or to the gateway, by the path of the request, and refuses
//! requests from other machines.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

#[cfg(not(feature = "http"))]
use bytes::Bytes;
use http::{Method, Request, Response};
#[cfg(not(feature = "http"))]
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use super::body::{self, LocalBody};
use super::{LocalApi, invoke, origin_check};
use crate::host::ready_function::ReadyFunction;
use crate::invocation::future::run_until;
use crate::messages;
use crate::observability::log;

/// How long running requests may take after the process was told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Serves the functions on a listener until `stop` is ready, and then waits for running requests.
pub(super) async fn serve(
    listener: TcpListener,
    functions: Arc<[ReadyFunction]>,
    api: Arc<LocalApi>,
    stop: impl Future<Output = ()>,
) {
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    while let Some(accepted) = run_until(stop.as_mut(), listener.accept()).await {
        match accepted {
            Ok((stream, _)) => spawn_connection(stream, &functions, &api, &open),
            Err(error) => {
                // Most likely there are no file descriptors left: this passes, but not at once.
                log::warning(messages::local::connection_not_accepted(&error));
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    let _ = timeout(GRACE, open.shutdown()).await;
}

/// Serves the requests of one connection in a task of its own.
fn spawn_connection(
    stream: TcpStream,
    functions: &Arc<[ReadyFunction]>,
    api: &Arc<LocalApi>,
    open: &GracefulShutdown,
) {
    let (functions, api) = (Arc::clone(functions), Arc::clone(api));
    let service = service_fn(move |request| {
        let (functions, api) = (Arc::clone(&functions), Arc::clone(&api));
        async move { Ok::<_, Infallible>(respond(&functions, request, &api).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new());
    let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // A client that disconnects early is not an error of this host.
        let _ = connection.await;
    });
}

/// Responds to one request: by the Invoke API, by the gateway, or with a refusal.
async fn respond(
    functions: &Arc<[ReadyFunction]>,
    request: Request<Incoming>,
    api: &LocalApi,
) -> Response<LocalBody> {
    let (method, headers) = (request.method(), request.headers());
    let is_function = |host: &str| is_host_of_function(functions, host);
    let invoked = invoke::function_name(request.uri().path()).filter(|_| *method == Method::POST);
    let objection = match invoked {
        Some(_) => origin_check::refuse_invocation(headers),
        None => origin_check::refuse_foreign_request(method, headers, api.access, &is_function),
    };
    match (objection, invoked) {
        (Some(objection), _) => body::whole(invoke::forbidden(objection)),
        (None, Some(name)) => body::whole(invoke::respond(functions, &name, request).await),
        (None, None) => route(functions, request, api).await,
    }
}

#[cfg(feature = "http")]
use super::gateway::respond as route;

/// Responds to any HTTP request with 404: without the feature `http`, no function has a route.
#[expect(clippy::unused_async, reason = "called as the gateway is")]
#[cfg(not(feature = "http"))]
async fn route(
    _: &Arc<[ReadyFunction]>,
    _: Request<Incoming>,
    _: &LocalApi,
) -> Response<LocalBody> {
    let mut response = Response::new(Full::new(Bytes::from_static(b"{\"message\":\"Not Found\"}")));
    *response.status_mut() = http::StatusCode::NOT_FOUND;
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    body::whole(response)
}

/// Returns whether a host, with or without a port, is that of a function's URL.
fn is_host_of_function(functions: &[ReadyFunction], host: &str) -> bool {
    #[cfg(feature = "http")]
    return super::url::find_by_authority(functions, host).is_some();
    #[cfg(not(feature = "http"))]
    {
        let _ = (functions, host);
        false
    }
}
