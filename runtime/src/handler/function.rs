//! Makes the [`Handler`] of a user's function: a function that sources trigger, a function that is invoked
//! directly, or a function without an event. The code of the macros calls these constructors.

use serde::de::DeserializeOwned;

use super::delivery::{Deliverer, Delivery, EventHandler};
#[cfg(feature = "idempotency")]
use super::idempotency::run_once;
use super::output::HandlerOutput;
use crate::Error;
use crate::invocation::{Call, ResponseFuture, decode};
use crate::messages;
use crate::registry::{Handler, Serve};

/// Makes the handler of a function with triggers, whose sources deliver the event. `deliverers` has one element
/// for each source whose event the function takes. All elements do the same at run time; each lets the compiler
/// check another source.
pub fn triggered_handler<E, F, Fut, O, const N: usize>(
    deliverers: [Deliverer<E>; N],
    handler: F,
) -> Handler
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    let has_envelopes = deliverers.iter().any(|it| it.has_envelopes);
    match deliverers.into_iter().next() {
        Some(deliverer) => {
            let deliverer = deliverer.with_envelopes(has_envelopes);
            Handler::new(Triggered { deliverer, handler })
        }
        None => Handler::new(Unreachable),
    }
}

/// Makes the handler of a function without triggers: the event is decoded from the JSON that the caller sends.
pub fn direct_handler<E, F, Fut, O>(handler: F) -> Handler
where
    E: DirectEvent,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    Handler::new(Direct { decode: E::decode, handler })
}

/// Makes the handler of a function whose trigger has a constant input, from which the event is decoded.
pub fn input_handler<E, F, Fut, O>(handler: F) -> Handler
where
    E: InputEvent,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    direct_handler(handler)
}

/// Makes the handler of a function that takes no event: the function accepts any payload.
pub fn eventless_handler<F, Fut, O>(handler: F) -> Handler
where
    F: Fn(Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    Handler::new(Direct { decode: |_| Ok(()), handler: move |(), call| handler(call) })
}

/// An event of a direct invocation, which is decoded from the caller's JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the event of a direct invocation",
    label = "cannot be read from JSON",
    note = "a function without a trigger takes any type that implements `serde::de::DeserializeOwned`",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`, or give the function a trigger, such as `trigger = http(\"POST /…\")` for a part of an HTTP request"
)]
pub trait DirectEvent: Send + Sized + 'static {
    /// Decodes the event from the payload.
    #[doc(hidden)]
    fn decode(payload: &[u8]) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<E: DeserializeOwned + Send + 'static> DirectEvent for E {
    fn decode(payload: &[u8]) -> Result<Self, Error> {
        decode::decode_json(payload)
    }
}

/// An event that is decoded from the constant input of a trigger.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the trigger's `input`",
    label = "cannot be read from JSON",
    note = "help: put `#[derive(serde::Deserialize)]` on `{Self}`, or remove `input`"
)]
pub trait InputEvent: DirectEvent {}

#[diagnostic::do_not_recommend]
impl<E: DirectEvent> InputEvent for E {}

/// A function with triggers.
struct Triggered<E, F> {
    deliverer: Deliverer<E>,
    handler: F,
}

impl<E: Send + 'static, F: EventHandler<E> + 'static> Serve for Triggered<E, F> {
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
        let has_envelopes = self.deliverer.has_envelopes;
        (self.deliverer.deliver)(Delivery { payload, call, handler: &self.handler, has_envelopes })
    }
}

/// A function that is invoked directly, or a function without an event.
struct Direct<E, F> {
    decode: fn(&[u8]) -> Result<E, Error>,
    handler: F,
}

/// Calls the function itself, because the future of an [`EventHandler`] would be another allocation.
impl<E, F, Fut, O> Serve for Direct<E, F>
where
    E: Send + 'static,
    F: Fn(E, Call) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O, Error>> + Send + 'static,
    O: HandlerOutput,
{
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
        Box::pin(async move {
            let event = (self.decode)(payload)?;
            #[cfg(feature = "idempotency")]
            if call.idempotency().is_some() {
                let run = async move { (self.handler)(event, call.clone()).await?.into_response() };
                return run_once(call, payload, Box::pin(run)).await;
            }
            (self.handler)(event, call.clone()).await?.into_response()
        })
    }
}

/// A function whose triggers do not deliver its event. The macro never makes such a function.
struct Unreachable;

impl Serve for Unreachable {
    fn serve<'a>(&'a self, _: &'a [u8], _: &'a Call) -> ResponseFuture<'a> {
        Box::pin(async { Err(messages::invocation::event_not_delivered()) })
    }
}
