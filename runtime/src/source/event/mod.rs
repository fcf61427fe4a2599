//! The source `event`: takes an event of an EventBridge rule and delivers it to the handler as a whole, with its detail
//! decoded as a type of the user.

#[cfg(feature = "event")]
mod delivered;
pub(crate) mod registration;
#[cfg(all(test, feature = "event"))]
mod tests;

#[cfg(feature = "event")]
pub use delivered::{EventBridgeEvent, EventEnvelope};

pub use registration::{DeliveredByEvent, EventRule, SOURCE, event};
