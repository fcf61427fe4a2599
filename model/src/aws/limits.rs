//! The limits of AWS, and a few of Skylift. Every constant states its unit, and every group names the AWS
//! page that it mirrors. Checks, messages and documentation refer to these constants and repeat no number.

mod alarms;
mod mappings;

use std::ops::RangeInclusive;

pub use alarms::*;
pub use mappings::*;

// A Lambda function. AWS: "Lambda quotas" and "AWS::Lambda::Function".

/// The maximum length of the name of a function, in characters of `[A-Za-z0-9-_]`.
pub const FUNCTION_NAME_LEN: usize = 64;
/// The maximum number of layers of a function.
pub const LAYERS: usize = 5;
/// The maximum number of subnets of a function in a VPC.
pub const SUBNETS: usize = 16;
/// The maximum number of security groups of a function in a VPC.
pub const SECURITY_GROUPS: usize = 5;
/// The accepted number of invocations at once in an environment on Lambda Managed Instances.
pub const INSTANCE_CONCURRENCY: RangeInclusive<u32> = 1..=1_600;
/// The accepted memory for each virtual CPU of an environment on Lambda Managed Instances, in GiB.
pub const INSTANCE_MEMORY_PER_CPU_GIB: RangeInclusive<u32> = 2..=8;
/// The accepted number of environments of a function on Lambda Managed Instances.
pub const INSTANCE_ENVIRONMENTS: RangeInclusive<u32> = 0..=15_000;
/// The maximum length of `version_description`, in characters. It is a limit of Skylift: the description of a version, of
/// [`DESCRIPTION_LEN`] at most, contains the key of the code as well.
pub const VERSION_DESCRIPTION_LEN: usize = 128;
/// The maximum length of the path of a role, in characters.
pub const ROLE_PATH_LEN: usize = 512;
/// The maximum length of `Handler` of a function, in characters.
pub const HANDLER_LEN: usize = 128;
/// The maximum length of `Description` of a function, in characters.
pub const DESCRIPTION_LEN: usize = 256;
/// The `MemorySize` of a function that sets none, in MB.
pub const DEFAULT_MEMORY_MB: u32 = 128;
/// The accepted `MemorySize` of a function, in MB.
pub const MEMORY_MB: RangeInclusive<u32> = 128..=10_240;
/// The accepted `MemorySize` of a function on Lambda Managed Instances, in MB.
pub const INSTANCE_MEMORY_MB: RangeInclusive<u32> = 128..=32_768;
/// The `EphemeralStorage` of a function that sets none, in MB.
pub const DEFAULT_EPHEMERAL_STORAGE_MB: u32 = 512;
/// The accepted `EphemeralStorage` of a function, which is the size of `/tmp`, in MB.
pub const EPHEMERAL_STORAGE_MB: RangeInclusive<u32> = 512..=10_240;
/// The accepted `EphemeralStorage` of a function on Lambda Managed Instances, in MB.
pub const INSTANCE_EPHEMERAL_STORAGE_MB: RangeInclusive<u32> = 512..=32_768;
/// The accepted `Timeout` of a function, in seconds.
pub const TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=1_800;
/// The accepted `Timeout` of a function on Lambda Managed Instances, in seconds. Asynchronous invocations and
/// event source mappings can use all of it.
pub const INSTANCE_TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=5_400;
/// The default `Timeout` of a function, in seconds.
pub const DEFAULT_TIMEOUT_SECONDS: u32 = 3;

// The deadline margin. Not limits of AWS but of Skylift: the runtime stops every handler 20 ms before its
// timeout, and reports in the margin have to be finished before that.

/// The shortest deadline margin of a function, in milliseconds. The margin has to be shorter than the timeout
/// of its function.
pub const DEADLINE_MARGIN_MIN_MS: u32 = 50;
/// The default deadline margin of a function, in milliseconds.
pub const DEFAULT_DEADLINE_MARGIN_MS: u32 = 500;
/// The default deadline margin of a function that resumes, in milliseconds. The function gets at most half of
/// its timeout as its default margin. The margin is longer than that of other functions because the function
/// may have to open a connection to the queue first, with little processor time.
pub const DEFAULT_RESUME_DEADLINE_MARGIN_MS: u32 = 2_000;

/// The maximum size of the resource policy of a function, in bytes. AWS: "Lambda quotas", "Function resource-based
/// policy".
pub const FUNCTION_POLICY_BYTES: usize = 20_480;

