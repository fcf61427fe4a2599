//! The keys of the numbers of event source mappings.

/// The maximum number of records in a batch.
pub const BATCH_SIZE: &str = "batch_size";

/// How long Lambda gathers records into a batch.
pub const BATCH_WINDOW: &str = "batch_window";

/// The number of batches of one shard that Lambda processes at the same time.
pub const PARALLELIZATION_FACTOR: &str = "parallelization_factor";

/// The age at which Lambda gives up the records of a failed batch.
pub const MAX_RECORD_AGE: &str = "max_record_age";

/// How often Lambda retries a failed batch.
pub const RETRIES: &str = "retries";

/// The length of a tumbling window.
pub const TUMBLING_WINDOW: &str = "tumbling_window";

/// The maximum number of concurrent invocations for a queue.
pub const MAX_CONCURRENCY: &str = "max_concurrency";

/// The number of pollers that a mapping always has.
pub const MIN_POLLERS: &str = "pollers.min";

/// The number of pollers that a mapping has at most.
pub const MAX_POLLERS: &str = "pollers.max";
