//! Batches, one record at a time: takes the records of a batch and a function that calls the handler with one
//! record, and returns which records failed, in the form that Lambda expects. Each source defines what a record
//! is and which records are ordered. This module has what all sources share: concurrency, time limits and
//! reports.
// See decision 0043.

#[cfg(feature = "_raw_records")]
pub(crate) mod borrowed_text;
#[cfg(any(feature = "logs", feature = "s3", feature = "sns"))]
pub(crate) mod every_record;
#[cfg(feature = "_ordered")]
pub(crate) mod in_order;
pub(crate) mod record_calls;
#[cfg(feature = "_record_groups")]
pub(crate) mod record_groups;
#[cfg(any(feature = "_shards", feature = "sns", feature = "sqs"))]
pub(crate) mod records;
#[cfg(any(feature = "_shards", feature = "sqs"))]
pub(crate) mod response;
