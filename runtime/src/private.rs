//! The items that the expansions of the macros use, by absolute paths. They are not part of the public
//! interface, and may change in any version.

pub use linkme;

use crate::messages::compile;

pub use crate::handler::parts::{Decoded, Encoded};
pub use crate::handler::{
    Deliverer, Delivery, DirectEvent, EventHandler, FromInvocation, HandlerOutput, InitOutput,
    direct_handler, eventless_handler, input_handler, state_builder, triggered_handler,
};
pub use crate::host::main_check::check_main;
pub use crate::host::run;
pub use crate::invocation::streaming_probe::{
    NotStreaming, StreamingProbe, check_response_is_read,
};
pub use crate::invocation::{BoxFuture, Call, FunctionResponse};
pub use crate::probe::input::{InputProbe, NotRead, check_input};
#[cfg(feature = "table")]
pub use crate::probe::item::{ItemProbe, NotProbed, check_items};
#[cfg(feature = "http")]
pub use crate::probe::path::{NoPath, PathProbe, check_path};
pub use crate::registry::{
    AppEntry, CHECKS, ColdStartSettings, CorsEntry, FUNCTIONS, FunctionEntry, GuardedKeys, Handler,
    INITS, IdempotencyEntry, IdempotencyTable, InitEntry, JsonPath, JsonPathStep, NoState, Opener,
    RequiredState, SourceEntry, StartCheck, StateBuilder, StateProbe, TickHandling,
};
pub use crate::reliability::idempotency::{
    check_response_is_stored, declared_table, idempotency_entry, own_table,
};
#[cfg(not(feature = "resume"))]
pub use crate::reliability::resume::disabled::{resume_queue, resuming_handler};
pub use crate::reliability::resume::progress::{
    CompleteOutput, InvokerReply, PartOutput, ResumableOutput, complete_output, part_call,
};
pub use crate::reliability::resume::settings::ResumeSettings;
#[cfg(feature = "resume")]
pub use crate::reliability::resume::{queue::resume_queue, run::resuming_handler};
pub use crate::resource::assertions::*;
pub use crate::resource::capability::assertions::*;
pub use crate::resource::capability::open::{Capability, capability_opener};
pub use crate::resource::capability::probe::{CapabilityProbe, NotACapability};
pub use crate::resource::subscription::check_subscription;
pub use crate::resource::{AcceptsChanges, AcceptsMessages, AcceptsRecords};
pub use crate::source::alexa::registration::answers_alexa;
pub use crate::source::cognito::registration::answers_with_event;
pub use crate::source::custom_resource::registration::answers_custom_resource;
pub use crate::source::event_enum::{EventEnum, deliver_variant, reject_payload};
pub use crate::source::iot::iot_handler;
pub use crate::source::probe::{
    EventProbe, NotAnEvent, NotDelivered, NotWindow, ResumeProbe, WindowProbe, all_resumable,
    check_resumable,
};
pub use crate::source::registrations::*;
pub use crate::source::schedule::{
    NotScheduled, NotScheduledEvent, ScheduleProbe, ScheduledEventProbe,
};
pub use crate::source::shape::PayloadShape;
pub use crate::{Error, Event, TriggeredBy};

pub use crate::{
    __skylift_check_input as check_input_of, __skylift_check_items as check_items_of,
    __skylift_is_capability as is_capability, __skylift_is_scheduled_event as is_scheduled_event,
    __skylift_is_streamed as is_streamed, __skylift_is_window as is_window,
    __skylift_local_cors as local_cors, __skylift_local_variables as local_variables,
    __skylift_required_state as required_state, __skylift_resumes as resumes,
    __skylift_tick_handling as tick_handling,
};

#[cfg(feature = "http")]
pub use crate::__skylift_check_path as check_path_of;

#[cfg(feature = "http")]
pub use crate::source::http::{
    BodyExtractor, DEFAULT_ROUTE, Extractor, HttpOutput, IsClaims, MaybeResult, NoHandlerResult,
    Request, RouteAuth, RouteEntry, check_authorizer_id, claims, extract_from_head,
    extract_with_body, http_handler, http_response, url_handler,
};

