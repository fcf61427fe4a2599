//! What the macros' code calls, and nobody else: no part of the public interface, free to change
//! with any version. The macros name everything here by absolute paths.

pub use linkme;
pub use serde_json::Value as Json;

pub use crate::capability::{
    Capability, CapabilityProbe, Is, Opener, Plain, capability, invoker, plain, publisher, putter,
    read_writer, reader, sender, writer,
};
pub use crate::handler::{
    Answer, BoxFuture, Call, FromInvocation, Handle, Handler, Need, NeedProbe, Outcome, Payload,
    Stateless, direct, nothing, triggered,
};
pub use crate::host::run;
pub use crate::registry::{App, FUNCTIONS, Function, INITS, Init, Started, Starter, Ticks, init};
pub use crate::resource::Takes;
pub use crate::resource::feature;
pub use crate::resume::{HandsOver, Progressed, Replies, hand_over, part, resuming};
pub use crate::source::s3::{DeliveredByS3, s3};
pub use crate::source::schedule::{DeliveredBySchedule, schedule};
pub use crate::source::sqs::{DeliveredBySqs, sqs};
pub use crate::source::{
    Deliverer, Delivery, ResumeProbe, ResumesOtherwise, Several, Shape, all_resume, resumable,
    unrecognised, variant,
};
pub use crate::tick::{Otherwise, Probe as TickProbe};
pub use crate::{Error, Event, TriggeredBy};

pub use crate::{
    __skylift_is_capability as is_capability, __skylift_need as need, __skylift_resumes as resumes,
    __skylift_ticks as ticks,
};

#[cfg(feature = "http")]
pub use crate::source::http::{
    BodyExtractor, DEFAULT, Extractor, Request, Returned, body, extractor, http, returned,
};

macro_rules! kinds {
    ($($name:ident: $Trait:ident,)*) => {$(
        #[doc = concat!("Compiles where `R` is a ", stringify!($name), " of the application.")]
        pub const fn $name<R: crate::resource::$Trait>() {}
    )*};
}

kinds! {
    bucket: Bucket,
    table: Table,
    queue: Queue,
    topic: Topic,
    stream: Stream,
    bus: Bus,
    secret: Secret,
    parameter: Parameter,
    function: Function,
}

/// Compiles where the event `E` takes the messages of the queue `Q`.
pub const fn takes<E: Takes<Q::Message>, Q: crate::resource::Queue>() {}

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

/// Whether that type is a capability.
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_is_capability {
    ($parameter:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::Plain as _;
        $crate::__private::CapabilityProbe::<$parameter>::IS
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
    assert!(
        same,
        "this path leads to another resource than its last name says: name the resource by its own name"
    );
}
