//! Delivers a request to its handler, and sends the answer.

use serde::de::DeserializeOwned;
use tokio::time::timeout_at;

use super::answer::HandlerAnswer;
use super::put::put_response;
use super::registration::CustomResource as Source;
use super::request::{Address, CustomResource};
use super::response::{Failure, write_failure, write_success};
use crate::aws::delivery::end_of_handler;
use crate::handler::Delivery;
use crate::invocation::{Call, FunctionResponse, ResponseFuture, catch_failure};
use crate::observability::log;
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::{Context, Error, messages};

impl<T, O> Event for CustomResource<T, O>
where
    T: DeserializeOwned + Send + 'static,
    O: DeserializeOwned + Send + 'static,
{
    type Source = Source;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("RequestType") && shape.has("ResponseURL")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver(delivery))
    }
}

impl<T, O> TriggeredBy<Source> for CustomResource<T, O>
where
    T: DeserializeOwned + Send + 'static,
    O: DeserializeOwned + Send + 'static,
{
}

impl<T, O, K, M> Accepts<K, M> for CustomResource<T, O> {}

/// Calls the handler and sends its answer. A failure that was sent is logged and not returned: Lambda would send the
/// same request again.
async fn deliver<T, O>(
    delivery: Delivery<'_, CustomResource<T, O>>,
) -> Result<FunctionResponse, Error>
where
    T: DeserializeOwned + Send + 'static,
    O: DeserializeOwned + Send + 'static,
{
    let context = delivery.call.context();
    let address = Address::read(delivery.payload)?;
    let answered = match call_handler(&delivery, &address).await {
        Ok(answer) => write_success(&address, answer),
        Err(failure) if is_in_progress(&failure.error, delivery.call) => return Err(failure.error),
        Err(failure) => Err(failure),
    };
    match answered {
        Ok(body) => put_response(&address.response_url, &body, context).await?,
        Err(failure) => send_failure(&address, &failure, context).await?,
    }
    Ok(b"null".to_vec().into())
}

/// Calls the handler, and stops it early enough that its failure can be sent.
async fn call_handler<T, O>(
    delivery: &Delivery<'_, CustomResource<T, O>>,
    address: &Address,
) -> Result<HandlerAnswer, Failure>
where
    T: DeserializeOwned + Send + 'static,
    O: DeserializeOwned + Send + 'static,
{
    if address.deletes_nothing() {
        return Ok(HandlerAnswer::default());
    }
    // The types of the properties may have code of the user's.
    let request = catch_failure(async { address.read_request(delivery.payload) }).await;
    let request = request.map_err(|error| Failure { error, physical_id: address.uncalled_id() })?;
    let context = delivery.call.context();
    let (end, margin) = end_of_handler(context);
    let answer = async {
        let running = catch_failure(delivery.call(request));
        let response = match timeout_at(end, running).await {
            Ok(response) => response?,
            Err(_) => return Err(messages::invocation::timed_out(margin.as_millis())),
        };
        match response {
            FunctionResponse::Buffered(response) => HandlerAnswer::read(&response),
            // The macro rejects such a handler.
            FunctionResponse::Streamed(_) => Err(messages::custom_resource::answer_streamed()),
        }
    };
    answer.await.map_err(|error| Failure { error, physical_id: address.physical_id() })
}

/// Answers a request for a function whose process could not start. Returns an error if the payload is no such
/// request, or if its answer is not delivered.
pub(crate) async fn answer_failed_start(
    payload: &[u8],
    context: &Context,
    error: &Error,
) -> Result<(), Error> {
    let Ok(address) = Address::read(payload) else { return Err(error.duplicate()) };
    let failure = Failure { error: error.duplicate(), physical_id: address.uncalled_id() };
    let answered = if address.deletes_nothing() {
        write_success(&address, HandlerAnswer::default())
    } else {
        Err(failure)
    };
    match answered {
        Ok(body) => put_response(&address.response_url, &body, context).await,
        Err(failure) => send_failure(&address, &failure, context).await,
    }
}

/// Sends the answer that a request failed, and logs the failure.
async fn send_failure(
    address: &Address,
    failure: &Failure,
    context: &Context,
) -> Result<(), Error> {
    let body = write_failure(address, failure, context.log_stream())?;
    log::invocation_failed(context, context.request_id(), &failure.error);
    put_response(&address.response_url, &body, context).await
}

/// Returns whether another run works on the same request, and will answer it.
fn is_in_progress(error: &Error, call: &Call) -> bool {
    #[cfg(feature = "idempotency")]
    return call.idempotency().is_some()
        && error.name() == messages::idempotency::in_progress().name();
    #[cfg(not(feature = "idempotency"))]
    {
        let _ = (error, call);
        false
    }
}
