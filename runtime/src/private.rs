//! What the macros' code calls, and nobody else: no part of the public interface, free to change
//! with any version. The macros name everything here by absolute paths.

pub use linkme;

use crate::messages::compile;

pub use crate::handler::{
    Deliverer, Delivery, FromInvocation, Handle, Outcome, Payload, Started, direct, init, nothing,
    triggered,
};
pub use crate::host::run;
pub use crate::invocation::streaming::{
    Probe as StreamProbe, Whole as WholeAnswer, read_by_somebody,
};
pub use crate::invocation::{Answer, BoxFuture, Call};
pub use crate::registry::{
    App, FUNCTIONS, Function, Handler, INITS, Idempotent, Init, JsonPath, Need, NeedProbe, Opener,
    Source, Starter, Stateless, Step, Store, Ticks, Warmth,
};
pub use crate::reliability::idempotency::{
    Compiled, Idempotency, idempotent, kept, own_store, store,
};
pub use crate::reliability::resume::{
    HandsOver, Progressed, Replies, at_once, hand_over, part, resuming,
};
pub use crate::resource::assertions::*;
pub use crate::resource::capability::assertions::*;
pub use crate::resource::capability::open::{Capability, capability_opener};
pub use crate::resource::{AcceptsChanges, AcceptsMessages, AcceptsRecords, feature};
pub use crate::source::entries::*;
pub use crate::source::probe::{
    OneByOne, ResumeProbe, ResumesOtherwise, WindowProbe, all_resume, resumable,
};
pub use crate::source::schedule::{Otherwise, TickProbe};
pub use crate::source::several::{Several, unrecognised, variant};
pub use crate::source::shape::Shape;
pub use crate::{Error, Event, TriggeredBy};

pub use crate::{
    __skylift_is_capability as is_capability, __skylift_is_streamed as is_streamed,
    __skylift_is_window as is_window, __skylift_need as need, __skylift_resumes as resumes,
    __skylift_ticks as ticks,
};

#[cfg(feature = "http")]
pub use crate::source::http::{
    BodyExtractor, DEFAULT, Extractor, Request, Returned, body, extractor, http, returned,
};

/// Compiles where a handler takes a window, as `is` says, and its trigger says so, or neither.
#[track_caller]
pub const fn has_window(is: bool, said: bool) {
    assert!(is || !said, "{}", compile::window_not_taken());
    assert!(said || !is, "{}", compile::window_not_set());
}

/// Whether an event is a window.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_window {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::OneByOne as _;
        $crate::__private::WindowProbe::<$event>::IS
    }};
}

/// What becomes of a schedule's event where the handler's event is that type.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_ticks {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::Otherwise as _;
        $crate::__private::TickProbe::<$event>::TICKS
    }};
}

/// Why a function that resumes cannot take an event of that type, where it cannot. What is no event at
/// all is another message.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_resumes {
    ($event:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::ResumesOtherwise as _;
        $crate::__private::ResumeProbe::<$event>::RESUMES
    }};
}

/// Whether a type is a capability.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_capability {
    ($parameter:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::NotACapability as _;
        $crate::__private::CapabilityProbe::<$parameter>::IS_CAPABILITY
    }};
}

/// Whether a handler that returns that type streams its answer.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_streamed {
    ($output:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::WholeAnswer as _;
        $crate::__private::StreamProbe::<$output>::STREAMS
    }};
}

/// The state that a parameter of that type needs, if any.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_need {
    ($parameter:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::Stateless as _;
        $crate::__private::NeedProbe::<$parameter>::NEED
    }};
}

/// Compiles where `R` is the resource with that id: the macro's proof that the build step, which
/// knows resources by their names alone, meant the same one as the compiler.
#[track_caller]
pub const fn has_id<R: crate::resource::Resource>(id: &str) {
    let (own, id) = (R::ID.as_bytes(), id.as_bytes());
    let mut same = own.len() == id.len();
    let mut index = 0;
    while same && index < id.len() {
        same = own[index] == id[index];
        index += 1;
    }
    assert!(same, "{}", compile::another_resource());
}
