//! [`BusClient`]: publishes events to an event bus, one or many.

use std::borrow::Borrow;

use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use serde::Serialize;

use super::declared::Bus;
use crate::Error;
use crate::aws::batch::{Most, Refused, Rest};
use crate::aws::{batch, message};
use crate::resource::define_client::define_client;
use crate::resource::markers::MessageOf;
use crate::resource::sdk_error::map_sdk_error;

/// `PutEvents` of the `EventBridge` API Reference: "the total entry size must be less than 1 MB", and
/// "Calculating event entry size" of its User Guide.
const BATCH: Most = Most { entries: 10, bytes: 1_048_575 };

define_client! {
    /// The typed client of an event bus: what [`Publisher`](crate::Publisher) of a bus leads to.
    ///
    /// The detail of an event is of the type that `message = …` of the bus names, and goes as JSON;
    /// its source is the package's name. Mirrors "Sending events with `PutEvents`" of the Amazon
    /// EventBridge User Guide.
    ///
    /// ```no_run
    /// use serde::Serialize;
    /// use skylift::{Error, Publisher};
    /// # use skylift::resource::{Bus, Resource, Typed, kind};
    /// # struct Events;
    /// # impl Resource for Events {
    /// #     const ID: &'static str = "Events";
    /// #     const VARIABLE: &'static str = "EVENTS_BUS_NAME";
    /// #     type Kind = kind::Bus;
    /// # }
    /// # impl Bus for Events {
    /// #     type Message = Typed<Placed>;
    /// #     const SOURCE: &'static str = "shop";
    /// # }
    ///
    /// #[derive(Serialize)]
    /// struct Placed { order: u64 }
    ///
    /// async fn place(order: u64, events: Publisher<Events>) -> Result<(), Error> {
    ///     events.publish("Order Placed", &Placed { order }).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` where an event cannot be written as JSON, with
    /// `MessageTooLarge` where it is over 1 MiB, both before anything is published, and with what AWS
    /// refused, by AWS's own code. Both fail with [`BatchError`](crate::resource::BatchError) where AWS took
    /// the call and not the event.
    BusClient<R>, aws_sdk_eventbridge, "The bus's name."
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Bus> BusClient<R>
where
    MessageOf<R::Message>: Serialize,
{
    /// Publishes an event of this `detail-type`.
    pub async fn publish(
        &self,
        detail_type: &str,
        detail: &MessageOf<R::Message>,
    ) -> Result<(), Error> {
        self.publish_all([(detail_type, detail)]).await
    }

    /// Publishes events, each with its `detail-type`, in as few calls as `EventBridge` allows: ten
    /// events or 1 MiB each. Those that `EventBridge` does not take for reasons of its own are
    /// published again a few times.
    pub async fn publish_all<D: AsRef<str>, M: Borrow<MessageOf<R::Message>>>(
        &self,
        events: impl IntoIterator<Item = (D, M)>,
    ) -> Result<(), Error> {
        let mut all = Vec::new();
        for (detail_type, detail) in events {
            all.push(self.entry(detail_type.as_ref(), detail.borrow())?);
        }
        batch::deliver(BATCH, Rest::Sent, all, |chunk| self.put(chunk)).await
    }

    fn entry(
        &self,
        detail_type: &str,
        detail: &MessageOf<R::Message>,
    ) -> Result<(usize, PutEventsRequestEntry), Error> {
        let what = format!("an event for the bus `{}`", R::ID);
        let detail = message::json(&what, detail)?;
        let bytes = R::SOURCE.len() + detail_type.len() + detail.len();
        message::check_size(&what, bytes, BATCH.bytes)?;
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(&*self.connection.name)
            .source(R::SOURCE)
            .detail_type(detail_type)
            .detail(detail);
        Ok((bytes, entry.build()))
    }
}

impl<R: Bus> BusClient<R> {
    async fn put(&self, chunk: Vec<PutEventsRequestEntry>) -> Result<Vec<Refused>, Error> {
        let request = self.connection.client.put_events().set_entries(Some(chunk));
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`PutEvents`"))?;
        let answers = response.entries.into_iter().flatten().enumerate();
        let refused = answers.filter_map(|(position, it)| {
            let (code, message) = (it.error_code?, it.error_message.unwrap_or_default());
            let again = matches!(code.as_str(), "ThrottlingException" | "InternalFailure")
                || code == "InternalException";
            Some(Refused { position, code, message, again })
        });
        Ok(refused.collect())
    }
}
