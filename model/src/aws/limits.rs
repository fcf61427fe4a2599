//! The limits of AWS, each in one place, so that no template is written that AWS would refuse.
//! There is nothing to take: every constant states its unit, and every group the AWS page that it
//! mirrors. Checks, messages and docs name these constants and repeat no number.

use std::ops::RangeInclusive;

// A Lambda function. AWS: "Lambda quotas" and "AWS::Lambda::Function".

/// Longest name of a function, in characters of `[A-Za-z0-9-_]`.
pub const FUNCTION_NAME_LEN: usize = 64;
/// Longest `Handler`, in characters.
pub const HANDLER_LEN: usize = 128;
/// Longest `Description` of a function, in characters.
pub const DESCRIPTION_LEN: usize = 256;
/// `MemorySize`, in MB.
pub const MEMORY_MB: RangeInclusive<u32> = 128..=10_240;
/// `EphemeralStorage`, the size of `/tmp`, in MB.
pub const EPHEMERAL_STORAGE_MB: RangeInclusive<u32> = 512..=10_240;
/// `Timeout`, in seconds.
pub const TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=900;
/// `Timeout` where none is given, in seconds.
pub const DEFAULT_TIMEOUT_SECONDS: u32 = 3;

// The margin before a timeout. Not AWS's limits but ours: the runtime stops every handler 20 ms before its
// timeout, and who reports in the margin has to be first.

/// Least margin, in milliseconds. It is shorter than the timeout, and so than the longest there is.
pub const DEADLINE_MARGIN_MIN_MS: u32 = 50;
/// The margin where none is given, in milliseconds.
pub const DEFAULT_DEADLINE_MARGIN_MS: u32 = 500;
/// The same of a function that hands its work over, where half its timeout is not less: the connection
/// to the queue may have to be made first, on little of a processor.
pub const DEFAULT_RESUME_DEADLINE_MARGIN_MS: u32 = 2_000;

// Provisioned concurrency. AWS: "Managing provisioned concurrency with Application Auto Scaling" and
// "Quotas for Application Auto Scaling".

/// How many environments are kept started, where any are. It never is 0: with none left Lambda drops the
/// alias's configuration, which the next deployment would look for and fail.
pub const PROVISIONED_ENVIRONMENTS: RangeInclusive<u32> = 1..=u32::MAX;
/// The share of the provisioned environments that may be in use before there are to be more.
pub const PROVISIONED_UTILIZATION: RangeInclusive<f64> = 0.1..=0.9;
/// That share where none is given: the one of AWS's own examples.
pub const DEFAULT_PROVISIONED_UTILIZATION: f64 = 0.7;
/// Most scheduled actions of a function.
pub const SCHEDULED_ACTIONS: usize = 200;

// Asynchronous invocation. AWS: "AWS::Lambda::EventInvokeConfig".

/// `MaximumRetryAttempts`.
pub const ASYNC_RETRIES: RangeInclusive<u32> = 0..=2;
/// `MaximumEventAgeInSeconds`, in seconds.
pub const EVENT_AGE_SECONDS: RangeInclusive<u32> = 60..=21_600;

// Environment variables. AWS: "Working with Lambda environment variables".

/// Most bytes of all keys and values of one function together.
pub const ENVIRONMENT_BYTES: usize = 4_096;
/// Fewest characters of a key, which starts with a letter and goes on in `[A-Za-z0-9_]`.
pub const ENVIRONMENT_KEY_MIN_LEN: usize = 2;
/// The names that Lambda sets itself and lets no function set.
pub const RESERVED_ENVIRONMENT: [&str; 18] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
];

// Logs. AWS: "AWS::Logs::LogGroup".

/// The values of `RetentionInDays`, in days, rising.
pub const LOG_RETENTION_DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557,
    2_922, 3_288, 3_653,
];

// A template and its stack. AWS: "CloudFormation quotas".

