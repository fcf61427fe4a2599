//! Answers the first event of a function whose process could not start, where somebody waits for the answer:
//! CloudFormation waits for the function of a custom resource for an hour.
// See decision 0117.

use std::env::var;
use std::sync::Arc;

use super::LambdaEnvironment;
use super::api::{Api, PostOutcome};
use crate::Error;
use crate::host::linked_app::LinkedApp;
use crate::invocation::context::DeployedFunction;
use crate::registry::FunctionEntry;
use crate::source::custom_resource::{SOURCE, answer_failed_start};

/// Returns the function of this process if it serves custom resources. Returns `None` if Lambda starts the process
/// before there is an event: it then reports that the start failed.
pub(super) fn find_answering(
    linked: &Result<LinkedApp, Error>,
    environment: &LambdaEnvironment,
) -> Option<&'static FunctionEntry> {
    let function = linked.as_ref().ok()?.find_function(&environment.handler).ok()?;
    let is_early = var("AWS_LAMBDA_INITIALIZATION_TYPE").is_ok_and(|it| it != "on-demand");
    (function.sources.contains(&SOURCE) && !is_early).then_some(function)
}

/// Gets the event for which the process was started, and answers it with the reason why the process did not start.
pub(super) async fn answer_first_event(
    mut api: Api,
    function: &FunctionEntry,
    deployed: &Arc<DeployedFunction>,
    error: &Error,
) -> Result<(), Error> {
    let event = api.next_event(deployed, function.timeout).await?;
    match answer_failed_start(api.payload(), &event.context, error).await {
        // The request has its answer: Lambda need not send it again.
        Ok(()) => match api.post(&event.response_post(), b"null").await {
            PostOutcome::Accepted => Ok(()),
            PostOutcome::TooLarge | PostOutcome::Refused(_) => api.post_error(&event, error).await,
        },
        Err(unanswered) => api.post_error(&event, &unanswered).await,
    }
}
