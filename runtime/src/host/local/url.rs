//! Function URLs on the local host. Each function with a URL has a host name of its own, such as `site.localhost`, as it
//! has a domain of its own in AWS. A request to any other name of this machine that no route takes goes to the first of
//! them.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Request, Response, header};
use tokio::sync::oneshot;

use super::body::{BodySender, LocalBody, body_channel};
use super::local_call::{self, LocalCall};
use crate::host::ready_function::ReadyFunction;
use crate::invocation::{FunctionResponse, catch_failure, check_response};
#[cfg(feature = "_invocation")]
use crate::observability::handler_observation;
use crate::source::http::http_function::{HttpFunction, RouteHandler, UrlMode};
use crate::source::http::streamed::read_head;
use crate::{Context, Error, Streaming, messages};

/// The domain of the host names of functions. Browsers and curl take every name in it for this machine.
const DOMAIN: &str = ".localhost";

/// Returns the functions that have a URL, each with its index and how it answers.
pub(super) fn functions_with_url(
    functions: &[ReadyFunction],
) -> impl Iterator<Item = (usize, &HttpFunction, UrlMode)> {
    functions.iter().enumerate().filter_map(|(index, ready)| {
        let function = ready.handler.downcast_ref::<HttpFunction>()?;
        Some((index, function, function.url()?))
    })
}

/// Returns the host name of a function's URL, without a port.
pub(super) fn host_name(ready: &ReadyFunction) -> String {
    format!("{}{DOMAIN}", local_call::function_name(ready.function).to_ascii_lowercase())
}

/// Returns the index of the function whose URL a request is addressed to by its host name. Returns `None` if it is
/// addressed to another name of this machine.
pub(super) fn find_by_host(functions: &[ReadyFunction], headers: &HeaderMap) -> Option<usize> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    find_by_authority(functions, host)
}

/// Returns the index of the function whose URL has this host, with or without a port.
pub(super) fn find_by_authority(functions: &[ReadyFunction], host: &str) -> Option<usize> {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase();
    let is_named =
        |(index, ..): &(usize, &HttpFunction, UrlMode)| host_name(&functions[*index]) == name;
    functions_with_url(functions).find(is_named).map(|(index, ..)| index)
}

/// Calls the handler of a route with a request to a URL that streams, and returns the response as soon as it has its
/// headers. Returns an error if the call fails before.
pub(super) async fn stream_route_handler(
    functions: &Arc<[ReadyFunction]>,
    index: usize,
    route_handler: RouteHandler,
    request: Request<Body>,
    context: Context,
) -> Result<Response<LocalBody>, Error> {
    let (head_sender, head) = oneshot::channel();
    let call = LocalCall { functions, index, context: &context.clone() };
    let task = call.spawn(move |ready| async move {
        let call = ready.new_call(context)?;
        let response = catch_failure(async {
            check_response(route_handler.stream_locally(request, &call).await?)
        });
        #[cfg(feature = "_invocation")]
        let response =
            handler_observation::observe_answer(ready.function, call.context(), response);
        match response.await? {
            FunctionResponse::Streamed(stream) => send_response(stream, head_sender).await,
            FunctionResponse::Buffered(_) => Ok(()),
        }
    });
    match head.await {
        Ok(response) => Ok(response),
        Err(_) => {
            local_call::join_call(task).await?;
            Err(messages::http::head_incomplete())
        }
    }
}

/// Sends the head of a streamed response, and then its body.
async fn send_response(
    mut stream: Streaming,
    head_sender: oneshot::Sender<Response<LocalBody>>,
) -> Result<(), Error> {
    let (head, first) = read_head(&mut stream).await?;
    let (body_sender, body) = body_channel();
    if head_sender.send(head.map(|_| body)).is_err() {
        return Ok(());
    }
    send_body(first, stream, body_sender).await
}

/// Sends the body of a streamed response. Stops without an error if the client has gone.
async fn send_body(first: Bytes, mut stream: Streaming, sender: BodySender) -> Result<(), Error> {
    if !first.is_empty() && sender.send(first).await.is_err() {
        return Ok(());
    }
    while let Some(chunk) = stream.next().await {
        if sender.send(chunk?).await.is_err() {
            return Ok(());
        }
    }
    sender.end().await;
    Ok(())
}
