//! The event source mappings of Kinesis streams and of the streams of DynamoDB tables. Lambda reads the records
//! of each shard in order. It retries a batch until the function has processed the batch, the records are too
//! old, or the retries are used up. AWS: "`AWS::Lambda::EventSourceMapping`".
// See decision 0039 and decision 0042.

use serde::Serialize;

use super::{EventSourceMapping, failure_destination, keys};
use crate::aws::limits;

use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{ArnReference, UsedParameter};
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::{parameters, triggers};
use crate::number_setting::{NumberFields, NumberSetting};
use crate::timestamp::Timestamp;

bounded! {
    /// The maximum number of records in a batch of a stream; Lambda's default is 100.
    StreamBatchSize: limits::STREAM_BATCH_SIZE, "batch size", "",
        parameter "Maximum number of records in a batch";
    /// AWS's `ParallelizationFactor`: the number of batches of one shard that Lambda processes at the same
    /// time; Lambda's default is 1.
    ParallelizationFactor: limits::STREAM_PARALLELIZATION_FACTOR, "parallelization factor", "",
        parameter "Batches of a shard that are processed at the same time";
    /// The age in seconds at which Lambda gives up the records of a failed batch; by default, Lambda never
    /// does.
    MaxRecordAge: limits::STREAM_RECORD_AGE_SECONDS, "record age", "s",
        parameter "Maximum age of a record in seconds";
    /// How often Lambda retries a failed batch; by default, until its records expire.
    StreamRetries: limits::STREAM_RETRIES, "number of retries", "",
        parameter "Retries of a batch";
    /// The length of a tumbling window in seconds; 0 for no window.
    TumblingWindow: limits::STREAM_TUMBLING_WINDOW_SECONDS, "tumbling window", "s";
}

/// As a parameter, the window is at least a second: whether there is one decides which events the handler takes.
impl NumberSetting for TumblingWindow {
    const CONTENT: ParameterContent = ParameterContent::number(
        "Tumbling window in seconds",
        &(1..=*limits::STREAM_TUMBLING_WINDOW_SECONDS.end()),
    );

    fn from_parameter(number: u32) -> Option<Self> {
        Self::try_from(u64::from(number)).ok()
    }
}

/// The position in a stream at which a new mapping begins to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartingPosition {
    /// The mapping begins at records that arrive after the mapping has become active, which takes minutes.
    Latest,
    /// The mapping begins at the oldest record in the stream.
    TrimHorizon,
    /// The mapping begins at the first record since this point in time.
    At(Timestamp),
}

