//! [`PayloadShape`]: the few fields of a payload by which an enum of events chooses its variant.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::handler::Delivery;

impl<'a, E> Delivery<'a, E> {
    /// Reads the shape of the payload. The shape of a payload that cannot be read as JSON has no fields.
    #[must_use]
    pub fn shape(&self) -> PayloadShape<'a> {
        serde_json::from_slice(self.payload).unwrap_or_default()
    }
}

/// The few fields of a payload that show which source sent it.
#[doc(hidden)]
#[derive(Default, Deserialize)]
pub struct PayloadShape<'a> {
    #[serde(borrow, default)]
    source: Option<&'a str>,
    #[serde(default, rename = "detail-type")]
    detail_type: Option<IgnoredAny>,
    #[serde(borrow, default, rename = "triggerSource")]
    trigger_source: Option<TextShape<'a>>,
    #[serde(borrow, default)]
    version: Option<TextShape<'a>>,
    #[serde(borrow, default, rename = "eventSource")]
    event_source: Option<TextShape<'a>>,
    #[serde(default)]
    awslogs: Option<IgnoredAny>,
    #[serde(default)]
    context: Option<IgnoredAny>,
    #[serde(default)]
    request: Option<IgnoredAny>,
    #[serde(default, rename = "RequestType")]
    request_type: Option<IgnoredAny>,
    #[serde(default, rename = "ResponseURL")]
    response_url: Option<IgnoredAny>,
    #[serde(default, rename = "DeploymentId")]
    deployment_id: Option<IgnoredAny>,
    #[serde(default, rename = "LifecycleEventHookExecutionId")]
    hook_execution_id: Option<IgnoredAny>,
    #[serde(borrow, default, rename = "Records")]
    records: Vec<RecordShape<'a>>,
}

/// A field that some sources write as text, and others as something else.
#[derive(Deserialize)]
#[serde(untagged)]
enum TextShape<'a> {
    Text(&'a str),
    Other(IgnoredAny),
}

/// The field of a record that shows which source sent its batch.
#[derive(Deserialize)]
struct RecordShape<'a> {
    // AWS services write it in both ways.
    #[serde(borrow, default, rename = "eventSource", alias = "EventSource")]
    event_source: Option<&'a str>,
}

impl PayloadShape<'_> {
    /// Returns whether the payload is an `EventBridge` event whose field `source` is `source`.
    #[must_use]
    pub fn is_from(&self, source: &str) -> bool {
        self.source == Some(source)
    }

    /// Returns whether the payload is the event of a schedule, from an `EventBridge` rule or from `EventBridge`
    /// Scheduler.
    #[must_use]
    pub fn is_of_schedule(&self) -> bool {
        self.is_from("aws.events") || self.is_from("aws.scheduler")
    }

    /// Returns whether the payload is an `EventBridge` event of any source but schedules and buckets, whose events have
    /// types of their own.
    #[must_use]
    pub fn is_of_eventbridge(&self) -> bool {
        let has_other_type = self.is_of_schedule() || self.is_from("aws.s3");
        self.detail_type.is_some() && self.source.is_some() && !has_other_type
    }

    /// Returns whether the payload is an event of this step of a user pool: `PreSignUp` for `PreSignUp_SignUp`.
    #[must_use]
    pub fn is_of_user_pool(&self, step: &str) -> bool {
        let Some(TextShape::Text(source)) = self.trigger_source else { return false };
        source.split_once('_').is_some_and(|(found, _)| found == step)
    }

    /// Returns whether the payload has this text in its field `version`.
    #[must_use]
    pub fn has_version(&self, version: &str) -> bool {
        matches!(self.version, Some(TextShape::Text(found)) if found == version)
    }

    /// Returns whether the payload is a batch of a Kafka topic, of Amazon MSK or of another cluster.
    #[must_use]
    pub fn is_of_kafka(&self) -> bool {
        matches!(self.event_source, Some(TextShape::Text("aws:kafka" | "SelfManagedKafka")))
    }

    /// Returns whether the payload is a batch of a broker of Amazon MQ.
    #[must_use]
    pub fn is_of_mq(&self) -> bool {
        matches!(self.event_source, Some(TextShape::Text("aws:mq" | "aws:rmq")))
    }

    /// Returns whether the payload is a batch of a cluster of Amazon `DocumentDB`.
    #[must_use]
    pub fn is_of_documentdb(&self) -> bool {
        matches!(self.event_source, Some(TextShape::Text("aws:docdb")))
    }

    /// Returns whether the payload is the event of a log group.
    #[must_use]
    pub fn is_of_logs(&self) -> bool {
        self.awslogs.is_some()
    }

    /// Returns whether the payload is a request of Alexa.
    #[must_use]
    pub fn is_of_alexa(&self) -> bool {
        self.request.is_some() && self.context.is_some() && self.has_version("1.0")
    }

    /// Returns whether the payload is a request of CloudFormation for a custom resource.
    #[must_use]
    pub fn is_of_custom_resource(&self) -> bool {
        self.request_type.is_some() && self.response_url.is_some()
    }

    /// Returns whether the payload is the call of a hook by CodeDeploy.
    #[must_use]
    pub fn is_of_deployment_hook(&self) -> bool {
        self.deployment_id.is_some() && self.hook_execution_id.is_some()
    }

    /// Returns whether the payload is a batch whose first record has `source` in its field `eventSource`.
    #[must_use]
    pub fn has_records_of(&self, source: &str) -> bool {
        self.records.first().is_some_and(|record| record.event_source == Some(source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_of_records_is_read_from_both_spellings_of_its_key() {
        for key in ["eventSource", "EventSource"] {
            let payload = format!(r#"{{"Records":[{{"{key}":"aws:sqs"}}]}}"#);
            let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
            assert!(shape.has_records_of("aws:sqs"), "{key}");
            assert!(!shape.has_records_of("aws:s3"), "{key}");
        }
        let shape: PayloadShape<'_> =
            serde_json::from_str(r#"{"Records":[{"source":"aws:sqs"}]}"#).unwrap();
        assert!(!shape.has_records_of("aws:sqs"));
    }

    #[test]
    fn events_of_schedules_and_buckets_are_no_events_of_a_rule() {
        let is_event = |json: &str| {
            serde_json::from_str::<PayloadShape<'_>>(json).unwrap().is_of_eventbridge()
        };
        assert!(is_event(r#"{"source":"shop","detail-type":"placed","detail":{}}"#));
        assert!(is_event(r#"{"source":"aws.ec2","detail-type":"x"}"#));
        for source in ["aws.events", "aws.scheduler", "aws.s3"] {
            assert!(!is_event(&format!(r#"{{"source":"{source}","detail-type":"x"}}"#)));
        }
        assert!(!is_event(r#"{"source":"shop"}"#) && !is_event(r#"{"detail-type":"x"}"#));
    }
}
