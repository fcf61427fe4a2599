//! Subscriptions: messages that flow from one resource of the application to another without a function, such as from
//! a topic to a queue. This module has the data of a subscription, and what it needs from its resources.

use serde::Serialize;

use crate::aws::limits;
use crate::aws::node::Node;
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::{ArnReference, ResourceReference, UsedParameter};
use crate::function::{Requirement, ResourceUse};
use crate::location::PlaceInItem;
use crate::message::Message;
use crate::messages::subscriptions as messages;
use crate::resource::{Existing, Resource, ResourceKind, topic};
use crate::source::event::{EVENT_FIELDS, EventRule, RuleInput};
use crate::source::s3::{S3, S3Channel};
use crate::source::sns::Sns;
use crate::source::{TriggerSource, dead_letters};

/// The key of a `#[resource]` that subscribes it.
pub const KEY: &str = "from";

/// The key of a subscription with the message group.
pub const GROUP_KEY: &str = "message_group_id";

/// The key of a subscription with the JSON path of the partition key.
pub const PARTITION_KEY: &str = "partition_key_path";

/// The message group that a rule gives to the messages that it sends to a FIFO queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct MessageGroupId(String);

impl MessageGroupId {
    /// Returns the group as SQS gets it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for MessageGroupId {
    type Error = Message;

    fn try_from(group: &str) -> Result<Self, Message> {
        let is_valid = group.chars().all(|letter| letter.is_ascii_graphic());
        if !is_valid || !limits::MESSAGE_GROUP_LEN.contains(&group.len()) {
            return Err(messages::invalid_group(group, &limits::MESSAGE_GROUP_LEN));
        }
        Ok(Self(group.to_owned()))
    }
}

/// A subscription of a resource: it gets the messages of another resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subscription {
    /// The identifier of the struct of the resource that gets the messages.
    pub to: String,
    /// The index of this resource in `App::resources`.
    #[serde(skip)]
    pub resource: usize,
    /// The index of the subscription among those of this resource.
    #[serde(skip)]
    pub index: usize,
    /// The resource that the messages come from.
    pub from: MessageSource,
    /// The message group of the messages, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_group_id: Option<MessageGroupId>,
    /// The JSON path in an event whose value is the partition key of its record, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition_key_path: Option<String>,
}

/// The resource that the messages of a subscription come from, with the settings of a trigger on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageSource {
    /// The messages of a topic.
    Topic(TopicSubscription),
    /// The events of a bucket.
    Bucket(S3),
    /// The events of a bus.
    Bus(EventRule),
}

/// A subscription to a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicSubscription {
    /// The topic with the settings that every subscription has.
    #[serde(flatten)]
    pub sns: Sns,
    /// Whether SNS delivers the message alone, without its envelope.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub raw: bool,
}

/// What the messages of a subscription are wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// The envelope of SNS, with the message as a text.
    Notification,
    /// An event of EventBridge, with the message as its detail.
    Event,
}

/// The fields of the envelope of SNS. AWS: "Parsing message formats" of the Amazon SNS Developer Guide.
const NOTIFICATION_FIELDS: &[&str] = &[
    "Type",
    "MessageId",
    "SequenceNumber",
    "TopicArn",
    "Subject",
    "Message",
    "Timestamp",
    "SignatureVersion",
    "Signature",
    "SigningCertURL",
    "UnsubscribeURL",
    "MessageAttributes",
];

impl Envelope {
    /// The field of an event with the message.
    pub const DETAIL: &'static str = "detail";

    /// Returns the fields of the envelope.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Notification => NOTIFICATION_FIELDS,
            Self::Event => EVENT_FIELDS,
        }
    }
}

impl MessageSource {
    /// Returns the settings as those of a trigger.
    #[must_use]
    pub fn trigger(&self) -> &dyn TriggerSource {
        match self {
            Self::Topic(topic) => &topic.sns,
            Self::Bucket(bucket) => bucket,
            Self::Bus(rule) => rule,
        }
    }

    /// Returns the kind of the resource that the messages come from.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        match self {
            Self::Topic(_) => ResourceKind::Topic,
            Self::Bucket(_) => ResourceKind::Bucket,
            Self::Bus(_) => ResourceKind::Bus,
        }
    }

    /// Returns the envelope of the messages. Returns `None` if they are not wrapped, or if the user set what they are.
    #[must_use]
    pub fn envelope(&self) -> Option<Envelope> {
        match self {
            Self::Topic(topic) => (!topic.raw).then_some(Envelope::Notification),
            Self::Bus(rule) => rule.input.is_none().then_some(Envelope::Event),
            Self::Bucket(_) => None,
        }
    }

    /// Returns whether the runtime takes the messages apart: they are in an envelope, or come from a bucket, among whose
    /// messages it finds S3's test event.
    #[must_use]
    pub fn is_taken_apart(&self) -> bool {
        self.envelope().is_some() || matches!(self, Self::Bucket(_))
    }

    /// Returns whether a message is what was published to the other resource, with or without an envelope. Otherwise it
    /// has another type.
    #[must_use]
    pub fn carries_published(&self) -> bool {
        match self {
            Self::Topic(_) => true,
            Self::Bus(rule) => match &rule.input {
                None => true,
                Some(RuleInput::Path(path)) => path == "$.detail",
                Some(RuleInput::Constant(_) | RuleInput::Transformer { .. }) => false,
            },
            Self::Bucket(_) => false,
        }
    }
}

