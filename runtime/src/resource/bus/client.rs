//! [`BusClient`]: the typed client of an event bus.

use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use serde::Serialize;

use super::Bus;
use crate::aws::batch::{BatchEntry, BatchLimits, ChunkResponse, RefusedEntry, send_batch};
use crate::aws::payload;
use crate::invocation::BoxFuture;
use crate::resource::define_client::define_client;
use crate::resource::markers::{IsMessage, MessageOf};
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// The limits of a request to publish events. `PutEvents` of the `EventBridge` API Reference: "the total entry size
/// must be less than 1 MB", and "Calculating event entry size" of its User Guide.
const BATCH_LIMITS: BatchLimits = BatchLimits { entries: 10, bytes: 1_048_575 };

define_client! {
    /// The typed client of an event bus. [`Publisher`](crate::Publisher) of a bus dereferences to it.
    ///
    /// | method | what it does |
    /// | --- | --- |
    /// | [`publish`](Self::publish) | publishes an event |
    /// | [`publish_all`](Self::publish_all) | publishes many events in few requests |
    /// | [`client`](Self::client) | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | returns the name of the bus |
    ///
    /// The detail of an event has the type that `message = …` of the bus names, and is published as JSON. The
    /// source of an event is `source = …` of the bus, or the name of the package. Mirrors "Sending events with `PutEvents`" of the Amazon
    /// EventBridge User Guide.
    ///
    /// See also [its page](crate::guide::bus) in the guide.
    ///
    /// ```no_run
    /// use serde::Serialize;
    /// use skylift::{Error, Publisher, function, resource};
    ///
    /// #[resource(bus(message = Placed))]
    /// struct Events;
    ///
    /// #[derive(Serialize)]
    /// struct Placed { order: u64 }
    ///
    /// #[function]
    /// async fn place(order: u64, events: Publisher<Events>) -> Result<(), Error> {
    ///     events.publish("Order Placed", &Placed { order }).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` if an event cannot be serialized as JSON and with
    /// `MessageTooLarge` if it is larger than 1 MiB, both before anything is published. It fails with the error of
    /// AWS, by AWS's code, and with [`BatchError`](crate::resource::BatchError) if AWS accepted the request
    /// but not an event.
    BusClient<R>, aws_sdk_eventbridge, feature "bus", "Returns the name of the bus."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler. For an `async fn`, the compiler reports it three times.
impl<R: Bus> BusClient<R> {
    /// Publishes an event with this `detail-type` and this detail.
    pub fn publish<'a>(
        &'a self,
        detail_type: &str,
        detail: &MessageOf<R::Message>,
    ) -> BoxFuture<'a, Result<(), Error>>
    where
        MessageOf<R::Message>: Serialize,
    {
        self.publish_all([(detail_type, detail)])
    }

    /// Publishes events, each with its `detail-type`, in as few requests as `EventBridge` allows: ten events or
    /// 1 MiB each.
    ///
    /// Events that `EventBridge` refuses for a temporary reason are published again a few times.
    pub fn publish_all<D: AsRef<str>, M: IsMessage<MessageOf<R::Message>>>(
        &self,
        events: impl IntoIterator<Item = (D, M)>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        MessageOf<R::Message>: Serialize,
    {
        let build = |(detail_type, detail): (D, M)| {
            self.build_entry(detail_type.as_ref(), detail.as_message())
        };
        let events = events.into_iter().map(build).collect::<Result<_, Error>>();
        Box::pin(
            async move { send_batch(BATCH_LIMITS, events?, |chunk| self.put_events(chunk)).await },
        )
    }

    /// Builds the `PutEvents` entry of an event.
    fn build_entry(
        &self,
        detail_type: &str,
        detail: &MessageOf<R::Message>,
    ) -> Result<BatchEntry<PutEventsRequestEntry>, Error>
    where
        MessageOf<R::Message>: Serialize,
    {
        let what = messages::client::bus_event(R::ID);
        let detail = payload::to_json(&what, detail)?;
        let bytes = R::SOURCE.len() + detail_type.len() + detail.len();
        payload::check_size(&what, bytes, BATCH_LIMITS.bytes)?;
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(&*self.connection.name)
            .source(R::SOURCE)
            .detail_type(detail_type)
            .detail(detail);
        Ok(BatchEntry { bytes, group: None, entry: entry.build() })
    }

    async fn put_events(&self, chunk: Vec<PutEventsRequestEntry>) -> Result<ChunkResponse, Error> {
        let request = self.connection.client.put_events().set_entries(Some(chunk));
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PutEvents`"))?;
        let mut outcome = ChunkResponse::default();
        for (position, it) in response.entries.into_iter().flatten().enumerate() {
            if let Some(code) = it.error_code {
                let retryable = matches!(
                    code.as_str(),
                    "ThrottlingException" | "InternalFailure" | "InternalException"
                );
                let message = it.error_message.unwrap_or_default();
                outcome.refused.push(RefusedEntry { position, code, message, retryable });
            } else if it.event_id.is_some() {
                outcome.accepted.push(position);
            }
        }
        Ok(outcome)
    }
}
