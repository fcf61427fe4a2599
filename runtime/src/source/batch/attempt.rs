//! One record at a time: takes a record out of a batch and calls the handler with it, for as
//! long as there is time to report it. A record's failure, or panic, is its own and not the
//! batch's.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::Error;
use crate::handler::caught;
use crate::source::Delivery;

/// The calls of a handler with the records of one batch. Some time is kept back to report what was done:
/// a batch that Lambda cuts off reports nothing, and every record of it comes again.
pub(crate) struct Attempts<'a, E> {
    delivery: &'a Delivery<'a, E>,
    margin: Duration,
    /// When the last call has to be over.
    end: Instant,
}

impl<'a, E> Attempts<'a, E> {
    pub(crate) fn new(delivery: &'a Delivery<'a, E>) -> Self {
        let margin = delivery.call.margin();
        let end = Instant::now() + delivery.call.context().remaining().saturating_sub(margin);
        Self { delivery, margin, end }
    }

    /// Fails where there is no time to begin another record.
    pub(crate) fn check_time(&self) -> Result<(), Error> {
        if Instant::now() < self.end {
            return Ok(());
        }
        Err(late("begun", self.delivery.call.context().remaining()))
    }

    /// Reads a record and calls the handler with it, and drops the call where it takes longer than
    /// there is time. A handler that blocks its thread cannot be stopped. `read` gives the event and
    /// the text that an idempotency key stands in.
    pub(crate) async fn record<'r>(
        &self,
        read: impl FnOnce() -> Result<(E, &'r [u8]), Error>,
    ) -> Result<(), Error> {
        self.check_time()?;
        // All of it in the future that is caught, so that a panic of the user's `Deserialize`, or in
        // the drop of the call, is the record's too.
        let call = async {
            let (event, raw) = read()?;
            let called = timeout_at(self.end, self.delivery.call_record(event, raw)).await;
            called.map_err(|_| late("finished", self.margin))?.map(drop)
        };
        caught(call).await?
    }
}

fn late(not: &str, left: Duration) -> Error {
    let left = left.as_millis();
    Error::new("DeadlineReached", format!("not {not}: {left} ms before the timeout"))
}
