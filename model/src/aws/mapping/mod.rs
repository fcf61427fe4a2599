//! Event source mappings, through which Lambda polls queues and streams: the settings that all of them have.
//! The settings of streams are in [`stream`], and the destinations of failed records in
//! [`failure_destination`], and those of Kafka in [`kafka`].

pub mod failure_destination;
pub mod kafka;
pub mod kafka_access;
pub mod keys;
pub mod secret_access;
pub mod stream;

use serde::Serialize;

use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::node::Node;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{CfnValue, UsedParameter};
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::triggers;
use crate::number_setting::NumberParameters;

bounded! {
    /// How long Lambda gathers records into a batch, in seconds; Lambda's default is 0.
    BatchWindow: limits::BATCH_WINDOW_SECONDS, "batch window", "s",
        parameter "Batch window in seconds";
}

/// The settings that every event source mapping can have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventSourceMapping {
    /// How long Lambda gathers records into a batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_window: Option<BatchWindow>,
    /// Whether the mapping is active after the deployment.
    pub enabled: bool,
    /// The template parameter that says whether the mapping is active. It is active in checks then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_by: Option<ParameterName>,
    /// The event filters of the mapping. A record that matches none of the filters is dropped; without filters,
    /// no record is dropped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Node>,
    /// The ARN of the KMS key that encrypts the filters; `None` means Lambda's own key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key: Option<CfnValue>,
    /// Whether Lambda counts the records that the mapping reads, drops and delivers, which costs money.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub metrics: bool,
    /// The numbers of the whole mapping that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
}

impl Default for EventSourceMapping {
    fn default() -> Self {
        Self {
            batch_window: None,
            enabled: true,
            enabled_by: None,
            filters: Vec::new(),
            kms_key: None,
            metrics: false,
            from_parameters: NumberParameters::default(),
        }
    }
}

impl EventSourceMapping {
    /// The key for the KMS key that encrypts the filters.
    pub const KMS_KEY: &'static str = "kms_key";

    /// Returns whether the mapping delivers every record of its event source: it is active, and has no filters.
    #[must_use]
    pub const fn delivers_every_record(&self) -> bool {
        self.enabled && self.filters.is_empty()
    }

    /// Returns the message that a batch window has no effect on batches of one record. `batch_size` is the number of
    /// records that the user set. Returns `None` if the batch window has an effect, or is not set.
    #[must_use]
    pub fn check_window(&self, batch_size: Option<u32>) -> Option<Message> {
        let window = self.batch_window.filter(|window| window.get() > 0)?;
        (batch_size == Some(1)).then(|| triggers::window_of_one_record(window.get()))
    }

    /// Returns the key of a number that is a parameter and has no effect with another setting, with the message.
    /// `batch_size` is the greatest number of records in a batch. The reader of the attribute checked all other numbers.
    #[must_use]
    pub(crate) fn check_parameters(
        &self,
        batch_size: Option<u32>,
    ) -> Option<(&'static str, Message)> {
        let is_parameter =
            [keys::BATCH_SIZE, keys::BATCH_WINDOW].iter().any(|key| self.from_parameters.has(key));
        let message = self.check_window(batch_size).filter(|_| is_parameter)?;
        Some((keys::BATCH_WINDOW, message))
    }

    /// Returns the template parameters that the mapping refers to, each with the content that it has to have.
    pub(crate) fn template_parameters(&self) -> impl Iterator<Item = UsedParameter<'_>> {
        let key = self.kms_key.iter().filter_map(CfnValue::param).map(|name| UsedParameter {
            key: Self::KMS_KEY,
            name,
            content: ParameterContent::KMS_KEY,
        });
        let enabled = self.enabled_by.iter().map(|name| UsedParameter {
            key: "enabled",
            name,
            content: ParameterContent::SWITCH,
        });
        key.chain(enabled).chain(self.from_parameters.uses())
    }
}
