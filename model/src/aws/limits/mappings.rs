//! The limits of event source mappings, and of the sources that have no limits beside them.

use std::ops::RangeInclusive;

// Event source mappings. AWS: "AWS::Lambda::EventSourceMapping" and "Control which events Lambda sends to
// your function".

/// The accepted `MaximumBatchingWindowInSeconds` of an event source mapping, in seconds. A FIFO queue cannot
/// have a batch window.
pub const BATCH_WINDOW_SECONDS: RangeInclusive<u32> = 0..=300;
/// The maximum number of filters of one event source mapping. An account has 5 until AWS increases the quota.
pub const FILTERS: usize = 20;
/// The maximum length of the pattern of an event filter, in characters of its JSON.
pub const FILTER_LEN: usize = 4_096;

// Streams as event sources. AWS: "Lambda parameters for Amazon Kinesis Data Streams event source
// mappings" and "Lambda parameters for Amazon DynamoDB event source mappings".

/// The accepted `BatchSize` of the event source mapping of a stream, in records. A batch also has at most 6 MB.
pub const STREAM_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// The accepted `ParallelizationFactor` of the event source mapping of a stream: the number of batches of one
/// shard that Lambda processes at the same time.
pub const STREAM_PARALLELIZATION_FACTOR: RangeInclusive<u32> = 1..=10;
/// The accepted `MaximumRecordAgeInSeconds` of the event source mapping of a stream, in seconds. Lambda also
/// accepts -1, which means as long as the stream keeps the record.
pub const STREAM_RECORD_AGE_SECONDS: RangeInclusive<u32> = 60..=604_800;
/// The accepted `MaximumRetryAttempts` of the event source mapping of a stream. Lambda also accepts -1, which
/// means as long as the stream keeps the record.
pub const STREAM_RETRIES: RangeInclusive<u32> = 0..=10_000;
/// The accepted `TumblingWindowInSeconds` of the event source mapping of a stream, in seconds; 0 means no
/// window.
pub const STREAM_TUMBLING_WINDOW_SECONDS: RangeInclusive<u32> = 0..=900;

// Kafka as event source. AWS: "`CreateEventSourceMapping`" and "`ProvisionedPollerConfig`".

/// The accepted length of the name of a Kafka topic, in characters of `[A-Za-z0-9_.-]`.
pub const KAFKA_TOPIC_LEN: RangeInclusive<usize> = 2..=249;
/// The maximum length of the id of a consumer group.
pub const CONSUMER_GROUP_LEN: usize = 200;
/// The accepted `MinimumPollers` of a provisioned event source mapping of Kafka.
pub const KAFKA_MIN_POLLERS: RangeInclusive<u32> = 1..=200;
/// The accepted `MaximumPollers` of a provisioned event source mapping of Kafka.
pub const KAFKA_MAX_POLLERS: RangeInclusive<u32> = 1..=2_000;
/// Lambda's default of `MaximumPollers`.
pub const DEFAULT_KAFKA_MAX_POLLERS: u32 = 200;
/// The maximum length of the name of a group of pollers, in characters of `[A-Za-z0-9_-]`.
pub const POLLER_GROUP_LEN: usize = 128;
/// The maximum number of bootstrap servers of a Kafka cluster.
pub const BOOTSTRAP_SERVERS: usize = 10;
/// The maximum length of a bootstrap server, with its port.
pub const BOOTSTRAP_SERVER_LEN: usize = 300;
/// The maximum number of subnets or security groups in which Lambda reaches a Kafka cluster: the entries of
/// `SourceAccessConfigurations`, without those for authentication.
pub const ACCESS_CONFIGURATIONS: usize = 16;
/// The maximum length of a value in `SourceAccessConfigurations`.
pub const ACCESS_VALUE_LEN: usize = 200;

// Amazon MQ and Amazon DocumentDB as event sources. AWS: "`CreateEventSourceMapping`".

/// The maximum length of the name of a queue of a broker.
pub const BROKER_QUEUE_LEN: usize = 1_000;
/// The maximum length of the name of a database.
pub const DATABASE_NAME_LEN: usize = 63;
/// The maximum length of the name of a collection.
pub const COLLECTION_NAME_LEN: usize = 57;
