//! Event sources: which event types each one delivers, and how a payload of it reaches a handler. A
//! source is one module here with its marker type, and one line in the list that the macros see.

#[cfg(feature = "_records")]
pub(crate) mod batch;
pub(crate) mod dynamodb;
#[cfg(feature = "http")]
pub(crate) mod http;
pub(crate) mod kinesis;
pub(crate) mod probe;
pub(crate) mod s3;
pub(crate) mod schedule;
#[cfg(feature = "_shards")]
pub(crate) mod shard;
pub(crate) mod sqs;

use serde::Deserialize;

use crate::Error;
#[cfg(feature = "_records")]
use crate::handler::Limit;
use crate::handler::{Answer, BoxFuture, Call, Handle};
use crate::idempotency::once;
#[cfg(any(feature = "sqs", feature = "_shards"))]
use crate::idempotency::once_for_batch;
#[cfg(feature = "_records")]
use crate::idempotency::{Known, once_for_record};

/// An S3 bucket: `trigger = s3`. Mirrors the SAM event `S3`.
pub enum S3 {}

/// An `EventBridge` rule that runs at set times: `schedule = "…"`. Mirrors the SAM event `Schedule`.
pub enum Schedule {}

/// An API Gateway HTTP API: `trigger = http`. Mirrors the SAM event `HttpApi`. Its handlers are axum
/// handlers, so no event type belongs to it.
pub enum Http {}

/// An SQS queue: `trigger = sqs`. Mirrors the SAM event `SQS`.
pub enum Sqs {}

/// A Kinesis data stream: `trigger = kinesis`. Mirrors the SAM event `Kinesis`.
pub enum Kinesis {}

/// The stream of a `DynamoDB` table: `trigger = dynamodb(table = …)`. Mirrors the SAM event `DynamoDB`.
pub enum DynamoDb {}

/// The source of an event type that several sources deliver: an enum with `#[derive(Event)]`.
pub enum Several {}

/// A type that a trigger can deliver: the first parameter of a handler.
///
/// The types of [`crate::event`] implement it; `#[derive(Event)]` makes an enum of several. Its
/// methods are the runtime's own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that a trigger delivers",
    label = "not an event",
    note = "the events are listed in `skylift::event`; `#[derive(Event)]` makes an enum of several"
)]
pub trait Event: Sized + Send + 'static {
    /// The source that delivers this type.
    type Source;

    /// Whether a payload is one of this type's, where an enum has to choose.
    #[doc(hidden)]
    fn recognises(shape: &Shape<'_>) -> bool;

    /// Why a function that resumes cannot take it, where it cannot.
    #[doc(hidden)]
    const RESUMES: Result<(), &'static str> = Ok(());

    /// Reads the payload and calls the handler, once or for each record.
    #[doc(hidden)]
    fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>>;
}

/// Ties an event type to a source that delivers it.
///
/// ```
/// # #[cfg(feature = "s3")] {
/// use skylift::event::S3Event;
/// use skylift::{TriggeredBy, source};
///
/// fn delivered_by_s3<E: TriggeredBy<source::S3>>() {}
/// delivered_by_s3::<S3Event>();
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `{S}` delivers",
    label = "not an event of this source",
    note = "`s3` delivers `S3Event`, the whole event, and `S3EventRecord`, one record at a time",
    note = "`sqs` delivers `SqsEvent`, the whole batch, and `SqsMessage` or `Message<T>`, one message at a time",
    note = "`kinesis` delivers `KinesisEvent`, the whole batch, `KinesisEventRecord` or `Data<T>`, one record at a time, and `Window<S, …>`",
    note = "`dynamodb` delivers `DynamoDbEvent`, the whole batch, `DynamoDbEventRecord` or `Change<T>`, one change at a time, and `Window<S, …>`",
    note = "`schedule` delivers `ScheduledEvent`, or nothing to a handler without an event",
    note = "an enum of several events needs `#[derive(Event)]`"
)]
pub trait TriggeredBy<S>: Event {}

/// A payload on its way to a handler.
#[doc(hidden)]
pub struct Delivery<'a, E> {
    pub(crate) payload: &'a [u8],
    pub(crate) call: &'a Call,
    pub(crate) handler: &'a dyn Handle<E>,
}

impl<'a, E> Delivery<'a, E> {
    /// What kind of payload this is.
    #[must_use]
    pub fn shape(&self) -> Shape<'a> {
        serde_json::from_slice(self.payload).unwrap_or_default()
    }

    /// Calls the handler with one event.
    pub(crate) async fn call(&self, event: E) -> Result<Answer, Error> {
        once(self.call, self.payload, self.handler.call(event, self.call.clone())).await
    }

    /// Calls the handler with a whole batch.
    #[cfg(any(feature = "sqs", feature = "_shards"))]
    pub(crate) async fn call_batch(&self, batch: E) -> Result<Answer, Error> {
        once_for_batch(self.call, self.payload, self.handler.call(batch, self.call.clone())).await
    }

    /// Calls the handler with one record, which is known by the JSON that the key of its work is looked
    /// up in, where that is done once: the record, or what it carries. The call is dropped at the limit.
    #[cfg(feature = "_records")]
    pub(crate) async fn call_record(
        &self,
        event: E,
        known: Known<'_>,
        limit: Limit,
    ) -> Result<Answer, Error> {
        once_for_record(self.call, known, limit, self.handler.call(event, self.call.clone())).await
    }

    /// That JSON, where anything is looked up in it.
    #[cfg(feature = "s3")]
    #[cfg_attr(not(feature = "idempotency"), expect(clippy::unused_self, reason = "nothing is"))]
    pub(crate) fn raw(&self, of: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
        #[cfg(feature = "idempotency")]
        if self.call.ledger().is_some() {
            return of();
        }
        let _ = of;
        Vec::new()
    }
}