/// Longest logical id, in characters of `[A-Za-z0-9]`.
pub const LOGICAL_ID_LEN: usize = 255;
/// Most resources of a stack, counted after SAM has added its own.
pub const RESOURCES: usize = 500;
/// Most outputs of a template.
pub const OUTPUTS: usize = 200;
/// Most parameters of a template.
pub const PARAMETERS: usize = 200;
/// Most mappings of a template.
pub const MAPPINGS: usize = 200;
/// Longest `Description` of a template, in bytes.
pub const TEMPLATE_DESCRIPTION_BYTES: usize = 1_024;
/// Largest template that is read from S3, as `sam deploy` has it, in bytes.
pub const TEMPLATE_BYTES: usize = 1_000_000;

// A role. AWS: "IAM and AWS STS quotas".

/// Most managed policies of a role, where the account has asked for no more.
pub const ROLE_MANAGED_POLICIES: usize = 10;
/// Most characters of all inline policies of a role together, white space not counted.
pub const ROLE_INLINE_POLICY_CHARACTERS: usize = 10_240;

// Tags. AWS: "Tag naming limits and requirements".

/// Most tags of one resource.
pub const TAGS: usize = 50;
/// Length of a tag's key, in characters.
pub const TAG_KEY_LEN: RangeInclusive<usize> = 1..=128;
/// Longest value of a tag, in characters.
pub const TAG_VALUE_LEN: usize = 256;
/// What no tag's key of a user may start with, in any case.
pub const TAG_RESERVED_PREFIX: &str = "aws:";

// Rules. AWS: "AWS::Events::Rule" and "Amazon EventBridge quotas".

/// How many targets a rule may have.
pub const RULE_TARGETS: RangeInclusive<u32> = 1..=5;

/// Longest name of an EventBridge rule, in characters of `[A-Za-z0-9._-]`.
pub const RULE_NAME_LEN: usize = 64;

/// The longest id of a target of a rule.
pub const RULE_TARGET_ID_LEN: usize = 64;

// Pings that keep a function warm. Not AWS's limits but ours.

/// How long a ping may be held, in milliseconds: past half of the shortest period it would run into the
/// next one, and long before that it only costs.
pub const HOLD_MS: RangeInclusive<u32> = 1..=30_000;
/// The same where there are several pings and nothing is said. EventBridge hands the targets of a rule to
/// Lambda within some hundred milliseconds of each other.
pub const DEFAULT_HOLD_MS: u32 = 500;

// S3. AWS: "General purpose bucket naming rules".

/// Length of a bucket's name, in characters of `[a-z0-9.-]`.
pub const BUCKET_NAME_LEN: RangeInclusive<usize> = 3..=63;
/// What no bucket's name may begin with.
pub const BUCKET_RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// What no bucket's name may end in.
pub const BUCKET_RESERVED_SUFFIXES: [&str; 5] =
    ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

// HTTP API. AWS: "Quotas for configuring and running an HTTP API in API Gateway".

/// Longest that a route waits for its function, in seconds.
pub const HTTP_API_TIMEOUT_SECONDS: u32 = 30;

// Event source mappings. AWS: "AWS::Lambda::EventSourceMapping" and "Control which events Lambda sends to
// your function".

/// `MaximumBatchingWindowInSeconds`, in seconds; a FIFO queue takes none.
pub const BATCH_WINDOW_SECONDS: RangeInclusive<u32> = 0..=300;
/// Most filters of one mapping. An account has 5 until it asks for more.
pub const FILTERS: usize = 10;
/// Longest pattern of a filter, in characters of its JSON.
pub const FILTER_LEN: usize = 4_096;

// Streams as event sources. AWS: "Lambda parameters for Amazon Kinesis Data Streams event source
// mappings" and "Lambda parameters for Amazon DynamoDB event source mappings".

/// `BatchSize`, in records. A batch has 6 MB of them at the most, whatever it says.
pub const STREAM_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// `ParallelizationFactor`, in batches of one shard.
pub const STREAM_PARALLELIZATION_FACTOR: RangeInclusive<u32> = 1..=10;
/// `MaximumRecordAgeInSeconds`, in seconds, where it is not -1 for as long as the stream has it.
pub const STREAM_RECORD_AGE_SECONDS: RangeInclusive<u32> = 60..=604_800;
/// `MaximumRetryAttempts`, where it is not -1 for as long as the stream has the record.
pub const STREAM_RETRIES: RangeInclusive<u32> = 0..=10_000;
/// `TumblingWindowInSeconds`, in seconds; 0 for no window.
pub const STREAM_TUMBLING_WINDOW_SECONDS: RangeInclusive<u32> = 0..=900;