// Provisioned concurrency. AWS: "Managing provisioned concurrency with Application Auto Scaling" and
// "Quotas for Application Auto Scaling".

/// The accepted provisioned concurrency, in environments. It cannot be 0: Lambda would then remove the
/// configuration of the alias, and the next deployment would fail because it expects the configuration.
pub const PROVISIONED_ENVIRONMENTS: RangeInclusive<u32> = 1..=u32::MAX;
/// The accepted target utilization of provisioned concurrency, above which Application Auto Scaling adds
/// environments.
pub const PROVISIONED_UTILIZATION: RangeInclusive<f64> = 0.1..=0.9;
/// The default target utilization of provisioned concurrency, which is that of AWS's examples.
pub const DEFAULT_PROVISIONED_UTILIZATION: f64 = 0.7;
/// The maximum number of scheduled actions that change the provisioned concurrency of a function.
pub const SCHEDULED_ACTIONS: usize = 200;

// Asynchronous invocation. AWS: "AWS::Lambda::EventInvokeConfig".

/// The accepted `MaximumRetryAttempts` of an asynchronous invocation.
pub const ASYNC_RETRIES: RangeInclusive<u32> = 0..=2;
/// The accepted `MaximumEventAgeInSeconds` of an asynchronous invocation, in seconds.
pub const EVENT_AGE_SECONDS: RangeInclusive<u32> = 60..=21_600;

// Environment variables. AWS: "Working with Lambda environment variables".

/// The maximum size of all keys and values of the environment variables of one function together, in bytes.
pub const ENVIRONMENT_BYTES: usize = 4_096;
/// The minimum length of the key of an environment variable, in characters. A key starts with a letter,
/// followed by `[A-Za-z0-9_]`.
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

/// The accepted values of `RetentionInDays` of a log group, in days, in ascending order.
pub const LOG_RETENTION_DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557,
    2_922, 3_288, 3_653,
];

/// The maximum length of the name of a log group, in characters of `[A-Za-z0-9_./#-]`.
pub const LOG_GROUP_NAME_LEN: usize = 512;
/// The maximum number of subscription filters of a log group. AWS: "CloudWatch Logs quotas".
pub const SUBSCRIPTION_FILTERS: usize = 2;
/// The maximum length of a filter pattern, in characters. AWS: "`PutSubscriptionFilter`".
pub const FILTER_PATTERN_LEN: usize = 1_024;

// A template and its stack. AWS: "CloudFormation quotas".

/// The maximum length of a logical id, in characters of `[A-Za-z0-9]`.
pub const LOGICAL_ID_LEN: usize = 255;
/// The maximum length of the name of an export, in characters of `[A-Za-z0-9:-]`.
pub const EXPORT_NAME_LEN: usize = 255;
/// The maximum number of resources of a stack, including those that SAM adds.
pub const RESOURCES: usize = 500;
/// The maximum number of outputs of a template.
pub const OUTPUTS: usize = 200;
/// The maximum number of parameters of a template.
pub const PARAMETERS: usize = 200;
/// The maximum number of mappings of a template.
pub const MAPPINGS: usize = 200;
/// The maximum number of attributes of a mapping.
pub const MAPPING_ATTRIBUTES: usize = 200;
/// The maximum length of a key of a mapping, in characters of `[A-Za-z0-9.-]`.
pub const MAPPING_KEY_LEN: usize = 255;
/// The maximum length of `Description` of a template, in bytes.
pub const TEMPLATE_DESCRIPTION_BYTES: usize = 1_024;
/// The maximum size of a template in S3, from where `sam deploy` uses it, in bytes.
pub const TEMPLATE_BYTES: usize = 1_000_000;

// A role. AWS: "IAM and AWS STS quotas".

/// The maximum number of managed policies of a role. AWS can increase this quota of an account.
pub const ROLE_MANAGED_POLICIES: usize = 10;
/// The maximum length of the name of a managed policy, in characters of `[A-Za-z0-9_+=,.@-]`.
pub const POLICY_NAME_LEN: usize = 128;
/// The maximum size of all inline policies of a role together, in characters without white space.
pub const ROLE_INLINE_POLICY_CHARACTERS: usize = 10_240;

// Tags. AWS: "Tag naming limits and requirements".

/// The maximum number of tags of one resource.
pub const TAGS: usize = 50;
/// The accepted length of the key of a tag, in characters.
pub const TAG_KEY_LEN: RangeInclusive<usize> = 1..=128;
/// The maximum length of the value of a tag, in characters.
pub const TAG_VALUE_LEN: usize = 256;
/// The prefix of tag keys that AWS reserves for itself, in upper or lower case.
pub const TAG_RESERVED_PREFIX: &str = "aws:";

