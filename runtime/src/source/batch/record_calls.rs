//! Calls of a handler with the records of a batch, as long as there is time to report the result. A failure
//! or a panic is that of one record, not of the batch.

use std::fmt::Display;

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::{TimeLimit, catch_panic};
use crate::messages;
use crate::observability::log;

/// The calls of a handler with the records of one batch. Some time is kept to report the result: if Lambda
/// stops a batch at the timeout, nothing is reported, and every record is delivered again.
pub(crate) struct RecordCalls<'a, E> {
    delivery: &'a Delivery<'a, E>,
    /// When the last call has to end.
    limit: TimeLimit,
}

impl<'a, E> RecordCalls<'a, E> {
    pub(crate) fn new(delivery: &'a Delivery<'a, E>) -> Self {
        Self {
            delivery,
            limit: TimeLimit::for_batch(delivery.call.context(), delivery.call.margin()),
        }
    }

    /// Whether there is time to start another record.
    #[cfg(feature = "_record_groups")]
    pub(crate) fn has_time(&self) -> bool {
        !self.limit.has_passed()
    }

    /// Fails if there is no time to start another record.
    pub(crate) fn check_time(&self) -> Result<(), Error> {
        self.limit.check(self.delivery.call.context())
    }

    /// Logs which record failed, and why: the response has room for its identifier only.
    pub(crate) fn log_failure(&self, what: impl Display, error: &Error) {
        let context = self.delivery.call.context();
        log::invocation_failed(
            context,
            messages::batch::of_request(context.request_id(), what),
            error,
        );
    }

    /// Logs what happened to other records of the batch.
    #[cfg(feature = "_partial_batches")]
    pub(crate) fn log(&self, message: impl Display) {
        let request_id = self.delivery.call.context().request_id();
        log::error(messages::batch::of_request(request_id, message));
    }

    /// Decodes a record and calls the handler with it, and drops the call if it takes longer than there is
    /// time. A handler that blocks its thread cannot be stopped. `read` returns the event, and the JSON in
    /// which its key is looked up if the function is idempotent.
    pub(crate) async fn call_handler<'r>(
        &self,
        read: impl FnOnce() -> Result<(E, KeySource<'r>), Error>,
    ) -> Result<(), Error> {
        self.check_time()?;
        // All of it in the future whose panics are caught: a panic in the user's `Deserialize`, or when the
        // call is dropped, is that of the record as well.
        let call = async {
            let (event, known) = read()?;
            self.delivery.call_record(event, known, self.limit).await.map(drop)
        };
        catch_panic(call).await?
    }
}
