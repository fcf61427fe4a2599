//! Lowers the resume queue, by which a function hands over its remaining work: a mapping with one message per batch,
//! and the permission to send to the queue.

use skylift_model::resource::Resource;
use skylift_model::resume;

use super::sqs;
use super::trigger::{LoweredTriggers, TriggerContext};
use crate::lower::resource;

/// The name of the event. It differs from the queue's, because SAM concatenates it with the function's id.
const STEM: &str = "Resumed";

/// The action by which the function itself hands over its work.
const SEND: &[&str] = &[resume::SEND_CALL.action];

/// Adds the mapping of the function's resume queue.
pub(crate) fn lower_resume_queue(
    queue: &Resource,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let arn = resource::resource_arn(queue);
    sqs::add_queue_mapping(
        &resume::queue_trigger(queue.ident.clone()),
        STEM,
        arn.clone(),
        context,
        lowered,
    );
    lowered.calls.push((SEND.into(), arn));
}