/// How long a stream keeps its records if nothing else is set, in seconds. The stream of a table keeps them for exactly
/// this time. AWS: `RetentionPeriodHours` of *`AWS::Kinesis::Stream`*, and "Change data capture for `DynamoDB` Streams".
pub const DEFAULT_STREAM_RETENTION_SECONDS: u32 = 86_400;

/// Lambda's default for the number of messages in a batch of a queue.
pub const DEFAULT_SQS_BATCH_SIZE: u32 = 10;

/// SQS's default for how long a queue keeps a message, in seconds.
pub const DEFAULT_SQS_RETENTION_SECONDS: u32 = 345_600;

/// SQS's default for how long a received message is hidden, in seconds.
pub const DEFAULT_SQS_VISIBILITY_SECONDS: u32 = 30;

/// The maximum length of an object's key in bytes of UTF-8. AWS: "Naming Amazon S3 objects".
pub const OBJECT_KEY_BYTES: usize = 1_024;

/// The maximum length of a partition key of a `DynamoDB` table in bytes. AWS: "Quotas in Amazon `DynamoDB`".
pub const PARTITION_KEY_BYTES: usize = 2_048;

/// The prefix of the sources of events that only AWS's services may publish. AWS: "`PutEvents`" of the
/// `EventBridge` API Reference, `NotAuthorizedForSourceException`.
pub const EVENT_SOURCE_RESERVED_PREFIX: &str = "aws.";

// Rules. AWS: "AWS::Events::Rule" and "Amazon EventBridge quotas".

/// The accepted number of targets of an EventBridge rule.
pub const RULE_TARGETS: RangeInclusive<u32> = 1..=5;

/// The maximum length of the name of an EventBridge rule, in characters of `[A-Za-z0-9._-]`.
pub const RULE_NAME_LEN: usize = 64;

/// The accepted `MaximumRetryAttempts` of a target of an EventBridge rule.
pub const RULE_RETRIES: RangeInclusive<u32> = 0..=185;

/// The accepted `MaximumEventAgeInSeconds` of a target of an EventBridge rule.
pub const RULE_EVENT_AGE_SECONDS: RangeInclusive<u32> = 60..=86_400;

/// The maximum length of the pattern of an EventBridge rule, in characters of its JSON. An account has 2,048 until it
/// asks for more.
pub const EVENT_PATTERN_LEN: usize = 4_096;

/// The maximum length of the constant input of a rule's target, in characters of its JSON.
pub const RULE_INPUT_LEN: usize = 8_192;

/// The maximum length of the path of a rule's target into the event, in characters.
pub const RULE_INPUT_PATH_LEN: usize = 256;

/// The maximum number of paths of an input transformer.
pub const TRANSFORMER_PATHS: usize = 100;
/// The maximum length of the template of an input transformer, in characters.
pub const TRANSFORMER_TEMPLATE_LEN: usize = 8_192;

/// The accepted window of a schedule of EventBridge Scheduler, in seconds. Scheduler takes whole minutes.
pub const SCHEDULER_WINDOW_SECONDS: RangeInclusive<u32> = 60..=86_400;

/// The maximum length of the name of a group of schedules, in characters of `[A-Za-z0-9._-]`.
pub const SCHEDULE_GROUP_NAME_LEN: usize = 64;

/// The maximum length of the id of a target of an EventBridge rule, in characters.
pub const RULE_TARGET_ID_LEN: usize = 64;

// Pings that keep a function warm. Not limits of AWS but of Skylift.

/// How long a function can hold a ping that keeps it warm, in milliseconds. While an environment holds a ping,
/// the next ping goes to another environment. The maximum is half of the shortest period between pings: a
/// longer hold could overlap with the next ping. A much shorter hold is enough for the next ping to reach
/// another environment, and a longer hold costs money.
pub const HOLD_MS: RangeInclusive<u32> = 1..=30_000;
/// How long a function holds a ping by default if several pings arrive together, in milliseconds. EventBridge
/// invokes the targets of a rule within some hundred milliseconds of each other.
pub const DEFAULT_HOLD_MS: u32 = 500;

// S3. AWS: "General purpose bucket naming rules".

