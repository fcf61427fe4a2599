//! The source `mq`: a function that Lambda invokes with the messages of a queue of Amazon MQ, of a broker of `ActiveMQ` or
//! of `RabbitMQ`. This module has the trigger, the ARN of a broker, and the IAM actions that Lambda needs.
// See decision 0118.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, RecordContent, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source, check_timeout,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource, secret_resources};
use super::waiting_service::WaitingService;
use crate::aws::arn::Arn;
use crate::aws::limits;
use crate::aws::mapping::secret_access::{BasicAuth, ServerReference};
use crate::aws::mapping::stream::StreamBatchSize;
use crate::aws::mapping::{EventSourceMapping, keys};
use crate::aws::name::{BrokerQueueName, VirtualHost};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::messages::{servers, triggers};
use crate::number_setting::NumberFields;
use crate::problem::Problems;

/// The properties that all triggers of the source `mq` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("MqEvent").with_schema(BATCH),
        EventType::record("MqEventMessage"),
        EventType::record("MqMessage").with_content(RecordContent::Json(DATA_FIELD)),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: None,
};

/// The field of a message with its body.
const DATA_FIELD: &str = "data";

/// The schema of the event that Lambda creates from the messages of a queue. The messages of `RabbitMQ` are in a field of
/// their own.
const BATCH: &PayloadSchema = &PayloadSchema {
    name: "a batch of messages of a broker",
    fields: &["messages", "rmqMessagesByQueue", "eventSource", "eventSourceArn"],
    advice: servers::MQ_BATCH_ADVICE,
    unique: None,
};

/// The fields of a message that a filter can match. AWS: "Filter events from an Amazon MQ event source".
pub const RECORD_FIELDS: &[&str] = &[DATA_FIELD];

/// The IAM action that Lambda needs on the broker. AWS: "Process Amazon MQ messages with Lambda".
pub const BROKER_ACTIONS: &[&str] = &["mq:DescribeBroker"];

/// Lambda's name for the virtual host of a broker of `RabbitMQ`.
pub const VIRTUAL_HOST: &str = "VIRTUAL_HOST";

/// The example of the ARN of a broker, for messages.
pub const EXAMPLE_ARN: &str =
    "arn:aws:mq:eu-west-1:123456789012:broker:NAME:b-01234567-89ab-cdef-0123-456789abcdef";

/// The content of a template parameter that is the ARN of a broker.
pub const BROKER_PARAMETER: ParameterContent = ParameterContent::arn(
    "ARN of an Amazon MQ broker",
    &[ArnForm {
        service: "mq",
        is_global: false,
        prefix: "broker:",
        name: "[A-Za-z0-9_.~-]+:b-[a-z0-9-]+",
    }],
);

/// How long a function of a trigger on a broker can run. Managed instances have no higher limit for it.
const LAMBDA: WaitingService = WaitingService {
    name: "Lambda",
    behind: "a queue of a broker",
    seconds: *limits::TIMEOUT_SECONDS.end(),
};

/// Returns the name of the broker with this ARN. Returns `None` if the text is not the ARN of a broker.
#[must_use]
pub fn broker_name(text: &str) -> Option<&str> {
    let arn = Arn::parse(text).filter(|it| it.service == "mq" && it.has_region_and_account())?;
    let parts: Vec<&str> = arn.resource.split(':').collect();
    let ["broker", name, id] = *parts else { return None };
    let is_name = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"_.~-".contains(&it))
    };
    let is_id = |part: &str| {
        let allowed = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        part.strip_prefix("b-").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(allowed))
    };
    (is_name(name) && is_id(id)).then_some(name)
}

/// A trigger on a queue of a broker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mq {
    /// The broker that has the queue.
    pub broker: ServerReference,
    /// The queue whose messages trigger the function.
    pub queue: BrokerQueueName,
    /// The virtual host of the queue, of a broker of `RabbitMQ`, if the user set it; the default is `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub virtual_host: Option<VirtualHost>,
    /// The user and the password of the broker.
    #[serde(flatten)]
    pub auth: BasicAuth,
    /// The maximum number of messages in a batch, if the user set it; Lambda's default is 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// The settings that every event source mapping can have.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl TriggerSource for Mq {
    fn summary(&self) -> String {
        format!("mq queue {}", self.queue)
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(servers::broker_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn mapping(&self) -> Option<&EventSourceMapping> {
        Some(&self.mapping)
    }

    fn secrets(&self) -> Vec<TriggerResource<'_>> {
        secret_resources(self.auth.declared_secret())
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(NumberFields {
            parameters: &mut self.mapping.from_parameters,
            fields: vec![
                (keys::BATCH_SIZE, &mut self.batch_size),
                (keys::BATCH_WINDOW, &mut self.mapping.batch_window),
            ],
        })
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let broker = self.broker.template_parameter("broker", BROKER_PARAMETER);
        let mapping = self.mapping.template_parameters();
        broker.into_iter().chain(self.auth.template_parameters()).chain(mapping).collect()
    }

    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let host = |it: &Self| it.virtual_host.as_ref().map_or("/", VirtualHost::as_str).to_owned();
        let queue = |it: &Self| (it.broker.clone(), it.queue.clone(), host(it));
        let message = triggers::two_triggers_on_one_source("queue");
        check_one_trigger_per_source(triggers, queue, &message, problems);
        for located in triggers {
            check_timeout(located, LAMBDA, problems);
            let batch_size = located.trigger.batch_size.map(StreamBatchSize::get);
            let found = located.trigger.mapping.check_parameters(batch_size);
            if let Some((key, message)) = found {
                problems.push_for_trigger_key(located.index, key, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_broker_has_its_name() {
        assert_eq!(broker_name(EXAMPLE_ARN), Some("NAME"));
        assert!(BROKER_PARAMETER.accepts(EXAMPLE_ARN));
        for wrong in [
            "arn:aws:mq:eu-west-1:123456789012:broker:shop",
            "arn:aws:mq:eu-west-1:123456789012:broker:shop:c-01",
            "arn:aws:mq:eu-west-1:123456789012:broker:*:b-01",
            "arn:aws:mq:eu-west-1:123456789012:broker:shop:b-",
            "arn:aws:mq:eu-west-1:123456789012:broker:shop:b-0A",
            "arn:aws:mq:eu-west-1:123456789012:configuration:shop:b-01",
            "arn:aws:sqs:eu-west-1:123456789012:broker:shop:b-01",
            "arn:aws:mq:::broker:shop:b-01",
        ] {
            assert_eq!(broker_name(wrong), None, "{wrong}");
        }
    }
}
