//! Lowers the resume queue, by which a function hands over its remaining work: a mapping with one message per batch,
//! and the permission to send to the queue.

use skylift_model::resource::Resource;
use skylift_model::resume;

use super::sqs;
use super::trigger::{LoweredTriggers, TriggerContext};
use crate::lower::resource;

/// The name of the event of a resume queue. It differs from the queue's name, because SAM concatenates it with the
/// function's id.
const STEM: &str = "Resumed";

/// The action by which a function sends its remaining work to its resume queue.
const SEND: &[&str] = &[resume::SEND_CALL.action];

/// Adds the event source mapping of a function's resume queue, and the permission to send to the queue.
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
