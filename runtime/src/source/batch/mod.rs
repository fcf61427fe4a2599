//! Batches, one record at a time: takes the records of a batch and a way to call the handler with one, and
//! reports the records that failed, in the form that Lambda expects. Sources define what a record is and
//! which records are ordered; concurrency, time limits and reports are here.
// See decision 0043.

#[cfg(feature = "_partial_batches")]
pub(crate) mod borrowed_text;
pub(crate) mod record_calls;
#[cfg(feature = "_record_groups")]
pub(crate) mod record_groups;
#[cfg(feature = "_partial_batches")]
pub(crate) mod records;
#[cfg(feature = "_partial_batches")]
pub(crate) mod response;
