//! Calls a handler with the records of a batch, as long as there is time to report the result. If a call fails
//! or panics, only its record fails, and not the batch.

use std::fmt::Display;

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::{TimeLimit, catch_failure};
use crate::messages;
use crate::observability::log;

/// Calls a handler with the records of one batch. The calls end early enough that the result can be reported:
/// if Lambda stops a batch at the timeout, nothing is reported, and Lambda delivers every record again.
pub(crate) struct RecordCalls<'a, E> {
    delivery: &'a Delivery<'a, E>,
    /// The instant at which the last call has to end.
    limit: TimeLimit,
}

impl<'a, E> RecordCalls<'a, E> {
    pub(crate) fn new(delivery: &'a Delivery<'a, E>) -> Self {
        Self {
            delivery,
            limit: TimeLimit::for_batch(delivery.call.context(), delivery.call.margin()),
        }
    }

    /// Returns whether there is time to start the call for another record.
    #[cfg(feature = "_record_groups")]
    pub(crate) fn has_time(&self) -> bool {
        !self.limit.has_passed()
    }

    /// Returns an error if there is no time to start the call for another record.
    pub(crate) fn check_time(&self) -> Result<(), Error> {
        self.limit.check(self.delivery.call.context())
    }

    /// Logs that a record failed, and why, because the response to Lambda has room only for the identifier of
    /// the record. `what` describes the record.
    pub(crate) fn log_failure(&self, what: impl Display, error: &Error) {
        let context = self.delivery.call.context();
        log::invocation_failed(
            context,
            messages::batch::with_request_id(context.request_id(), what),
            error,
        );
    }

    /// Logs a message about the batch, such as how many records were not started.
    #[cfg(any(feature = "_ordered", feature = "_partial_batches"))]
    pub(crate) fn log(&self, message: impl Display) {
        let request_id = self.delivery.call.context().request_id();
        log::error(messages::batch::with_request_id(request_id, message));
    }

    /// Decodes a record and calls the handler with it, and drops the call at the time limit. A handler that
    /// blocks its thread cannot be stopped. `read` decodes the record: it returns the event, and the JSON in
    /// which the key of the record is looked up if the function is idempotent.
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
        catch_failure(call).await
    }
}
