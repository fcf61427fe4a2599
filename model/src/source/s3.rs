//! The source `s3`: a function that is invoked when objects of a bucket are created, removed or changed. This
//! module has the trigger, the event types of S3, and the checks.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource};
use crate::aws::key_filter::KeyFilter;
use crate::aws::name::BucketName;
use crate::aws::node::Node;
use crate::aws::value::{ResourceReference, UsedParameter};
use crate::message::Message;
use crate::messages::{loops, triggers as messages};
use crate::problem::Problems;
use crate::resource::bucket::Bucket;
use crate::resource::{Resource, ResourceIdentity, ResourceKind, ResourceSettings, ViewPart};

/// The properties that all triggers of the source `s3` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("S3Event").with_schema(EVENT),
        EventType::record("S3EventRecord").with_schema(RECORD),
    ],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// The schema of the event of a bucket, or of EventBridge for an existing bucket. AWS: "Event message
/// structure".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "an event of a bucket",
    fields: &[
        "Records",
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
    ],
    advice: messages::S3_EVENT_ADVICE,
    unique: None,
};

/// The schema of a record in the event of a bucket. The record is the same whether the event comes from S3 or
/// from EventBridge.
const RECORD: &PayloadSchema = &PayloadSchema {
    name: "a record of a bucket's event",
    fields: &[
        "s3",
        "eventName",
        "eventTime",
        "eventSource",
        "eventVersion",
        "awsRegion",
        "userIdentity",
        "requestParameters",
        "responseElements",
    ],
    advice: messages::S3_RECORD_ADVICE,
    unique: None,
};

/// The event types of S3, from the S3 guide's page "Event notification types".
const EVENTS: &[&str] = &[
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectAnnotation:Delete",
    "s3:ObjectRetention:Put",
    "s3:ObjectAcl:Put",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:Replication:OperationNotTracked",
];

/// An event type of S3, such as `s3:ObjectCreated:*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct S3EventType(&'static str);

impl S3EventType {
    /// The event type of all objects that are put, posted, copied or uploaded in parts.
    pub const CREATED: Self = Self("s3:ObjectCreated:*");

    /// Returns the names of all event types in AWS's notation.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        EVENTS
    }

    /// Parses an event type in AWS's notation, with or without `s3:`. Returns `None` if S3 has no such event
    /// type.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bare = |kind: &str| kind == text || kind.strip_prefix("s3:") == Some(text);
        EVENTS.iter().find(|kind| bare(kind)).map(|kind| Self(kind))
    }

    /// Returns the event type in AWS's notation.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns whether S3 sends this event type to EventBridge. The events of an existing bucket come through
    /// EventBridge, so an existing bucket can send only these event types.
    #[must_use]
    pub fn is_sent_to_eventbridge(self) -> bool {
        let only_s3 = [
            "s3:ReducedRedundancyLostObject",
            "s3:Replication:",
            "s3:ObjectAnnotation:",
            "s3:ObjectRetention:",
        ];
        only_s3.iter().all(|stem| !self.0.starts_with(stem))
    }

    /// Returns whether one event can be of both event types.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let within = |wide: &str, narrow: &str| {
            wide.strip_suffix('*').is_some_and(|stem| narrow.starts_with(stem))
        };
        self == other || within(self.0, other.0) || within(other.0, self.0)
    }
}

/// The way by which the events of a bucket reach a function.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum S3Channel {
    /// The bucket notifies the function itself, or sends its events to EventBridge if it exists already.
    #[default]
    Default,
    /// The bucket sends its events to EventBridge.
    EventBridge,
}

impl S3Channel {
    /// All words for a channel in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] = &[("event_bridge", Self::EventBridge)];

    /// Returns whether this is the default.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_default(&self) -> bool {
        *self == Self::Default
    }
}

/// A trigger on a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct S3 {
    /// The bucket that triggers the function.
    pub bucket: ResourceReference<BucketName>,
    /// The event types that trigger the function, at least one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<S3EventType>,
    /// The prefix of the keys of matching objects, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<KeyFilter>,
    /// The suffix of the keys of matching objects, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<KeyFilter>,
    /// The way by which the events reach the function.
    #[serde(skip_serializing_if = "S3Channel::is_default")]
    pub through: S3Channel,
}

/// The property with the notifications that a bucket sends to functions.
const FUNCTION_NOTIFICATIONS: &str = "LambdaConfigurations";

/// A way in which the typed client of a bucket creates an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BucketWrite {
    /// In one request.
    Put,
    /// In parts.
    Upload,
}

impl BucketWrite {
    /// All ways to create an object.
    pub const ALL: [Self; 2] = [Self::Put, Self::Upload];