/// The accepted length of the name of a bucket, in characters of `[a-z0-9.-]`.
pub const BUCKET_NAME_LEN: RangeInclusive<usize> = 3..=63;
/// The prefixes of bucket names that S3 reserves.
pub const BUCKET_RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// The suffixes of bucket names that S3 reserves.
pub const BUCKET_RESERVED_SUFFIXES: [&str; 5] =
    ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

// HTTP API. AWS: "Quotas for configuring and running an HTTP API in API Gateway".

/// How long API Gateway waits for the function of a route, in seconds.
pub const HTTP_API_TIMEOUT_SECONDS: u32 = 30;
/// The maximum length of the name of a stage, in characters.
pub const STAGE_NAME_LEN: usize = 128;
/// The maximum length of the name of an API, in characters.
pub const API_NAME_LEN: usize = 128;
/// The maximum length of the description of an API, in characters.
pub const API_DESCRIPTION_LEN: usize = 1_024;
/// The maximum length of the name of a custom domain, in characters.
pub const DOMAIN_NAME_LEN: usize = 253;
/// The maximum length of the base path of an API mapping, in characters.
pub const BASE_PATH_LEN: usize = 300;
/// The maximum number of scopes of a route.
pub const ROUTE_SCOPES: usize = 10;
/// The maximum number of recipients in the audience of an authorizer.
pub const JWT_AUDIENCE: usize = 50;
/// The maximum length of the id of a hosted zone of Route 53, in characters.
pub const HOSTED_ZONE_ID_LEN: usize = 32;
/// The accepted time for which a browser keeps the answer of an HTTP API to a preflight request, in seconds.
pub const HTTP_API_CORS_MAX_AGE_SECONDS: RangeInclusive<u32> = 0..=86_400;

// Function URLs. AWS: "Cors" of the AWS Lambda API Reference, and "Lambda quotas".

/// How long Lambda waits for the function of a URL, in seconds. A longer timeout is for asynchronous invocations.
pub const FUNCTION_URL_TIMEOUT_SECONDS: u32 = *TIMEOUT_SECONDS.end();
/// The maximum number of origins, of headers and of exposed headers.
pub const FUNCTION_URL_CORS_ENTRIES: usize = 100;
/// The accepted length of an origin, in characters.
pub const FUNCTION_URL_ORIGIN_LEN: RangeInclusive<usize> = 1..=253;
/// The accepted length of the name of a header, in characters.
pub const FUNCTION_URL_HEADER_LEN: RangeInclusive<usize> = 1..=1_024;
/// The accepted time for which a browser keeps the answer to a preflight request, in seconds.
pub const FUNCTION_URL_MAX_AGE_SECONDS: RangeInclusive<u32> = 0..=86_400;

// Cognito. AWS: "Customizing user pool workflows with Lambda triggers".

/// How long Cognito waits for the function of a user pool, in seconds.
pub const COGNITO_TIMEOUT_SECONDS: u32 = 5;

// Alexa. "Request and Response JSON Reference" of the Alexa Skills Kit, and `EventSourceToken` of AddPermission.

/// How long Alexa waits for the function of a skill, in seconds.
pub const ALEXA_TIMEOUT_SECONDS: u32 = 8;
/// The maximum length of the id of a skill, in characters of `[A-Za-z0-9._-]`.
pub const SKILL_ID_LEN: usize = 256;

// Rules of AWS IoT. AWS: "AWS IoT Core endpoints and quotas".

/// The maximum size of a rule, in bytes.
pub const IOT_RULE_BYTES: usize = 256 * 1_024;
/// The maximum length of the name of a rule, in characters of `[A-Za-z0-9_]`.
pub const IOT_RULE_NAME_LEN: usize = 128;
/// The maximum length of a topic or a topic filter, in bytes.
pub const IOT_TOPIC_BYTES: usize = 256;
/// The maximum number of slashes of a topic or a topic filter.
pub const IOT_TOPIC_SLASHES: usize = 7;

// Filter policies of subscriptions. AWS: "Filter policy constraints in Amazon SNS".

/// The maximum number of keys that a filter policy compares.
pub const SNS_FILTER_KEYS: usize = 5;
/// The maximum number of combinations of the values of a filter policy.
pub const SNS_FILTER_COMBINATIONS: usize = 150;

// SQS. AWS: "Amazon SQS queue quotas", "AWS::SQS::Queue" and "Creating and configuring an Amazon SQS
// event source mapping".

