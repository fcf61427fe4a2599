//! Batches, one record at a time: takes the records of a batch and a way to call the handler with one,
//! and gives those that failed, as Lambda wants to be told of them. Sources say what a record is and
//! which of them keep an order; what bounds, times and reports is here.

#[cfg(any(feature = "sqs", feature = "_shards"))]
mod answer;
mod attempt;
#[cfg(feature = "sqs")]
mod lanes;
#[cfg(any(feature = "sqs", feature = "_shards"))]
mod records;
#[cfg(any(feature = "sqs", feature = "_shards"))]
mod text;

#[cfg(feature = "_shards")]
pub(crate) use answer::Failure;
#[cfg(all(feature = "idempotency", any(feature = "sqs", feature = "_shards")))]
pub(crate) use answer::names_failures;
#[cfg(any(feature = "sqs", feature = "_shards"))]
pub(crate) use {answer::failures, records::records, text::Text};

pub(crate) use attempt::Attempts;
#[cfg(feature = "sqs")]
pub(crate) use lanes::{Lanes, Unfinished};
