//! What the sources `msk` and `kafka` share: their events, and the checks of triggers on Kafka topics.

use super::facts::{EventType, InvocationMode, RecordContent, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_destination, check_one_trigger_per_source,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::name::ConsumerGroupId;
use crate::messages::{kafka as messages, triggers};
use crate::problem::Problems;

/// The properties that all triggers on Kafka topics share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("KafkaEvent").with_schema(&PayloadSchema::KAFKA),
        EventType::record("KafkaEventRecord"),
        EventType::record("KafkaRecord").with_content(RecordContent::Json("value")),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: Some("KafkaEventResponse"),
};

/// Returns the conflict of a topic with a function that resumes, which keeps no order.
pub(super) fn resume_conflicts() -> Vec<ResumeConflict> {
    vec![ResumeConflict::whole_trigger(triggers::stream_cannot_resume())]
}

/// Checks the triggers of one source: a function has at most one trigger on a topic, a consumer group belongs to one
/// trigger, and failed records can be sent to their destination. `cluster` returns what identifies the cluster of a
/// trigger.
pub(super) fn check_topics<T: TriggerSource, C: PartialEq>(
    triggers: &[LocatedTrigger<'_, T>],
    cluster: impl Fn(&T) -> C,
    resources: &ResourcesByIdent<'_>,
    problems: &mut Problems,
) {
    for LocatedTrigger { index, trigger, .. } in triggers {
        check_destination(trigger.on_failure(), *index, resources, problems);
        for (key, message) in trigger.kafka_mapping().iter().flat_map(|it| it.check_parameters()) {
            problems.push_for_trigger_key(*index, key, message);
        }
    }
    let topic = |it: &T| it.kafka_mapping().map(|mapping| mapping.topic.clone());
    let message = triggers::two_triggers_on_one_source("topic");
    check_one_trigger_per_source(triggers, |it| (cluster(it), topic(it)), &message, problems);
    let group = |it: &LocatedTrigger<'_, T>| {
        it.trigger.kafka_mapping().and_then(|mapping| mapping.consumer_group.clone())
    };
    for (position, located) in triggers.iter().enumerate() {
        let Some(own) = group(located) else { continue };
        let is_same = |other: &&LocatedTrigger<'_, T>| group(other).as_ref() == Some(&own);
        if let Some(other) = triggers[..position].iter().find(is_same) {
            let other = other.describe_from(located.index);
            let message = messages::consumer_group_taken(ConsumerGroupId::as_str(&own), &other);
            problems.push_for_trigger_key(located.index, "consumer_group", message);
        }
    }
}