impl StartingPosition {
    /// The starting positions that are words of the grammar, each with its word.
    pub const NAMES: [(&'static str, Self); 2] =
        [("latest", Self::Latest), ("trim_horizon", Self::TrimHorizon)];

    /// Returns Lambda's name for the starting position.
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
    /// The maximum number of records in a batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<StreamBatchSize>,
    /// The number of batches of one shard that Lambda processes at the same time, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallelization_factor: Option<ParallelizationFactor>,
    /// Whether Lambda splits a failed batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bisect: Option<bool>,
    /// The age at which Lambda gives up failed records, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_record_age: Option<MaxRecordAge>,
    /// How often Lambda retries a failed batch, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<StreamRetries>,
    /// The position in the stream at which the mapping begins; `None` means at the oldest record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<StartingPosition>,
    /// The length of the tumbling window, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tumbling_window: Option<TumblingWindow>,
    /// The destination to which Lambda sends the metadata of records that it gave up, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_failure: Option<ArnReference>,
    /// The settings that every event source mapping can have.
    #[serde(flatten)]
    pub mapping: EventSourceMapping,
}

impl StreamMapping {
    /// Returns the position in the stream at which the mapping begins to read, with the default applied.
    #[must_use]
    pub fn start(&self) -> StartingPosition {
        self.start.unwrap_or(StartingPosition::TrimHorizon)
    }

    /// Returns whether Lambda splits a failed batch. Lambda counts the retries of a batch, and gives up all
    /// that remains of the batch, including records that the function has not begun. So if Lambda gives up
    /// records at all, it has to split the batch until only the failing record remains. AWS: "Bisecting a
    /// batch" in "Configuring partial batch response".
    #[must_use]
    pub fn bisects(&self) -> bool {
        self.bisect.unwrap_or(self.retries.is_some() || self.max_record_age.is_some())
    }

    /// Returns whether the mapping has tumbling windows.
    #[must_use]
    pub fn has_window(&self) -> bool {
        self.mapping.from_parameters.has(keys::TUMBLING_WINDOW)
            || self.tumbling_window.is_some_and(|window| window.get() > 0)
    }

    /// Returns the message that a tumbling window excludes a parallelization factor above 1. The state of a
    /// window belongs to a shard, whose batches Lambda processes one after another. Returns `None` if the
    /// mapping does not have both.
    #[must_use]
    pub fn check_window(&self) -> Option<Message> {
        let window = self.tumbling_window.filter(|window| window.get() > 0)?.get();
        let factor = self.parallelization_factor.filter(|it| it.get() > 1)?.get();
        Some(triggers::parallel_tumbling_window(factor, window))
    }

    /// Returns the keys of numbers that are parameters and whose greatest values do not fit another setting, each with the
    /// message. The reader of the attribute checked all other numbers.
    #[must_use]
    pub(crate) fn check_parameters(&self) -> Vec<(&'static str, Message)> {
        let parameters = &self.mapping.from_parameters;
        if parameters.is_empty() {
            return Vec::new();
        }
        let factor = parameters.find(keys::PARALLELIZATION_FACTOR);
        let window = self
            .check_window()
            .filter(|_| factor.is_some() || parameters.has(keys::TUMBLING_WINDOW))
            .map(|message| match factor {
                Some(factor) => parameters::limit(message, &factor.param, "max", 1),
                None => message,
            })
            .map(|message| (keys::PARALLELIZATION_FACTOR, message));
        let bisect = self.check_bisect().filter(|_| parameters.has(keys::BATCH_SIZE));
        let batch_size = self.batch_size.map(StreamBatchSize::get);
        window
            .into_iter()
            .chain(bisect.map(|message| ("bisect", message)))
            .chain(self.mapping.check_parameters(batch_size))
            .collect()
    }

    /// Returns the message that a batch of one record cannot be split. Returns `None` if it is not to be split.
    #[must_use]
    pub fn check_bisect(&self) -> Option<Message> {
        let is_one = self.batch_size.is_some_and(|size| size.get() == 1);
        (is_one && self.bisect == Some(true)).then(triggers::split_of_one_record)
    }

    /// Returns the message that Lambda gives up records at an age at which the stream does not have them any more.
    /// `retention` is how long the stream keeps records, in seconds. Returns `None` if the age has an effect.
    #[must_use]
    pub fn check_record_age(&self, retention: u32) -> Option<Message> {
        let age = self.max_record_age?.get();
        let message = triggers::record_age_beyond_retention(age, retention);
        let parameter = self.mapping.from_parameters.find(keys::MAX_RECORD_AGE);
        (age > retention).then(|| match parameter {
            Some(it) => parameters::limit(message, &it.param, "max", retention),
            None => message,
        })
    }

    /// Returns the numbers that template parameters can have.
    pub(crate) fn numbers(&mut self) -> NumberFields<'_> {
        NumberFields {
            parameters: &mut self.mapping.from_parameters,
            fields: vec![
                (keys::BATCH_SIZE, &mut self.batch_size),
                (keys::PARALLELIZATION_FACTOR, &mut self.parallelization_factor),
                (keys::MAX_RECORD_AGE, &mut self.max_record_age),
                (keys::RETRIES, &mut self.retries),
                (keys::TUMBLING_WINDOW, &mut self.tumbling_window),
                (keys::BATCH_WINDOW, &mut self.mapping.batch_window),
            ],
        }
    }

    /// Returns the template parameters that the mapping refers to, each with the content that it has to have.
    pub(crate) fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let destination = self.on_failure.as_ref().and_then(ArnReference::param);
        destination
            .map(|name| UsedParameter {
                key: failure_destination::KEY,
                name,
                content: failure_destination::PARAMETER,
            })
            .into_iter()
            .chain(self.mapping.template_parameters())
            .collect()
    }

    /// Returns the message that a mapping of an existing stream needs a starting position. An existing stream
    /// can hold many records that were never meant for this function. Returns `None` if the user set a starting
    /// position.
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