// SQS. AWS: "Amazon SQS queue quotas", "AWS::SQS::Queue" and "Creating and configuring an Amazon SQS
// event source mapping".

/// Longest name of a queue, in characters of `[A-Za-z0-9-_]`, a FIFO queue's suffix included.
pub const QUEUE_NAME_LEN: usize = 80;
/// What the name of a FIFO queue ends in, and that of no other.
pub const FIFO_SUFFIX: &str = ".fifo";
/// `VisibilityTimeout`, in seconds; Lambda refuses one shorter than its function's timeout.
pub const SQS_VISIBILITY_SECONDS: RangeInclusive<u32> = 0..=43_200;
/// `VisibilityTimeout` where none is given, in seconds.
pub const SQS_DEFAULT_VISIBILITY_SECONDS: u32 = 30;
/// AWS's advice for the visibility timeout, in timeouts of the function.
pub const SQS_VISIBILITY_ADVISED_TIMEOUTS: u32 = 6;
/// `MessageRetentionPeriod`, in seconds.
pub const SQS_RETENTION_SECONDS: RangeInclusive<u32> = 60..=1_209_600;
/// `DelaySeconds`, in seconds.
pub const SQS_DELAY_SECONDS: RangeInclusive<u32> = 0..=900;
/// `maxReceiveCount` of a redrive policy.
pub const SQS_MAX_RECEIVES: RangeInclusive<u32> = 1..=1_000;
/// AWS's advice for the least `maxReceiveCount` of a queue that feeds a function.
pub const DEFAULT_MAX_RECEIVES: u32 = 5;
/// `BatchSize`, in messages.
pub const SQS_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// Largest `BatchSize` from a FIFO queue, in messages.
pub const SQS_FIFO_BATCH_SIZE: u32 = 10;
/// Largest `BatchSize` without a batch window, in messages.
pub const SQS_BATCH_SIZE_WITHOUT_WINDOW: u32 = 10;
/// `MaximumConcurrency`, in concurrent invocations.
pub const SQS_MAX_CONCURRENCY: RangeInclusive<u32> = 2..=1_000;
/// How many messages of one batch the runtime works on at once: a bound of ours, not of AWS.
pub const SQS_BATCH_CONCURRENCY: RangeInclusive<u32> = 1..=1_000;
/// The same where the trigger says nothing: as many as a batch has where it says nothing either.
pub const DEFAULT_SQS_BATCH_CONCURRENCY: u32 = 10;

// DynamoDB. AWS: "Quotas in Amazon DynamoDB".

/// Length of a table's or an index's name, in characters of `[A-Za-z0-9_.-]`.
pub const TABLE_NAME_LEN: RangeInclusive<usize> = 3..=255;
/// Length of the name of an attribute that is a key, in bytes.
pub const ATTRIBUTE_NAME_LEN: RangeInclusive<usize> = 1..=255;
/// Most global secondary indexes of a table.
pub const GLOBAL_INDEXES: usize = 20;
/// Most local secondary indexes of a table.
pub const LOCAL_INDEXES: usize = 5;
/// How many attributes, beside keys, an index can hold by name.
pub const INDEX_ATTRIBUTES: RangeInclusive<usize> = 1..=20;
/// Most attributes, beside keys, that the indexes of a table hold by name, all together.
pub const PROJECTED_ATTRIBUTES: usize = 100;

// Idempotency. Not AWS's limits but ours: what is kept longer is a table of the application's own.

/// For how long an answer is kept, in seconds.
pub const IDEMPOTENCY_SECONDS: RangeInclusive<u32> = 1..=31_536_000;
/// The same where nothing is said.
pub const DEFAULT_IDEMPOTENCY_SECONDS: u32 = 3_600;

// Resuming functions. Not limits of AWS but of Skylift: they stop work that hands itself over for ever by mistake.

