//! `topic`: an encrypted SNS topic.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::Call;
use crate::aws::name::{InvalidName, TopicName};

/// What was set on a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<TopicName>,
    /// Whether it keeps the order of its messages and delivers each once.
    pub fifo: bool,
    /// Whether requests that are not encrypted on the way are refused.
    pub tls_only: bool,
}

const PUBLISH: &[Call] =
    &[Call::new("Publish", "sns:Publish"), Call::new("PublishBatch", "sns:Publish")];

impl Declared for Topic {
    const WITH_ARTICLE: &'static str = "a topic";
    const DECLARATION: &'static str = "topic";
    const VARIABLE: &'static str = "TOPIC_ARN";
    const PARAMETER: &'static str = "ARN of an SNS topic";
    const SERVICE: &'static str = "sns";
    const ARN: &'static str = "";
    const GLOBAL: bool = false;
    const RETAINED: bool = false;
    const FIFO: bool = true;
    const DESTINATION: Option<Destination> =
        Some(Destination { rank: 1, itself: &["sns:Publish"], objects: &[] });
    const CALLS: &'static [(Access, &'static [&'static [Call]])] = &[(Access::Publish, &[PUBLISH])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(TopicName::as_str)
    }

    fn is_fifo(&self) -> bool {
        self.fifo
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        TopicName::try_from(name).map(drop)
    }
}
