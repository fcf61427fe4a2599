//! One call of a function on a developer's machine: makes up the context that Lambda would send, and stops the
//! call shortly before the function's timeout.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;

use crate::Error;
use crate::host::deadline::run_until_deadline;
use crate::host::ready_function::ReadyFunction;
use crate::invocation::context::{ContextFields, ContextParts, DeployedFunction, LazyJson};
use crate::invocation::{Context, catch_failure};
use crate::messages;
use crate::observability::log;
use crate::registry::{FunctionEntry, Opener};

/// The AWS account of all functions on the local host.
pub(super) const ACCOUNT: &str = "000000000000";

/// Returns the name of a function: the name that the user set, or the function's logical id, from which
/// CloudFormation makes the name in AWS. The function's handler would work on this host as well, but the AWS
/// CLI does not accept it.
pub(super) fn function_name(function: &FunctionEntry) -> &'static str {
    function.name.unwrap_or(function.id)
}

/// Returns the ARN of the function with this name on the local host.
pub(super) fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}")
}

/// Makes a random request id in the form of a UUID.
pub(super) fn new_request_id() -> String {
    let random = |n: u8| RandomState::new().hash_one(n);
    let (a, b) = (random(0), random(1));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        (b >> 48) & 0x3fff | 0x8000,
        b & 0xffff_ffff_ffff
    )
}

/// Makes the context of a call that starts now.
pub(super) fn new_context(
    function: &FunctionEntry,
    request_id: &str,
    client_context: LazyJson,
) -> Context {
    let name = function_name(function);
    Context::from_parts(ContextParts {
        fields: ContextFields::new([
            request_id.as_bytes(),
            function_arn(name).as_bytes(),
            b"",
            b"",
        ]),
        deadline: SystemTime::now() + function_timeout(function),
        client_context,
        identity: LazyJson::default(),
        function: Arc::new(DeployedFunction {
            name: name.to_owned(),
            version: "$LATEST".into(),
            memory_limit_mb: 128,
            log_group: format!("/aws/lambda/{name}"),
            log_stream: "local".into(),
        }),
    })
}

/// Returns the timeout of a function. A function that resumes and that has no queue on this machine to hand its
/// work over to gets no real timeout, so that it runs until its work is done.
fn function_timeout(function: &FunctionEntry) -> Duration {
    const FOR_EVER: Duration = Duration::from_hours(24 * 365);
    if function.capabilities.iter().any(Opener::is_left_out) {
        return FOR_EVER;
    }
    Duration::from_secs(function.timeout.into())
}

/// A call of the function at `index` in `functions`.
pub(super) struct LocalCall<'a> {
    pub(super) functions: &'a Arc<[ReadyFunction]>,
    pub(super) index: usize,
    pub(super) context: &'a Context,
}

impl LocalCall<'_> {
    /// Runs the call in a task of its own, so that it continues if the caller goes away, as in Lambda. The call
    /// is stopped shortly before its timeout, as in Lambda. If the call fails, the error is logged, even if no
    /// caller waits for it.
    pub(super) fn spawn<T, C, Fut>(self, call: C) -> JoinHandle<Result<T, Error>>
    where
        T: Send + 'static,
        C: FnOnce(RunningFunction) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, Error>> + Send,
    {
        let Self { functions, index, context } = self;
        let (running, context) = (RunningFunction(Arc::clone(functions), index), context.clone());
        tokio::spawn(async move {
            let function = running.function;
            let called = pin!(async { catch_failure(call(running)).await });
            let done = run_until_deadline(&context, called).await.inspect_err(|error| {
                let call =
                    messages::local::describe_call(function_name(function), context.request_id());
                log::invocation_failed(&context, call, error);
            });
            #[cfg(feature = "otel")]
            crate::observability::otel::flush_spans().await;
            done
        })
    }
}

/// The function of a running call. It dereferences to the [`ReadyFunction`].
pub(super) struct RunningFunction(Arc<[ReadyFunction]>, usize);

impl Deref for RunningFunction {
    type Target = ReadyFunction;

    fn deref(&self) -> &ReadyFunction {
        &self.0[self.1]
    }
}

/// Waits for the end of a call, and returns its output or its error.
pub(super) async fn join_call<T>(task: JoinHandle<Result<T, Error>>) -> Result<T, Error> {
    task.await.map_err(Error::from).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_have_lambdas_format_and_differ() {
        let (first, second) = (new_request_id(), new_request_id());
        assert_ne!(first, second);
        let lengths: Vec<_> = first.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
    }
}
