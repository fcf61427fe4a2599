//! What the macro calls where the feature `resume` is off: the compiler has refused the function by
//! then, and has nothing to add.

use std::any::TypeId;

use super::settings::ResumeSettings;
use crate::messages;
use crate::registry::{Handler, Opener};

/// See the module with the feature.
#[must_use]
pub const fn resume_queue<H: ResumeSettings>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |_| Box::pin(async { Err(messages::resume::feature_off()) }),
    )
}

/// See the module with the feature.
#[must_use]
pub fn resuming_handler<H: ResumeSettings>(handler: Handler) -> Handler {
    handler
}
