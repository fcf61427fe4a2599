//! The event source mappings of streams, both of Kinesis and of tables. Lambda reads the records of each
//! shard in order. It retries a batch until the function has processed it, its records are too old, or the
//! retries are used up. AWS: "`AWS::Lambda::EventSourceMapping`".
// See decision 0039 and decision 0042.

use serde::Serialize;

use super::{EventSourceMapping, failure_destination};
use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::value::ArnReference;
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::triggers;
use crate::timestamp::Timestamp;

bounded! {
    /// The maximum number of records in a batch; Lambda's default is 100.
    StreamBatchSize: limits::STREAM_BATCH_SIZE, "batch size", "";
    /// AWS's `ParallelizationFactor`: the number of batches of one shard that Lambda processes at the same
    /// time; Lambda's default is 1.
    ParallelizationFactor: limits::STREAM_PARALLELIZATION_FACTOR, "parallelization factor", "";
    /// The age in seconds at which Lambda gives up failed records; by default, Lambda never does.
    MaxRecordAge: limits::STREAM_RECORD_AGE_SECONDS, "record age", "s";
    /// How often Lambda retries a failed batch; by default, until its records expire.
    StreamRetries: limits::STREAM_RETRIES, "number of retries", "";
    /// The length of a tumbling window in seconds; 0 for no window.
    TumblingWindow: limits::STREAM_TUMBLING_WINDOW_SECONDS, "tumbling window", "s";
}

/// The position in a stream at which a new mapping begins to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingPosition {
    /// At records that arrive after the mapping has become active, which takes minutes.
    Latest,
    /// At the oldest record in the stream.
    TrimHorizon,
    /// At the first record since this point in time.
    At(Timestamp),
}

impl StartingPosition {
    /// The positions that are words of the grammar.
    pub const NAMES: [(&'static str, Self); 2] =
        [("latest", Self::Latest), ("trim_horizon", Self::TrimHorizon)];

    /// Returns Lambda's name for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Latest => "LATEST",
            Self::TrimHorizon => "TRIM_HORIZON",
            Self::At(_) => "AT_TIMESTAMP",
        }
    }
}

/// The settings of an event source mapping of a stream.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct StreamMapping {
    /// The maximum number of records in a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// The number of batches of one shard that Lambda processes at the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallelization_factor: Option<ParallelizationFactor>,
    /// Whether Lambda splits a failed batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bisect: Option<bool>,
    /// The age at which Lambda gives up failed records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_record_age: Option<MaxRecordAge>,
    /// How often Lambda retries a failed batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<StreamRetries>,
    /// Where to begin; by default, at the oldest record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<StartingPosition>,
    /// The tumbling window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tumbling_window: Option<TumblingWindow>,
    /// Where Lambda sends the metadata of records that it gave up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<ArnReference>,
    /// The settings of every event source mapping.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl StreamMapping {
    /// Returns the position at which Lambda begins.
    #[must_use]
    pub fn start(&self) -> StartingPosition {
        self.start.unwrap_or(StartingPosition::TrimHorizon)
    }

    /// Returns whether Lambda splits a failed batch. Lambda counts the retries of a batch, and gives up all
    /// that remains of it, including records that the function has not begun. So if Lambda gives up records
    /// at all, it has to split the batch until only the failing record remains. AWS: "Bisecting a batch" in
    /// "Configuring partial batch response".
    #[must_use]
    pub fn bisects(&self) -> bool {
        self.bisect.unwrap_or(self.retries.is_some() || self.max_record_age.is_some())
    }

    /// Returns whether the mapping has tumbling windows.
    #[must_use]
    pub fn has_window(&self) -> bool {
        self.tumbling_window.is_some_and(|window| window.get() > 0)
    }

    /// Returns the message for a tumbling window with a parallelization factor. The state of a window belongs
    /// to a shard, whose batches Lambda processes one after another.
    #[must_use]
    pub fn check_window(&self) -> Option<Message> {
        let window = self.tumbling_window.filter(|window| window.get() > 0)?.get();
        let factor = self.parallelization_factor.filter(|it| it.get() > 1)?.get();
        Some(triggers::parallel_tumbling_window(factor, window))
    }

    /// Returns the template parameters that the mapping needs, with their descriptions.
    pub(crate) fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let destination = self.on_failure.as_ref().and_then(ArnReference::param);
        destination
            .map(|name| (name, failure_destination::PARAMETER))
            .into_iter()
            .chain(self.mapping.template_parameters())
            .collect()
    }

    /// Returns the message for an existing stream without a starting position. Such a stream can hold many
    /// records that were never meant for this function.
    #[must_use]
    pub fn check_start(&self) -> Option<Message> {
        self.start.is_none().then(triggers::existing_stream_needs_start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_can_be_given_up_is_split_unless_the_user_turns_it_off() {
        let never = StreamMapping::default();
        assert!(!never.bisects());
        let retries = StreamMapping { retries: StreamRetries::try_from(0).ok(), ..never.clone() };
        let aged =
            StreamMapping { max_record_age: MaxRecordAge::try_from(60).ok(), ..never.clone() };
        for gives_up in [retries, aged] {
            assert!(gives_up.bisects());
            assert!(!StreamMapping { bisect: Some(false), ..gives_up }.bisects());
        }
        assert!(StreamMapping { bisect: Some(true), ..never }.bisects());
    }
}
