//! Delivery of a payload from a source to a handler: the source decodes the payload and calls the handler with
//! the whole event or with each of its records. If the function is idempotent, the handler is called once for
//! each key.

#[cfg(feature = "_partial_batches")]
use super::idempotency::run_batch_once;
use super::idempotency::run_once;
#[cfg(feature = "_records")]
use super::idempotency::run_record_once;
use super::output::HandlerOutput;
use crate::Error;
use crate::invocation::{Call, FunctionResponse, ResponseFuture};
#[cfg(feature = "_records")]
use crate::invocation::{TimeLimit, idempotency::KeySource};

/// The user's function as sources call it: it takes an event and returns a response.
pub trait EventHandler<E>: Send + Sync {
    /// Calls the function once.
    fn call(&self, event: E, call: Call) -> ResponseFuture<'_>;
}

impl<E, F, Fut, O> EventHandler<E> for F
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    fn call(&self, event: E, call: Call) -> ResponseFuture<'_> {
        // Inside the future, so that a panic before the first await is caught as well.
        Box::pin(async move { self(event, call).await?.into_response() })
    }
}

/// A payload that a source delivers to a handler.
#[doc(hidden)]
pub struct Delivery<'a, E> {
    pub(crate) payload: &'a [u8],
    pub(crate) call: &'a Call,
    pub(crate) handler: &'a dyn EventHandler<E>,
    /// Whether messages of a queue can be in the envelope of another service.
    #[cfg_attr(not(feature = "sqs"), allow(dead_code))]
    pub(crate) has_envelopes: bool,
}

impl<E> Delivery<'_, E> {
    /// Calls the handler with one event, which is the whole payload.
    pub(crate) async fn call(&self, event: E) -> Result<FunctionResponse, Error> {
        run_once(self.call, self.payload, self.handler.call(event, self.call.clone())).await
    }

    /// Calls the handler with a whole batch, which is the whole payload.
    #[cfg(feature = "_partial_batches")]
    pub(crate) async fn call_batch(&self, batch: E) -> Result<FunctionResponse, Error> {
        run_batch_once(self.call, self.payload, self.handler.call(batch, self.call.clone())).await
    }

    /// Calls the handler with one record, and drops the call at the limit. `source` has the JSON in which the
    /// key of the record is looked up if the function is idempotent: the record, or the content of the record.
    #[cfg(feature = "_records")]
    pub(crate) async fn call_record(
        &self,
        event: E,
        source: KeySource<'_>,
        limit: TimeLimit,
    ) -> Result<FunctionResponse, Error> {
        run_record_once(self.call, source, limit, self.handler.call(event, self.call.clone())).await
    }
}

/// The function by which a source delivers an `E` to a handler. The constructors in `source` check that the
/// source does deliver an `E`.
#[doc(hidden)]
pub struct Deliverer<E> {
    pub(crate) deliver: for<'a> fn(Delivery<'a, E>) -> ResponseFuture<'a>,
    /// Whether messages of a queue of this source can be in the envelope of another service.
    pub(crate) has_envelopes: bool,
}

impl<E> Deliverer<E> {
    /// Sets whether a queue of this source gets messages by subscriptions, in the envelope of another service.
    #[must_use]
    pub fn with_envelopes(self, has_envelopes: bool) -> Self {
        Self { has_envelopes, ..self }
    }
}
