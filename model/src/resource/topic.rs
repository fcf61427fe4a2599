//! The kind `topic` of resources: an encrypted SNS topic. This module has the settings and the definition of
//! the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::name::{InvalidName, TopicName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};

/// The settings of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// The name of the topic, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<TopicName>,
    /// Whether the topic is a FIFO topic, which keeps the order of its messages and delivers each message only
    /// once.
    pub fifo: bool,
    /// Whether the topic refuses requests that are not encrypted.
    pub tls_only: bool,
}

const PUBLISH: &[ApiCall] =
    &[ApiCall::new("Publish", "sns:Publish"), ApiCall::new("PublishBatch", "sns:Publish")];

/// The form of the ARNs of topics.
pub const ARN: ArnForm = ArnForm::TOPIC;

impl KindDefinition for Topic {
    const WITH_ARTICLE: &'static str = "a topic";
    const MINIMAL_DECLARATION: &'static str = "topic";
    const VARIABLE_SUFFIX: &'static str = "TOPIC_ARN";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::SNS::Topic"];
    const PARAMETER: ParameterContent = ParameterContent::TOPIC;
    const ARN_SERVICE: &'static str = "sns";
    const ARN_PREFIX: &'static str = "";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = true;
    const RESULTS: &'static [Outcome] = &Outcome::ALL;
    const FAILURE_DESTINATION: Option<FailureDestination> = Some(FailureDestination {
        rank: 1,
        actions_on_itself: &["sns:Publish"],
        actions_on_objects: &[],
    });
    const KEY_PROPERTY: Option<&'static str> = Some("KmsMasterKeyId");
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] =
        &[(Access::Publish, &[PUBLISH])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(TopicName::as_str)
    }

    fn is_fifo(&self) -> bool {
        self.fifo
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        TopicName::try_from(name).map(drop)
    }
}
