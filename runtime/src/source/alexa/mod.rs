//! The source `alexa`: takes a request of an Alexa skill and delivers it as a whole. The handler answers with what
//! Alexa says and does.

#[cfg(feature = "alexa")]
mod deliver;
#[cfg(feature = "alexa")]
mod intent;
pub(crate) mod registration;
#[cfg(feature = "alexa")]
mod request;
#[cfg(feature = "alexa")]
mod response;
#[cfg(all(test, feature = "alexa"))]
mod tests;

#[cfg(feature = "alexa")]
pub use intent::{Intent, Slot};
#[cfg(feature = "alexa")]
pub use request::{AlexaRequest, RequestKind, Session, SessionEnd, SessionError, User};
#[cfg(feature = "alexa")]
pub use response::AlexaResponse;

pub use registration::{Alexa, DeliveredByAlexa, SOURCE, alexa};
