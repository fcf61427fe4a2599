//! The source `logs`: takes the event of a log group, unpacks it, and delivers it as a whole, or its entries one at a
//! time, raw or with the decoded JSON of the message.

#[cfg(feature = "logs")]
mod deliver;
#[cfg(feature = "logs")]
mod log_record;
#[cfg(feature = "logs")]
mod raw_entry;
pub(crate) mod registration;
#[cfg(all(test, feature = "logs"))]
mod tests;
#[cfg(feature = "logs")]
mod unpack;

#[cfg(feature = "logs")]
pub use log_record::LogRecord;

pub use registration::{DeliveredByLogs, Logs, SOURCE, logs};
