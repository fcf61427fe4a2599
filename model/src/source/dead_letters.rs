//! The queue to which a service sends the events that it could not deliver to a function: `dead_letters` of a trigger.

use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{ArnReference, UsedParameter};
use crate::location::TriggerIndex;
use crate::message::Message;
use crate::messages::triggers as messages;
use crate::problem::Problems;
use crate::resource::{ResourceKind, queue};

use super::located_trigger::ResourcesByIdent;

/// The key of a trigger that names the queue.
pub const KEY: &str = "dead_letters";

/// The content of a template parameter that is such a queue.
const PARAMETER: ParameterContent = ParameterContent::arn("ARN of an SQS queue", &[queue::ARN]);

/// Returns the message that a service cannot send the events that it could not deliver to a FIFO queue.
#[must_use]
pub fn fifo_message() -> Message {
    messages::fifo_dead_letters()
}

/// Returns the template parameter that names the queue.
pub(crate) fn template_parameter(queue: Option<&ArnReference>) -> Option<UsedParameter<'_>> {
    let name = queue.and_then(ArnReference::param)?;
    Some(UsedParameter { key: KEY, name, content: PARAMETER })
}

/// Checks that the queue which a trigger names is not FIFO.
pub(super) fn check(
    queue: Option<&ArnReference>,
    index: TriggerIndex,
    resources: &ResourcesByIdent<'_>,
    problems: &mut Problems,
) {
    let Some(queue) = resources.find(queue.and_then(ArnReference::declared)) else { return };
    if queue.kind() == ResourceKind::Queue && queue.is_fifo() {
        problems.push_for_trigger_key(index, KEY, messages::fifo_dead_letters());
    }
}
