//! Lowers the subscriptions of resources: a subscription of SNS, notifications of a bucket, or a rule of EventBridge.
//! Each adds a statement to the policy of the resource that gets the messages, or has a role. SAM has no shorter form for
//! them.
// See decision 0122.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::{Resource, ResourceKind};
use skylift_model::source::s3::S3;
use skylift_model::subscription::{MessageSource, Subscription, TopicSubscription};

use super::resource::{self, ConsumerNeeds, Notifications};
use super::source::dead_letters::{SEND, send_statement, sender_condition};
use super::source::{self, ResourceRequirements, event, rule, s3, sns};
use super::{send, service_role};
use crate::stack::{self, IdOwner, Purpose};

/// The service that sends the notifications of a bucket.
const BUCKET_SERVICE: &str = "s3.amazonaws.com";

/// The action of IAM that publishes to a topic.
const PUBLISH: &str = "sns:Publish";

/// Lowers all subscriptions, and adds to `needs` what they need from resources. Returns the resources of the stack by
/// the index of the resource that gets the messages.
pub(super) fn lower_subscriptions<'a>(
    app: &'a App,
    needs: &mut HashMap<&'a str, ConsumerNeeds>,
) -> HashMap<usize, Vec<stack::Resource>> {
    let mut all: HashMap<usize, Vec<stack::Resource>> = HashMap::new();
    for subscription in &app.subscriptions {
        let Some(to) = app.resources.get(subscription.resource) else { continue };
        let resources = all.entry(subscription.resource).or_default();
        let mut lowering = Lowering { app, subscription, to, resources, requirements: Vec::new() };
        match &subscription.from {
            MessageSource::Topic(topic) => lowering.subscribe(topic),
            MessageSource::Bucket(bucket) => lowering.notify(bucket),
            MessageSource::Bus(bus) => {
                let (stem, properties, target) = event::lower_rule(bus, app);
                lowering.add_rule(&stem, properties, target);
            }
        }
        source::add_requirements(app, lowering.requirements.into_iter(), needs);
    }
    all
}

/// A subscription while it is lowered.
struct Lowering<'a, 'r> {
    app: &'a App,
    subscription: &'a Subscription,
    /// The resource that gets the messages.
    to: &'a Resource,
    /// The resources of the stack for all subscriptions of this resource.
    resources: &'r mut Vec<stack::Resource>,
    /// The requirements of the subscription, each with the identifier of the struct whose resource has to fulfil it.
    requirements: Vec<(String, ResourceRequirements)>,
}

impl Lowering<'_, '_> {
    /// Adds a subscription to a topic. SNS drops what it may not deliver, so the policy must exist first.
    fn subscribe(&mut self, topic: &TopicSubscription) {
        let Some((stem, arn)) = sns::lower_topic(&topic.sns, self.app) else { return };
        self.permit(send_statement(sns::SERVICE, SEND, Some(sender_condition(arn.clone()))));
        let endpoint = ("sqs", resource::arn_by_reference(self.to));
        let mut properties = sns::subscription_properties(
            &topic.sns,
            arn,
            endpoint,
            self.app,
            &mut self.requirements,
        );
        if topic.raw {
            properties.set("RawMessageDelivery", true);
        }
        let id = self.unique_id(&format!("{stem}Subscription"));
        let mut added = self.resource(&id, "AWS::SNS::Subscription", properties);
        added.depends_on.push(self.policy_id());
        self.resources.push(added);
    }

    /// Adds the notifications of a bucket, or the rules by which its events come. S3 checks that it may send when the
    /// notifications are set, so the policy must exist before the bucket. It has the bucket's name and no reference.
    fn notify(&mut self, s3: &S3) {
        match s3::find_channel(s3, self.app, &mut self.requirements) {
            Some(s3::Channel::Notifications(bucket)) => {
                let account = Node::reference("AWS::AccountId");
                let condition = sender_condition(resource::resource_arn(bucket))
                    .with("StringEquals", Map::new().with("aws:SourceAccount", account));
                self.permit(send_statement(BUCKET_SERVICE, self.action(), Some(condition)));
                let arn = resource::arn_by_reference(self.to);
                let mut notifications = Notifications::default();
                if self.is_topic() {
                    notifications.topics = s3::notification_entries(s3, &("Topic", arn));
                } else {
                    notifications.queues = s3::notification_entries(s3, &("Queue", arn));
                }
                let requirements = ResourceRequirements {
                    permission: Some(self.policy_id()),
                    notifications,
                    ..ResourceRequirements::default()
                };
                self.requirements.push((bucket.ident.clone(), requirements));
            }
            Some(s3::Channel::Rules(patterns)) => {
                for pattern in patterns {
                    let properties = Map::new().with("EventPattern", pattern);
                    self.add_rule(s3::RULE_STEM, properties, rule::Target::default());
                }
            }
            None => {}
        }
    }

