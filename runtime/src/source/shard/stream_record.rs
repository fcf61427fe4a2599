//! Delivers the records of a stream to a handler one at a time, in order, up to the first record that fails.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::Error;
use crate::handler::Delivery;
use crate::invocation::FunctionResponse;
use crate::messages;
use crate::source::batch::record_calls::RecordCalls;
use crate::source::batch::records::split_records;
use crate::source::batch::response::batch_response;
use crate::source::event_type::Event;

/// A record of a stream, as a handler takes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record of a stream",
    label = "not one of a stream's records",
    note = "a window is folded of `Data<T>` or `KinesisEventRecord`, records of a Kinesis stream, or of \
            `Change<T>` or `DynamoDbEventRecord`, changes to the items of a table"
)]
pub trait StreamRecord: Event {
    /// Decodes a record from its JSON. `data` is a buffer for the data of the record, which the implementation
    /// may fill.
    #[doc(hidden)]
    fn read(json: &str, data: &mut Vec<u8>) -> Result<Self, Error>;

    /// Returns the sequence number of a record, by which its failure is reported; `None` if the record has
    /// none. The other fields of the record may be invalid.
    #[doc(hidden)]
    fn sequence_number(json: &str) -> Result<Option<Cow<'_, str>>, Error>;

    /// Returns the JSON in which the idempotency key of a record is looked up: the JSON of the record, or its
    /// `data`, which `read` filled.
    #[doc(hidden)]
    fn idempotency_payload<'a>(json: &'a str, data: &'a [u8]) -> &'a [u8];
}

/// Calls the handler with one record after another, up to the first that fails, and returns the response that
/// names that record.
pub(crate) async fn deliver_records<E: StreamRecord>(
    delivery: Delivery<'_, E>,
) -> Result<FunctionResponse, Error> {
    let calls = RecordCalls::new(&delivery);
    let records = split_records(delivery.payload)?;
    // One buffer for all records: most are about equally large.
    let mut data = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let (json, data) = (record.get(), &mut data);
        let done = calls.call_handler(move || {
            let event = E::read(json, data)?;
            Ok((event, E::idempotency_payload(json, data).into()))
        });
        if let Err(error) = done.await {
            let number = report_failure::<E, _>(&calls, &records, index, error)?;
            return batch_response([&*number].into_iter());
        }
    }
    batch_response(std::iter::empty())
}

/// Logs that the record at `index` failed, and returns its sequence number. Only this number is reported:
/// Lambda continues from the lowest number, and the records after the failed one were not started.
///
/// If the first of several records fails, this returns an error, and the whole batch fails. No record of the batch
/// was handled in either case. But Lambda cannot split a batch at its first record, whereas it splits a batch that
/// failed in half, until the failed record is the only one of its batch, and Lambda can give up that record alone.
pub(super) fn report_failure<'a, R: StreamRecord, E>(
    calls: &RecordCalls<'_, E>,
    records: &[&'a RawValue],
    index: usize,
    error: Error,
) -> Result<Cow<'a, str>, Error> {
    let number =
        records.get(index).map(|record| R::sequence_number(record.get())).transpose()?.flatten();
    // Lambda would read an empty number as "all failed", and would not say why.
    let number = number
        .filter(|number| !number.is_empty())
        .ok_or_else(|| messages::batch::record_without_number(&error))?;
    if index == 0 && records.len() > 1 {
        return Err(
            error.with_context(messages::batch::describe_first_record(&number, records.len()))
        );
    }
    calls.log_failure(messages::batch::describe_record(&number), &error);
    let rest = records.len() - index - 1;
    if rest > 0 {
        calls.log(messages::batch::records_not_started(rest));
    }
    Ok(number)
}
