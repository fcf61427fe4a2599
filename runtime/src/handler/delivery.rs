//! A payload on its way from a source to a handler: the source reads it and calls the handler, with the whole
//! event or with each of its records, once for a key where the function says so.

use super::once::once;
#[cfg(feature = "_partial_batches")]
use super::once::once_for_batch;
#[cfg(feature = "_records")]
use super::once::once_for_record;
use super::outcome::Outcome;
use crate::Error;
use crate::invocation::{Answer, BoxFuture, Call};
#[cfg(feature = "_records")]
use crate::invocation::{Limit, once::Known};

/// From an event to the bytes of an answer: the user's function as the sources call it.
pub trait Handle<E>: Send + Sync {
    /// Calls the function once.
    fn call(&self, event: E, call: Call) -> BoxFuture<'_, Result<Answer, Error>>;
}

impl<E, F, Fut, O> Handle<E> for F
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: Outcome,
{
    fn call(&self, event: E, call: Call) -> BoxFuture<'_, Result<Answer, Error>> {
        // Inside the future, so that a panic before the first await is caught like any other.
        Box::pin(async move { self(event, call).await?.into_answer() })
    }
}

/// A payload on its way to a handler.
#[doc(hidden)]
pub struct Delivery<'a, E> {
    pub(crate) payload: &'a [u8],
    pub(crate) call: &'a Call,
    pub(crate) handler: &'a dyn Handle<E>,
}

impl<E> Delivery<'_, E> {
    /// Calls the handler with one event.
    pub(crate) async fn call(&self, event: E) -> Result<Answer, Error> {
        once(self.call, self.payload, self.handler.call(event, self.call.clone())).await
    }

    /// Calls the handler with a whole batch.
    #[cfg(feature = "_partial_batches")]
    pub(crate) async fn call_batch(&self, batch: E) -> Result<Answer, Error> {
        once_for_batch(self.call, self.payload, self.handler.call(batch, self.call.clone())).await
    }

    /// Calls the handler with one record, which is known by the JSON that the key of its work is looked
    /// up in, where that is done once: the record, or what it carries. The call is dropped at the limit.
    #[cfg(feature = "_records")]
    pub(crate) async fn call_record(
        &self,
        event: E,
        known: Known<'_>,
        limit: Limit,
    ) -> Result<Answer, Error> {
        once_for_record(self.call, known, limit, self.handler.call(event, self.call.clone())).await
    }
}

/// How a source delivers `E`: what the checked constructors below give.
#[doc(hidden)]
pub struct Deliverer<E> {
    pub(crate) deliver: for<'a> fn(Delivery<'a, E>) -> BoxFuture<'a, Result<Answer, Error>>,
}
