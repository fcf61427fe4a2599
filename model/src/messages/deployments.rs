//! Messages about deployments and their hooks.

use crate::message::Message;
use crate::messages::triggers::RESUME_IN_ANOTHER_FUNCTION;

/// The help for a JSON path into the event of a hook.
pub(crate) const EVENT_ADVICE: &str = "write `$.DeploymentId` for the deployment, or `$.LifecycleEventHookExecutionId` for the call of the hook";

/// Reports that a function that resumes is a deployment hook.
pub(crate) fn hook_cannot_resume() -> Message {
    Message::new("a deployment hook cannot resume: CodeDeploy waits for the answer")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function is a deployment hook twice.
pub(crate) fn second_hook() -> Message {
    Message::new("the function is a deployment hook already")
        .with_help("remove one of the two triggers")
}

/// Reports that a deployment names a function that is no hook.
pub(crate) fn not_a_hook(ident: &str) -> Message {
    Message::new(format!("`{ident}` is not a deployment hook: CodeDeploy would get no answer"))
        .with_help(format!("write `#[function(trigger = deployment_hook)] async fn {ident}(…)`"))
}

/// Reports that the hook of a function's deployment is the function itself.
pub(crate) fn hook_of_itself() -> Message {
    Message::new("a function cannot be the hook of its own deployment")
        .with_help("write another function, with `trigger = deployment_hook`")
}

/// Reports that no deployment names a hook.
pub(crate) fn hook_of_nothing(ident: &str) -> Message {
    Message::new("no deployment calls this function").with_help(format!(
        "name it in another function: `deploy = canary(\"10m\", before = {ident})`, or `after = {ident}`"
    ))
}
