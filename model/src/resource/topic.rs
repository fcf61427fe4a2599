//! `topic`: an encrypted SNS topic.

use serde::Serialize;

use super::Declared;
use crate::access::{Access, Call};
use crate::name::{InvalidName, TopicName};

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

impl Declared for Topic {
    const VARIABLE: &'static str = "TOPIC_ARN";
    const PARAMETER: &'static str = "ARN of an SNS topic";
    const SERVICE: &'static str = "sns";

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(TopicName::as_str)
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        TopicName::try_from(name).map(drop)
    }

    fn calls(access: Access) -> Vec<Call> {
        match access {
            Access::Publish => {
                vec![Call::new("Publish", "sns:Publish"), Call::new("PublishBatch", "sns:Publish")]
            }
            _ => Vec::new(),
        }
    }
}
