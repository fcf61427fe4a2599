//! A payload on its way from a source to a handler: the source reads it and calls the handler, with the whole
//! event or with each of its records, once for a key where the function says so.

#[cfg(feature = "_partial_batches")]
use super::idempotency::run_batch_once;
use super::idempotency::run_once;
#[cfg(feature = "_records")]
use super::idempotency::run_record_once;
use super::outcome::HandlerOutput;
use crate::Error;
use crate::invocation::{BoxFuture, Call, FunctionResponse};
#[cfg(feature = "_records")]
use crate::invocation::{TimeLimit, idempotency::KeySource};

/// From an event to the bytes of an answer: the user's function as the sources call it.
pub trait EventHandler<E>: Send + Sync {
    /// Calls the function once.
    fn call(&self, event: E, call: Call) -> BoxFuture<'_, Result<FunctionResponse, Error>>;
}

impl<E, F, Fut, O> EventHandler<E> for F
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    fn call(&self, event: E, call: Call) -> BoxFuture<'_, Result<FunctionResponse, Error>> {
        // Inside the future, so that a panic before the first await is catch_panic like any other.
        Box::pin(async move { self(event, call).await?.into_response() })
    }
}

/// A payload on its way to a handler.
#[doc(hidden)]
pub struct Delivery<'a, E> {
    pub(crate) payload: &'a [u8],
    pub(crate) call: &'a Call,
    pub(crate) handler: &'a dyn EventHandler<E>,
}

impl<E> Delivery<'_, E> {
    /// Calls the handler with one event.
    pub(crate) async fn call(&self, event: E) -> Result<FunctionResponse, Error> {
        run_once(self.call, self.payload, self.handler.call(event, self.call.clone())).await
    }

    /// Calls the handler with a whole batch.
    #[cfg(feature = "_partial_batches")]
    pub(crate) async fn call_batch(&self, batch: E) -> Result<FunctionResponse, Error> {
        run_batch_once(self.call, self.payload, self.handler.call(batch, self.call.clone())).await
    }

    /// Calls the handler with one record, which is known by the JSON that the key of its work is looked
    /// up in, where that is done once: the record, or what it carries. The call is dropped at the limit.
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

/// How a source delivers `E`: what the checked constructors below give.
#[doc(hidden)]
pub struct Deliverer<E> {
    pub(crate) deliver:
        for<'a> fn(Delivery<'a, E>) -> BoxFuture<'a, Result<FunctionResponse, Error>>,
}
