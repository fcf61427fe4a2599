//! The source `schedule`: takes the event of a schedule, from an `EventBridge` rule or from `EventBridge` Scheduler, and
//! delivers it to the handler as a whole. A handler without an event is called without it.

use std::marker::PhantomData;

use super::event_type::{Event, TriggeredBy};
use super::shape::PayloadShape;
use crate::handler::{Deliverer, Delivery};
use crate::invocation::ResponseFuture;
use crate::registry::{SourceEntry, TickHandling};
use crate::resource::trigger_event::Accepts;

/// A schedule: `schedule = "…"`. Mirrors the SAM events `Schedule` and `ScheduleV2`.
pub enum Schedule {}

/// The registry entry of the source `schedule`.
pub const SOURCE: SourceEntry = SourceEntry { name: "schedule", trigger: "timer" };

/// An event that `schedule` delivers. The macro requires this trait and not `TriggeredBy<Schedule>`, so that
/// the compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `schedule` delivers",
    label = "not an event of `schedule`",
    note = "`schedule` delivers `skylift::event::ScheduledEvent`, or nothing to a handler without an event",
    note = "help: to take an event of your own, set it: `trigger = schedule(\"rate(5 minutes)\", input = {{ … }})`"
)]
#[cfg_attr(
    not(feature = "schedule"),
    diagnostic::on_unimplemented(
        note = "help: `ScheduledEvent` needs the feature `schedule` of `skylift`"
    )
)]
pub trait DeliveredBySchedule: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<Schedule>> DeliveredBySchedule for E {}

/// Returns the deliverer by which a schedule delivers an `E`.
#[must_use]
pub fn schedule<E: DeliveredBySchedule>() -> Deliverer<E> {
    Deliverer::for_event()
}

/// The event of a handler that takes no event: the handler accepts any payload that the schedule sends.
impl Event for () {
    type Source = Schedule;

    fn recognises(_: &PayloadShape<'_>) -> bool {
        false
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(async move { delivery.call(()).await })
    }
}

impl TriggeredBy<Schedule> for () {}

impl<K, M> Accepts<K, M> for () {}

/// Tells whether the handler or the runtime handles the scheduled events of a function whose handler takes an
/// `E`: the inherent constant `HANDLING` exists only for events that schedules deliver, and takes precedence
/// over the constant of the trait [`NotScheduled`].
pub struct ScheduleProbe<E>(PhantomData<E>);

impl<E: TriggeredBy<Schedule>> ScheduleProbe<E> {
    /// The handler takes scheduled events and handles them.
    pub const HANDLING: TickHandling = TickHandling::ByHandler;
}

/// Gives [`ScheduleProbe`] its constant for an event type that schedules do not deliver.
pub trait NotScheduled {
    /// The runtime handles scheduled events, which only keep the function warm.
    const HANDLING: TickHandling = TickHandling::ByRuntime;
}

impl<E> NotScheduled for ScheduleProbe<E> {}

/// Tells whether the type `E` of a handler's event is that of a schedule, under whatever name the source has for it:
/// the inherent constant exists only for that type, and takes precedence over that of the trait [`NotScheduledEvent`].
pub struct ScheduledEventProbe<E>(PhantomData<E>);

/// Gives [`ScheduledEventProbe`] its constant for a type that is not the event of a schedule.
pub trait NotScheduledEvent {
    /// Whether the type is the event of a schedule.
    const IS: bool = false;
}

impl<E> NotScheduledEvent for ScheduledEventProbe<E> {}

#[cfg(feature = "schedule")]
mod whole {
    use super::{
        Accepts, Delivery, Event, PayloadShape, ResponseFuture, Schedule, ScheduledEventProbe,
        TriggeredBy,
    };
    use crate::invocation::decode;
    use aws_lambda_events::cloudwatch_events::CloudWatchEvent as ScheduledEvent;

    impl Event for ScheduledEvent {
        type Source = Schedule;

        fn recognises(shape: &PayloadShape<'_>) -> bool {
            shape.is_from("aws.events") || shape.is_from("aws.scheduler")
        }

        fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
            Box::pin(async move { delivery.call(decode::decode_json(delivery.payload)?).await })
        }
    }

    impl TriggeredBy<Schedule> for ScheduledEvent {}

    impl ScheduledEventProbe<ScheduledEvent> {
        /// This is the event of a schedule.
        pub const IS: bool = true;
    }

    impl<K, M> Accepts<K, M> for ScheduledEvent {}
}

#[cfg(all(test, feature = "schedule"))]
mod tests {
    use super::*;
    use crate::Error;
    use crate::event::ScheduledEvent;
    use crate::handler::triggered_handler;
    use crate::testing::{fixture, respond};

    #[test]
    fn the_official_event_reaches_the_handler() {
        let handler = triggered_handler([schedule::<ScheduledEvent>()], |event, _| async {
            Ok(Ok::<_, Error>(event.resources))
        });
        let answer = respond(&handler, &fixture("example-eventbridge-schedule.json")).unwrap();
        assert_eq!(answer, br#"["arn:aws:events:us-east-1:123456789012:rule/my-scheduled-rule"]"#);
    }

    #[test]
    fn a_handler_without_an_event_takes_any_payload() {
        let handler =
            triggered_handler([schedule::<()>()], |(), _| async { Ok(Ok::<_, Error>(1)) });
        assert_eq!(respond(&handler, b"not even JSON").unwrap(), b"1");
    }
}
