//! Delivers the call of a hook to its handler, and answers CodeDeploy.

use tokio::time::timeout_at;

use super::answer::{Status, put_status};
use super::hook::DeploymentHook;
use super::registration::DeploymentHook as Source;
use crate::aws::delivery::end_of_handler;
use crate::handler::Delivery;
use crate::invocation::{FunctionResponse, ResponseFuture, catch_failure, decode};
use crate::observability::log;
use crate::resource::trigger_event::Accepts;
use crate::source::event_type::{Event, TriggeredBy};
use crate::source::shape::PayloadShape;
use crate::{Context, Error, messages};

impl Event for DeploymentHook {
    type Source = Source;

    fn recognises(shape: &PayloadShape<'_>) -> bool {
        shape.has("DeploymentId") && shape.has("LifecycleEventHookExecutionId")
    }

    fn deliver(delivery: Delivery<'_, Self>) -> ResponseFuture<'_> {
        Box::pin(deliver(delivery))
    }
}

impl TriggeredBy<Source> for DeploymentHook {}

impl<K, M> Accepts<K, M> for DeploymentHook {}

/// Calls the handler and answers. A failure that was sent is logged and not returned: Lambda would call the hook again.
async fn deliver(delivery: Delivery<'_, DeploymentHook>) -> Result<FunctionResponse, Error> {
    let context = delivery.call.context();
    let hook = read_hook(delivery.payload)?;
    let (end, margin) = end_of_handler(context);
    let running = catch_failure(delivery.call(hook.clone()));
    let result = match timeout_at(end, running).await {
        Ok(result) => result.map(drop),
        Err(_) => Err(messages::invocation::timed_out(margin.as_millis())),
    };
    let status = match &result {
        Ok(()) => Status::Succeeded,
        Err(error) => {
            log::invocation_failed(context, context.request_id(), error);
            Status::Failed
        }
    };
    put_status(&hook, status, context).await?;
    Ok(b"null".to_vec().into())
}

fn read_hook(payload: &[u8]) -> Result<DeploymentHook, Error> {
    decode::decode_json(payload).map_err(messages::deployment_hook::not_a_hook)
}

/// Answers the call of a hook whose process could not start. Returns an error if the payload is no such call, or if its
/// answer is not delivered.
pub(crate) async fn answer_failed_hook(
    payload: &[u8],
    context: &Context,
    error: &Error,
) -> Result<(), Error> {
    let Ok(hook) = read_hook(payload) else { return Err(error.duplicate()) };
    log::invocation_failed(context, context.request_id(), error);
    put_status(&hook, Status::Failed, context).await
}
