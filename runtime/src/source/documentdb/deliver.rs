//! Delivers a batch of changes of a cluster: the whole batch, or one change after another, up to the first that fails.

use serde::de::DeserializeOwned;

use super::change::DocumentDbChange;
use super::event::{DocumentDbEvent, DocumentDbEventRecord, describe_change, split_changes};
use super::registration::DocumentDb;
use crate::Error;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, decode};
use crate::resource::trigger_event::Accepts;
use crate::source::batch::in_order::deliver_in_order;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;

/// Returns whether the payload is a batch of a cluster of Amazon `DocumentDB`.
fn is_of_documentdb(shape: &PayloadShape<'_>) -> bool {
    shape.text("eventSource") == Some("aws:docdb")
}

impl Event for DocumentDbEvent {
    type Source = DocumentDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_documentdb(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
    }
}

impl Event for DocumentDbEventRecord {
    type Source = DocumentDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_documentdb(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move {
            deliver_records(&delivery, |raw| {
                let record: Self = decode::decode_text(raw)?;
                Ok((record, raw.as_bytes().to_vec()))
            })
            .await
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Event for DocumentDbChange<T> {
    type Source = DocumentDb;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        is_of_documentdb(shape)
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { deliver_records(&delivery, DocumentDbChange::read).await })
    }
}

impl TriggeredBy<DocumentDb> for DocumentDbEvent {}
impl TriggeredBy<DocumentDb> for DocumentDbEventRecord {}
impl<T: DeserializeOwned + Send + 'static> TriggeredBy<DocumentDb> for DocumentDbChange<T> {}

impl<K, M> Accepts<K, M> for DocumentDbEvent {}
impl<K, M> Accepts<K, M> for DocumentDbEventRecord {}
impl<T, K, M> Accepts<K, M> for DocumentDbChange<T> {}

/// Calls the handler with each change of a batch, in order. `read` decodes a change, and returns with it the JSON in which the
/// key of an idempotent function is looked up.
async fn deliver_records<E>(
    delivery: &Delivery<'_, E>,
    read: impl Fn(&&str) -> Result<(E, Vec<u8>), Error>,
) -> Result<FunctionResponse, Error> {
    let records = split_changes(delivery.payload)?;
    deliver_in_order(delivery, &records, |index, raw| describe_change(index, raw), read).await
}
