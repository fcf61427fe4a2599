//! Checks the subscriptions of resources: that the services can deliver from one resource to the other, and that no two
//! deliveries exclude each other.

use std::collections::HashMap;

use crate::aws::node::Node;
use crate::aws::value::ArnReference;
use crate::location::ItemIndex;
use crate::message::Message;
use crate::messages::{subscriptions as messages, triggers};
use crate::problem::Problems;
use crate::resource::{Resource, ResourceKind};
use crate::source::s3::{S3, S3Channel};
use crate::source::sns::Sns;
use crate::source::{ResourcesByIdent, Trigger, dead_letters};
use crate::subscription::{self, GROUP_KEY, MessageSource, PARTITION_KEY, Subscription};
use crate::{App, Function};

pub(super) fn check(app: &App, problems: &mut Problems) {
    let resources: ResourcesByIdent<'_> = app.resources.iter().collect();
    for (number, subscription) in app.subscriptions.iter().enumerate() {
        let Some(to) = app.resources.get(subscription.resource) else { continue };
        let source = resources.find(subscription.from.trigger().resource().map(|it| it.ident));
        let checked = Checked { app, subscription, to, source, resources: &resources, problems };
        checked.check(&app.subscriptions[..number]);
    }
}

/// A subscription that is checked.
struct Checked<'a, 'p> {
    app: &'a App,
    subscription: &'a Subscription,
    /// The resource that gets the messages.
    to: &'a Resource,
    /// The declared resource that the messages come from.
    source: Option<&'a Resource>,
    resources: &'a ResourcesByIdent<'a>,
    problems: &'p mut Problems,
}