/// Checks that a handler takes a tumbling window (`is_window`) if and only if its trigger sets `tumbling_window`
/// (`has_key`).
///
/// # Panics
///
/// Panics if only one of `is_window` and `has_key` is true. The call is evaluated in a constant, so that the panic
/// is a message of the compiler.
#[track_caller]
pub const fn check_window(is_window: bool, has_key: bool) {
    assert!(is_window || !has_key, "{}", compile::window_not_taken());
    assert!(has_key || !is_window, "{}", compile::window_not_set());
}

/// Checks that a handler whose trigger has a constant input does not take the event of a schedule (`is_scheduled`).
///
/// # Panics
///
/// Panics if `is_scheduled` is true. The call is evaluated in a constant, so that the panic is a message of the
/// compiler.
#[track_caller]
pub const fn check_input_event(is_scheduled: bool) {
    assert!(!is_scheduled, "{}", compile::scheduled_event_with_input());
}

/// Returns whether the type of a handler's event is the event of a schedule.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_scheduled_event {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotScheduledEvent as _;
        $crate::__private::ScheduledEventProbe::<$event>::IS
    }};
}

/// Checks that an event of this type can be read from the constant input of the function's trigger.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_check_input {
    ($event:ty, $handler:expr, $input:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotRead as _;
        $crate::__private::check_input(
            $crate::__private::InputProbe::<$event>::PROBE,
            $handler,
            $input,
        )
    }};
}

/// Checks that items of this type have the keys of this table, if the source does not show it.
#[cfg(feature = "table")]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_check_items {
    ($table:ty, $item:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotProbed as _;
        $crate::__private::check_items::<$table>($crate::__private::ItemProbe::<$item>::PROBE)
    }};
}

/// Without the feature `table` the items of a table are neither read nor written.
#[cfg(not(feature = "table"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_check_items {
    ($table:ty, $item:ty) => {
        ::core::result::Result::Ok(())
    };
}

/// Checks that a parameter of this type can be read from the parameters of the routes, if it is a `Path`.
#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_check_path {
    ($parameter:ty, $routes:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::NoPath as _;
        $crate::__private::check_path($crate::__private::PathProbe::<$parameter>::PROBE, $routes)
    }};
}

/// Returns whether the type of a handler's event is a tumbling window.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_window {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotWindow as _;
        $crate::__private::WindowProbe::<$event>::IS
    }};
}

/// Returns whether the handler or the runtime handles the scheduled events of a function whose handler takes an
/// event of this type.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_tick_handling {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotScheduled as _;
        $crate::__private::ScheduleProbe::<$event>::HANDLING
    }};
}

/// Returns `Ok` if a function that resumes can take an event of this type, and otherwise the reason why it cannot.
/// For a type that is not an event, `Ok`: the compiler reports that mistake elsewhere.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_resumes {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotAnEvent as _;
        $crate::__private::ResumeProbe::<$event>::RESUMES
    }};
}

/// Returns whether the type of a handler's parameter is a capability.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_capability {
    ($parameter:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotACapability as _;
        $crate::__private::CapabilityProbe::<$parameter>::IS_CAPABILITY
    }};
}

/// Returns whether a handler that returns a value of this type streams its response.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_streamed {
    ($output:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotStreaming as _;
        $crate::__private::StreamingProbe::<$output>::STREAMS
    }};
}

/// Returns the state that a handler's parameter of this type needs, or `None` if the type is not a `State`.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_required_state {
    ($parameter:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NoState as _;
        $crate::__private::StateProbe::<$parameter>::REQUIRED
    }};
}

/// Checks that the resource `R` has the logical id `id`. The build step finds resources by their names alone; with
/// this call the macro checks that the compiler resolves the name to the same resource.
///
/// # Panics
///
/// Panics if `R` has another id. The call is evaluated in a constant, so that the panic is a message of the
/// compiler.
#[track_caller]
pub const fn check_resource_id<R: crate::resource::Resource>(id: &str) {
    assert!(crate::const_text::is_same(R::ID, id), "{}", compile::another_resource());
}
