//! The source `sns`: a function that SNS invokes with the messages of a topic. This module has the trigger, the
//! schemas of its events, and its checks.

use serde::Serialize;

use super::dead_letters;
use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::name::TopicName;
use crate::aws::node::Node;
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::{ArnReference, ResourceReference, UsedParameter};
use crate::message::Message;
use crate::messages::{loops, sns as messages};
use crate::problem::Problems;
use crate::resource::topic::{self, Topic};
use crate::resource::{ResourceIdentity, ResourceKind, ResourceSettings};

/// The properties that all triggers of the source `sns` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("SnsEvent").with_schema(&PayloadSchema::BATCH),
        EventType::record("SnsRecord").with_schema(RECORD),
        EventType::record("Notification"),
    ],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of a record in the event of a topic. AWS: "Invoking Lambda functions with Amazon SNS notifications".
const RECORD: &PayloadSchema = &PayloadSchema {
    name: "a record of a topic's event",
    fields: &["Sns", "EventSource", "EventSubscriptionArn", "EventVersion"],
    advice: messages::RECORD_ADVICE,
    unique: None,
};

/// The part of a message that a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterScope {
    /// The message attributes, which the publisher sets beside the message.
    MessageAttributes,
    /// The JSON of the message itself.
    MessageBody,
}

impl FilterScope {
    /// Returns the name of the scope in CloudFormation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MessageAttributes => "MessageAttributes",
            Self::MessageBody => "MessageBody",
        }
    }
}

/// A trigger on a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sns {
    /// The topic that triggers the function.
    pub topic: ResourceReference<TopicName>,
    /// The filter policy of the subscription, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Node>,
    /// The part of a message that the filter compares, if the user set it. SNS compares the attributes by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_scope: Option<FilterScope>,
    /// The queue to which SNS sends the messages that it could not deliver to Lambda, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letters: Option<ArnReference>,
}

/// The content of a template parameter that is the topic of a trigger: the ARN of a topic that is not FIFO.
const TOPIC_PARAMETER: ParameterContent =
    ParameterContent::arn("ARN of a standard SNS topic", &[STANDARD_TOPIC]);

/// The form of the ARNs of topics that are not FIFO.
const STANDARD_TOPIC: ArnForm = ArnForm { name: "[A-Za-z0-9_-]+", ..topic::ARN };

impl Sns {
    /// Returns the message that SNS does not deliver the messages of a FIFO topic to functions, if the name or the ARN
    /// of the topic shows that it is one.
    #[must_use]
    pub fn check_fifo(&self) -> Option<Message> {
        let is_fifo = match &self.topic {
            ResourceReference::Named(name) => name.is_fifo(),
            ResourceReference::Arn(arn) => ResourceKind::Topic.is_fifo_name(arn),
            ResourceReference::Own
            | ResourceReference::Declared(_)
            | ResourceReference::Param(_) => false,
        };
        is_fifo.then(messages::fifo_topic)
    }
}

impl TriggerSource for Sns {
    fn summary(&self) -> String {
        self.topic.describe("sns topic")
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        true
    }

    fn resource(&self) -> Option<TriggerResource<'_>> {
        self.topic.declared().map(|ident| TriggerResource {
            key: "topic",
            ident,
            kind: ResourceKind::Topic,
        })
    }

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        resources.identify(ResourceKind::Topic, &self.topic)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        self.filter.is_none().then_some(loops::FILTER_MESSAGES)
    }

    fn dead_letters(&self) -> Option<&ArnReference> {
        self.dead_letters.as_ref()
    }

    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        let topic = Topic { name: None, fifo: false, tls_only: true };
        (self.topic == ResourceReference::Own).then_some(("Topic", ResourceSettings::Topic(topic)))
    }

    fn use_own_resource(&mut self, ident: &str) {
        self.topic = ResourceReference::Declared(ident.to_owned());
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let topic = self.topic.param().map(|name| UsedParameter {
            key: "topic",
            name,
            content: TOPIC_PARAMETER,
        });
        topic
            .into_iter()
            .chain(dead_letters::template_parameter(self.dead_letters.as_ref()))
            .collect()
    }

    /// Checks that no topic is FIFO, that a function subscribes to a topic once, and that the dead-letter queue is a
    /// queue that SNS can send to.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            let topic = resources.find(trigger.topic.declared());
            if topic.is_some_and(|topic| topic.kind() == ResourceKind::Topic && topic.is_fifo()) {
                problems.push_for_trigger_key(*index, "topic", messages::fifo_topic());
            }
            dead_letters::check(trigger.dead_letters.as_ref(), *index, resources, problems);
        }
        check_one_trigger_per_source(
            triggers,
            |sns| resources.resolve(&sns.topic),
            &messages::two_subscriptions(),
            problems,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sns(topic: ResourceReference<TopicName>) -> Sns {
        Sns { topic, filter: None, filter_scope: None, dead_letters: None }
    }

    #[test]
    fn a_fifo_topic_is_found_by_its_name_and_its_arn() {
        let named = |name: &str| ResourceReference::Named(TopicName::try_from(name).unwrap());
        let arn = |name: &str| ResourceReference::Arn(format!("arn:aws:sns:eu-west-1:1:{name}"));
        for (topic, is_fifo) in [
            (named("news"), false),
            (named("news.fifo"), true),
            (arn("news"), false),
            (arn("news.fifo"), true),
            (ResourceReference::Own, false),
        ] {
            assert_eq!(sns(topic.clone()).check_fifo().is_some(), is_fifo, "{topic:?}");
        }
    }

    #[test]
    fn only_a_filter_leaves_out_the_functions_own_messages() {
        let mut trigger = sns(ResourceReference::Own);
        assert!(trigger.remedy_against_own_writes().is_some());
        trigger.filter = Some(Node::Bool(true));
        assert!(trigger.remedy_against_own_writes().is_none());
    }
}
