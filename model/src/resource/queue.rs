//! The kind `queue` of resources: an SQS queue with a dead-letter queue. This module has the settings and the
//! definition of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{InvalidName, QueueName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::{parameters, values as messages};
use crate::number_setting::{NumberField, NumberFields, NumberParameters, NumberSetting as _};

bounded! {
    /// How long a received message is hidden from other receivers, in seconds.
    VisibilityTimeout: limits::SQS_VISIBILITY_SECONDS, "visibility timeout", "s",
        parameter "Visibility timeout in seconds";
    /// How often a message can be received before it is moved to the dead-letter queue.
    MaxReceiveCount: limits::SQS_MAX_RECEIVES, "receive count", "",
        parameter "Receives of a message before it is a dead letter";
    /// How long the queue keeps a message that is not deleted, in seconds; SQS's default is 4 days.
    MessageRetention: limits::SQS_RETENTION_SECONDS, "retention", "s",
        parameter "Time that messages are kept in seconds";
    /// How long a new message waits before it can be received, in seconds; SQS's default is 0.
    MessageDelay: limits::SQS_DELAY_SECONDS, "delay", "s",
        parameter "Delay of a new message in seconds";
}

impl MaxReceiveCount {
    /// The minimum receive count that AWS recommends for a queue that triggers a function.
    pub const DEFAULT: Self = Self(limits::DEFAULT_MAX_RECEIVES);
}

/// The settings of a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// The name of the queue, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<QueueName>,
    /// Whether the queue is a FIFO queue, which keeps the order of its messages and accepts each message only
    /// once.
    pub fifo: bool,
    /// Whether a FIFO queue has AWS's "high throughput for FIFO queues": deduplication and the throughput limit
    /// then apply to each message group.
    #[serde(rename = "by_group", skip_serializing_if = "std::ops::Not::not")]
    pub high_throughput: bool,
    /// The visibility timeout of the queue, if the user set one. `None` means six times the longest timeout of
    /// the functions that the queue triggers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<VisibilityTimeout>,
    /// How long the queue keeps a message, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<MessageRetention>,
    /// How long a new message waits before it can be received, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<MessageDelay>,
    /// How often a message can be received before it is moved to the dead-letter queue.
    pub max_receives: MaxReceiveCount,
    /// Whether the queue refuses requests that are not encrypted.
    pub tls_only: bool,
    /// The numbers that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
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
            from_parameters: NumberParameters::default(),
        }
    }
}

/// The receive count of a queue always has a number.
impl NumberField for MaxReceiveCount {
    fn set_from_parameter(&mut self, number: u32) {
        *self = Self::from_parameter(number).unwrap_or(Self::DEFAULT);
    }

    fn is_set(&self) -> bool {
        true
    }
}

impl Queue {
    /// The key of the visibility timeout.
    pub const VISIBILITY: &'static str = "visibility";

    /// The key of how long the queue keeps a message.
    pub const RETENTION: &'static str = "retention";

    /// The key of how long a new message waits.
    pub const DELAY: &'static str = "delay";

    /// The key of how often a message can be received.
    pub const MAX_RECEIVES: &'static str = "dead_letters.after";

    /// Returns the key of a number that is a parameter and does not fit another one with its worst value, with the
    /// message. The reader of the attribute checked all other numbers.
    fn check_number_parameters(&self) -> Option<(&'static str, Message)> {
        let all = &self.from_parameters;
        if [Self::VISIBILITY, Self::RETENTION, Self::DELAY].iter().all(|key| !all.has(key)) {
            return None;
        }
        let retention =
            self.retention.map_or(limits::DEFAULT_SQS_RETENTION_SECONDS, MessageRetention::get);
        let retention = all.least(Self::RETENTION, retention);
        let (visibility, delay) = (
            self.visibility.map_or(0, VisibilityTimeout::get),
            self.delay.map_or(0, MessageDelay::get),
        );
        let (key, message, most) = if retention < visibility {
            let message = messages::retention_below_visibility(retention, visibility);
            (Self::VISIBILITY, message, retention)
        } else if delay >= retention {
            let message = messages::delay_beyond_retention(delay, retention);
            (Self::DELAY, message, retention.saturating_sub(1))
        } else {
            return None;
        };
        match (all.find(key), all.find(Self::RETENTION)) {
            (Some(it), _) => Some((key, parameters::limit(message, &it.param, "max", most))),
            (None, Some(it)) => {
                let least = if key == Self::DELAY { delay + 1 } else { visibility };
                Some((Self::RETENTION, parameters::limit(message, &it.param, "min", least)))
            }
            (None, None) => None,
        }
    }

    /// Returns the key of a setting that leaves messages no time to be processed, with the message. `visibility` is
    /// the visibility timeout of the queue in seconds. Returns `None` if all messages have enough time.
    #[must_use]
    pub fn check_retention(&self, visibility: u32) -> Option<(&'static str, Message)> {
        let retention =
            self.retention.map_or(limits::DEFAULT_SQS_RETENTION_SECONDS, MessageRetention::get);
        if retention < visibility {
            return Some((
                "retention",
                messages::retention_below_visibility(retention, visibility),
            ));
        }
        let delay = self.delay.map_or(0, MessageDelay::get);
        (delay >= retention).then(|| ("delay", messages::delay_beyond_retention(delay, retention)))
    }
}

/// The IAM actions that Lambda needs in the function's role to poll the queue. AWS: "Lambda execution role
/// permissions" for Amazon SQS.
pub const POLL_ACTIONS: &[&str] =
    &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const SEND: &[ApiCall] = &[
    ApiCall::new("SendMessage", "sqs:SendMessage"),
    ApiCall::new("SendMessageBatch", "sqs:SendMessage"),
];

/// The form of the ARNs of queues.
pub const ARN: ArnForm = ArnForm {
    service: Queue::ARN_SERVICE,
    is_global: false,
    prefix: Queue::ARN_PREFIX,
    name: r"[A-Za-z0-9_-]+(\.fifo)?",
};

impl KindDefinition for Queue {
    const WITH_ARTICLE: &'static str = "a queue";
    const MINIMAL_DECLARATION: &'static str = "queue";
    const VARIABLE_SUFFIX: &'static str = "QUEUE_URL";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::SQS::Queue"];
    const PARAMETER: ParameterContent = ParameterContent::arn("ARN of an SQS queue", &[ARN]);
    const ARN_SERVICE: &'static str = "sqs";
    const ARN_PREFIX: &'static str = "";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = true;
    const RESULTS: &'static [Outcome] = &Outcome::ALL;
    const FAILURE_DESTINATION: Option<FailureDestination> = Some(FailureDestination {
        rank: 0,
        actions_on_itself: &["sqs:SendMessage"],
        actions_on_objects: &[],
    });
    const KEY_PROPERTY: Option<&'static str> = Some("KmsMasterKeyId");
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] = &[(Access::Send, &[SEND])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(QueueName::as_str)
    }

    fn number_parameters(&self) -> Option<&NumberParameters> {
        Some(&self.from_parameters)
    }

    fn check_parameters(&self) -> Option<(&'static str, Message)> {
        self.check_number_parameters()
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![
                (Self::VISIBILITY, &mut self.visibility),
                (Self::RETENTION, &mut self.retention),
                (Self::DELAY, &mut self.delay),
                (Self::MAX_RECEIVES, &mut self.max_receives),
            ],
        })
    }

    fn is_fifo(&self) -> bool {
        self.fifo
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        QueueName::try_from(name).map(drop)
    }
}
