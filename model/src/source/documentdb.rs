//! The source `documentdb`: a function that Lambda invokes with the changes of the change stream of a cluster of Amazon
//! `DocumentDB`. This module has the trigger, the ARN of a cluster, and the IAM actions that Lambda needs.
// See decision 0120.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source, check_timeout,
};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource, secret_resources};
use super::waiting_service::WaitingService;
use crate::aws::alarms::AgeMetric;
use crate::aws::arn::Arn;
use crate::aws::limits;
use crate::aws::mapping::secret_access::{BasicAuth, ServerReference};
use crate::aws::mapping::stream::{StartingPosition, StreamBatchSize};
use crate::aws::mapping::{EventSourceMapping, keys};
use crate::aws::name::{CollectionName, DatabaseName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::messages::{servers, triggers};
use crate::number_setting::NumberFields;
use crate::problem::Problems;

/// The properties that all triggers of the source `documentdb` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[
        EventType::whole("DocumentDbEvent").with_schema(BATCH),
        EventType::record("DocumentDbEventRecord").with_schema(CHANGE),
        EventType::record("DocumentDbChange").with_schema(CHANGE),
    ],
    invocation: InvocationMode::Polled,
    is_tick: false,
    batch_response: None,
};

/// The schema of the event that Lambda creates from the changes of a change stream.
const BATCH: &PayloadSchema = &PayloadSchema {
    name: "a batch of changes of a cluster",
    fields: &["events", "eventSource", "eventSourceArn"],
    advice: servers::CLUSTER_BATCH_ADVICE,
    unique: None,
};

/// The schema of one change.
const CHANGE: &PayloadSchema = &PayloadSchema {
    name: "a change of a cluster",
    fields: &[
        "_id",
        "operationType",
        "fullDocument",
        "documentKey",
        "ns",
        "to",
        "updateDescription",
        "clusterTime",
        "txnNumber",
        "lsid",
    ],
    advice: servers::CHANGE_ADVICE,
    unique: None,
};

/// The IAM action that Lambda needs on the cluster. AWS: "Process Amazon `DocumentDB` events with Lambda".
pub const CLUSTER_ACTIONS: &[&str] = &["rds:DescribeDBClusters"];

/// The IAM action that Lambda needs on the parameter group of the cluster, whose name the trigger does not show.
pub const PARAMETER_GROUP_ACTIONS: &[&str] = &["rds:DescribeDBClusterParameters"];

/// The IAM action that Lambda needs on the subnet group of the cluster, whose name the trigger does not show.
pub const SUBNET_GROUP_ACTIONS: &[&str] = &["rds:DescribeDBSubnetGroups"];

/// The example of the ARN of a cluster, for messages.
pub const EXAMPLE_ARN: &str = "arn:aws:rds:eu-west-1:123456789012:cluster:NAME";

/// The content of a template parameter that is the ARN of a cluster.
pub const CLUSTER_PARAMETER: ParameterContent = ParameterContent::arn(
    "ARN of a DocumentDB cluster",
    &[ArnForm { service: "rds", is_global: false, prefix: "cluster:", name: "[a-z][a-z0-9-]*" }],
);

/// How long a function of a trigger on a cluster can run. Managed instances have no higher limit for it.
const LAMBDA: WaitingService = WaitingService {
    name: "Lambda",
    behind: "a change stream of DocumentDB",
    seconds: *limits::TIMEOUT_SECONDS.end(),
};

/// The parts of the ARN of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterArn<'a> {
    /// The partition of the cluster: `aws`.
    pub partition: &'a str,
    /// The region of the cluster.
    pub region: &'a str,
    /// The account of the cluster.
    pub account: &'a str,
    /// The name of the cluster.
    pub name: &'a str,
}

impl<'a> ClusterArn<'a> {
    /// Parses an ARN. Returns `None` if it is not the ARN of a cluster.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let arn =
            Arn::parse(text).filter(|it| it.service == "rds" && it.has_region_and_account())?;
        let name = arn.resource.strip_prefix("cluster:")?;
        let allowed = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let is_plain = name.bytes().all(allowed);
        let begins = name.starts_with(|it: char| it.is_ascii_lowercase());
        let Arn { partition, region, account, .. } = arn;
        (is_plain && begins).then_some(Self { partition, region, account, name })
    }
}

/// The document that a change of the kind `update` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FullDocument {
    /// No document: the fields that changed alone.
    Default,
    /// The document, as it is when the change is read.
    UpdateLookup,
}

impl FullDocument {
    /// The documents, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("update_lookup", Self::UpdateLookup), ("default", Self::Default)];

    /// Returns Lambda's name for the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::UpdateLookup => "UpdateLookup",
        }
    }
}

/// A trigger on the change stream of a database or of a collection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentDb {
    /// The cluster that has the database.
    pub cluster: ServerReference,
    /// The database whose changes trigger the function.
    pub database: DatabaseName,
    /// The collection whose changes trigger the function. Without it, it is every collection of the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<CollectionName>,
    /// The document that a change of the kind `update` has, if the user set it. By default, it has no document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_document: Option<FullDocument>,
    /// The position in the change stream at which the mapping begins to read.
    pub start: StartingPosition,
    /// The user and the password of the cluster.
    #[serde(flatten)]
    pub auth: BasicAuth,
    /// The maximum number of changes in a batch, if the user set it; Lambda's default is 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// The settings that every event source mapping can have. There are no filters.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl TriggerSource for DocumentDb {
    fn summary(&self) -> String {
        let database = &self.database;
        match &self.collection {
            Some(collection) => format!("documentdb collection {database}.{collection}"),
            None => format!("documentdb database {database}"),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(triggers::stream_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn mapping(&self) -> Option<&EventSourceMapping> {
        Some(&self.mapping)
    }

    fn polled_age_metric(&self) -> Option<AgeMetric> {
        Some(AgeMetric::IteratorAge)
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
        let cluster = self.cluster.template_parameter("cluster", CLUSTER_PARAMETER);
        let mapping = self.mapping.template_parameters();
        cluster.into_iter().chain(self.auth.template_parameters()).chain(mapping).collect()
    }

    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let changes = |it: &Self| (it.cluster.clone(), it.database.clone(), it.collection.clone());
        let message = triggers::two_triggers_on_one_source("change stream");
        check_one_trigger_per_source(triggers, changes, &message, problems);
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
    fn the_arn_of_a_cluster_has_its_parts() {
        let shop = "arn:aws:rds:eu-west-1:123456789012:cluster:shop";
        let cluster = ClusterArn::parse(shop).unwrap();
        assert_eq!((cluster.partition, cluster.name), ("aws", "shop"));
        assert_eq!((cluster.region, cluster.account), ("eu-west-1", "123456789012"));
        for wrong in [
            "arn:aws:rds:eu-west-1:123456789012:cluster:",
            "arn:aws:rds:eu-west-1:123456789012:cluster:9shop",
            "arn:aws:rds:eu-west-1:123456789012:cluster:Shop",
            "arn:aws:rds:eu-west-1:123456789012:cluster:a:b",
            "arn:aws:rds:eu-west-1:123456789012:db:shop",
            "arn:aws:docdb:eu-west-1:123456789012:cluster:shop",
            "arn:aws:docdb-elastic:eu-west-1:123456789012:cluster/shop",
            "arn:aws:rds:::cluster:shop",
        ] {
            assert_eq!(ClusterArn::parse(wrong), None, "{wrong}");
        }
        assert!(CLUSTER_PARAMETER.accepts(shop));
    }
}