    /// Adds a rule that sends events to the resource.
    fn add_rule(&mut self, stem: &str, mut properties: Map, target: rule::Target<'_>) {
        let id = self.unique_id(&format!("{stem}Rule"));
        let suffix = match self.to.kind() {
            ResourceKind::Topic => "TopicTarget",
            ResourceKind::Stream => "StreamTarget",
            _ => "QueueTarget",
        };
        let arn = resource::arn_by_reference(self.to);
        let mut target =
            rule::target_properties(target, &id, (suffix, arn), self.app, &mut self.requirements);
        if let Some(group) = &self.subscription.message_group_id {
            target.set("SqsParameters", Map::new().with("MessageGroupId", group.as_str()));
        }
        if self.to.kind() == ResourceKind::Stream {
            self.add_stream_role(&id, &mut target);
            properties.push("Targets", vec![target.into()]);
            let added = self.resource(&id, "AWS::Events::Rule", properties);
            self.resources.push(added);
            return;
        }
        properties.push("Targets", vec![target.into()]);
        // EventBridge publishes to topics without telling for which rule: a statement with a condition permits
        // nothing.
        let condition = (!self.is_topic()).then(|| sender_condition(Node::attribute(&id, "Arn")));
        self.permit(send_statement(rule::SERVICE, self.action(), condition));
        if self.to.is_fifo() {
            // EventBridge gives its messages no deduplication id.
            let needs = ResourceRequirements {
                deduplicates_content: true,
                ..ResourceRequirements::default()
            };
            self.requirements.push((self.to.ident.clone(), needs));
        }
        let added = self.resource(&id, "AWS::Events::Rule", properties);
        self.resources.push(added);
    }

    /// Adds the role with which the rule `rule` puts records into a stream, and completes its target. A stream has no
    /// policy that permits it.
    fn add_stream_role(&mut self, rule: &str, target: &mut Map) {
        let id = format!("{rule}Role");
        target.set("RoleArn", Node::attribute(&id, "Arn"));
        let path = self.subscription.partition_key_path.as_deref();
        let parameters = path.map(|path| Map::new().with("PartitionKeyPath", path));
        target.set_some("KinesisParameters", parameters);
        let statements = send::send_statements(self.to, self.app);
        let properties = service_role::role_properties(rule::SERVICE, "Stream", statements);
        let added = self.resource(&id, "AWS::IAM::Role", properties);
        self.resources.push(added);
    }

    /// Adds a statement to the policy of the resource.
    fn permit(&mut self, statement: Map) {
        let requirements =
            ResourceRequirements { statements: vec![statement], ..ResourceRequirements::default() };
        self.requirements.push((self.to.ident.clone(), requirements));
    }

    fn is_topic(&self) -> bool {
        self.to.kind() == ResourceKind::Topic
    }