/// The maximum length of the name of a queue, in characters of `[A-Za-z0-9-_]`. The suffix of a FIFO queue
/// counts too.
pub const QUEUE_NAME_LEN: usize = 80;
/// The suffix of the names of FIFO queues and topics. The name of a queue or topic that is not FIFO cannot have
/// this suffix.
pub const FIFO_SUFFIX: &str = ".fifo";
/// The accepted `VisibilityTimeout` of a queue, in seconds. Lambda refuses a queue whose visibility timeout is
/// shorter than the timeout of the function that it triggers.
pub const SQS_VISIBILITY_SECONDS: RangeInclusive<u32> = 0..=43_200;
/// The default `VisibilityTimeout` of a queue, in seconds.
pub const SQS_DEFAULT_VISIBILITY_SECONDS: u32 = 30;
/// The visibility timeout of a queue that AWS recommends, as a multiple of the timeout of the function.
pub const SQS_VISIBILITY_ADVISED_TIMEOUTS: u32 = 6;
const _: () = assert!(
    *INSTANCE_TIMEOUT_SECONDS.end() * SQS_VISIBILITY_ADVISED_TIMEOUTS
        <= *SQS_VISIBILITY_SECONDS.end(),
    "a queue has to accept the recommended visibility timeout for every function"
);
/// The accepted `MessageRetentionPeriod` of a queue, in seconds.
pub const SQS_RETENTION_SECONDS: RangeInclusive<u32> = 60..=1_209_600;
/// The accepted `DelaySeconds` of a queue, in seconds.
pub const SQS_DELAY_SECONDS: RangeInclusive<u32> = 0..=900;
/// The accepted length of a message group id, in printable characters of ASCII.
pub const MESSAGE_GROUP_LEN: RangeInclusive<usize> = 1..=128;
/// The accepted `maxReceiveCount` of the redrive policy of a queue.
pub const SQS_MAX_RECEIVES: RangeInclusive<u32> = 1..=1_000;
/// The minimum `maxReceiveCount` that AWS recommends for a queue that triggers a function.
pub const DEFAULT_MAX_RECEIVES: u32 = 5;
/// The accepted `BatchSize` of the event source mapping of a queue, in messages.
pub const SQS_BATCH_SIZE: RangeInclusive<u32> = 1..=10_000;
/// The maximum `BatchSize` of the event source mapping of a FIFO queue, in messages.
pub const SQS_FIFO_BATCH_SIZE: u32 = 10;
/// The maximum `BatchSize` of the event source mapping of a queue if the mapping has no batch window, in
/// messages.
pub const SQS_BATCH_SIZE_WITHOUT_WINDOW: u32 = 10;
/// The accepted `MaximumConcurrency` of the event source mapping of a queue, in concurrent invocations.
pub const SQS_MAX_CONCURRENCY: RangeInclusive<u32> = 2..=1_000;
/// The accepted batch concurrency: the number of messages of one batch that the runtime processes at the same
/// time. Skylift sets this limit, not AWS.
pub const SQS_BATCH_CONCURRENCY: RangeInclusive<u32> = 1..=1_000;
/// The default batch concurrency of a queue's trigger, which equals Lambda's default batch size.
pub const DEFAULT_SQS_BATCH_CONCURRENCY: u32 = 10;

// DynamoDB. AWS: "Quotas in Amazon DynamoDB".

/// The accepted length of the name of a table or of an index, in characters of `[A-Za-z0-9_.-]`.
pub const TABLE_NAME_LEN: RangeInclusive<usize> = 3..=255;
/// The accepted length of the name of an attribute that is a key of a table, in bytes.
pub const ATTRIBUTE_NAME_LEN: RangeInclusive<usize> = 1..=255;
/// The maximum number of global secondary indexes of a table.
pub const GLOBAL_INDEXES: usize = 20;
/// The maximum number of local secondary indexes of a table.
pub const LOCAL_INDEXES: usize = 5;
/// The accepted number of attributes, apart from keys, that an index can list.
pub const INDEX_ATTRIBUTES: RangeInclusive<usize> = 1..=20;
/// The maximum number of attributes, apart from keys, that all indexes of a table can list together.
pub const PROJECTED_ATTRIBUTES: usize = 100;

// Idempotency. Not limits of AWS but of Skylift: data that is needed for longer belongs in a table of the
// application.

/// How long the table of an idempotent function can keep an answer, in seconds.
pub const IDEMPOTENCY_SECONDS: RangeInclusive<u32> = 1..=31_536_000;
/// How long the table of an idempotent function keeps an answer by default, in seconds.
pub const DEFAULT_IDEMPOTENCY_SECONDS: u32 = 3_600;

