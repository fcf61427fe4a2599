//! [`ResumeSettings`]: how a function hands its work over, as the macro says it.

/// How a function hands its work over; the macro writes the implementations.
#[doc(hidden)]
pub trait ResumeSettings: 'static {
    /// The function's logical id.
    const FUNCTION: &'static str;
    /// That of its queue.
    const QUEUE: &'static str;
    /// The environment variable with the queue's URL.
    const VARIABLE: &'static str;
    /// How often it hands over at the most.
    const HOPS: u32;
    /// Whether events invoke it for which nobody waits: nobody then hears of a failure either.
    const UNATTENDED: bool;
}
