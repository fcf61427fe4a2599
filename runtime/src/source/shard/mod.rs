//! Shards: takes a batch of a stream's records and calls the handler with one after another, in the order
//! in which the stream has them. The answer names the first that failed, and Lambda goes on from there.
//! Kinesis and DynamoDB say what a record is; [`Window`] folds them instead of handing them out.
//!
//! Strictly in order, though a stream promises order only within a partition key: Lambda sends what
//! follows the first failure again, whatever became of it, so that every record that was done beyond it
//! would be done twice. Where keys are to go side by side, `parallelization_factor` in the trigger makes Lambda
//! do it, each with a batch, and a place in the stream, of its own.

mod fold;
pub(crate) mod stream_record;
#[cfg(feature = "kinesis")]
#[cfg(test)]
mod tests;
pub(crate) mod time;
pub(crate) mod window;

pub use window::{Fold, Window};
