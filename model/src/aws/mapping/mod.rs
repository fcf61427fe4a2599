//! What event source mappings have in common, whatever they read from: how Lambda gathers a batch,
//! which records it drops, and where it puts those that the function never could take.

pub mod failure_destination;
pub mod stream;

use serde::Serialize;

use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::node::Node;
use crate::aws::value::CfnValue;
use crate::bounded::bounded;

bounded! {
    /// Seconds for which records are gathered into a batch; Lambda's default is 0.
    BatchWindow: limits::BATCH_WINDOW_SECONDS, "batch window", "s";
}

/// What a template says of a parameter that names the key of the filters.
const KMS_KEY: &str = "ARN of a KMS key";

/// What can be set on the mapping of every source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventSourceMapping {
    /// Seconds for which records are gathered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_window: Option<BatchWindow>,
    /// Whether the mapping works once deployed.
    pub enabled: bool,
    /// Event filters: a record that matches none of them is dropped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Node>,
    /// The ARN of the key that encrypts the filters; Lambda's own where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<CfnValue>,
    /// Whether Lambda counts what the mapping reads, drops and delivers, which costs money.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub metrics: bool,
}

impl Default for EventSourceMapping {
    fn default() -> Self {
        Self {
            batch_window: None,
            enabled: true,
            filters: Vec::new(),
            kms_key: None,
            metrics: false,
        }
    }
}

impl EventSourceMapping {
    /// The template parameters that it needs, and what they are.
    pub(crate) fn template_parameters(
        &self,
    ) -> impl Iterator<Item = (&ParameterName, &'static str)> {
        self.kms_key.iter().filter_map(|key| Some((key.param()?, KMS_KEY)))
    }
}
