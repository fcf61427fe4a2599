//! Batches, one record at a time: takes the records of a batch and a way to call the handler with one,
//! and gives those that failed, as Lambda wants to be told of them. Sources say what a record is and
//! which of them keep an order; what bounds, times and reports is here.

#[cfg(feature = "_partial_batches")]
pub(crate) mod borrowed_text;
pub(crate) mod record_calls;
#[cfg(feature = "_record_groups")]
pub(crate) mod record_groups;
#[cfg(feature = "_partial_batches")]
pub(crate) mod records;
#[cfg(feature = "_partial_batches")]
pub(crate) mod response;