    /// Returns the event type that S3 sends for an object that was created in this way.
    const fn event_type(self) -> S3EventType {
        match self {
            Self::Put => S3EventType("s3:ObjectCreated:Put"),
            Self::Upload => S3EventType("s3:ObjectCreated:CompleteMultipartUpload"),
        }
    }
}

impl S3 {
    /// Returns whether the event types of the trigger include that of an object that was created in this way.
    #[must_use]
    pub fn follows(&self, write: BucketWrite) -> bool {
        self.events.iter().any(|event| event.overlaps(write.event_type()))
    }

    /// Returns whether the trigger has a prefix or a suffix.
    #[must_use]
    pub const fn has_filter(&self) -> bool {
        self.prefix.is_some() || self.suffix.is_some()
    }

    /// Returns whether S3 would refuse the notifications of both triggers on one bucket, because one event can
    /// match both. S3 compares the encoded filters.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let text =
            |filter: &Option<KeyFilter>| filter.as_ref().map(KeyFilter::encode).unwrap_or_default();
        let (prefix, others) = (text(&self.prefix), text(&other.prefix));
        let prefixes = prefix.starts_with(&others) || others.starts_with(&prefix);
        let (suffix, others) = (text(&self.suffix), text(&other.suffix));
        let suffixes = suffix.ends_with(&others) || others.ends_with(&suffix);
        let kinds =
            self.events.iter().any(|kind| other.events.iter().any(|other| kind.overlaps(*other)));
        kinds && prefixes && suffixes
    }

    /// Checks that a bucket can send the events as the trigger wants them. Calls `report` with each mistake and its key.
    /// `notifications` is the list of the bucket's notifications that Skylift creates. Returns whether the bucket notifies
    /// the target itself: its notifications may not overlap.
    pub(crate) fn check_bucket(
        &self,
        bucket: &Resource,
        notifications: &str,
        report: &mut dyn FnMut(&'static str, Message),
    ) -> bool {
        let through_event_bridge = self.through == S3Channel::EventBridge;
        // Its events come through EventBridge, where filters can overlap.
        if bucket.existing.is_some() {
            if let Some(kind) = self.events.iter().find(|kind| !kind.is_sent_to_eventbridge()) {
                report("events", messages::event_of_existing_bucket(kind.as_str()));
            }
            if through_event_bridge {
                report("through", messages::through_of_existing_bucket());
            }
            return false;
        }
        if let Some(message) = self.check_versions(bucket) {
            report("events", message);
        }
        let replaced = if through_event_bridge {
            Self::check_eventbridge(bucket)
        } else {
            Self::check_properties(bucket, notifications)
        };
        if let Some(message) = replaced {
            report("bucket", message);
        }
        !through_event_bridge
    }

    /// Returns a message if the user's properties of the bucket turn off the events for EventBridge.
    fn check_eventbridge(bucket: &Resource) -> Option<Message> {
        let is_off = match bucket.properties.get("NotificationConfiguration") {
            Some(Node::Map(own)) => match own.get("EventBridgeConfiguration") {
                Some(Node::Map(own)) => own.get("EventBridgeEnabled") != Some(&Node::Bool(true)),
                Some(_) => true,
                None => false,
            },
            Some(_) => true,
            None => false,
        };
        is_off.then(|| messages::properties_replace_eventbridge(&bucket.ident))
    }

    /// Returns a message if the user's properties of the bucket set a list of notifications that Skylift creates, because
    /// it would replace Skylift's.
    fn check_properties(bucket: &Resource, notifications: &str) -> Option<Message> {
        let own = match bucket.properties.get("NotificationConfiguration") {
            Some(Node::Map(own)) => own.get(notifications).is_some(),
            Some(_) => true,
            None => false,
        };
        own.then(|| messages::properties_replace_notifications(&bucket.ident, notifications))
    }

    /// Returns a message if a bucket has no versions and the trigger follows delete markers, which only versions have.
    fn check_versions(&self, bucket: &Resource) -> Option<Message> {
        let ResourceSettings::Bucket(settings) = &bucket.settings else { return None };
        if settings.versioned || bucket.properties.get("VersioningConfiguration").is_some() {
            return None;
        }
        let event = self.events.iter().find(|it| it.0.ends_with(":DeleteMarkerCreated"))?;
        let ident = bucket.owner.is_none().then_some(bucket.ident.as_str());
        let bucket = messages::describe_bucket(ident);
        Some(messages::event_of_unversioned_bucket(event.as_str(), &bucket))
    }
}

