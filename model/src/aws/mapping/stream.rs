//! What the mappings of streams have in common, whether the stream is Kinesis's or a table's: records
//! are read shard by shard, in order, and come again until they are taken, too old, or given up.
//! AWS: "`AWS::Lambda::EventSourceMapping`".

use serde::Serialize;

use super::{EventSourceMapping, failure_destination};
use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::value::ArnReference;
use crate::bounded::bounded;
use crate::timestamp::Timestamp;

bounded! {
    /// How many records one invocation gets at the most; Lambda's default is 100.
    StreamBatchSize: limits::STREAM_BATCH_SIZE, "batch size", "";
    /// How many batches of one shard are worked on at once; Lambda's default is 1.
    ParallelizationFactor: limits::STREAM_PARALLELIZATION, "parallelization", "";
    /// Seconds after which Lambda gives up what failed; its default is never.
    MaxRecordAge: limits::STREAM_RECORD_AGE_SECONDS, "record age", "s";
    /// How often a batch that failed comes again; Lambda's default is until its records expire.
    StreamRetries: limits::STREAM_RETRIES, "number of retries", "";
    /// Seconds of a window over which a state is kept; 0 for none.
    TumblingWindow: limits::STREAM_TUMBLING_WINDOW_SECONDS, "tumbling window", "s";
}

/// Where in a stream Lambda begins, when the mapping is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingPosition {
    /// With what comes once the mapping works, which takes minutes.
    Latest,
    /// With the oldest record that the stream has.
    TrimHorizon,
    /// With the first record since then.
    At(Timestamp),
}

impl StartingPosition {
    /// The two that are words of the grammar.
    pub const NAMES: [(&'static str, Self); 2] =
        [("latest", Self::Latest), ("trim_horizon", Self::TrimHorizon)];

    /// As Lambda writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Latest => "LATEST",
            Self::TrimHorizon => "TRIM_HORIZON",
            Self::At(_) => "AT_TIMESTAMP",
        }
    }
}

/// What can be set on the mapping of a stream.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct StreamMapping {
    /// How many records one invocation gets at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// How many batches of one shard are worked on at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallelization_factor: Option<ParallelizationFactor>,
    /// Whether a batch that failed is split, where something is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bisect: Option<bool>,
    /// After what time Lambda gives up what failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_record_age: Option<MaxRecordAge>,
    /// How often a batch that failed comes again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<StreamRetries>,
    /// Where to begin; the oldest record where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<StartingPosition>,
    /// The window over which a state is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tumbling_window: Option<TumblingWindow>,
    /// Where Lambda tells of records that were given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<ArnReference>,
    /// What every mapping has.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl StreamMapping {
    /// Why work that a record began cannot go on later.
    pub(crate) const NEVER_RESUMES: &'static str = "a function that resumes cannot keep the order of a stream: the next records would overtake work that goes on later";

    /// Where Lambda begins.
    #[must_use]
    pub fn start(&self) -> StartingPosition {
        self.start.unwrap_or(StartingPosition::TrimHorizon)
    }

    /// Whether a batch that failed is split. Lambda counts the retries of a batch, and gives up all that is
    /// left of it, also what was never begun: where it does give up, it has to come down to what fails.
    /// AWS: "Bisecting a batch" in "Configuring partial batch response".
    #[must_use]
    pub fn bisects(&self) -> bool {
        self.bisect.unwrap_or(self.retries.is_some() || self.max_record_age.is_some())
    }

    /// Whether a state is kept over windows.
    #[must_use]
    pub fn has_window(&self) -> bool {
        self.tumbling_window.is_some_and(|window| window.get() > 0)
    }

    /// The state of a window is that of a whole shard: its batches come one after another.
    #[must_use]
    pub fn check_window(&self) -> Option<String> {
        let window = self.tumbling_window.filter(|window| window.get() > 0)?.get();
        let at_once = self.parallelization_factor.filter(|it| it.get() > 1)?.get();
        Some(format!(
            "parallelization of {at_once} with a tumbling window of {window} s: Lambda keeps one state a shard, and works on one batch at once"
        ))
    }

    /// The template parameters that it needs, and what they are.
    pub(crate) fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        let to = self.on_failure.as_ref().and_then(ArnReference::param);
        to.map(|name| (name, failure_destination::PARAMETER))
            .into_iter()
            .chain(self.mapping.template_parameters())
            .collect()
    }

    /// Why a stream that exists needs a start, where none is given, and what to write: it may hold much
    /// that was never meant for this function.
    #[must_use]
    pub fn check_start(&self) -> Option<(&'static str, &'static str)> {
        self.start.is_none().then_some((
            "this stream exists already, and may hold records that were never meant for this function",
            "say where to begin: `start = latest`, or `start = trim_horizon` for all that it holds",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_is_given_up_is_split_unless_the_user_says_otherwise() {
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
