//! Lowers the resume queue, by which a function hands over its remaining work: a mapping with one message per batch,
//! and the permission to send to the queue.

use skylift_model::resource::Resource;
use skylift_model::resume;

use super::lowered::{Lowered, Of};
use super::sqs;
use crate::lower::resource;

/// The name of the event. It differs from the queue's, because SAM concatenates it with the function's id.
const STEM: &str = "Resumed";

/// The action by which the function itself hands over its work.
const SEND: &[&str] = &[resume::SEND_CALL.action];

/// Adds the mapping of the function's resume queue.
pub(crate) fn resumed(queue: &Resource, of: &Of<'_>, to: &mut Lowered) {
    let arn = resource::arn(queue);
    sqs::add(&resume::queue_trigger(queue.ident.clone()), STEM, arn.clone(), of, to);
    to.calls.push((SEND.into(), arn));
}
