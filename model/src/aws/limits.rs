//! The limits of AWS, and a few of Skylift. Every constant states its unit, and every group names the AWS
//! page that it mirrors. Checks, messages and documentation refer to these constants and repeat no number.

use std::ops::RangeInclusive;

// A Lambda function. AWS: "Lambda quotas" and "AWS::Lambda::Function".

/// The maximum length of the name of a function, in characters of `[A-Za-z0-9-_]`.
pub const FUNCTION_NAME_LEN: usize = 64;
/// The maximum length of `Handler`, in characters.
pub const HANDLER_LEN: usize = 128;
/// The maximum length of `Description` of a function, in characters.
pub const DESCRIPTION_LEN: usize = 256;
/// `MemorySize`, in MB.
pub const MEMORY_MB: RangeInclusive<u32> = 128..=10_240;
/// `EphemeralStorage`, the size of `/tmp`, in MB.
pub const EPHEMERAL_STORAGE_MB: RangeInclusive<u32> = 512..=10_240;
/// `Timeout`, in seconds.
pub const TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=900;
/// The default `Timeout`, in seconds.
pub const DEFAULT_TIMEOUT_SECONDS: u32 = 3;

// The deadline margin. Not limits of AWS but of Skylift: the runtime stops every handler 20 ms before its
// timeout, and reports in the margin have to be finished before that.

/// The shortest margin, in milliseconds. A margin is shorter than its function's timeout, and so than the
/// longest timeout.
pub const DEADLINE_MARGIN_MIN_MS: u32 = 50;
/// The default margin, in milliseconds.
pub const DEFAULT_DEADLINE_MARGIN_MS: u32 = 500;
/// The default margin of a function that resumes, in milliseconds, if it is not longer than half of the
/// timeout. It is longer because the function may have to open a connection to the queue first, with little
/// processor time.
pub const DEFAULT_RESUME_DEADLINE_MARGIN_MS: u32 = 2_000;

// Provisioned concurrency. AWS: "Managing provisioned concurrency with Application Auto Scaling" and
// "Quotas for Application Auto Scaling".

/// The provisioned concurrency. It cannot be 0: Lambda would then remove the configuration of the alias, and
/// the next deployment would fail because it expects the configuration.
pub const PROVISIONED_ENVIRONMENTS: RangeInclusive<u32> = 1..=u32::MAX;
/// The target utilization of provisioned concurrency, above which Application Auto Scaling adds environments.
pub const PROVISIONED_UTILIZATION: RangeInclusive<f64> = 0.1..=0.9;
/// The default target utilization, which is that of AWS's examples.
pub const DEFAULT_PROVISIONED_UTILIZATION: f64 = 0.7;
/// The maximum number of scheduled actions of a function.
pub const SCHEDULED_ACTIONS: usize = 200;

// Asynchronous invocation. AWS: "AWS::Lambda::EventInvokeConfig".

/// `MaximumRetryAttempts`.
pub const ASYNC_RETRIES: RangeInclusive<u32> = 0..=2;
/// `MaximumEventAgeInSeconds`, in seconds.
pub const EVENT_AGE_SECONDS: RangeInclusive<u32> = 60..=21_600;

// Environment variables. AWS: "Working with Lambda environment variables".

/// The maximum size of all keys and values of one function together, in bytes.
pub const ENVIRONMENT_BYTES: usize = 4_096;
/// The minimum length of a key, in characters. A key starts with a letter, followed by `[A-Za-z0-9_]`.
pub const ENVIRONMENT_KEY_MIN_LEN: usize = 2;
/// The environment variables that Lambda sets and no function can set.
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

/// The accepted values of `RetentionInDays`, in days, in ascending order.
pub const LOG_RETENTION_DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557,
    2_922, 3_288, 3_653,
];

// A template and its stack. AWS: "CloudFormation quotas".

