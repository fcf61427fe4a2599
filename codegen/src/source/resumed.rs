//! The queue by which a function hands its work over is SAM's `SQS` event, one message a batch. Beside
//! what the mapping does, the function sends to it.

use skylift_model::resource::Resource;
use skylift_model::{App, Function, resume};

use super::{Emitted, sqs};
use crate::resource;

/// What the event is called: SAM joins that to the function's id, which would otherwise be the queue's.
const STEM: &str = "Resumed";

/// What the function does itself, to go on later.
const SEND: &[&str] = &[resume::CALL.action];

pub(crate) fn resumed(queue: &Resource, function: &Function, app: &App) -> Emitted {
    let mut emitted = sqs::emit(&resume::trigger(queue.ident.clone()), function, app);
    for event in &mut emitted.events {
        STEM.clone_into(&mut event.stem);
    }
    emitted.calls.push((SEND, resource::arn(queue)));
    emitted
}
