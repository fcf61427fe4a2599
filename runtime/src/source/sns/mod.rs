//! The source `sns`: takes the event of a topic and delivers it as a whole, or its records one at a time, raw or with
//! the decoded JSON of the message.

#[cfg(feature = "sns")]
mod deliver;
#[cfg(feature = "sns")]
mod notification;
#[cfg(feature = "sns")]
mod raw_record;
pub(crate) mod registration;
#[cfg(all(test, feature = "sns"))]
mod tests;

#[cfg(feature = "sns")]
pub use notification::Notification;

pub use registration::{DeliveredBySns, SOURCE, Sns, sns};