// Resuming functions. Not limits of AWS but of Skylift: they stop work that hands itself over for ever by
// mistake.

/// The accepted number of hops: how often a function that resumes can hand over its work.
pub const RESUME_HOPS: RangeInclusive<u32> = 1..=100_000;
/// The default number of hops: how often a function that resumes can hand over its work.
pub const DEFAULT_RESUME_HOPS: u32 = 100;

// SNS. AWS: "AWS::SNS::Topic".

/// The maximum length of the name of a topic, in characters of `[A-Za-z0-9-_]`. The suffix of a FIFO topic
/// counts too.
pub const TOPIC_NAME_LEN: usize = 256;

// Kinesis. AWS: "AWS::Kinesis::Stream" and "AWS::Kinesis::StreamConsumer".

/// The maximum length of the name of a stream, in characters of `[A-Za-z0-9_.-]`.
pub const STREAM_NAME_LEN: usize = 128;
/// The maximum length of the name of a stream's consumer, in characters of `[A-Za-z0-9_.-]`.
pub const CONSUMER_NAME_LEN: usize = 128;
/// The accepted `ShardCount` of a stream. The maximum is a quota of the account.
pub const KINESIS_SHARDS: RangeInclusive<u32> = 1..=u32::MAX;
/// The accepted `RetentionPeriodHours` of a stream, in seconds: a day to a year.
pub const KINESIS_RETENTION_SECONDS: RangeInclusive<u32> = 86_400..=31_536_000;

// EventBridge. AWS: "AWS::Events::EventBus".

/// The maximum length of the name of a state machine, of one of its states or of an execution, in characters.
pub const STATE_MACHINE_NAME_LEN: usize = 80;
/// The maximum length of the name of an event bus, in characters of `[A-Za-z0-9_.-]`. The names of partners'
/// buses also have `/`.
pub const BUS_NAME_LEN: usize = 256;

// Secrets Manager. AWS: "AWS::SecretsManager::Secret".

/// The maximum length of the name of a secret, in characters of `[A-Za-z0-9/_+=.@-]`.
pub const SECRET_NAME_LEN: usize = 512;
/// The accepted `PasswordLength` of a generated secret, in characters. A secret has to have room for one
/// character of each kind.
pub const SECRET_LENGTH: RangeInclusive<u32> = 4..=4_096;
/// The default `PasswordLength` of a generated secret, in characters.
pub const DEFAULT_SECRET_LENGTH: u32 = 32;

// Systems Manager. AWS: "AWS::SSM::Parameter" and "PutParameter".

/// The maximum length of the name of a parameter of Systems Manager, in characters of `[A-Za-z0-9/_.-]`.
pub const SSM_NAME_LEN: usize = 1_011;
/// The maximum number of levels in the name of a parameter of Systems Manager.
pub const SSM_NAME_LEVELS: usize = 15;
/// The maximum length of the value of a standard parameter of Systems Manager, in characters.
pub const SSM_VALUE_LEN: usize = 4_096;

// Schedules. AWS: "Setting a schedule pattern for scheduled rules in Amazon EventBridge".

/// The maximum length of a schedule expression, in characters.
pub const SCHEDULE_LEN: usize = 256;
/// The accepted number in `rate(…)`. AWS says only "a positive number". The maximum is that of a signed 32-bit
/// integer, which is 4,000 years of minutes, so that no period overflows.
pub const RATE_VALUE: RangeInclusive<u32> = 1..=2_147_483_647;
/// The accepted minutes in `cron(…)`.
pub const CRON_MINUTES: RangeInclusive<u16> = 0..=59;
/// The accepted hours in `cron(…)`, in UTC.
pub const CRON_HOURS: RangeInclusive<u16> = 0..=23;
/// The accepted days of the month in `cron(…)`.
pub const CRON_DAYS_OF_MONTH: RangeInclusive<u16> = 1..=31;
/// The accepted months in `cron(…)`.
pub const CRON_MONTHS: RangeInclusive<u16> = 1..=12;
/// The accepted days of the week in `cron(…)`; 1 is Sunday.
pub const CRON_DAYS_OF_WEEK: RangeInclusive<u16> = 1..=7;
/// The accepted years in `cron(…)`.
pub const CRON_YEARS: RangeInclusive<u16> = 1970..=2199;
/// The accepted numbers after `#` in `cron(…)`, which select one of the weekdays of the same name in a month:
/// `MON#2` is the second Monday.
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
