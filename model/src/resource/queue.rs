//! `queue`: an SQS queue with a dead-letter queue behind it.

use serde::Serialize;

use crate::bounded::bounded;
use crate::limits;
use crate::name::QueueName;

bounded! {
    /// Seconds for which a message that was received stays hidden from others.
    Visibility: limits::SQS_VISIBILITY_SECONDS, "visibility timeout", "s";
    /// How often a message is received before it goes to the dead-letter queue.
    MaxReceives: limits::SQS_MAX_RECEIVES, "receive count", "";
}

impl MaxReceives {
    /// AWS's advice for a queue that feeds a function.
    pub const DEFAULT: Self = Self(limits::DEFAULT_MAX_RECEIVES);
}

/// What was set on a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<QueueName>,
    /// Whether it keeps the order of its messages and takes each once.
    pub fifo: bool,
    /// Its visibility timeout; else six times the longest timeout of the functions that it feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
    /// When a message goes to the dead-letter queue.
    pub max_receives: MaxReceives,
}

impl Default for Queue {
    fn default() -> Self {
        Self { name: None, fifo: false, visibility: None, max_receives: MaxReceives::DEFAULT }
    }
}