/// The form of the ARNs of FIFO topics.
const FIFO_TOPIC: ArnForm = ArnForm { name: r"[A-Za-z0-9_-]+\.fifo", ..topic::ARN };

impl Subscription {
    /// Returns the place of a key of the subscription in the `#[resource]`.
    #[must_use]
    pub fn place(&self, key: &str) -> PlaceInItem {
        PlaceInItem::Key(format!("{KEY}.{}.{key}", self.index))
    }

    /// Returns the place of the whole subscription in the `#[resource]`.
    #[must_use]
    pub fn whole_place(&self) -> PlaceInItem {
        PlaceInItem::Key(format!("{KEY}.{}", self.index))
    }

    /// Returns the resources that the subscription names, each with its place and the kind that it has to be.
    #[must_use]
    pub fn resource_uses(&self) -> Vec<ResourceUse<'_>> {
        let named = self.from.trigger().resource();
        let named = named.map(|it| (it.key, it.ident, it.kind));
        let dead_letters = self.from.trigger().dead_letters().and_then(ArnReference::declared);
        let dead_letters = dead_letters.map(|it| (dead_letters::KEY, it, ResourceKind::Queue));
        let uses = named.into_iter().chain(dead_letters).map(|(key, ident, kind)| ResourceUse {
            at: self.place(key),
            ident,
            requirement: Requirement::Kind(kind),
        });
        uses.collect()
    }

    /// Returns the template parameters that the subscription uses; `to` is the resource that gets the messages.
    #[must_use]
    pub fn template_parameters(&self, to: &Resource) -> Vec<UsedParameter<'_>> {
        let mut used = self.from.trigger().template_parameters();
        if let MessageSource::Topic(_) = &self.from {
            // A standard queue can also get the messages of a FIFO topic.
            let content = if to.is_fifo() {
                ParameterContent::arn("ARN of a FIFO topic", &[FIFO_TOPIC])
            } else {
                ResourceKind::Topic.parameter_content()
            };
            for parameter in used.iter_mut().filter(|it| it.key != dead_letters::KEY) {
                parameter.content = content;
            }
        }
        used
    }

    /// Returns whether the messages come by a rule of EventBridge. `source` is the declared resource that they come
    /// from.
    #[must_use]
    pub fn is_by_rule(&self, source: Option<&Resource>) -> bool {
        match &self.from {
            MessageSource::Topic(_) => false,
            MessageSource::Bus(_) => true,
            MessageSource::Bucket(s3) => {
                s3.through == S3Channel::EventBridge
                    || !matches!(s3.bucket, ResourceReference::Declared(_))
                    || source.is_some_and(|bucket| bucket.existing.is_some())
            }
        }
    }
}

/// Returns whether a topic that a subscription names is FIFO. Returns `None` if it is not known before the deployment.
/// `declared` is the topic that a `#[resource]` declares.
#[must_use]
pub fn is_fifo_topic(sns: &Sns, declared: Option<&Resource>) -> Option<bool> {
    match &sns.topic {
        ResourceReference::Own | ResourceReference::Param(_) => None,
        ResourceReference::Declared(_) => {
            let topic = declared.filter(|it| it.kind() == ResourceKind::Topic)?;
            let is_known = !matches!(topic.existing, Some(Existing::Param(_)));
            (is_known || topic.is_fifo()).then(|| topic.is_fifo())
        }
        ResourceReference::Named(name) => Some(name.is_fifo()),
        ResourceReference::Arn(arn) => Some(ResourceKind::Topic.is_fifo_name(arn)),
    }
}

/// Returns whether a service cannot use the key with which a resource is encrypted: a key that AWS manages for SNS or
/// SQS, whose policy nobody can change.
#[must_use]
pub fn has_key_of_aws(resource: &Resource) -> bool {
    if resource.kms_key.is_some() {
        return false;
    }
    match resource.properties.get("KmsMasterKeyId") {
        Some(Node::Str(key)) => key.contains("alias/aws/"),
        Some(_) => false,
        // Queues have a key of SQS, which every service can use. Topics have the key that AWS manages for SNS.
        None => resource.kind() == ResourceKind::Topic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::value::CfnValue;
    use crate::resource::ResourceSettings;
    use crate::resource::queue::Queue;
    use crate::resource::topic::Topic;
    use crate::tests::resource;

    #[test]
    fn a_message_group_has_printable_letters() {
        for right in ["a", "orders-7", &"g".repeat(128)] {
            assert_eq!(MessageGroupId::try_from(right).unwrap().as_str(), right);
        }
        for wrong in ["", "a b", "größe", &"g".repeat(129)] {
            assert!(MessageGroupId::try_from(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_topic_has_a_key_that_services_cannot_use_by_default() {
        let topic = Topic { name: None, fifo: false, tls_only: true };
        let topic = || resource("News", ResourceSettings::Topic(topic.clone()));
        assert!(has_key_of_aws(&topic()));
        assert!(!has_key_of_aws(&resource("Jobs", ResourceSettings::Queue(Queue::default()))));
        for (key, is_of_aws) in [("alias/aws/sns", true), ("alias/mine", false)] {
            let mut topic = topic();
            topic.properties.set("KmsMasterKeyId", key);
            assert_eq!(has_key_of_aws(&topic), is_of_aws, "{key}");
        }
        let key = CfnValue::Param("Key".try_into().unwrap());
        assert!(!has_key_of_aws(&Resource { kms_key: Some(key), ..topic() }));
    }
}
