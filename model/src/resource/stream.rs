//! `stream`: an encrypted Kinesis data stream.

use serde::Serialize;

use super::declared::{Declared, Destination};
use crate::access::Access;
use crate::aws::iam::Call;
use crate::aws::limits;
use crate::aws::name::{InvalidName, StreamName};
use crate::bounded::bounded;

bounded! {
    /// How many shards a stream of provisioned capacity has.
    Shards: limits::KINESIS_SHARDS, "shard count", "";
    /// Seconds for which a stream keeps its records; Kinesis's default is a day. Whole hours.
    Retention: limits::KINESIS_RETENTION_SECONDS, "retention", "s";
}

impl Retention {
    /// Whether it is a whole number of hours, as Kinesis takes it.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0.is_multiple_of(3_600)
    }

    /// In hours, as Kinesis takes it.
    #[must_use]
    pub const fn hours(self) -> u32 {
        self.0 / 3_600
    }
}

/// What was set on a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stream {
    /// Its name, where the user fixed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<StreamName>,
    /// Its shards; none for a stream that is billed by the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// For how long it keeps records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
}

const PUT: &[Call] =
    &[Call::new("PutRecord", "kinesis:PutRecord"), Call::new("PutRecords", "kinesis:PutRecords")];

impl Declared for Stream {
    const WITH_ARTICLE: &'static str = "a stream";
    const DECLARATION: &'static str = "stream";
    const VARIABLE: &'static str = "STREAM_NAME";
    const PARAMETER: &'static str = "Name of a Kinesis data stream";
    const SERVICE: &'static str = "kinesis";
    const ARN: &'static str = "stream/";
    const GLOBAL: bool = false;
    const RETAINED: bool = false;
    const FIFO: bool = false;
    const DESTINATION: Option<Destination> = None;
    const CALLS: &'static [(Access, &'static [&'static [Call]])] = &[(Access::Put, &[PUT])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(StreamName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn is_name(name: &str) -> Result<(), InvalidName> {
        StreamName::try_from(name).map(drop)
    }
}
