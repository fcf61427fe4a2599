//! One record at a time: takes a record out of a batch and calls the handler with it, for as
//! long as there is time to report it. A record's failure, or panic, is its own and not the
//! batch's.

use std::fmt::Display;

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::{TimeLimit, catch_panic};
use crate::messages;
use crate::observability::log;

/// The calls of a handler with the records of one batch. Some time is kept back to report what was done:
/// a batch that Lambda cuts off reports nothing, and every record of it comes again.
pub(crate) struct RecordCalls<'a, E> {
    delivery: &'a Delivery<'a, E>,
    /// When the last call has to be over.
    limit: TimeLimit,
}

impl<'a, E> RecordCalls<'a, E> {
    pub(crate) fn new(delivery: &'a Delivery<'a, E>) -> Self {
        Self {
            delivery,
            limit: TimeLimit::for_batch(delivery.call.context(), delivery.call.margin()),
        }
    }

    /// Whether there is time to begin another record.
    #[cfg(feature = "_record_groups")]
    pub(crate) fn has_time(&self) -> bool {
        !self.limit.has_passed()
    }

    /// Fails where there is none.
    pub(crate) fn check_time(&self) -> Result<(), Error> {
        self.limit.check(self.delivery.call.context())
    }

    /// Says in the log which record failed and why: the answer has room for a name alone.
    pub(crate) fn log_failure(&self, what: impl Display, error: &Error) {
        let context = self.delivery.call.context();
        log::invocation_failed(
            context,
            messages::batch::of_request(context.request_id(), what),
            error,
        );
    }

    /// Says in the log what became of others of the batch.
    #[cfg(feature = "_partial_batches")]
    pub(crate) fn log(&self, message: impl Display) {
        let request_id = self.delivery.call.context().request_id();
        log::error(messages::batch::of_request(request_id, message));
    }

    /// Reads a record and calls the handler with it, and drops the call where it takes longer than
    /// there is time. A handler that blocks its thread cannot be stopped. `read` gives the event and
    /// what it is known by, where its work is done once.
    pub(crate) async fn call_handler<'r>(
        &self,
        read: impl FnOnce() -> Result<(E, KeySource<'r>), Error>,
    ) -> Result<(), Error> {
        self.check_time()?;
        // All of it in the future that is catch_panic, so that a panic of the user's `Deserialize`, or in
        // the drop of the call, is the record's too.
        let call = async {
            let (event, known) = read()?;
            self.delivery.call_record(event, known, self.limit).await.map(drop)
        };
        catch_panic(call).await?
    }
}