impl<'a> Checked<'a, '_> {
    /// Checks the subscription; `earlier` are those before it.
    fn check(mut self, earlier: &'a [Subscription]) {
        match &self.subscription.from {
            MessageSource::Topic(topic) => self.check_topic(&topic.sns, earlier),
            MessageSource::Bucket(bucket) => self.check_bucket(bucket, earlier),
            MessageSource::Bus(_) => {}
        }
        self.check_order();
        if self.subscription.partition_key_path.is_some() && self.to.kind() != ResourceKind::Stream
        {
            self.report(PARTITION_KEY, messages::partition_key_without_use());
        }
        self.check_dead_letters();
        self.check_key();
        self.check_rule_name(earlier);
    }

    /// Reports a mistake at a key of the subscription.
    fn report(&mut self, key: &str, message: Message) {
        let item = ItemIndex::Resource(self.subscription.resource);
        self.problems.push(item, self.subscription.place(key), message);
    }

    /// Checks that SNS delivers the messages of the topic to the queue, and delivers them once.
    fn check_topic(&mut self, sns: &'a Sns, earlier: &[Subscription]) {
        let (queue, topic) = (self.to.ident.as_str(), self.source.map(|it| it.ident.as_str()));
        if self.to.is_fifo() && subscription::is_fifo_topic(sns, self.source) == Some(false) {
            self.report("topic", messages::fifo_queue_of_standard_topic(queue, topic));
        }
        let resolved = self.resources.resolve(&sns.topic);
        let is_same = |other: &&Subscription| match &other.from {
            MessageSource::Topic(other) => self.resources.resolve(&other.sns.topic) == resolved,
            MessageSource::Bucket(_) | MessageSource::Bus(_) => false,
        };
        let mut siblings =
            earlier.iter().filter(|it| it.resource == self.subscription.resource).filter(is_same);
        if siblings.next().is_some() {
            self.report("topic", messages::two_subscriptions(queue));
        }
    }

    /// Checks that the bucket can send its events, and that no other notification of the bucket overlaps with these.
    fn check_bucket(&mut self, s3: &'a S3, earlier: &'a [Subscription]) {
        let Some(bucket) = self.source.filter(|it| it.kind() == ResourceKind::Bucket) else {
            return;
        };
        let list = match self.to.kind() {
            ResourceKind::Topic => "TopicConfigurations",
            _ => "QueueConfigurations",
        };
        let mut mistakes = Vec::new();
        let notifies = s3.check_bucket(bucket, list, &mut |key, message| {
            mistakes.push((key, message));
        });
        for (key, message) in mistakes {
            self.report(key, message);
        }
        if !notifies {
            return;
        }
        let overlaps = |other: &S3| {
            other.through == S3Channel::Default && other.bucket == s3.bucket && s3.overlaps(other)
        };
        let trigger = self.app.functions.iter().find(|function| {
            function.triggers.iter().any(|it| matches!(it, Trigger::S3(other) if overlaps(other)))
        });
        let other = earlier
            .iter()
            .find(|other| matches!(&other.from, MessageSource::Bucket(other) if overlaps(other)));
        let described = trigger
            .map(describe_function)
            .or_else(|| Some(messages::other_subscription(&other?.to, &self.subscription.to)));
        if let Some(other) = described {
            let item = ItemIndex::Resource(self.subscription.resource);
            let at = self.subscription.whole_place();
            self.problems.push(item, at, messages::notifications_overlap(&other));
        }
    }

    /// Checks that the service can send to the resource if that is FIFO, and that a message group is set where it is
    /// needed.
    fn check_order(&mut self) {
        let (to, group) = (self.to, &self.subscription.message_group_id);
        let is_by_rule = self.subscription.is_by_rule(self.source);
        let key = match &self.subscription.from {
            MessageSource::Topic(_) => None,
            MessageSource::Bucket(_) => Some("bucket"),
            MessageSource::Bus(_) => Some("bus"),
        };
        let sends_to_queue = is_by_rule && to.kind() == ResourceKind::Queue && to.is_fifo();
        match key {
            Some(key) if to.is_fifo() && to.kind() == ResourceKind::Topic => {
                let sender = if is_by_rule { "EventBridge" } else { "S3" };
                self.report(key, messages::sent_to_fifo_topic(sender, &to.ident));
            }
            Some(key) if to.is_fifo() && !is_by_rule => {
                self.report(key, messages::notified_fifo_queue(&to.ident));
            }
            Some(_) if sends_to_queue && group.is_none() => {
                self.report(GROUP_KEY, messages::group_missing(&to.ident));
            }
            Some(key) if sends_to_queue && is_off(to, "ContentBasedDeduplication") => {
                self.report(key, messages::deduplication_off(&to.ident));
            }
            _ if !sends_to_queue && group.is_some() => {
                self.report(GROUP_KEY, messages::group_without_use());
            }
            _ => {}
        }
    }

    /// Checks the queue for what cannot be delivered: it is another queue, of the same order as the topic.
    fn check_dead_letters(&mut self) {
        let Some(queue) = self.subscription.from.trigger().dead_letters() else { return };
        let declared = self.resources.find(queue.declared());
        if declared.is_some_and(|it| it.kind() != ResourceKind::Queue) {
            return;
        }
        if queue.declared() == Some(&self.to.ident) {
            self.report(dead_letters::KEY, messages::own_dead_letters(&self.to.ident));
            return;
        }
        let is_fifo = match queue {
            ArnReference::Declared(_) => declared.map(Resource::is_fifo),
            ArnReference::Arn(arn) => Some(ResourceKind::Queue.is_fifo_name(arn)),
            ArnReference::Param(_) => None,
        };
        match &self.subscription.from {
            MessageSource::Topic(topic) => {
                let topic = subscription::is_fifo_topic(&topic.sns, self.source);
                if let Some((topic, _)) = topic.zip(is_fifo).filter(|(topic, it)| topic != it) {
                    let message = messages::dead_letters_of_other_order(topic);
                    self.report(dead_letters::KEY, message);
                }
            }
            MessageSource::Bucket(_) | MessageSource::Bus(_) => {
                if is_fifo == Some(true) {
                    self.report(dead_letters::KEY, dead_letters::fifo_message());
                }
            }
        }
    }

    /// Checks that the service can use the key with which the resource is encrypted.
    fn check_key(&mut self) {
        if !subscription::has_key_of_aws(self.to) {
            return;
        }
        let (sender, principal, key) = match &self.subscription.from {
            MessageSource::Topic(_) => ("SNS", "sns.amazonaws.com", "topic"),
            MessageSource::Bucket(_) if self.subscription.is_by_rule(self.source) => {
                ("EventBridge", "events.amazonaws.com", "bucket")
            }
            MessageSource::Bucket(_) => ("S3", "s3.amazonaws.com", "bucket"),
            MessageSource::Bus(_) => ("EventBridge", "events.amazonaws.com", "bus"),
        };
        self.report(key, messages::key_of_aws(sender, principal, &self.to.ident));
    }

    /// Checks that no other rule of the bus has the name of this rule.
    fn check_rule_name(&mut self, earlier: &[Subscription]) {
        let Some(own) = self.subscription.from.trigger().rule_name() else { return };
        let mut taken: HashMap<_, String> = HashMap::new();
        for function in &self.app.functions {
            for name in function.triggers.iter().filter_map(|it| it.rule_name()) {
                taken.entry(name).or_insert_with(|| describe_function(function));
            }
        }
        for other in earlier {
            if let Some(name) = other.from.trigger().rule_name() {
                let to = &self.subscription.to;
                taken.entry(name).or_insert_with(|| messages::other_subscription(&other.to, to));
            }
        }
        if let Some(other) = taken.get(&own) {
            self.report("name", triggers::rule_name_taken(own.1.as_str(), other));
        }
    }
}

/// Returns whether the user's properties of a resource turn a property off.
fn is_off(resource: &Resource, property: &str) -> bool {
    resource.properties.get(property) == Some(&Node::Bool(false))
}

/// Describes the function of another trigger for messages.
fn describe_function(function: &Function) -> String {
    triggers::another_function(&function.handler, &function.origin)
}