/// How a source delivers `E`: what the checked constructors below give.
#[doc(hidden)]
pub struct Deliverer<E> {
    pub(crate) deliver: for<'a> fn(Delivery<'a, E>) -> BoxFuture<'a, Result<Answer, Error>>,
}

impl<E: Event> Deliverer<E> {
    pub(crate) fn of_event() -> Self {
        Self { deliver: E::deliver }
    }
}

/// The few fields that tell one source's payload from another's.
#[doc(hidden)]
#[derive(Default, Deserialize)]
pub struct Shape<'a> {
    #[serde(borrow, default)]
    source: Option<&'a str>,
    #[serde(borrow, default, rename = "Records")]
    records: Vec<RecordShape<'a>>,
}

#[derive(Deserialize)]
struct RecordShape<'a> {
    #[serde(borrow, default, rename = "eventSource")]
    event_source: Option<&'a str>,
}

impl Shape<'_> {
    /// An `EventBridge` event from that source.
    #[must_use]
    pub fn is_from(&self, source: &str) -> bool {
        self.source == Some(source)
    }

    /// A batch of records from that source.
    #[must_use]
    pub fn has_records_of(&self, source: &str) -> bool {
        self.records.first().is_some_and(|record| record.event_source == Some(source))
    }
}

/// Delivers a payload as one variant of an enum of events; `#[derive(Event)]` calls it.
#[doc(hidden)]
pub fn variant<V: Event, E: 'static>(
    Delivery { payload, call, handler }: Delivery<'_, E>,
    wrap: fn(V) -> E,
) -> BoxFuture<'_, Result<Answer, Error>> {
    Box::pin(async move {
        V::deliver(Delivery { payload, call, handler: &Wrapping { handler, wrap } }).await
    })
}

/// A payload that is none of an enum's events; `#[derive(Event)]` calls it last.
#[doc(hidden)]
#[must_use]
pub fn unrecognised<'a>(expected: &'static str) -> BoxFuture<'a, Result<Answer, Error>> {
    Box::pin(std::future::ready(Err(Error::new(
        "InvalidPayload",
        format!("the payload is none of the events of `{expected}`"),
    ))))
}

struct Wrapping<'a, V, E> {
    handler: &'a dyn Handle<E>,
    wrap: fn(V) -> E,
}

impl<V, E> Handle<V> for Wrapping<'_, V, E> {
    fn call(&self, event: V, call: Call) -> BoxFuture<'_, Result<Answer, Error>> {
        self.handler.call((self.wrap)(event), call)
    }
}

#[cfg(all(test, feature = "s3", feature = "schedule"))]
mod tests {
    use super::*;
    use crate::event::{S3EventRecord, ScheduledEvent};
    use crate::testing::{answer, fixture};

    enum Upload {
        Object(Box<S3EventRecord>),
        Tick(Box<ScheduledEvent>),
    }

    impl Event for Upload {
        type Source = Several;

        fn recognises(shape: &Shape<'_>) -> bool {
            S3EventRecord::recognises(shape) || ScheduledEvent::recognises(shape)
        }

        fn deliver(delivery: Delivery<'_, Self>) -> BoxFuture<'_, Result<Answer, Error>> {
            let shape = delivery.shape();
            if S3EventRecord::recognises(&shape) {
                return variant(delivery, |record| Self::Object(Box::new(record)));
            }
            if ScheduledEvent::recognises(&shape) {
                return variant(delivery, |event| Self::Tick(Box::new(event)));
            }
            unrecognised("Upload")
        }
    }

    impl TriggeredBy<<S3EventRecord as Event>::Source> for Upload {}
    impl TriggeredBy<<ScheduledEvent as Event>::Source> for Upload {}

    fn handler() -> crate::handler::Handler {
        crate::handler::triggered([s3::s3::<Upload>(), schedule::schedule()], |event, _| async {
            Ok(match event {
                Upload::Object(record) => Ok(record.s3.bucket.name.unwrap_or_default()),
                Upload::Tick(tick) => Err(tick.detail_type.unwrap_or_default()),
            })
        })
    }

    #[test]
    fn an_enum_gets_the_variant_of_the_source_that_called() {
        let tick = answer(&handler(), &fixture("example-eventbridge-schedule.json"));
        assert_eq!(tick.unwrap_err().to_string(), "Scheduled Event");
        assert_eq!(answer(&handler(), &fixture("example-s3-event.json")).unwrap(), b"null");
    }

    #[test]
    fn an_enum_refuses_what_is_none_of_its_events() {
        let error = answer(&handler(), b"{\"source\":\"aws.ec2\"}").unwrap_err();
        assert_eq!(error.to_string(), "the payload is none of the events of `Upload`");
    }
}

#[cfg(all(test, feature = "dynamodb", feature = "kinesis", feature = "sqs"))]
mod recognised {
    use super::*;
    use crate::event::{DynamoDbEvent, KinesisEvent, SqsEvent};

    #[test]
    fn only_batches_of_its_own_source_are_recognised() {
        for source in ["aws:dynamodb", "aws:kinesis", "aws:sqs", "aws:s3"] {
            let payload = format!(r#"{{"Records":[{{"eventSource":"{source}"}}]}}"#);
            let shape: Shape<'_> = serde_json::from_str(&payload).unwrap();
            assert_eq!(DynamoDbEvent::recognises(&shape), source == "aws:dynamodb", "{source}");
            assert_eq!(KinesisEvent::recognises(&shape), source == "aws:kinesis", "{source}");
            assert_eq!(SqsEvent::recognises(&shape), source == "aws:sqs", "{source}");
        }
    }
}
