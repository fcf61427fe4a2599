//! `queue`: an SQS queue with a dead-letter queue behind it.

use serde::Serialize;

use super::definition::{FailureDestination, ResourceDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::limits;
use crate::aws::name::{InvalidName, QueueName};
use crate::bounded::bounded;

bounded! {
    /// Seconds for which a message that was received stays hidden from others.
    VisibilityTimeout: limits::SQS_VISIBILITY_SECONDS, "visibility timeout", "s";
    /// How often a message is received before it goes to the dead-letter queue.
    MaxReceiveCount: limits::SQS_MAX_RECEIVES, "receive count", "";
    /// Seconds for which a message that nobody takes is kept; SQS's default is 4 days.
    MessageRetention: limits::SQS_RETENTION_SECONDS, "retention", "s";
    /// Seconds after which a message that was sent can be received; SQS's default is 0.
    MessageDelay: limits::SQS_DELAY_SECONDS, "delay", "s";
}

impl MaxReceiveCount {
    /// AWS's advice for a queue that feeds a function.
    pub const DEFAULT: Self = Self(limits::DEFAULT_MAX_RECEIVES);
}

/// What was set on a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<QueueName>,
    /// Whether it keeps the order of its messages and takes each once.
    pub fifo: bool,
    /// Whether it knows messages by their group alone, and so takes more of them: AWS's "high throughput
    /// for FIFO queues".
    #[serde(rename = "by_group", skip_serializing_if = "std::ops::Not::not")]
    pub high_throughput: bool,
    /// Its visibility timeout; else six times the longest timeout of the functions that it feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<VisibilityTimeout>,
    /// For how long it keeps messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<MessageRetention>,
    /// For how long messages wait before they can be received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<MessageDelay>,
    /// When a message goes to the dead-letter queue.
    pub max_receives: MaxReceiveCount,
    /// Whether requests that are not encrypted on the way are refused.
    pub tls_only: bool,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            name: None,
            fifo: false,
            high_throughput: false,
            visibility: None,
            retention: None,
            delay: None,
            max_receives: MaxReceiveCount::DEFAULT,
            tls_only: true,
        }
    }
}

/// What an event source mapping does on behalf of the function that the queue feeds, with the
/// function's own role. AWS: "Lambda execution role permissions" for Amazon SQS.
pub const POLL_ACTIONS: &[&str] =
    &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const SEND: &[ApiCall] = &[
    ApiCall::new("SendMessage", "sqs:SendMessage"),
    ApiCall::new("SendMessageBatch", "sqs:SendMessage"),
];

impl ResourceDefinition for Queue {
    const WITH_ARTICLE: &'static str = "a queue";
    const MINIMAL_DECLARATION: &'static str = "queue";
    const VARIABLE_SUFFIX: &'static str = "QUEUE_URL";
    const PARAMETER_DESCRIPTION: &'static str = "ARN of an SQS queue";
    const ARN_SERVICE: &'static str = "sqs";
    const ARN_PREFIX: &'static str = "";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = true;
    const FAILURE_DESTINATION: Option<FailureDestination> = Some(FailureDestination {
        rank: 0,
        actions_on_itself: &["sqs:SendMessage"],
        actions_on_objects: &[],
    });
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] = &[(Access::Send, &[SEND])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(QueueName::as_str)
    }

    fn is_fifo(&self) -> bool {
        self.fifo
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        QueueName::try_from(name).map(drop)
    }
}
