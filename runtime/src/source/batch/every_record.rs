//! Calls a handler with every record of an event that its source can retry only as a whole: all records are handled,
//! and the invocation fails if any record fails.

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::FunctionResponse;
use crate::invocation::idempotency::KeySource;
use crate::messages;
use crate::source::batch::record_calls::RecordCalls;

/// The calls for the records of one event, and how many of them failed.
pub(crate) struct EveryRecord<'a, E> {
    calls: RecordCalls<'a, E>,
    count: usize,
    failed: usize,
    /// The error of the first record that failed.
    first: Option<Error>,
}

impl<'a, E> EveryRecord<'a, E> {
    pub(crate) fn new(delivery: &'a Delivery<'a, E>) -> Self {
        Self { calls: RecordCalls::new(delivery), count: 0, failed: 0, first: None }
    }

    /// Decodes a record and calls the handler with it. `describe` names the record if it fails, and `read` decodes it.
    pub(crate) async fn call<'r>(
        &mut self,
        describe: impl FnOnce() -> String,
        read: impl FnOnce() -> Result<(E, KeySource<'r>), Error>,
    ) {
        match self.calls.call_handler(read).await {
            Ok(()) => self.count += 1,
            Err(error) => self.fail(describe(), error),
        }
    }

    /// Counts a record that failed, for example because it cannot be decoded. `name` describes it.
    pub(crate) fn fail(&mut self, name: String, error: Error) {
        self.count += 1;
        self.failed += 1;
        self.calls.log_failure(&name, &error);
        self.first.get_or_insert_with(|| error.with_context(name));
    }

    /// Returns the response of the invocation: `null`, or the error of the first record that failed.
    pub(crate) fn into_response(self) -> Result<FunctionResponse, Error> {
        match self.first {
            None => Ok(b"null".to_vec().into()),
            Some(error) if self.count == 1 => Err(error),
            Some(error) => {
                Err(error.with_context(messages::batch::records_failed(self.failed, self.count)))
            }
        }
    }
}
