//! Enums of several events, by `#[derive(Event)]`: a payload is delivered as one variant of such an enum.

use super::event_type::Event;
use crate::handler::{Delivery, EventHandler};
use crate::invocation::{Call, ResponseFuture};
use crate::messages;

/// The source of an enum with `#[derive(Event)]`, an event type that several sources deliver.
pub enum EventEnum {}

/// Delivers a payload as one variant of an enum of events; `wrap` makes the variant from its event. The
/// expansion of `#[derive(Event)]` calls this function.
#[doc(hidden)]
pub fn deliver_variant<V: Event, E: 'static>(
    Delivery { payload, call, handler, has_envelopes }: Delivery<'_, E>,
    wrap: fn(V) -> E,
) -> ResponseFuture<'_> {
    Box::pin(async move {
        let handler = &VariantHandler { handler, wrap };
        V::deliver(Delivery { payload, call, handler, has_envelopes }).await
    })
}

/// Returns the error of a payload that is none of the events of the enum `expected`. The expansion of
/// `#[derive(Event)]` calls this function if no variant recognises the payload.
#[doc(hidden)]
#[must_use]
pub fn reject_payload<'a>(expected: &'static str) -> ResponseFuture<'a> {
    Box::pin(std::future::ready(Err(messages::invocation::payload_of_no_variant(expected))))
}

/// The handler of an enum of events, as the source of one variant calls it.
struct VariantHandler<'a, V, E> {
    handler: &'a dyn EventHandler<E>,
    wrap: fn(V) -> E,
}

impl<V, E> EventHandler<V> for VariantHandler<'_, V, E> {
    fn call(&self, event: V, call: Call) -> ResponseFuture<'_> {
        self.handler.call((self.wrap)(event), call)
    }
}

#[cfg(all(test, feature = "s3", feature = "schedule"))]
mod tests {
    use super::*;
    use crate::event::{S3EventRecord, ScheduledEvent};
    use crate::source::event_type::TriggeredBy;
    use crate::source::shape::PayloadShape;
    use crate::source::{s3, schedule};
    use crate::testing::{fixture, respond};

    enum Upload {
        Object(Box<S3EventRecord>),
        Tick(Box<ScheduledEvent>),
    }

    impl Event for Upload {
        type Source = EventEnum;

        fn recognises(shape: &PayloadShape<'_>) -> bool {
            S3EventRecord::recognises(shape) || ScheduledEvent::recognises(shape)
        }

        fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
            let shape = delivery.shape();
            if S3EventRecord::recognises(&shape) {
                return deliver_variant(delivery, |record| Self::Object(Box::new(record)));
            }
            if ScheduledEvent::recognises(&shape) {
                return deliver_variant(delivery, |event| Self::Tick(Box::new(event)));
            }
            reject_payload("Upload")
        }
    }

    impl TriggeredBy<<S3EventRecord as Event>::Source> for Upload {}
    impl TriggeredBy<<ScheduledEvent as Event>::Source> for Upload {}

    fn handler() -> crate::registry::Handler {
        crate::handler::triggered_handler(
            [s3::s3::<Upload>(), schedule::schedule()],
            |event, _| async {
                Ok(match event {
                    Upload::Object(record) => Ok(record.s3.bucket.name.unwrap_or_default()),
                    Upload::Tick(tick) => Err(tick.detail_type.unwrap_or_default()),
                })
            },
        )
    }

    #[test]
    fn an_enum_gets_the_variant_of_the_source_that_sent_the_event() {
        let tick = respond(&handler(), &fixture("example-eventbridge-schedule.json"));
        assert_eq!(tick.unwrap_err().to_string(), "Scheduled Event");
        assert_eq!(respond(&handler(), &fixture("example-s3-event.json")).unwrap(), b"null");
    }

    #[test]
    fn an_enum_rejects_an_event_that_no_variant_has() {
        let error = respond(&handler(), b"{\"source\":\"aws.ec2\"}").unwrap_err();
        assert_eq!(error.to_string(), "the payload is none of the events of `Upload`");
    }
}

#[cfg(all(test, feature = "dynamodb", feature = "kinesis", feature = "sqs"))]
mod recognised {
    use super::*;
    use crate::event::{DynamoDbEvent, KinesisEvent, SqsEvent};
    use crate::source::shape::PayloadShape;

    #[test]
    fn only_batches_of_its_own_source_are_recognised() {
        for source in ["aws:dynamodb", "aws:kinesis", "aws:sqs", "aws:s3"] {
            let payload = format!(r#"{{"Records":[{{"eventSource":"{source}"}}]}}"#);
            let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
            assert_eq!(DynamoDbEvent::recognises(&shape), source == "aws:dynamodb", "{source}");
            assert_eq!(KinesisEvent::recognises(&shape), source == "aws:kinesis", "{source}");
            assert_eq!(SqsEvent::recognises(&shape), source == "aws:sqs", "{source}");
        }
    }
}
