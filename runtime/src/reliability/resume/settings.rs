//! [`ResumeSettings`]: the settings of a function that resumes, as the macro writes them.

/// The settings of a function that resumes. The expansion of the macro implements this trait.
#[doc(hidden)]
pub trait ResumeSettings: 'static {
    /// The logical id of the function.
    const FUNCTION: &'static str;
    /// The logical id of the queue to which the function hands over its work.
    const QUEUE: &'static str;
    /// The environment variable with the queue's URL.
    const VARIABLE: &'static str;
    /// How many times the work of one event may be handed over.
    const HOPS: u32;
    /// Whether the function is invoked by events for which no caller waits, so that no caller sees its failure.
    const UNATTENDED: bool;
}
