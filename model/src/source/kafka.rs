//! The source `kafka`: a function that Lambda invokes with the records of a topic in a Kafka cluster that is not one of
//! Amazon MSK. This module has the trigger, how Lambda reaches and authenticates with the cluster, and its checks.

use serde::Serialize;

use super::batch_concurrency::BatchConcurrency;
use super::facts::SourceFacts;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::topic_trigger;
use super::trigger_source::{ResumeConflict, TriggerResource, TriggerSource, secret_resources};
use crate::aws::limits;
use crate::aws::mapping::kafka::KafkaMapping;
use crate::aws::mapping::kafka_access::{CA_KEY, KafkaAuth, KafkaCredentials, SchemaRegistry};
use crate::aws::mapping::secret_access::{SECRET_KEY, declared_secret, secret_parameter};
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::aws::value::{ArnReference, CfnValue, UsedParameter};
use crate::message::Message;
use crate::messages::kafka as messages;
use crate::number_setting::NumberFields;
use crate::problem::Problems;

/// The properties that all triggers of the source `kafka` share.
pub(super) const FACTS: &SourceFacts = topic_trigger::FACTS;

/// The methods by which Lambda authenticates with a self-managed cluster.
pub const AUTHS: &[(&str, KafkaAuth)] = &[
    ("plain", KafkaAuth::Plain),
    ("scram_256", KafkaAuth::Scram256),
    ("scram_512", KafkaAuth::Scram512),
    ("mutual_tls", KafkaAuth::MutualTls),
    ("oauth_bearer", KafkaAuth::OauthBearer),
    ("iam", KafkaAuth::Iam),
    ("iam_oauth_bearer", KafkaAuth::IamOauthBearer),
];

/// The content of a template parameter that is a bootstrap server.
const SERVER_PARAMETER: ParameterContent = ParameterContent::name(
    "DNS name and port of a Kafka broker",
    NameLetters::ArnPart,
    &(1..=limits::BOOTSTRAP_SERVER_LEN),
);

/// The content of a template parameter that is a subnet.
const SUBNET_PARAMETER: ParameterContent =
    ParameterContent::name("ID of a subnet", NameLetters::Plain, &(1..=limits::ACCESS_VALUE_LEN));

/// The content of a template parameter that is a security group.
const GROUP_PARAMETER: ParameterContent = ParameterContent::name(
    "ID of a security group",
    NameLetters::Plain,
    &(1..=limits::ACCESS_VALUE_LEN),
);

/// The IAM action by which Lambda gets a token for the function's role.
pub const TOKEN_ACTIONS: &[&str] = &["sts:GetWebIdentityToken"];

/// What Lambda requests a token of OAuth with, if the user set it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OauthRequest {
    /// The scope of the token.
    #[serde(rename = "oauth_scope", skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The audience of the token.
    #[serde(rename = "oauth_audience", skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The logical cluster of Confluent Cloud.
    #[serde(rename = "oauth_logical_cluster", skip_serializing_if = "Option::is_none")]
    pub logical_cluster: Option<String>,
    /// The identity pool of Confluent Cloud.
    #[serde(rename = "oauth_identity_pool", skip_serializing_if = "Option::is_none")]
    pub identity_pool: Option<String>,
}

impl OauthRequest {
    /// Returns the values that the user set: each with its key, Lambda's name for it, and whether it also belongs to
    /// `auth = iam_oauth_bearer`.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &'static str, bool, &str)> {
        [
            ("oauth_scope", "OAUTHBEARER_SCOPE", false, &self.scope),
            ("oauth_audience", "OAUTHBEARER_AUDIENCE", true, &self.audience),
            ("oauth_logical_cluster", "OAUTHBEARER_LOGICAL_CLUSTER", false, &self.logical_cluster),
            ("oauth_identity_pool", "OAUTHBEARER_IDENTITY_POOL", false, &self.identity_pool),
        ]
        .into_iter()
        .filter_map(|(key, name, of_iam, value)| Some((key, name, of_iam, value.as_deref()?)))
    }
}

/// A trigger on a topic of a self-managed Kafka cluster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kafka {
    /// The bootstrap servers of the cluster, each with its port.
    pub servers: Vec<CfnValue>,
    /// How Lambda authenticates with the cluster.
    #[serde(flatten)]
    pub credentials: KafkaCredentials,
    /// What Lambda requests a token of OAuth with.
    #[serde(flatten)]
    pub oauth: OauthRequest,
    /// The secret with the certificate of the authority that signed those of the brokers, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<ArnReference>,
    /// The subnets in which Lambda reaches the cluster; none for a cluster on the internet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subnets: Vec<CfnValue>,
    /// The security groups with which Lambda reaches the cluster in its subnets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<CfnValue>,
    /// The number of partitions of one batch that the runtime processes at the same time, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_concurrency: Option<BatchConcurrency>,
    /// The settings of the event source mapping of the topic.
    #[serde(flatten)]
    pub mapping: KafkaMapping,
}

impl Kafka {
    /// Returns the key that has a mistake in how Lambda reaches the cluster, and the message. Returns `None` if there is
    /// no mistake.
    #[must_use]
    pub fn check_access(&self) -> Option<(&'static str, Message)> {
        let auth = self.credentials.auth;
        for (key, _, of_iam, _) in self.oauth.values() {
            let belongs = auth == Some(KafkaAuth::OauthBearer)
                || of_iam && auth == Some(KafkaAuth::IamOauthBearer);
            if !belongs {
                let owners =
                    if of_iam { "oauth_bearer` or `iam_oauth_bearer" } else { "oauth_bearer" };
                return Some((key, messages::key_of_other_auth(key, owners)));
            }
        }
        if auth == Some(KafkaAuth::IamOauthBearer) && self.oauth.audience.is_none() {
            return Some(("auth", messages::audience_missing()));
        }
        match (self.subnets.is_empty(), self.security_groups.is_empty()) {
            (false, true) => Some(("subnets", messages::half_of_vpc("security_groups"))),
            (true, false) => Some(("security_groups", messages::half_of_vpc("subnets"))),
            (true, true) if auth.is_none() => Some(("", messages::open_cluster())),
            _ => None,
        }
    }
}

impl TriggerSource for Kafka {
    fn summary(&self) -> String {
        format!("kafka topic {}", self.mapping.topic)
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
        let ca = declared_secret(CA_KEY, self.ca.as_ref());
        let registry = self.mapping.schema_registry.iter().flat_map(SchemaRegistry::secrets);
        secret_resources(own.into_iter().chain(ca).chain(registry))
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.mapping.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let lists = [
            ("servers", &self.servers, SERVER_PARAMETER),
            ("subnets", &self.subnets, SUBNET_PARAMETER),
            ("security_groups", &self.security_groups, GROUP_PARAMETER),
        ];
        let mut parameters = Vec::new();
        for (key, list, content) in lists {
            let names = list.iter().filter_map(CfnValue::param);
            parameters.extend(names.map(|name| UsedParameter { key, name, content }));
        }
        parameters.extend(self.credentials.template_parameters());
        parameters.extend(secret_parameter(CA_KEY, self.ca.as_ref()));
        parameters.extend(self.mapping.template_parameters());
        parameters
    }

    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        topic_trigger::check_topics(triggers, |it| it.servers.clone(), resources, problems);
    }
}
