//! The part of the source `alexa` that exists whether its feature is on or not: the marker, the registry entry, and the
//! checks of the type that it delivers and of the answer that it takes.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// An Alexa skill: `trigger = alexa(skill = …)`. Mirrors the SAM event `AlexaSkill`.
pub enum Alexa {}

/// The registry entry of the source `alexa`.
pub const SOURCE: SourceEntry = SourceEntry { name: "alexa", trigger: "other" };

/// An event that `alexa` delivers. The macro requires this trait and not `TriggeredBy<Alexa>`, so that the compiler's
/// message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `alexa` delivers",
    label = "not an event of `alexa`",
    note = "`alexa` delivers `skylift::event::AlexaRequest`"
)]
#[cfg_attr(
    not(feature = "alexa"),
    diagnostic::on_unimplemented(
        note = "help: `AlexaRequest` needs the feature `alexa` of `skylift`"
    )
)]
pub trait DeliveredByAlexa: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Alexa>> DeliveredByAlexa for E {}

/// Returns the deliverer by which a skill delivers an `E`.
#[must_use]
pub fn alexa<E: DeliveredByAlexa>() -> Deliverer<E> {
    Deliverer::for_event()
}

/// The output of a handler that Alexa accepts as the answer to a request: a response, or any JSON.
#[diagnostic::on_unimplemented(
    message = "a handler of `alexa` returns a response, found `{Self}`",
    label = "not a `Result` of an `AlexaResponse`",
    note = "Alexa waits for the response, and says that there was a problem with the skill if it gets none",
    note = "help: return `Result<AlexaResponse, skylift::Error>`, and end with `Ok(AlexaResponse::say(\"…\"))`"
)]
pub trait AlexaAnswer {}

#[cfg(feature = "alexa")]
impl<Failure> AlexaAnswer for Result<super::AlexaResponse, Failure> {}

#[diagnostic::do_not_recommend]
impl<Failure> AlexaAnswer for Result<serde_json::Value, Failure> {}

/// Checks that a handler answers a request of Alexa.
pub const fn answers_alexa<O: AlexaAnswer>() {}
