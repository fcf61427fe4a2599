//! The source `msk`: a function that Lambda invokes with the records of a topic in a cluster of Amazon MSK. This module
//! has the trigger, the forms of a cluster, and the IAM actions that Lambda needs.
// See decision 0110.

use serde::Serialize;

use super::batch_concurrency::BatchConcurrency;
use super::facts::SourceFacts;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::topic_trigger;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource, secret_resources};
use crate::aws::arn::Arn;
use crate::aws::mapping::kafka::KafkaMapping;
use crate::aws::mapping::kafka_access::{KafkaAuth, KafkaCredentials, SchemaRegistry};
use crate::aws::mapping::secret_access::{SECRET_KEY, ServerReference, declared_secret};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::number_setting::NumberFields;
use crate::problem::Problems;

/// The properties that all triggers of the source `msk` share.
pub(super) const FACTS: &SourceFacts = topic_trigger::FACTS;

/// The methods by which Lambda authenticates with a cluster of MSK.
pub const AUTHS: &[(&str, KafkaAuth)] = &[
    ("iam", KafkaAuth::Iam),
    ("scram_512", KafkaAuth::Scram512),
    ("mutual_tls", KafkaAuth::MutualTls),
    ("none", KafkaAuth::None),
];

/// The IAM actions that Lambda needs on the cluster. AWS: "Configuring Lambda permissions for Amazon MSK event source
/// mappings". Lambda needs one of `DescribeCluster` and `DescribeClusterV2`, and only the latter for every cluster.
pub const CLUSTER_ACTIONS: &[&str] = &["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"];

/// The IAM action that Lambda needs on a VPC connection to the cluster of another account.
pub const CONNECTION_ACTIONS: &[&str] = &["kafka:DescribeVpcConnection"];

/// The IAM action that Lambda needs on the cluster to use a secret for SCRAM.
pub const SCRAM_ACTIONS: &[&str] = &["kafka:ListScramSecrets"];

/// The IAM actions that Lambda needs on a cluster that authenticates with IAM.
pub const IAM_CLUSTER_ACTIONS: &[&str] =
    &["kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"];

/// The IAM actions that Lambda needs on the topic, if the cluster authenticates with IAM.
pub const IAM_TOPIC_ACTIONS: &[&str] = &["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"];

/// The IAM actions that Lambda needs on the consumer group, if the cluster authenticates with IAM.
pub const IAM_GROUP_ACTIONS: &[&str] = &["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"];

/// The IAM actions that Lambda needs on the topic of failed records, if the cluster authenticates with IAM.
pub const IAM_DESTINATION_ACTIONS: &[&str] =
    &["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"];

/// The example of the ARN of a cluster, for messages.
pub const EXAMPLE_ARN: &str =
    "arn:aws:kafka:eu-west-1:123456789012:cluster/NAME/01234567-89ab-cdef-0123-456789abcdef-1";

/// The content of a template parameter that is the ARN of a cluster.
pub const CLUSTER_PARAMETER: ParameterContent = ParameterContent::arn(
    "ARN of an MSK cluster",
    &[ArnForm {
        service: "kafka",
        is_global: false,
        prefix: "cluster/",
        name: "[A-Za-z0-9-]+/[A-Za-z0-9-]+",
    }],
);

/// The parts of the ARN of a cluster, or of a VPC connection.
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
    /// The id of the cluster. `None` in the ARN of a VPC connection, which has an id of its own.
    pub id: Option<&'a str>,
}

impl<'a> ClusterArn<'a> {
    /// Parses an ARN. Returns `None` if it is neither of a cluster nor of a VPC connection.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let arn =
            Arn::parse(text).filter(|it| it.service == "kafka" && it.has_region_and_account())?;
        let parts: Vec<&str> = arn.resource.split('/').collect();
        let is_plain = |part: &&str| {
            !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        };
        if !parts.iter().all(is_plain) {
            return None;
        }
        let Arn { partition, region, account, .. } = arn;
        let (account, name, id) = match *parts.as_slice() {
            ["cluster", name, id] => (account, name, Some(id)),
            ["vpc-connection", account, name, _] => (account, name, None),
            _ => return None,
        };
        Some(Self { partition, region, account, name, id })
    }

    /// Returns whether the ARN is that of a VPC connection.
    #[must_use]
    pub const fn is_connection(&self) -> bool {
        self.id.is_none()
    }
}

/// A trigger on a topic of a cluster of Amazon MSK.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Msk {
    /// The cluster that has the topic, or a VPC connection to one of another account.
    pub cluster: ServerReference,
    /// How Lambda authenticates with the cluster.
    #[serde(flatten)]
    pub credentials: KafkaCredentials,
    /// The number of partitions of one batch that the runtime processes at the same time, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_concurrency: Option<BatchConcurrency>,
    /// The settings of the event source mapping of the topic.
    #[serde(flatten)]
    pub mapping: KafkaMapping,
}

impl Msk {
    /// Returns how Lambda authenticates with the cluster. Without a setting, it is the way that needs no secret.
    #[must_use]
    pub fn auth(&self) -> KafkaAuth {
        self.credentials.auth.unwrap_or(KafkaAuth::Iam)
    }
}

impl TriggerSource for Msk {
    fn summary(&self) -> String {
        format!("msk topic {}", self.mapping.topic)
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        topic_trigger::resume_conflicts()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        self.batch_concurrency
    }

    fn kafka_mapping(&self) -> Option<&KafkaMapping> {
        Some(&self.mapping)
    }

    fn secrets(&self) -> Vec<TriggerResource<'_>> {
        let own = declared_secret(SECRET_KEY, self.credentials.secret.as_ref());
        let registry = self.mapping.schema_registry.iter().flat_map(SchemaRegistry::secrets);
        secret_resources(own.into_iter().chain(registry))
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.mapping.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let cluster = self.cluster.template_parameter("cluster", CLUSTER_PARAMETER);
        let more = [self.credentials.template_parameters(), self.mapping.template_parameters()];
        cluster.into_iter().chain(more.into_iter().flatten()).collect()
    }

    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        topic_trigger::check_topics(triggers, |it| it.cluster.clone(), resources, problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arn_of_a_cluster_or_of_a_connection_has_its_parts() {
        let cluster = ClusterArn::parse(EXAMPLE_ARN).unwrap();
        assert_eq!((cluster.name, cluster.account), ("NAME", "123456789012"));
        assert!(!cluster.is_connection());
        let arn = "arn:aws:kafka:eu-west-1:123456789012:vpc-connection/210987654321/shop/0a-1";
        let connection = ClusterArn::parse(arn).unwrap();
        assert_eq!((connection.name, connection.account), ("shop", "210987654321"));
        assert!(connection.is_connection());
        for wrong in [
            "arn:aws:kafka:eu-west-1:123456789012:cluster/shop",
            "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/*",
            "arn:aws:kafka:eu-west-1:123456789012:topic/shop/0a/orders",
            "arn:aws:kinesis:eu-west-1:123456789012:cluster/shop/0a",
        ] {
            assert_eq!(ClusterArn::parse(wrong), None, "{wrong}");
        }
        assert!(CLUSTER_PARAMETER.accepts(EXAMPLE_ARN) && !CLUSTER_PARAMETER.accepts(arn));
    }
}
