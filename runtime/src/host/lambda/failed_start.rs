//! Answers the first event of a function whose process could not start, where a service waits for the answer:
//! CloudFormation waits for the function of a custom resource for an hour, as CodeDeploy does for a hook.
// See decision 0117.

use std::env::var;
use std::sync::Arc;

use super::LambdaEnvironment;
use super::api::{Api, PostOutcome};
use crate::host::linked_app::LinkedApp;
use crate::invocation::context::DeployedFunction;
use crate::registry::{FunctionEntry, SourceEntry};
#[cfg(feature = "custom_resource")]
use crate::source::custom_resource;
#[cfg(feature = "deployment_hook")]
use crate::source::deployment_hook;
use crate::{Context, Error};

/// The sources whose service waits for the answer.
const SOURCES: &[SourceEntry] = &[
    #[cfg(feature = "custom_resource")]
    custom_resource::SOURCE,
    #[cfg(feature = "deployment_hook")]
    deployment_hook::SOURCE,
];

/// Returns the function of this process if a service waits for its answer. Returns `None` if Lambda starts the process
/// before there is an event: it then reports that the start failed.
pub(super) fn find_answering(
    linked: &Result<LinkedApp, Error>,
    environment: &LambdaEnvironment,
) -> Option<&'static FunctionEntry> {
    let function = linked.as_ref().ok()?.find_function(&environment.handler).ok()?;
    let is_early = var("AWS_LAMBDA_INITIALIZATION_TYPE").is_ok_and(|it| it != "on-demand");
    let is_awaited = function.sources.iter().any(|source| SOURCES.contains(source));
    (is_awaited && !is_early).then_some(function)
}

/// Answers an event of a service that waits, with the reason why the process did not start. Returns an error if no service
/// waits for the answer to this event.
async fn answer_failure(
    function: &FunctionEntry,
    payload: &[u8],
    context: &Context,
    error: &Error,
) -> Result<(), Error> {
    #[cfg(feature = "deployment_hook")]
    if function.sources.contains(&deployment_hook::SOURCE)
        && deployment_hook::answer_failed_hook(payload, context, error).await.is_ok()
    {
        return Ok(());
    }
    #[cfg(feature = "custom_resource")]
    if function.sources.contains(&custom_resource::SOURCE) {
        return custom_resource::answer_failed_start(payload, context, error).await;
    }
    let _ = (function, payload, context);
    Err(error.duplicate())
}

/// Gets the event for which the process was started, and answers it with the reason why the process did not start.
pub(super) async fn answer_first_event(
    mut api: Api,
    function: &FunctionEntry,
    deployed: &Arc<DeployedFunction>,
    error: &Error,
) -> Result<(), Error> {
    let event = api.next_event(deployed, function.timeout).await?;
    match answer_failure(function, api.payload(), &event.context, error).await {
        // The request has its answer: Lambda need not send it again.
        Ok(()) => match api.post(&event.response_post(), b"null").await {
            PostOutcome::Accepted => Ok(()),
            PostOutcome::TooLarge | PostOutcome::Refused(_) => api.post_error(&event, error).await,
        },
        Err(unanswered) => api.post_error(&event, &unanswered).await,
    }
}