/// The maximum length of a logical id, in characters of `[A-Za-z0-9]`.
pub const LOGICAL_ID_LEN: usize = 255;
/// The maximum number of resources of a stack, including those that SAM adds.
pub const RESOURCES: usize = 500;
/// The maximum number of outputs of a template.
pub const OUTPUTS: usize = 200;
/// The maximum number of parameters of a template.
pub const PARAMETERS: usize = 200;
/// The maximum number of mappings of a template.
pub const MAPPINGS: usize = 200;
/// The maximum length of `Description` of a template, in bytes.
pub const TEMPLATE_DESCRIPTION_BYTES: usize = 1_024;
/// The maximum size of a template in S3, from where `sam deploy` uses it, in bytes.
pub const TEMPLATE_BYTES: usize = 1_000_000;

// A role. AWS: "IAM and AWS STS quotas".

/// The maximum number of managed policies of a role, which an account can have increased.
pub const ROLE_MANAGED_POLICIES: usize = 10;
/// The maximum size of all inline policies of a role together, in characters without white space.
pub const ROLE_INLINE_POLICY_CHARACTERS: usize = 10_240;

// Tags. AWS: "Tag naming limits and requirements".

/// The maximum number of tags of one resource.
pub const TAGS: usize = 50;
/// Length of a tag's key, in characters.
pub const TAG_KEY_LEN: RangeInclusive<usize> = 1..=128;
/// The maximum length of the value of a tag, in characters.
pub const TAG_VALUE_LEN: usize = 256;
/// The prefix that is reserved for AWS's tag keys, in any case.
pub const TAG_RESERVED_PREFIX: &str = "aws:";

// Rules. AWS: "AWS::Events::Rule" and "Amazon EventBridge quotas".

/// The number of targets of a rule.
pub const RULE_TARGETS: RangeInclusive<u32> = 1..=5;

/// The maximum length of the name of an EventBridge rule, in characters of `[A-Za-z0-9._-]`.
pub const RULE_NAME_LEN: usize = 64;

/// The maximum length of the id of a rule's target, in characters.
pub const RULE_TARGET_ID_LEN: usize = 64;

// Pings that keep a function warm. Not limits of AWS but of Skylift.

/// How long a ping can be held, in milliseconds. The maximum is half of the shortest period between pings: a
/// longer hold could overlap with the next ping. Much shorter holds are enough, and longer ones cost money.
pub const HOLD_MS: RangeInclusive<u32> = 1..=30_000;
/// The default for several pings, in milliseconds. EventBridge invokes the targets of a rule within some
/// hundred milliseconds of each other.
pub const DEFAULT_HOLD_MS: u32 = 500;

// S3. AWS: "General purpose bucket naming rules".

/// Length of a bucket's name, in characters of `[a-z0-9.-]`.
pub const BUCKET_NAME_LEN: RangeInclusive<usize> = 3..=63;
/// The reserved prefixes of bucket names.
pub const BUCKET_RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// The reserved suffixes of bucket names.
pub const BUCKET_RESERVED_SUFFIXES: [&str; 5] =
    ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

// HTTP API. AWS: "Quotas for configuring and running an HTTP API in API Gateway".

/// How long API Gateway waits for the function of a route, in seconds.
pub const HTTP_API_TIMEOUT_SECONDS: u32 = 30;

// Event source mappings. AWS: "AWS::Lambda::EventSourceMapping" and "Control which events Lambda sends to
// your function".

/// `MaximumBatchingWindowInSeconds`, in seconds. A FIFO queue cannot have a batch window.
pub const BATCH_WINDOW_SECONDS: RangeInclusive<u32> = 0..=300;
/// The maximum number of filters of one mapping. An account has 5 until the quota is increased.
pub const FILTERS: usize = 10;
/// The maximum length of the pattern of a filter, in characters of its JSON.
pub const FILTER_LEN: usize = 4_096;

// Streams as event sources. AWS: "Lambda parameters for Amazon Kinesis Data Streams event source
// mappings" and "Lambda parameters for Amazon DynamoDB event source mappings".