/// How often work can be handed over.
pub const RESUME_HOPS: RangeInclusive<u32> = 1..=100_000;
/// The default.
pub const DEFAULT_RESUME_HOPS: u32 = 100;

// SNS. AWS: "AWS::SNS::Topic".

/// Longest name of a topic, in characters of `[A-Za-z0-9-_]`, a FIFO topic's suffix included.
pub const TOPIC_NAME_LEN: usize = 256;

// Kinesis. AWS: "AWS::Kinesis::Stream" and "AWS::Kinesis::StreamConsumer".

/// Longest name of a stream, in characters of `[A-Za-z0-9_.-]`.
pub const STREAM_NAME_LEN: usize = 128;
/// Longest name of a stream's consumer, in characters of `[A-Za-z0-9_.-]`.
pub const CONSUMER_NAME_LEN: usize = 128;
/// `ShardCount`. How many an account may have is a quota of the account.
pub const KINESIS_SHARDS: RangeInclusive<u32> = 1..=u32::MAX;
/// `RetentionPeriodHours`, in seconds: a day to a year.
pub const KINESIS_RETENTION_SECONDS: RangeInclusive<u32> = 86_400..=31_536_000;

// EventBridge. AWS: "AWS::Events::EventBus".

/// Longest name of an event bus, in characters of `[A-Za-z0-9_.-]`; partners' have `/` as well.
pub const BUS_NAME_LEN: usize = 256;

// Secrets Manager. AWS: "AWS::SecretsManager::Secret".

/// Longest name of a secret, in characters of `[A-Za-z0-9/_+=.@-]`.
pub const SECRET_NAME_LEN: usize = 512;
/// `PasswordLength` of a generated secret, in characters: one of each kind has to fit in.
pub const SECRET_LENGTH: RangeInclusive<u32> = 4..=4_096;
/// `PasswordLength` where none is given.
pub const DEFAULT_SECRET_LENGTH: u32 = 32;

// Systems Manager. AWS: "AWS::SSM::Parameter" and "PutParameter".

/// Longest name of a parameter, in characters of `[A-Za-z0-9/_.-]`.
pub const SSM_NAME_LEN: usize = 1_011;
/// Most levels of a parameter's name.
pub const SSM_NAME_LEVELS: usize = 15;
/// Longest value of a standard parameter, in characters.
pub const SSM_VALUE_LEN: usize = 4_096;

// Schedules. AWS: "Setting a schedule pattern for scheduled rules in Amazon EventBridge".

/// Longest schedule expression, in characters.
pub const SCHEDULE_LEN: usize = 256;
/// The number of a rate. AWS says "a positive number" alone: the end is that of a signed 32-bit
/// integer, 4,000 years of minutes, so that no period overflows.
pub const RATE_VALUE: RangeInclusive<u32> = 1..=2_147_483_647;
/// Minutes of a cron.
pub const CRON_MINUTES: RangeInclusive<u16> = 0..=59;
/// Hours of a cron, in UTC.
pub const CRON_HOURS: RangeInclusive<u16> = 0..=23;
/// Days of the month of a cron.
pub const CRON_DAYS_OF_MONTH: RangeInclusive<u16> = 1..=31;
/// Months of a cron.
pub const CRON_MONTHS: RangeInclusive<u16> = 1..=12;
/// Days of the week of a cron; 1 is Sunday.
pub const CRON_DAYS_OF_WEEK: RangeInclusive<u16> = 1..=7;
/// Years of a cron.
pub const CRON_YEARS: RangeInclusive<u16> = 1970..=2199;
/// What may follow `#` in a cron: which day of its kind within the month.
pub const CRON_INSTANCES: RangeInclusive<u16> = 1..=5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retention_days_rise_so_that_the_nearest_can_be_found() {
        assert!(LOG_RETENTION_DAYS.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn no_reserved_environment_name_is_listed_twice() {
        let distinct: std::collections::HashSet<_> = RESERVED_ENVIRONMENT.into_iter().collect();
        assert_eq!(distinct.len(), RESERVED_ENVIRONMENT.len());
    }
}
