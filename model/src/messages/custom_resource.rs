//! Messages about the triggers of custom resources.

use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// The help for a JSON path into a request of CloudFormation.
pub(crate) const REQUEST_ADVICE: &str = "write `$.ResourceProperties{rest}` for a property of the resource, or `$.RequestId` for the request itself";

/// Reports that a function that resumes has a trigger of a custom resource.
pub(crate) fn custom_resource_cannot_resume() -> Message {
    Message::new(
        "a function of a custom resource cannot resume: CloudFormation waits for the answer",
    )
    .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function has two triggers of one custom resource.
pub(crate) fn second_trigger_of_resource() -> Message {
    Message::new("this custom resource triggers the function already")
        .with_help("remove one of the two triggers")
}