/// `BatchSize`, in records. A batch also has at most 6 MB.
pub const STREAM_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// `ParallelizationFactor`, in batches of one shard.
pub const STREAM_PARALLELIZATION_FACTOR: RangeInclusive<u32> = 1..=10;
/// `MaximumRecordAgeInSeconds`, in seconds. It can also be -1, which means as long as the stream keeps the
/// record.
pub const STREAM_RECORD_AGE_SECONDS: RangeInclusive<u32> = 60..=604_800;
/// `MaximumRetryAttempts`. It can also be -1, which means as long as the stream keeps the record.
pub const STREAM_RETRIES: RangeInclusive<u32> = 0..=10_000;
/// `TumblingWindowInSeconds`, in seconds; 0 for no window.
pub const STREAM_TUMBLING_WINDOW_SECONDS: RangeInclusive<u32> = 0..=900;

// SQS. AWS: "Amazon SQS queue quotas", "AWS::SQS::Queue" and "Creating and configuring an Amazon SQS
// event source mapping".

/// The maximum length of the name of a queue, in characters of `[A-Za-z0-9-_]`, a FIFO queue's suffix
/// included.
pub const QUEUE_NAME_LEN: usize = 80;
/// The suffix of the names of FIFO queues and topics, which no other queue or topic can have.
pub const FIFO_SUFFIX: &str = ".fifo";
/// `VisibilityTimeout`, in seconds. Lambda refuses a queue whose visibility timeout is shorter than its
/// function's timeout.
pub const SQS_VISIBILITY_SECONDS: RangeInclusive<u32> = 0..=43_200;
/// The default `VisibilityTimeout`, in seconds.
pub const SQS_DEFAULT_VISIBILITY_SECONDS: u32 = 30;
/// AWS's recommended visibility timeout, in timeouts of the function.
pub const SQS_VISIBILITY_ADVISED_TIMEOUTS: u32 = 6;
/// `MessageRetentionPeriod`, in seconds.
pub const SQS_RETENTION_SECONDS: RangeInclusive<u32> = 60..=1_209_600;
/// `DelaySeconds`, in seconds.
pub const SQS_DELAY_SECONDS: RangeInclusive<u32> = 0..=900;
/// `maxReceiveCount` of a redrive policy.
pub const SQS_MAX_RECEIVES: RangeInclusive<u32> = 1..=1_000;
/// AWS's recommended minimum of `maxReceiveCount` for a queue with a function.
pub const DEFAULT_MAX_RECEIVES: u32 = 5;
/// `BatchSize`, in messages.
pub const SQS_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// Largest `BatchSize` from a FIFO queue, in messages.
pub const SQS_FIFO_BATCH_SIZE: u32 = 10;
/// Largest `BatchSize` without a batch window, in messages.
pub const SQS_BATCH_SIZE_WITHOUT_WINDOW: u32 = 10;
/// `MaximumConcurrency`, in concurrent invocations.
pub const SQS_MAX_CONCURRENCY: RangeInclusive<u32> = 2..=1_000;
/// The batch concurrency: the number of messages of one batch that the runtime processes at the same time. A
/// limit of Skylift.
pub const SQS_BATCH_CONCURRENCY: RangeInclusive<u32> = 1..=1_000;
/// The default batch concurrency, which equals the default batch size.
pub const DEFAULT_SQS_BATCH_CONCURRENCY: u32 = 10;

// DynamoDB. AWS: "Quotas in Amazon DynamoDB".

/// Length of a table's or an index's name, in characters of `[A-Za-z0-9_.-]`.
pub const TABLE_NAME_LEN: RangeInclusive<usize> = 3..=255;
/// Length of the name of an attribute that is a key, in bytes.
pub const ATTRIBUTE_NAME_LEN: RangeInclusive<usize> = 1..=255;
/// The maximum number of global secondary indexes of a table.
pub const GLOBAL_INDEXES: usize = 20;
/// The maximum number of local secondary indexes of a table.
pub const LOCAL_INDEXES: usize = 5;
/// The number of attributes, apart from keys, that an index can list.
pub const INDEX_ATTRIBUTES: RangeInclusive<usize> = 1..=20;
/// The maximum number of attributes, apart from keys, that all indexes of a table can list together.
pub const PROJECTED_ATTRIBUTES: usize = 100;

