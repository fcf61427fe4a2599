//! Delivers the events of log groups: the whole event, or each of its entries. CloudWatch Logs also sends control
//! messages to check that the function exists. They succeed and call no handler.

use aws_lambda_events::cloudwatch_logs::{LogEntry, LogsEvent};
use serde::de::DeserializeOwned;

use super::log_record::LogRecord;
use super::raw_entry::{RawEntries, RawEntry, decode_unpacked, has_entries};
use super::registration::Logs;
use super::unpack::unpack;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::messages;
use crate::resource::trigger_event::Accepts;
use crate::source::batch::every_record::EveryRecord;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for LogsEvent {
    type Source = Logs;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("awslogs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            let mut event = Self::default();
            event.aws_logs.data = decode_unpacked(&unpack(delivery.payload)?)?;
            if !has_entries(&event.aws_logs.data.message_type) {
                return Ok(b"null".to_vec().into());
            }
            delivery.call(event).await
        })
    }
}

impl Event for LogEntry {
    type Source = Logs;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::records_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("awslogs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_entries(&delivery, |entry, _| {
                Ok((decode::decode_text(entry.json)?, entry.json.as_bytes().into()))
            })
            .await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for LogRecord<T> {
    type Source = Logs;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::records_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("awslogs")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_entries(&delivery, |entry, entries| {
                Ok((LogRecord::read(entry, entries)?, entry.message.as_bytes().into()))
            })
            .await
        })
    }
}

impl TriggeredBy<Logs> for LogsEvent {}
impl TriggeredBy<Logs> for LogEntry {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Logs> for LogRecord<T> {}

impl<K, M> Accepts<K, M> for LogsEvent {}
impl<K, M> Accepts<K, M> for LogEntry {}
impl<T, K, M> Accepts<K, M> for LogRecord<T> {}

/// Calls the handler with each entry of an event, and returns an error if any call failed. `read` decodes an entry, and
/// returns with it the JSON in which the key of an idempotent function is looked up.
async fn deliver_entries<E>(
    delivery: &Delivery<'_, E>,
    read: impl for<'r> Fn(&'r RawEntry<'_>, &RawEntries<'_>) -> Result<(E, KeySource<'r>), Error>,
) -> Result<FunctionResponse, Error> {
    let json = unpack(delivery.payload)?;
    let Some(entries) = RawEntries::read(&json)? else {
        return Ok(b"null".to_vec().into());
    };
    let mut calls = EveryRecord::new(delivery);
    for (index, json) in entries.entries.iter().enumerate() {
        match RawEntry::read(json) {
            Ok(entry) => {
                let describe = || messages::batch::describe_log_entry(&entry.id);
                calls.call(describe, || read(&entry, &entries)).await;
            }
            Err(error) => calls.fail(messages::batch::describe_broken_record(index), error),
        }
    }
    calls.into_response()
}
