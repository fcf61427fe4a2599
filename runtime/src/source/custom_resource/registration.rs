//! The part of the source `custom_resource` that exists whether its feature is on or not: the marker, the registry
//! entry, and the checks of the type that it delivers and of the answer that it takes.

use crate::handler::Deliverer;
use crate::registry::SourceEntry;
use crate::source::event_type::{Event, TriggeredBy};

/// A custom resource of CloudFormation: `trigger = custom_resource`. SAM has no event for it: the `ServiceToken` of the
/// resource names the function.
pub enum CustomResource {}

/// The registry entry of the source `custom_resource`.
pub const SOURCE: SourceEntry = SourceEntry { name: "custom_resource", trigger: "other" };

/// An event that `custom_resource` delivers. The macro requires this trait and not `TriggeredBy<CustomResource>`, so
/// that the compiler's message names the source.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that `custom_resource` delivers",
    label = "not an event of `custom_resource`",
    note = "`custom_resource` delivers `skylift::event::CustomResource<T>`, whose properties are a `T`",
    note = "help: a type of your own goes inside: `CustomResource<Seed>`"
)]
#[cfg_attr(
    not(feature = "custom_resource"),
    diagnostic::on_unimplemented(
        note = "help: `CustomResource` needs the feature `custom_resource` of `skylift`"
    )
)]
pub trait DeliveredByCustomResource: Event {}

#[diagnostic::do_not_recommend]
impl<E: TriggeredBy<CustomResource>> DeliveredByCustomResource for E {}

/// Returns the deliverer by which CloudFormation delivers an `E`.
#[must_use]
pub fn custom_resource<E: DeliveredByCustomResource>() -> Deliverer<E> {
    Deliverer::for_event()
}

/// The output of a handler that CloudFormation accepts as the answer to a request: an answer, or nothing.
#[diagnostic::on_unimplemented(
    message = "a handler of `custom_resource` returns an answer or `()`, found `{Self}`",
    label = "not a `Result` of a `CustomResourceAnswer`",
    note = "the attributes of the resource, which `!GetAtt` reads, are the data of a `CustomResourceAnswer`",
    note = "help: return `Result<CustomResourceAnswer<T>, skylift::Error>` with \
            `Ok(CustomResourceAnswer::with_data(…))`, or `Result<(), skylift::Error>`"
)]
pub trait CustomResourceOutput {}

#[cfg(feature = "custom_resource")]
impl<T, Failure> CustomResourceOutput for Result<super::CustomResourceAnswer<T>, Failure> {}

impl<Failure> CustomResourceOutput for Result<(), Failure> {}

/// Checks that a handler answers a request of CloudFormation.
pub const fn answers_custom_resource<O: CustomResourceOutput>() {}