// Idempotency. Not limits of AWS but of Skylift: data that is needed for longer belongs in a table of the
// application.

/// How long an answer is kept, in seconds.
pub const IDEMPOTENCY_SECONDS: RangeInclusive<u32> = 1..=31_536_000;
/// The default lifetime of an answer, in seconds.
pub const DEFAULT_IDEMPOTENCY_SECONDS: u32 = 3_600;

// Resuming functions. Not limits of AWS but of Skylift: they stop work that hands itself over for ever by
// mistake.

/// How often work can be handed over.
pub const RESUME_HOPS: RangeInclusive<u32> = 1..=100_000;
/// The default number of hops.
pub const DEFAULT_RESUME_HOPS: u32 = 100;

// SNS. AWS: "AWS::SNS::Topic".

/// The maximum length of the name of a topic, in characters of `[A-Za-z0-9-_]`, a FIFO topic's suffix
/// included.
pub const TOPIC_NAME_LEN: usize = 256;

// Kinesis. AWS: "AWS::Kinesis::Stream" and "AWS::Kinesis::StreamConsumer".

/// The maximum length of the name of a stream, in characters of `[A-Za-z0-9_.-]`.
pub const STREAM_NAME_LEN: usize = 128;
/// The maximum length of the name of a stream's consumer, in characters of `[A-Za-z0-9_.-]`.
pub const CONSUMER_NAME_LEN: usize = 128;
/// `ShardCount`. The maximum is a quota of the account.
pub const KINESIS_SHARDS: RangeInclusive<u32> = 1..=u32::MAX;
/// `RetentionPeriodHours`, in seconds: a day to a year.
pub const KINESIS_RETENTION_SECONDS: RangeInclusive<u32> = 86_400..=31_536_000;

// EventBridge. AWS: "AWS::Events::EventBus".

/// The maximum length of the name of an event bus, in characters of `[A-Za-z0-9_.-]`. The names of partners'
/// buses also have `/`.
pub const BUS_NAME_LEN: usize = 256;

// Secrets Manager. AWS: "AWS::SecretsManager::Secret".

/// The maximum length of the name of a secret, in characters of `[A-Za-z0-9/_+=.@-]`.
pub const SECRET_NAME_LEN: usize = 512;
/// `PasswordLength` of a generated secret, in characters. It has to have room for one character of each kind.
pub const SECRET_LENGTH: RangeInclusive<u32> = 4..=4_096;
/// The default `PasswordLength`.
pub const DEFAULT_SECRET_LENGTH: u32 = 32;

// Systems Manager. AWS: "AWS::SSM::Parameter" and "PutParameter".

/// The maximum length of the name of a parameter, in characters of `[A-Za-z0-9/_.-]`.
pub const SSM_NAME_LEN: usize = 1_011;
/// The maximum number of levels of a parameter's name.
pub const SSM_NAME_LEVELS: usize = 15;
/// The maximum length of the value of a standard parameter, in characters.
pub const SSM_VALUE_LEN: usize = 4_096;

// Schedules. AWS: "Setting a schedule pattern for scheduled rules in Amazon EventBridge".

/// The maximum length of a schedule expression, in characters.
pub const SCHEDULE_LEN: usize = 256;
/// The number of a rate. AWS says only "a positive number". The maximum is that of a signed 32-bit integer,
/// which is 4,000 years of minutes, so that no period overflows.
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
/// The number after `#` in a cron, which counts the days of one kind within a month.
pub const CRON_INSTANCES: RangeInclusive<u16> = 1..=5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retention_days_are_in_ascending_order() {
        assert!(LOG_RETENTION_DAYS.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn no_reserved_environment_name_is_listed_twice() {
        let distinct: std::collections::HashSet<_> = RESERVED_ENVIRONMENT.into_iter().collect();
        assert_eq!(distinct.len(), RESERVED_ENVIRONMENT.len());
    }
}
