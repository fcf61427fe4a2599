//! Delivers SNS events: the whole event, or each of its records. SNS sends one record in each event, and
//! Lambda retries the invocation if it fails.

use aws_lambda_events::sns::{SnsEvent, SnsRecord};
use serde::de::DeserializeOwned;

use super::notification::Notification;
use super::raw_record::RawRecord;
use super::registration::Sns;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::idempotency::KeySource;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::messages;
use crate::resource::kind;
use crate::resource::markers::{Typed, Untyped};
use crate::resource::trigger_event::{Accepts, DiffersFrom};
use crate::source::batch::every_record::EveryRecord;
use crate::source::batch::records::split_records;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

impl Event for SnsEvent {
    type Source = Sns;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has_records_of("aws:sns")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
    }
}

impl Event for SnsRecord {
    type Source = Sns;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::records_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        SnsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_records(&delivery, |record| {
                Ok((decode::decode_text(record.text)?, record.text.as_bytes().into()))
            })
            .await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for Notification<T> {
    type Source = Sns;

    const RESUMES: Result<(), &'static str> = Err(messages::compile::records_cannot_resume());

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        SnsEvent::recognises(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_records(&delivery, |record| {
                let notification = Notification::read(record)?;
                Ok((notification, record.message.as_bytes().into()))
            })
            .await
        })
    }
}

impl TriggeredBy<Sns> for SnsEvent {}
impl TriggeredBy<Sns> for SnsRecord {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<Sns> for Notification<T> {}

impl<K, M> Accepts<K, M> for SnsEvent {}
impl<K, M> Accepts<K, M> for SnsRecord {}

impl<T> Accepts<kind::Topic, Typed<T>> for Notification<T> {}
impl<T> Accepts<kind::Topic, Untyped> for Notification<T> {}

/// Accepts any resource that is not a topic. Such a resource does not deliver a `Notification`, which the compiler
/// reports elsewhere; this implementation avoids a second message about the same mistake.
impl<T, M, K: DiffersFrom<kind::Topic>> Accepts<K, M> for Notification<T> {}

/// Calls the handler with each record of an event, and returns an error if any call failed. `read` decodes a record, and
/// returns with it the JSON in which the key of an idempotent function is looked up.
async fn deliver_records<E>(
    delivery: &Delivery<'_, E>,
    read: impl for<'r> Fn(&'r RawRecord<'_>) -> Result<(E, KeySource<'r>), Error>,
) -> Result<FunctionResponse, Error> {
    let mut calls = EveryRecord::new(delivery);
    for (index, record) in split_records(delivery.payload)?.into_iter().enumerate() {
        match RawRecord::read(record) {
            Ok(record) => {
                calls
                    .call(|| messages::batch::describe_message(&record.id), || read(&record))
                    .await;
            }
            Err(error) => calls.fail(messages::batch::describe_broken_record(index), error),
        }
    }
    calls.into_response()
}
