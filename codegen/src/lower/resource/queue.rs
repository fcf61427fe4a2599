//! Lowers a queue. The queue is encrypted at rest and in transit. It has a dead-letter queue that retains failed
//! messages for two weeks, and the visibility timeout that AWS recommends for the functions that the queue
//! triggers.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::resource::queue::Queue;
use skylift_model::resource::{Resource, ResourceKind};

use super::arn::arn_in_account;
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{FifoProperty, LowerResource, NewResource, ref_output};
use super::policy;
use crate::lower::number::lower_number;
use crate::stack::{self, Purpose, ResourceInStack};

/// How a template names a queue.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::QueueUrl,
    parameter: ParameterContent::Arn,
    arn: ArnLookup::Attribute,
    suffix: None,
};

impl LowerResource for Queue {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let id = new.id();
        let dead_letters = new.resource.id.join("DeadLetters");
        let dead_letters = dead_letters.as_str();
        lowered.resources.push(new.main_resource(queue_properties(self, new, dead_letters)));
        let statements = new.policy_statements();
        lowered.resources.extend(queue_policy(self, id, &statements, Purpose::Policy, new));
        let dead_letter = dead_letter_properties(self);
        lowered.resources.push(new.part_resource(
            dead_letters,
            new.kind_type(),
            Purpose::DeadLetters,
            dead_letter,
        ));
        let purpose = Purpose::DeadLettersPolicy;
        lowered.resources.extend(queue_policy(self, dead_letters, &[], purpose, new));
        lowered.outputs.push(ref_output(id, "Url", "URL of the queue"));
        lowered.outputs.push(ref_output(dead_letters, "Url", "URL of the dead-letter queue"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::attribute(&resource.id, "Arn")
    }

    fn fifo_property(&self) -> Option<FifoProperty> {
        Some(FifoProperty { name: "FifoQueue", is_fifo: self.fifo })
    }
}

/// Returns the properties of a queue; `dead_letters` is the logical id of its dead-letter queue.
fn queue_properties(queue: &Queue, new: &NewResource<'_>, dead_letters: &str) -> Map {
    let mut properties = Map::new();
    properties.set_some("QueueName", queue.name.as_ref().map(|name| name.as_str()));
    set_fifo(queue, &mut properties);
    if new.needs.deduplicates_content {
        properties.set("ContentBasedDeduplication", true);
    }
    if queue.high_throughput {
        properties.set("DeduplicationScope", "messageGroup");
        properties.set("FifoThroughputLimit", "perMessageGroupId");
    }
    let advised =
        new.needs.timeout.map(|longest| longest * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS);
    let number = |key, value| lower_number(&queue.from_parameters, key, value);
    let visibility = queue.visibility.map(|visibility| visibility.get()).or(advised);
    properties.set_some("VisibilityTimeout", number(Queue::VISIBILITY, visibility));
    let retention = queue.retention.map(|it| it.get());
    properties.set_some("MessageRetentionPeriod", number(Queue::RETENTION, retention));
    let delay = queue.delay.map(|delay| delay.get());
    properties.set_some("DelaySeconds", number(Queue::DELAY, delay));
    let mut redrive = Map::new().with("deadLetterTargetArn", Node::attribute(dead_letters, "Arn"));
    let receives = number(Queue::MAX_RECEIVES, Some(queue.max_receives.get()));
    redrive.set_some("maxReceiveCount", receives);
    properties.set("RedrivePolicy", redrive);
    if let Some(key) = new.kms_key() {
        properties.set("KmsMasterKeyId", key);
    } else if new.resource.properties.get("KmsMasterKeyId").is_none() {
        properties.set("SqsManagedSseEnabled", true);
    }
    properties
}

/// Returns the properties of the dead-letter queue of `queue`.
fn dead_letter_properties(queue: &Queue) -> Map {
    let mut properties = Map::new();
    set_fifo(queue, &mut properties);
    properties.set("MessageRetentionPeriod", *limits::SQS_RETENTION_SECONDS.end());
    // Only if the ARN follows from the queue's name: otherwise the two queues would refer to each other.
    if let Some(name) = &queue.name {
        let source = Node::sub(arn_in_account(ResourceKind::Queue, &escape_sub(name.as_str())));
        let allow_policy =
            Map::new().with("redrivePermission", "byQueue").with("sourceQueueArns", vec![source]);
        properties.set("RedriveAllowPolicy", allow_policy);
    }
    properties.set("SqsManagedSseEnabled", true);
    properties
}

/// Returns the policy of a queue, or `None` if it has no statements; `id` is the logical id of the queue itself or of
/// its dead-letter queue, and `statements` are the statements beside Skylift's own.
fn queue_policy(
    queue: &Queue,
    id: &str,
    statements: &[Map],
    purpose: Purpose,
    new: &NewResource<'_>,
) -> Option<stack::Resource> {
    let arn = Node::attribute(id, "Arn");
    let document =
        policy::policy_document(queue.tls_only, statements, "sqs:*", std::slice::from_ref(&arn))?;
    let properties =
        Map::new().with("Queues", vec![Node::reference(id)]).with("PolicyDocument", document);
    Some(new.part_resource(&format!("{id}Policy"), "AWS::SQS::QueuePolicy", purpose, properties))
}

/// Sets the property `FifoQueue` if `queue` is FIFO. The dead-letter queue of a FIFO queue must be FIFO too, so
/// both use this function.
fn set_fifo(queue: &Queue, properties: &mut Map) {
    if queue.fifo {
        properties.set("FifoQueue", true);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    /// Returns the stack of a queue with these arguments that triggers functions with timeouts of 10 and 30 s.
    fn stack_with_queue(arguments: &str) -> Stack {
        let function = |name: &str, timeout: &str| {
            format!(
                "#[function(trigger = sqs(queue = Jobs, shared), timeout = \"{timeout}\")]\nasync fn {name}(event: SqsEvent) -> Result<(), Error> {{ Ok(()) }}\n"
            )
        };
        let functions = format!("{}{}", function("slow", "30s"), function("fast", "10s"));
        stack_from_source(&format!(
            "#[resource(queue({arguments}))]\npub struct Jobs;\n{functions}"
        ))
    }

    #[test]
    fn the_visibility_timeout_is_six_times_the_longest_timeout() {
        assert_eq!(stack_with_queue("").resource("Jobs").property("VisibilityTimeout"), 180);
        let explicit = stack_with_queue("visibility = \"5m\"");
        assert_eq!(explicit.resource("Jobs").property("VisibilityTimeout"), 300);
        let alone = stack_from_source(
            "#[resource(queue)]\npub struct Jobs;\n#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        assert!(alone.resource("Jobs").property("VisibilityTimeout").is_null());
        let own = stack_from_source(
            "#[function(trigger = sqs, timeout = \"20s\")]\nasync fn take(event: SqsEvent) -> Result<(), Error> { Ok(()) }",
        );
        assert_eq!(own.resource("TakeQueue").property("VisibilityTimeout"), 120);
    }

    #[test]
    fn failed_messages_go_to_a_dead_letter_queue() {
        let stack = stack_with_queue("dead_letters(after = 7)");
        let jobs = stack.resource("Jobs");
        assert_eq!(jobs.kind(), "AWS::SQS::Queue");
        assert_eq!(
            jobs.property("RedrivePolicy"),
            json!({
                "deadLetterTargetArn": { "Fn::GetAtt": "JobsDeadLetters.Arn" },
                "maxReceiveCount": 7,
            })
        );
        assert_eq!(jobs.property("SqsManagedSseEnabled"), true);
        let dead_letter = stack.resource("JobsDeadLetters");
        assert_eq!(
            *dead_letter.properties(),
            json!({ "MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": true })
        );
        let outputs: Vec<&str> = stack.outputs().map(|(name, _)| name.as_str()).collect();
        assert_eq!(outputs, ["JobsUrl", "JobsDeadLettersUrl"]);
    }

    #[test]
    fn every_setting_of_a_queue_sets_its_property() {
        let stack = stack_with_queue(
            "fifo, name = \"jobs.fifo\", retention = \"2d\", delay = \"10s\", properties = { \"KmsMasterKeyId\": \"alias/mine\" }",
        );
        let jobs = stack.resource("Jobs");
        for (path, value) in [
            ("QueueName", json!("jobs.fifo")),
            ("FifoQueue", json!(true)),
            ("MessageRetentionPeriod", json!(172_800)),
            ("DelaySeconds", json!(10)),
            ("KmsMasterKeyId", json!("alias/mine")),
            ("SqsManagedSseEnabled", json!(null)),
            ("DeduplicationScope", json!(null)),
        ] {
            assert_eq!(jobs.property(path), value, "{path}");
        }
        let dead_letter = stack.resource("JobsDeadLetters");
        assert_eq!(dead_letter.property("FifoQueue"), true);
        assert_eq!(dead_letter.property("RedriveAllowPolicy.redrivePermission"), "byQueue");
    }

    #[test]
    fn both_queues_reject_unencrypted_requests() {
        let stack = stack_with_queue("");
        for queue in ["Jobs", "JobsDeadLetters"] {
            let policy = stack.resource(&format!("{queue}Policy"));
            assert_eq!(policy.kind(), "AWS::SQS::QueuePolicy");
            assert_eq!(policy.property("Queues"), json!([{ "Ref": queue }]));
            let resource = policy.property("PolicyDocument.Statement.0.Resource");
            assert_eq!(resource, json!([{ "Fn::GetAtt": format!("{queue}.Arn") }]));
        }
    }

    #[test]
    fn a_resume_queue_keeps_the_order_only_within_a_message_group() {
        let stack = stack_from_source(
            "#[function(resume = queue, timeout = \"10s\")]\nasync fn take(from: Resume<u64>) -> Result<Progress<u64, u64>, Error> { Ok(Progress::Done(1)) }",
        );
        let queue = stack.resource("TakeResume");
        assert_eq!(queue.property("FifoQueue"), true);
        assert_eq!(queue.property("DeduplicationScope"), "messageGroup");
        assert_eq!(queue.property("FifoThroughputLimit"), "perMessageGroupId");
        assert_eq!(queue.property("VisibilityTimeout"), 60);
    }
}
