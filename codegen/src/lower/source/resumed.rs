//! The queue by which a function hands its work over: a mapping of one message a batch, beside which
//! the function sends to it.

use skylift_model::resource::Resource;
use skylift_model::resume;

use super::lowered::{Lowered, Of};
use super::sqs;
use crate::lower::resource;

/// What the event is called: SAM joins that to the function's id, which would otherwise be the queue's.
const STEM: &str = "Resumed";

/// What the function does itself, to go on later.
const SEND: &[&str] = &[resume::SEND_CALL.action];

/// Adds the mapping of this queue of the function's own.
pub(crate) fn resumed(queue: &Resource, of: &Of<'_>, to: &mut Lowered) {
    let arn = resource::arn(queue);
    sqs::add(&resume::queue_trigger(queue.ident.clone()), STEM, arn.clone(), of, to);
    to.calls.push((SEND.into(), arn));
}
