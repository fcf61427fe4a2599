//! Delivers a batch of a Kafka topic: the whole batch, or one record at a time. If Lambda reads which records failed,
//! the response names them, and all records after them in their partitions. Otherwise the invocation fails, and no
//! further record is started, because Lambda sends the whole batch again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;

use super::batch::{RawBatch, RawRecord, read_offset};
use super::event::{KafkaEvent, KafkaEventRecord};
use super::record::{KafkaRecord, NULL};
use super::response::KafkaEventResponse;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::messages;
use crate::resource::trigger_event::Accepts;
use crate::source::batch::record_calls::RecordCalls;
use crate::source::batch::record_groups::{RecordGroups, Unfinished};
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::kafka::Kafka;
use crate::source::msk::Msk;
use crate::source::shape::PayloadShape;

/// Returns whether the payload is a batch of a Kafka topic, of Amazon MSK or of another cluster.
fn is_of_kafka(shape: &PayloadShape<'_>) -> bool {
    matches!(shape.text("eventSource"), Some("aws:kafka" | "SelfManagedKafka"))
}

impl Event for KafkaEvent {
    type Source = Kafka;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_kafka(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call_batch(decode::decode_json(delivery.payload)?).await })
    }
}

impl Event for KafkaEventRecord {
    type Source = Kafka;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_kafka(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_records(&delivery, |json| {
                let record: Self = decode::decode_text(json)?;
                let value = record.value.clone().unwrap_or_else(|| NULL.to_vec());
                Ok((record, value))
            })
            .await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for KafkaRecord<T> {
    type Source = Kafka;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_kafka(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { deliver_records(&delivery, KafkaRecord::read).await })
    }
}

impl TriggeredBy<Kafka> for KafkaEvent {}
impl TriggeredBy<Kafka> for KafkaEventRecord {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Kafka> for KafkaRecord<T> {}

impl TriggeredBy<Msk> for KafkaEvent {}
impl TriggeredBy<Msk> for KafkaEventRecord {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Msk> for KafkaRecord<T> {}

impl<K, M> Accepts<K, M> for KafkaEvent {}
impl<K, M> Accepts<K, M> for KafkaEventRecord {}
impl<T, K, M> Accepts<K, M> for KafkaRecord<T> {}

/// Calls the handler with each record of a batch, up to the first of each partition that fails. `read` decodes a record,
/// and returns with it the JSON in which the key of an idempotent function is looked up.
async fn deliver_records<E: Send>(
    delivery: &Delivery<'_, E>,
    read: impl Fn(&str) -> Result<(E, Vec<u8>), Error>,
) -> Result<FunctionResponse, Error> {
    let (batch, read) = (RawBatch::read(delivery.payload)?, &read);
    let calls = RecordCalls::new(delivery);
    let reports = delivery.call.reports_records();
    let has_failed = AtomicBool::new(false);
    let first_error = Mutex::new(None);
    let attempt = async |index: usize| {
        let record: &RawRecord<'_> = &batch.records[index];
        // Lambda would send what is handled now again, with the whole batch.
        if !reports && has_failed.load(Ordering::Relaxed) {
            return Err(Unfinished::GroupStopped);
        }
        if !calls.has_time() {
            return Err(Unfinished::NoTimeLeft);
        }
        let mut value = Vec::new();
        let kept = &mut value;
        let done = calls.call_handler(move || {
            let (event, json) = read_into(read, record.json, kept)?;
            Ok((event, json.into()))
        });
        let Err(error) = done.await else { return Ok(()) };
        has_failed.store(true, Ordering::Relaxed);
        let name = describe(&batch, record);
        calls.log_failure(&name, &error);
        let mut first = first_error.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| error.with_context(name));
        Err(Unfinished::Failed)
    };
    let groups = RecordGroups::new(batch.records.iter().map(|record| Some(record.group)));
    let unfinished = groups.run(delivery.call.concurrency(), attempt).await;
    let count = |why| unfinished.iter().filter(|(_, it)| *it == why).count();
    let not_started = count(Unfinished::NoTimeLeft) + count(Unfinished::GroupStopped);
    if not_started > 0 {
        calls.log(messages::batch::kafka_records_not_started(not_started));
    }
    if unfinished.is_empty() {
        return respond(&KafkaEventResponse::default());
    }
    let total = batch.records.len();
    // Lambda splits a batch only if its invocation fails. If no record was handled, the batch has to be split, so
    // that the record that fails is given up alone.
    let has_progress = unfinished.len() < total;
    if reports && (has_progress || total == 1) {
        let mut response = KafkaEventResponse::default();
        for (index, _) in &unfinished {
            let record = &batch.records[*index];
            let offset = read_offset(record.json)
                .map_err(|error| messages::batch::record_without_offset(&error))?;
            response.push(batch.partition(record), offset);
        }
        return respond(&response);
    }
    match first_error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) if total == 1 => Err(error),
        Some(error) => {
            Err(error
                .with_context(messages::batch::records_failed(count(Unfinished::Failed), total)))
        }
        None => {
            calls.check_time()?;
            Err(messages::batch::record_not_started(delivery.call.margin().as_millis()))
        }
    }
}

/// Decodes a record, and stores the JSON of its value in `kept`.
fn read_into<'k, E>(
    read: impl Fn(&str) -> Result<(E, Vec<u8>), Error>,
    json: &str,
    kept: &'k mut Vec<u8>,
) -> Result<(E, &'k [u8]), Error> {
    let (event, value) = read(json)?;
    *kept = value;
    Ok((event, kept))
}

/// Describes a record in the log: by its offset, and by its partition alone if the offset cannot be read.
fn describe(batch: &RawBatch<'_>, record: &RawRecord<'_>) -> String {
    messages::batch::describe_kafka_record(batch.partition(record), read_offset(record.json).ok())
}

fn respond(response: &KafkaEventResponse) -> Result<FunctionResponse, Error> {
    Ok(serde_json::to_vec(response)?.into())
}
