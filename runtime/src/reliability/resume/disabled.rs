//! The functions that the expansion of the macro calls if the feature `resume` is off: the compiler then
//! rejects the user's function for another reason, and these functions add no further message.

use std::any::TypeId;

use super::settings::ResumeSettings;
use crate::messages;
use crate::registry::{Handler, Opener};

/// Makes an opener that fails, in place of the opener in the module `queue`.
#[must_use]
pub const fn resume_queue<H: ResumeSettings>() -> Opener {
    Opener::optional(
        || TypeId::of::<H>(),
        ("queue", H::QUEUE, H::VARIABLE),
        |_| Box::pin(async { Err(messages::resume::feature_off()) }),
    )
}

/// Returns the handler unchanged, in place of the function in the module `run`.
#[must_use]
pub fn resuming_handler<H: ResumeSettings>(handler: Handler) -> Handler {
    handler
}
