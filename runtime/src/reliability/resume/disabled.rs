//! What the macro calls if the feature `resume` is off: the compiler has rejected the function for another
//! reason then, and this adds no further message.

use std::any::TypeId;

use super::settings::ResumeSettings;
use crate::messages;
use crate::registry::{Handler, Opener};

/// See the module `queue`.
#[must_use]
pub const fn resume_queue<H: ResumeSettings>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |_| Box::pin(async { Err(messages::resume::feature_off()) }),
    )
}

/// See the module `run`.
#[must_use]
pub fn resuming_handler<H: ResumeSettings>(handler: Handler) -> Handler {
    handler
}
