//! The user's function as a [`Handler`]: triggered by sources, invoked directly, or without an event. The
//! constructors are what the macros call.

use serde::de::DeserializeOwned;

use super::delivery::{Deliverer, Delivery, Handle};
#[cfg(feature = "idempotency")]
use super::once::once;
use super::outcome::Outcome;
use crate::Error;
use crate::invocation::{Answer, BoxFuture, Call, decode};
use crate::messages;
use crate::registry::{Handler, Serve};

/// A function with triggers: its event comes as the sources deliver it. `deliverers` has one entry
/// for each source whose event the function takes; they differ only in what the compiler checked.
pub fn triggered<E, F, Fut, O, const N: usize>(deliverers: [Deliverer<E>; N], handler: F) -> Handler
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: Outcome,
{
    match deliverers.into_iter().next() {
        Some(deliverer) => Handler::new(Triggered { deliverer, handler }),
        None => Handler::new(Unreachable),
    }
}

/// A function without triggers: its event is whatever the caller's JSON decodes to.
pub fn direct<E, F, Fut, O>(handler: F) -> Handler
where
    E: Payload,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: Outcome,
{
    Handler::new(Direct { decode: E::decode, handler })
}

/// A function that takes no event: any payload will do.
pub fn nothing<F, Fut, O>(handler: F) -> Handler
where
    F: Fn(Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: Outcome,
{
    Handler::new(Direct { decode: |_| Ok(()), handler: move |(), call| handler(call) })
}

/// What the event of a direct invocation can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the event of a direct invocation",
    label = "cannot be read from JSON",
    note = "a function without a trigger takes any type that implements `serde::de::DeserializeOwned`",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`, or give the function a trigger"
)]
pub trait Payload: Send + Sized + 'static {
    /// Reads the payload.
    #[doc(hidden)]
    fn decode(payload: &[u8]) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<E: DeserializeOwned + Send + 'static> Payload for E {
    fn decode(payload: &[u8]) -> Result<Self, Error> {
        decode::json(payload)
    }
}

struct Triggered<E, F> {
    deliverer: Deliverer<E>,
    handler: F,
}

impl<E: Send + 'static, F: Handle<E> + 'static> Serve for Triggered<E, F> {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        (self.deliverer.deliver)(Delivery { payload, call, handler: &self.handler })
    }
}

struct Direct<E, F> {
    decode: fn(&[u8]) -> Result<E, Error>,
    handler: F,
}

/// Without the detour by [`Handle`], whose future would be another one on the heap.
impl<E, F, Fut, O> Serve for Direct<E, F>
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: Outcome,
{
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let event = (self.decode)(payload)?;
            #[cfg(feature = "idempotency")]
            if call.once().is_some() {
                let run = async move { (self.handler)(event, call.clone()).await?.into_answer() };
                return once(call, payload, Box::pin(run)).await;
            }
            (self.handler)(event, call.clone()).await?.into_answer()
        })
    }
}

/// A function with triggers of which none delivers its event; the macro writes no such thing.
struct Unreachable;

impl Serve for Unreachable {
    fn serve<'a>(&'a self, _: &'a [u8], _: &'a Call) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async { Err(messages::invocation::event_not_delivered()) })
    }
}
