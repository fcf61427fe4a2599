//! Batches, one record at a time: takes the records of a batch and a way to call the handler with one,
//! and gives those that failed, as Lambda wants to be told of them. Sources say what a record is and
//! which of them keep an order; what bounds, times and reports is here.

#[cfg(feature = "_records")]
mod answer;
mod attempt;
#[cfg(feature = "sqs")]
mod lanes;
#[cfg(feature = "_records")]
mod records;
#[cfg(feature = "_records")]
mod text;

use std::fmt::Display;

#[cfg(feature = "_shards")]
pub(crate) use answer::Failure;
#[cfg(feature = "_records")]
pub(crate) use {answer::failures, records::records, text::Text};

pub(crate) use attempt::Attempts;
#[cfg(test)]
pub(crate) use attempt::MARGIN;
#[cfg(feature = "sqs")]
pub(crate) use lanes::{Lanes, Unfinished};

use crate::{Error, log};

/// Says in the log what failed and why: the answer has room for a name alone.
pub(crate) fn log_failure(what: impl Display, error: &Error) {
    log::line(format_args!("{what} failed: {}: {error:#}", error.name()));
}