    /// Returns the action of IAM that sends to the resource.
    fn action(&self) -> &'static str {
        if self.is_topic() { PUBLISH } else { SEND }
    }

    /// Returns the logical id of the policy of the resource.
    fn policy_id(&self) -> String {
        self.to.id.join("Policy").to_string()
    }

    /// Returns a logical id that no other subscription of the resource has: the id of the resource, and `name`.
    fn unique_id(&self, name: &str) -> String {
        let first = self.to.id.join(name).to_string();
        let taken = |id: &str| self.resources.iter().any(|it| it.id == id);
        let numbered = (2..).map(|number| format!("{first}{number}"));
        std::iter::once(first.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(first)
    }

    /// Returns a resource of the stack that belongs to the subscription.
    fn resource(&self, id: &str, kind: &'static str, properties: Map) -> stack::Resource {
        let purpose = Purpose::Subscription(self.subscription.index);
        let owner = IdOwner::for_resource(self.subscription.resource, purpose);
        stack::Resource::new(id, kind, owner, properties)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    /// Returns the stack of one resource with subscriptions, and of what it can be subscribed to.
    fn subscribed(resource: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource({resource})]\npub struct Jobs;\n#[resource(topic)]\npub struct News;\n#[resource(topic(fifo))]\npub struct Ledger;\n#[resource(bucket)]\npub struct Uploads;\n#[resource(bus)]\npub struct Shop;\n#[resource(queue)]\npub struct Lost;\n#[function]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    /// Returns the statements of the policy of `Jobs` beside Skylift's own.
    fn statements(stack: &Stack) -> Vec<Value> {
        let all = stack.resource("JobsPolicy").property("PolicyDocument.Statement");
        all.as_array().unwrap()[1..].to_vec()
    }

    #[test]
    fn a_queue_of_a_topic_has_a_subscription_after_its_policy() {
        let stack = subscribed(
            r#"queue(from = topic(News, raw, filter = { "kind": ["a"] }, dead_letters = Lost))"#,
        );
        let subscription = stack.resource("JobsNewsSubscription");
        assert_eq!(subscription.kind(), "AWS::SNS::Subscription");
        assert_eq!(subscription.resource.depends_on, ["JobsPolicy"]);
        assert_eq!(
            *subscription.properties(),
            json!({
                "Endpoint": { "Fn::GetAtt": "Jobs.Arn" },
                "Protocol": "sqs",
                "TopicArn": { "Ref": "News" },
                "FilterPolicy": { "kind": ["a"] },
                "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": "Lost.Arn" } },
                "RawMessageDelivery": true,
            })
        );
        let sent = json!({
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "News" } } },
            "Resource": [{ "Fn::GetAtt": "Jobs.Arn" }],
        });
        assert_eq!(statements(&stack), [sent]);
        let lost = stack.resource("LostPolicy").property("PolicyDocument.Statement.1.Condition");
        assert_eq!(lost, json!({ "ArnEquals": { "aws:SourceArn": { "Ref": "News" } } }));
    }

    #[test]
    fn only_the_bucket_of_this_account_may_notify_a_queue_or_a_topic() {
        for (kind, key, action, arn) in [
            ("queue", "Queue", "sqs:SendMessage", json!({ "Fn::GetAtt": "Jobs.Arn" })),
            ("topic", "Topic", "sns:Publish", json!({ "Ref": "Jobs" })),
        ] {
            let stack = subscribed(&format!(
                r#"{kind}(from = bucket(Uploads, events = ["ObjectCreated:*", "ObjectRemoved:*"], prefix = "in/"), properties = {{ "KmsMasterKeyId": "alias/mine" }})"#
            ));
            let uploads = stack.resource("Uploads");
            let rules = json!({ "S3Key": { "Rules": [{ "Name": "prefix", "Value": "in/" }] } });
            let entry = |event| json!({ "Event": event, key: arn, "Filter": rules });
            assert_eq!(
                uploads.property(&format!("NotificationConfiguration.{key}Configurations")),
                json!([entry("s3:ObjectCreated:*"), entry("s3:ObjectRemoved:*")])
            );
            assert_eq!(uploads.resource.depends_on, ["JobsPolicy"]);
            let [statement] = statements(&stack).try_into().unwrap();
            assert_eq!(statement["Action"], action);
            assert_eq!(statement["Principal"], json!({ "Service": "s3.amazonaws.com" }));
            let condition = &statement["Condition"];
            let source = condition["ArnEquals"]["aws:SourceArn"]["Fn::Sub"][0].as_str().unwrap();
            assert_eq!(source, "arn:${AWS::Partition}:s3:::uploads-${AWS::AccountId}-${Stack}");
            let account = json!({ "aws:SourceAccount": { "Ref": "AWS::AccountId" } });
            assert_eq!(condition["StringEquals"], account);
        }
    }

    #[test]
    fn a_rule_sends_the_events_of_a_bus() {
        let stack = subscribed(
            r#"queue(fifo, from = bus(Shop, detail_type = "placed", enabled = false, input_path = "$.detail", retries = 2, message_group_id = "a"))"#,
        );
        let rule = stack.resource("JobsShopRule");
        assert_eq!(rule.kind(), "AWS::Events::Rule");
        assert_eq!(
            *rule.properties(),
            json!({
                "EventBusName": { "Ref": "Shop" },
                "EventPattern": { "detail-type": ["placed"] },
                "State": "DISABLED",
                "Targets": [{
                    "Id": "JobsShopRuleQueueTarget",
                    "Arn": { "Fn::GetAtt": "Jobs.Arn" },
                    "InputPath": "$.detail",
                    "RetryPolicy": { "MaximumRetryAttempts": 2 },
                    "SqsParameters": { "MessageGroupId": "a" },
                }],
            })
        );
        assert_eq!(stack.resource("Jobs").property("ContentBasedDeduplication"), true);
        let [statement] = statements(&stack).try_into().unwrap();
        assert_eq!(statement["Principal"], json!({ "Service": "events.amazonaws.com" }));
        let source = json!({ "aws:SourceArn": { "Fn::GetAtt": "JobsShopRule.Arn" } });
        assert_eq!(statement["Condition"]["ArnEquals"], source);
    }

    #[test]
    fn a_rule_puts_records_into_a_stream_with_a_role() {
        let stack = subscribed(
            r#"stream(kms_key = "arn:aws:kms:eu-west-1:123456789012:key/a", from = [bus(Shop, detail_type = "placed", partition_key_path = "$.detail.id", dead_letters = Lost), bus(default, source = "a")])"#,
        );
        assert_eq!(
            stack.resource("JobsShopRule").property("Targets.0"),
            json!({
                "Id": "JobsShopRuleStreamTarget",
                "Arn": { "Fn::GetAtt": "Jobs.Arn" },
                "DeadLetterConfig": { "Arn": { "Fn::GetAtt": "Lost.Arn" } },
                "RoleArn": { "Fn::GetAtt": "JobsShopRuleRole.Arn" },
                "KinesisParameters": { "PartitionKeyPath": "$.detail.id" },
            })
        );
        let role = stack.resource("JobsShopRuleRole");
        let trust = role.property("AssumeRolePolicyDocument.Statement.0.Principal");
        assert_eq!(trust, json!({ "Service": "events.amazonaws.com" }));
        let statements = role.property("Policies.0.PolicyDocument.Statement");
        let actions = json!(["kinesis:PutRecord", "kinesis:PutRecords"]);
        assert_eq!(statements[0]["Action"], actions);
        assert_eq!(statements[1]["Action"], json!(["kms:GenerateDataKey"]));
        assert_eq!(statements.as_array().unwrap().len(), 2);
        let target = stack.resource("JobsEventsRule").property("Targets.0");
        assert_eq!(target["RoleArn"], json!({ "Fn::GetAtt": "JobsEventsRuleRole.Arn" }));
        assert!(target["KinesisParameters"].is_null());
    }

    #[test]
    fn only_the_records_of_a_stream_have_a_partition_key() {
        let problems = |kind: &str| {
            let source = format!(
                "#[resource({kind}(from = bus(default, source = \"a\", partition_key_path = \"$.id\")))]\npub struct Jobs;\n#[function]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
            );
            let overlay = crate::overlay::Overlay::default();
            let assembled = crate::testing::assemble_unchecked(&source, &overlay);
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.text)).collect::<Vec<_>>()
        };
        assert_eq!(problems("stream"), [""; 0]);
        assert_eq!(
            problems("queue"),
            [
                "key from.0.partition_key_path: `partition_key_path` is for the rules of a bus that send to a stream"
            ]
        );
    }

    #[test]
    fn a_topic_permits_eventbridge_without_a_condition() {
        let stack = subscribed(
            r#"topic(from = bus(Shop), properties = { "KmsMasterKeyId": { "Ref": "AWS::NoValue" } })"#,
        );
        let target = stack.resource("JobsShopRule").property("Targets.0");
        assert_eq!(target, json!({ "Id": "JobsShopRuleTopicTarget", "Arn": { "Ref": "Jobs" } }));
        let [statement] = statements(&stack).try_into().unwrap();
        assert_eq!(
            (&statement["Action"], &statement["Condition"]),
            (&json!("sns:Publish"), &json!(null))
        );
    }

    #[test]
    fn a_resource_has_any_number_of_subscriptions() {
        let stack = subscribed(
            r#"queue(from = [topic(News), topic(Ledger), bus(Shop, source = "a"), bus(Shop, source = "b"), bucket(Uploads, through = event_bridge), bucket("archive"), topic("arn:aws:sns:eu-central-1:123456789012:far")])"#,
        );
        for (id, service) in [
            ("JobsNewsSubscription", "sns"),
            ("JobsLedgerSubscription", "sns"),
            ("JobsShopRule", "events"),
            ("JobsShopRule2", "events"),
            ("JobsObjectsRule", "events"),
            ("JobsObjectsRule2", "events"),
            ("JobsFarSubscription", "sns"),
        ] {
            assert!(stack.resource(id).kind().to_lowercase().contains(service), "{id}");
        }
        assert_eq!(statements(&stack).len(), 7);
        assert_eq!(stack.resource("JobsFarSubscription").property("Region"), "eu-central-1");
        let enabled = "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled";
        assert_eq!(stack.resource("Uploads").property(enabled), true);
        assert!(stack.resource("Jobs").property("ContentBasedDeduplication").is_null());
    }

    #[test]
    fn a_bucket_of_the_overlay_has_to_send_its_events_to_eventbridge() {
        let source = "#[resource(queue(from = bucket(Old)))]\npub struct Jobs;\n#[resource(bucket(existing = overlay(\"Old\")))]\npub struct Old;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }";
        let problems = |properties: &str| {
            let overlay = crate::overlay::read_for_test(&format!(
                "Resources:\n  Old:\n    Type: AWS::S3::Bucket\n{properties}"
            ));
            let assembled = crate::testing::assemble_unchecked(source, &overlay);
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            problems.map(|it| format!("{}: {}", it.at, it.message.text)).collect::<Vec<_>>()
        };
        let found = problems("");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("key from.0.bucket: "), "{found:?}");
        let on = "    Properties: {NotificationConfiguration: {EventBridgeConfiguration: {EventBridgeEnabled: true}}}\n";
        assert_eq!(problems(on), [""; 0]);
    }
}
