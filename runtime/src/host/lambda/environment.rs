//! The environment variables that Lambda sets in its processes, as [`LambdaEnvironment`].

use std::env::var;
use std::sync::Arc;

use crate::invocation::context::DeployedFunction;
use crate::invocation::process::RUNTIME_API;
use crate::messages;
use crate::observability::log;

/// The values of the environment variables that Lambda sets in its processes.
pub(crate) struct LambdaEnvironment {
    /// The host and port of the runtime API.
    pub(super) runtime_api: String,
    /// The function's `Handler` in the template, which Lambda passes as `_HANDLER`.
    pub(super) handler: String,
    /// The facts about the function that are the same for every invocation.
    pub(super) function: Arc<DeployedFunction>,
    /// The value of `AWS_LAMBDA_MAX_CONCURRENCY`; empty if Lambda does not set it.
    max_concurrency: String,
}

/// The variable that says how many invocations Lambda sends to a process at once.
const MAX_CONCURRENCY: &str = "AWS_LAMBDA_MAX_CONCURRENCY";

/// The most invocations that Lambda sends to a process at once: the largest `PerExecutionEnvironmentMaxConcurrency`
/// of a function, according to the CloudFormation Template Reference.
const LARGEST_CONCURRENCY: usize = 1_600;

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
            max_concurrency: text(MAX_CONCURRENCY),
        })
    }

    /// Returns how many invocations Lambda sends to the process at once: more than one only on managed instances.
    /// Logs a value that is not such a number.
    pub(super) fn read_concurrency(&self) -> usize {
        let (concurrency, is_valid) = parse_concurrency(&self.max_concurrency);
        if !is_valid {
            let (value, limit) = (&self.max_concurrency, LARGEST_CONCURRENCY);
            let message =
                messages::lambda::invalid_concurrency(MAX_CONCURRENCY, value, limit, concurrency);
            log::error(message);
        }
        concurrency
    }
}

/// Parses the value of the variable. Returns the concurrency, and whether the value is valid.
fn parse_concurrency(value: &str) -> (usize, bool) {
    match value.trim().parse() {
        Ok(concurrency @ 1..=LARGEST_CONCURRENCY) => (concurrency, true),
        Ok(0) => (1, false),
        Ok(_) => (LARGEST_CONCURRENCY, false),
        Err(_) => (1, value.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concurrency_that_is_not_a_number_of_invocations_is_invalid() {
        for (value, expected) in [
            ("", (1, true)),
            ("1", (1, true)),
            ("64", (64, true)),
            ("1600", (1_600, true)),
            ("0", (1, false)),
            ("-1", (1, false)),
            ("abc", (1, false)),
            ("1.5", (1, false)),
            ("1601", (1_600, false)),
            ("99999999999999999999999", (1, false)),
        ] {
            assert_eq!(parse_concurrency(value), expected, "{value}");
        }
    }
}
