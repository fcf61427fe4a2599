//! The kind `stream` of resources: an encrypted Kinesis data stream. This module has the settings and the
//! definition of the kind.

use serde::Serialize;

use super::kind_definition::{FailureDestination, KindDefinition};
use crate::access::Access;
use crate::aws::iam::ApiCall;
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{InvalidName, StreamName};
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::bounded::bounded;
use crate::number_setting::{NumberFields, NumberParameters, NumberSetting};

bounded! {
    /// The number of shards of a stream with provisioned capacity.
    ShardCount: limits::KINESIS_SHARDS, "shard count", "",
        parameter "Number of shards";
    /// How long a stream keeps its records, in seconds; Kinesis's default is a day. Kinesis accepts only
    /// whole hours.
    RecordRetention: limits::KINESIS_RETENTION_SECONDS, "retention", "s";
}

/// The seconds of an hour.
const SECONDS_OF_HOUR: u32 = 3_600;

/// As a parameter, the retention is in Kinesis's unit, since CloudFormation cannot divide.
impl NumberSetting for RecordRetention {
    const CONTENT: ParameterContent = ParameterContent::number(
        "Time that records are kept in hours",
        &(*limits::KINESIS_RETENTION_SECONDS.start() / SECONDS_OF_HOUR
            ..=*limits::KINESIS_RETENTION_SECONDS.end() / SECONDS_OF_HOUR),
    );

    fn from_parameter(hours: u32) -> Option<Self> {
        Self::try_from(u64::from(hours) * u64::from(SECONDS_OF_HOUR)).ok()
    }
}

impl RecordRetention {
    /// Returns whether the retention is a whole number of hours.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0.is_multiple_of(SECONDS_OF_HOUR)
    }

    /// Returns the retention in hours, which is Kinesis's unit.
    #[must_use]
    pub const fn hours(self) -> u32 {
        self.0 / SECONDS_OF_HOUR
    }
}

/// The settings of a Kinesis data stream.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Stream {
    /// The name of the stream, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<StreamName>,
    /// The number of shards of the stream. `None` for a stream with on-demand capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shards: Option<ShardCount>,
    /// How long the stream keeps its records, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<RecordRetention>,
    /// The numbers that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
}

impl Stream {
    /// The key of the number of shards.
    pub const SHARDS: &'static str = "shards";

    /// The key of how long the stream keeps its records. As a parameter it is in hours.
    pub const RETENTION: &'static str = "retention";

    /// Returns the least time that the stream keeps its records, in seconds.
    #[must_use]
    pub fn least_retention(&self) -> u32 {
        let seconds =
            self.retention.map_or(limits::DEFAULT_STREAM_RETENTION_SECONDS, RecordRetention::get);
        let hours = self.from_parameters.find(Self::RETENTION).map(|it| it.least);
        hours.map_or(seconds, |hours| hours.saturating_mul(SECONDS_OF_HOUR))
    }
}

const PUT: &[ApiCall] = &[
    ApiCall::new("PutRecord", "kinesis:PutRecord"),
    ApiCall::new("PutRecords", "kinesis:PutRecords"),
];

impl KindDefinition for Stream {
    const WITH_ARTICLE: &'static str = "a stream";
    const MINIMAL_DECLARATION: &'static str = "stream";
    const VARIABLE_SUFFIX: &'static str = "STREAM_NAME";
    const CLOUDFORMATION_TYPES: &'static [&'static str] = &["AWS::Kinesis::Stream"];
    const PARAMETER: ParameterContent = ParameterContent::name(
        "Name of a Kinesis data stream",
        NameLetters::Plain,
        &(1..=limits::STREAM_NAME_LEN),
    );
    const ARN_SERVICE: &'static str = "kinesis";
    const ARN_PREFIX: &'static str = "stream/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = false;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = Some("StreamEncryption");
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] = &[(Access::Put, &[PUT])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(StreamName::as_str)
    }

    fn number_parameters(&self) -> Option<&NumberParameters> {
        Some(&self.from_parameters)
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![(Self::SHARDS, &mut self.shards), (Self::RETENTION, &mut self.retention)],
        })
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        StreamName::try_from(name).map(drop)
    }
}
