//! The environment variables that Lambda sets in its processes, as [`LambdaEnvironment`].

use std::env::var;
use std::sync::Arc;

use crate::invocation::context::DeployedFunction;
use crate::invocation::process::RUNTIME_API;

/// The values of the environment variables that Lambda sets in its processes.
pub(crate) struct LambdaEnvironment {
    /// The host and port of the runtime API.
    pub(super) runtime_api: String,
    /// The function's `Handler` in the template, which Lambda passes as `_HANDLER`.
    pub(super) handler: String,
    /// The facts about the function that are the same for every invocation.
    pub(super) function: Arc<DeployedFunction>,
    /// How many invocations Lambda sends to the process at once: more than one only on managed instances.
    pub(super) concurrency: usize,
}

impl LambdaEnvironment {
    /// Reads the environment variables of this process; `None` if the process does not run in Lambda.
    pub(crate) fn from_env() -> Option<Self> {
        let text = |name: &str| var(name).unwrap_or_default();
        let function = DeployedFunction {
            name: text("AWS_LAMBDA_FUNCTION_NAME"),
            version: text("AWS_LAMBDA_FUNCTION_VERSION"),
            memory_limit_mb: text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").parse().unwrap_or_default(),
            log_group: text("AWS_LAMBDA_LOG_GROUP_NAME"),
            log_stream: text("AWS_LAMBDA_LOG_STREAM_NAME"),
        };
        Some(Self {
            runtime_api: var(RUNTIME_API).ok()?,
            handler: text("_HANDLER"),
            function: Arc::new(function),
            concurrency: text("AWS_LAMBDA_MAX_CONCURRENCY").parse().unwrap_or(1).max(1),
        })
    }
}
