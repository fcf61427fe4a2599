//! [`ResumeSettings`]: the settings of a function that resumes, as the macro writes them.

/// The settings of a function that resumes. The macro implements it.
#[doc(hidden)]
pub trait ResumeSettings: 'static {
    /// The function's logical id.
    const FUNCTION: &'static str;
    /// The logical id of its queue.
    const QUEUE: &'static str;
    /// The environment variable with the queue's URL.
    const VARIABLE: &'static str;
    /// How many times it may hand over.
    const HOPS: u32;
    /// Whether it is invoked by events for which no caller waits, so that no caller sees a failure either.
    const UNATTENDED: bool;
}
