//! Handlers with their types erased, so that a host can keep them in one table: a payload goes in,
//! the bytes of the answer or an error come out. The constructors are what the macros call.

mod call;
mod caught;
#[cfg(any(feature = "_records", feature = "idempotency"))]
mod limit;
mod outcome;

use std::pin::Pin;

use serde::de::DeserializeOwned;

pub use call::{Call, FromInvocation, Need, Probe as NeedProbe, Stateless};
pub(crate) use caught::{caught, ended, note_panics};
#[cfg(any(feature = "_records", feature = "idempotency"))]
pub(crate) use limit::Limit;
pub use outcome::Outcome;

use crate::decode;
#[cfg(feature = "idempotency")]
use crate::idempotency::once;
use crate::source::{Deliverer, Delivery};
use crate::{Error, Streaming};

/// A future on the heap, as the registry needs it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a function answers.
#[derive(Debug)]
pub enum Answer {
    /// JSON, as bytes.
    Whole(Vec<u8>),
    /// Bytes that come while the function still runs.
    Streamed(Streaming),
}

#[cfg(any(test, all(feature = "local", debug_assertions)))]
impl Answer {
    /// All its bytes.
    ///
    /// # Errors
    ///
    /// What a stream fails with.
    pub(crate) async fn whole(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Whole(bytes) => Ok(bytes),
            Self::Streamed(stream) => stream.collect().await,
        }
    }
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Whole(bytes)
    }
}

/// A function of the user's, behind one type.
pub struct Handler {
    serve: Box<dyn Serve>,
    #[cfg(feature = "http")]
    pub(crate) site: Option<crate::source::http::Site>,
}

impl Handler {
    pub(crate) fn new(serve: impl Serve + 'static) -> Self {
        Self {
            serve: Box::new(serve),
            #[cfg(feature = "http")]
            site: None,
        }
    }

    /// Answers one payload.
    pub(crate) fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        self.serve.serve(payload, call)
    }
}

/// From the bytes of a payload to the bytes of an answer.
pub(crate) trait Serve: Send + Sync {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Answer, Error>>;
}

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

impl<E: Send + 'static, F: Handle<E>> Serve for Triggered<E, F> {
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
    F: Fn(E, Call) -> Fut + Send + Sync,
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
            if call.ledger().is_some() {
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
        Box::pin(async { Err(Error::msg("no trigger delivers the event of this function")) })
    }
}