impl TriggerSource for S3 {
    fn resource(&self) -> Option<TriggerResource<'_>> {
        self.bucket.declared().map(|ident| TriggerResource {
            key: "bucket",
            ident,
            kind: ResourceKind::Bucket,
        })
    }

    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        (self.bucket == ResourceReference::Own)
            .then(|| ("Bucket", ResourceSettings::Bucket(Bucket::default())))
    }

    fn event_source(&self, resources: &ResourcesByIdent<'_>) -> Option<ResourceIdentity> {
        resources.identify(ResourceKind::Bucket, &self.bucket)
    }

    fn remedy_against_own_writes(&self) -> Option<&'static str> {
        let follows = BucketWrite::ALL.into_iter().any(|write| self.follows(write));
        (follows && !self.has_filter()).then_some(loops::FILTER_KEYS)
    }

    fn remedy_against_writes_of(&self, view: &ViewPart) -> Option<&'static str> {
        let follows = BucketWrite::ALL.into_iter().any(|write| self.follows(write));
        let prefix = self.prefix.as_ref().map_or("", KeyFilter::as_str);
        let has_keys = view.prefix().is_some_and(|own| own.starts_with(prefix));
        (follows && has_keys && self.suffix.is_none()).then_some(loops::FILTER_KEYS)
    }

    fn use_own_resource(&mut self, ident: &str) {
        self.bucket = ResourceReference::Declared(ident.to_owned());
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let content = ResourceKind::Bucket
            .parameter_content()
            .described("Name of an S3 bucket that sends its events to EventBridge");
        let bucket = self.bucket.param();
        bucket.map(|name| UsedParameter { key: "bucket", name, content }).into_iter().collect()
    }

    fn summary(&self) -> String {
        let bucket = match &self.bucket {
            ResourceReference::Own => "a bucket of its own".to_owned(),
            ResourceReference::Declared(name) => format!("bucket {name}"),
            ResourceReference::Named(name) => format!("bucket {name}"),
            ResourceReference::Arn(arn) => format!("bucket {arn}"),
            ResourceReference::Param(name) => format!("bucket of parameter {name}"),
        };
        let filter =
            [&self.prefix, &self.suffix].map(|part| part.as_ref().map_or("", KeyFilter::as_str));
        match filter {
            ["", ""] => format!("s3 {bucket}"),
            [prefix, suffix] => format!("s3 {bucket} {prefix}*{suffix}"),
        }
    }

    /// Checks that the notifications of one bucket do not overlap, and that an existing bucket can send the
    /// event types of its triggers.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut buckets: HashMap<&str, Vec<&LocatedTrigger<'_, Self>>> = HashMap::new();
        for located in triggers {
            let LocatedTrigger { index, trigger, .. } = *located;
            let Some(bucket) = trigger.bucket.declared() else {
                continue;
            };
            let notifies = match resources.find(Some(bucket)) {
                Some(resource) => {
                    let mut report = |key: &'static str, message| {
                        problems.push_for_trigger_key(index, key, message);
                    };
                    trigger.check_bucket(resource, FUNCTION_NOTIFICATIONS, &mut report)
                }
                None => trigger.through == S3Channel::Default,
            };
            if !notifies {
                continue;
            }
            let earlier = buckets.entry(bucket).or_default();
            if let Some(other) = earlier.iter().find(|other| trigger.overlaps(other.trigger)) {
                let message = messages::bucket_filters_overlap(&other.describe_from(index));
                problems.push_for_trigger(index, message);
            }
            earlier.push(located);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::key_filter::KeyEnd;

    fn s3(events: &[&str], prefix: &str, suffix: &str) -> S3 {
        S3 {
            bucket: ResourceReference::Own,
            events: events.iter().map(|kind| S3EventType::parse(kind).unwrap()).collect(),
            prefix: KeyFilter::parse(KeyEnd::Prefix, prefix).ok(),
            suffix: KeyFilter::parse(KeyEnd::Suffix, suffix).ok(),
            through: S3Channel::Default,
        }
    }

    #[test]
    fn filters_overlap_if_a_key_can_match_both() {
        let jpg = s3(&["ObjectCreated:*"], "in/", ".jpg");
        assert!(jpg.overlaps(&s3(&["ObjectCreated:Put"], "in/a/", ".jpg")));
        assert!(jpg.overlaps(&s3(&["ObjectCreated:*"], "", "")));
        assert!(!jpg.overlaps(&s3(&["ObjectCreated:*"], "in/", ".png")));
        assert!(!jpg.overlaps(&s3(&["ObjectCreated:*"], "out/", ".jpg")));
        assert!(!jpg.overlaps(&s3(&["ObjectRemoved:*"], "in/", ".jpg")));
        // S3 compares `%3D` with `3D`.
        assert!(s3(&["ObjectCreated:*"], "", "=").overlaps(&s3(&["ObjectCreated:*"], "", "3D")));
    }

    #[test]
    fn event_types_are_parsed_with_and_without_their_prefix() {
        assert_eq!(S3EventType::parse("ObjectCreated:*"), Some(S3EventType::CREATED));
        assert_eq!(S3EventType::parse("s3:ObjectCreated:*"), Some(S3EventType::CREATED));
        assert_eq!(S3EventType::parse("ObjectCreated"), None);
    }
}
