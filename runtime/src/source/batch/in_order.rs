//! Calls a handler with the records of a batch one after another, up to the first that fails. It is for sources that send
//! the whole batch again if the invocation fails, and whose records have an order: no record is started after a failure,
//! because all of them come again.
// See decision 0119.

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::FunctionResponse;
use crate::messages;
use crate::source::batch::record_calls::RecordCalls;

/// Calls the handler with each record, in order. `read` decodes a record, and returns with it the JSON in which the key of
/// an idempotent function is looked up; `describe` names a record that failed, by its index.
///
/// # Errors
///
/// Returns the error of the record that failed, with its name.
pub(crate) async fn deliver_in_order<E, R>(
    delivery: &Delivery<'_, E>,
    records: &[R],
    describe: impl Fn(usize, &R) -> String,
    read: impl Fn(&R) -> Result<(E, Vec<u8>), Error>,
) -> Result<FunctionResponse, Error> {
    let calls = RecordCalls::new(delivery);
    for (index, record) in records.iter().enumerate() {
        let mut json = Vec::new();
        let kept = &mut json;
        let done = calls.call_handler(|| {
            let (event, read) = read(record)?;
            *kept = read;
            Ok((event, kept.as_slice().into()))
        });
        let Err(error) = done.await else { continue };
        let name = describe(index, record);
        calls.log_failure(&name, &error);
        let rest = records.len() - index - 1;
        if rest > 0 {
            calls.log(messages::batch::records_not_started(rest));
        }
        return Err(error.with_context(name));
    }
    Ok(b"null".to_vec().into())
}
