//! Shards: takes a batch of a stream's records and calls the handler with one record after another, in the order of
//! the stream. The response names the first record that failed, and Lambda continues from that record. The sources
//! `kinesis` and `dynamodb` define what a record is; a [`Window`] folds records instead of delivering them.
//!
//! Records are handled strictly in order, although a stream guarantees order only within a partition key:
//! Lambda sends all records after the first failure again, even if they were handled, so a record that was handled
//! after a failure would be handled twice. To handle partition keys at the same time, set
//! `parallelization_factor` in the trigger: Lambda then has a batch, and a position in the stream, for each.
// See decision 0044.

mod fold;
pub(crate) mod stream_record;
#[cfg(feature = "kinesis")]
#[cfg(test)]
mod tests;
pub(crate) mod time;
pub(crate) mod window;

pub use window::{Fold, Window};
