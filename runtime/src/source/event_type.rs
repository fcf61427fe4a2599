//! [`Event`]: a type that a trigger delivers, with the code that delivers it; and [`TriggeredBy`], which
//! connects the type to the source that delivers it.

use super::shape::PayloadShape;
use crate::handler::{Deliverer, Delivery};
use crate::invocation::ResponseFuture;

/// A type that a trigger can deliver: the first parameter of a handler.
///
/// The types of [`crate::event`] implement it, and `#[derive(Event)]` implements it for an enum of several.
/// Do not implement it by hand: its methods are internal, and their types are not part of the public
/// interface.
///
/// ```
/// # #[cfg(all(feature = "s3", feature = "schedule"))] {
/// use skylift::event::{S3Event, ScheduledEvent};
/// use skylift::{Error, Event, function, resource};
///
/// #[resource(bucket)]
/// struct Uploads;
///
/// #[derive(Event)]
/// enum Work {
///     Uploaded(S3Event),
///     Tick(ScheduledEvent),
/// }
///
/// #[function(trigger = s3(bucket = Uploads), schedule = "rate(1 hour)")]
/// async fn work(event: Work) -> Result<(), Error> {
///     match event {
///         Work::Uploaded(event) => println!("{} objects", event.records.len()),
///         Work::Tick(event) => println!("it is {}", event.time),
///     }
///     Ok(())
/// }
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that a trigger delivers",
    label = "not an event",
    note = "the events are listed in `skylift::event`; `#[derive(Event)]` makes an enum of several"
)]
pub trait Event: Sized + Send + 'static {
    /// The source that delivers this type.
    type Source;

    /// Returns whether a payload is an event of this type. An enum of events chooses its variant by this
    /// method.
    #[doc(hidden)]
    fn recognises(shape: &PayloadShape<'_>) -> bool;

    /// `Ok` if a function that resumes can take this event, and otherwise the reason why it cannot.
    #[doc(hidden)]
    const RESUMES: Result<(), &'static str> = Ok(());

    /// Decodes the payload and calls the handler, with the whole event or once for each record.
    #[doc(hidden)]
    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_>;
}

impl<E: Event> Deliverer<E> {
    /// Makes the deliverer of an event type, which calls the type's own `deliver`.
    pub(crate) fn for_event() -> Self {
        Self { deliver: E::deliver, has_envelopes: false }
    }
}

macro_rules! triggered_by {
    ($($room:ident: $Marker:ident $(, $DeliveredBy:ident, $note:tt)?;)*) => {
        /// Connects an event type to a source that delivers it.
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
            $($(note = $note,)?)*
            note = "an enum of several events needs `#[derive(Event)]`"
        )]
        pub trait TriggeredBy<S>: Event {}
    };
}

sources!(triggered_by);
