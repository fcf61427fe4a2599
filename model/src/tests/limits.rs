//! Tests of the limits of AWS: each number type and each length of a name accepts both ends of its range and
//! nothing beyond. The numbers are repeated here, so that a mistake in `limits` is found.

use std::fmt::Debug;

use crate::aws::logs::LogRetention;
use crate::aws::mapping::{BatchWindow, stream};
use crate::aws::name::{
    AttributeName, BucketName, BusName, EnvKey, FunctionName, IndexName, LogicalId, ParameterName,
    ParameterPath, QueueName, RuleName, SecretName, StreamName, TableName, TopicName,
};
use crate::aws::provisioned_concurrency::{self, EnvironmentCount};
use crate::aws::{iam, limits};
use crate::deadline::DeadlineMargin;
use crate::duration::Milliseconds;
use crate::idempotency;
use crate::keep_warm::Instances;
use crate::resource::{queue, secret, stream as kinesis};
use crate::settings::{
    AsyncRetries, EphemeralStorage, MaxEventAge, Memory, ReservedConcurrency, Timeout,
};
use crate::source::{dynamodb, kinesis as kinesis_source, sqs};

/// Asserts that the numbers from `min` to `max` are accepted, and that the next ones are refused with this
/// message.
#[track_caller]
fn bounded<Number>(min: u64, max: u64, message: &str)
where
    Number: TryFrom<u64> + Into<u32> + Debug,
    Number::Error: ToString + Debug,
{
    for number in [min, max] {
        let taken: u32 = Number::try_from(number).unwrap().into();
        assert_eq!(u64::from(taken), number);
    }
    if min > 0 {
        assert!(Number::try_from(min - 1).is_err());
    }
    let error = Number::try_from(max + 1).unwrap_err().to_string();
    assert_eq!(error, message);
}

#[test]
fn both_ends_of_every_range_are_accepted_and_nothing_beyond() {
    let open = u64::from(u32::MAX);
    bounded::<Memory>(128, 10_240, "memory of 10241 MB is out of range: AWS takes 128 to 10240 MB");
    bounded::<Timeout>(1, 1_800, "timeout of 1801 s is out of range: AWS takes 1 to 1800 s");
    bounded::<EphemeralStorage>(
        512,
        10_240,
        "ephemeral storage of 10241 MB is out of range: AWS takes 512 to 10240 MB",
    );
    bounded::<ReservedConcurrency>(
        0,
        open,
        "reserved concurrency of 4294967296 is too low: AWS takes 0 or more",
    );
    bounded::<AsyncRetries>(0, 2, "retry count of 3 is out of range: AWS takes 0 to 2");
    bounded::<MaxEventAge>(
        60,
        21_600,
        "event age of 21601 s is out of range: AWS takes 60 to 21600 s",
    );
    bounded::<EnvironmentCount>(
        1,
        open,
        "provisioned concurrency of 4294967296 is too low: AWS takes 1 or more",
    );
    bounded::<Instances>(1, 5, "count of instances of 6 is out of range: AWS takes 1 to 5");
    bounded::<BatchWindow>(0, 300, "batch window of 301 s is out of range: AWS takes 0 to 300 s");
    bounded::<sqs::QueueBatchSize>(
        1,
        10_000,
        "batch size of 10001 is out of range: AWS takes 1 to 10000",
    );
    bounded::<sqs::MaxConcurrency>(
        2,
        1_000,
        "maximum concurrency of 1001 is out of range: AWS takes 2 to 1000",
    );
    bounded::<stream::StreamBatchSize>(
        1,
        10_000,
        "batch size of 10001 is out of range: AWS takes 1 to 10000",
    );
    bounded::<stream::ParallelizationFactor>(
        1,
        10,
        "parallelization factor of 11 is out of range: AWS takes 1 to 10",
    );
    bounded::<stream::MaxRecordAge>(
        60,
        604_800,
        "record age of 604801 s is out of range: AWS takes 60 to 604800 s",
    );
    bounded::<stream::StreamRetries>(
        0,
        10_000,
        "number of retries of 10001 is out of range: AWS takes 0 to 10000",
    );
    bounded::<stream::TumblingWindow>(
        0,
        900,
        "tumbling window of 901 s is out of range: AWS takes 0 to 900 s",
    );
    bounded::<queue::VisibilityTimeout>(
        0,
        43_200,
        "visibility timeout of 43201 s is out of range: AWS takes 0 to 43200 s",
    );
    bounded::<queue::MaxReceiveCount>(
        1,
        1_000,
        "receive count of 1001 is out of range: AWS takes 1 to 1000",
    );
    bounded::<queue::MessageRetention>(
        60,
        1_209_600,
        "retention of 1209601 s is out of range: AWS takes 60 to 1209600 s",
    );
    bounded::<queue::MessageDelay>(0, 900, "delay of 901 s is out of range: AWS takes 0 to 900 s");
    bounded::<secret::SecretLength>(
        4,
        4_096,
        "length of 4097 is out of range: AWS takes 4 to 4096",
    );
    bounded::<kinesis::ShardCount>(
        1,
        open,
        "shard count of 4294967296 is too low: AWS takes 1 or more",
    );
    bounded::<kinesis::RecordRetention>(
        86_400,
        31_536_000,
        "retention of 31536001 s is out of range: AWS takes 86400 to 31536000 s",
    );
}

#[test]
fn the_defaults_are_those_of_the_documentation() {
    assert_eq!(Timeout::DEFAULT.get(), 3);
    assert_eq!(LogRetention::DEFAULT.get(), 30);
    assert_eq!(queue::MaxReceiveCount::DEFAULT.get(), 5);
    assert_eq!(secret::SecretLength::DEFAULT.get(), 32);
    assert_eq!(sqs::QueueBatchSize::ONE.get(), 1);
    assert_eq!((limits::SQS_DEFAULT_VISIBILITY_SECONDS, limits::DEFAULT_HOLD_MS), (30, 500));
    assert_eq!(provisioned_concurrency::SETTINGS_LEN, 16);
    for (days, taken) in [(1, true), (2, false), (365, true), (3_653, true), (3_654, false)] {
        assert_eq!(LogRetention::try_from(days).is_ok(), taken, "{days}");
    }
    let error = LogRetention::try_from(10_000).unwrap_err();
    assert_eq!(
        error,
        "logs cannot be kept for 10000 days: CloudWatch Logs takes certain numbers only, the nearest is 3653"
    );
}

#[test]
fn the_limits_of_templates_are_those_of_aws() {
    assert_eq!((limits::DESCRIPTION_LEN, limits::HANDLER_LEN), (256, 128));
    assert_eq!((limits::RESOURCES, limits::OUTPUTS), (500, 200));
    assert_eq!((limits::PARAMETERS, limits::MAPPINGS), (200, 200));
    assert_eq!(limits::TEMPLATE_DESCRIPTION_BYTES, 1_024);
    assert_eq!(limits::TEMPLATE_BYTES, 1_000_000);
    assert_eq!(limits::ROLE_MANAGED_POLICIES, 10);
    assert_eq!(limits::ROLE_INLINE_POLICY_CHARACTERS, 10_240);
    assert_eq!((limits::TAGS, limits::TAG_KEY_LEN, limits::TAG_VALUE_LEN), (50, 1..=128, 256));
    assert_eq!((limits::FILTERS, limits::FILTER_LEN), (20, 4_096));
    assert_eq!(limits::SCHEDULED_ACTIONS, 200);
    assert_eq!((limits::INDEX_ATTRIBUTES, limits::SSM_VALUE_LEN), (1..=20, 4_096));
    assert_eq!(limits::CONSUMER_NAME_LEN, 128);
}

/// Asserts that names of `min` and `max` characters are accepted, and that a shorter or longer name is
/// refused.
#[track_caller]
fn long<Name>(min: usize, max: usize)
where
    Name: for<'a> TryFrom<&'a str>,
{
    let taken = |length: usize| Name::try_from(&"a".repeat(length)).is_ok();
    assert!(taken(min) && taken(max));
    assert!(!taken(min - 1) && !taken(max + 1));
}

#[test]
fn names_have_the_lengths_that_aws_accepts() {
    long::<LogicalId>(1, 255);
    long::<ParameterName>(1, 255);
    long::<FunctionName>(1, 64);
    long::<RuleName>(1, 64);
    long::<BucketName>(3, 63);
    long::<QueueName>(1, 80);
    long::<TopicName>(1, 256);
    long::<TableName>(3, 255);
    long::<IndexName>(3, 255);
    long::<AttributeName>(1, 255);
    long::<StreamName>(1, 128);
    long::<BusName>(1, 256);
    long::<SecretName>(1, 512);
    long::<ParameterPath>(1, 1_011);
    // The suffix of a FIFO queue counts as part of the name, and is not a name alone.
    assert!(QueueName::try_from(format!("{}.fifo", "a".repeat(75)).as_str()).is_ok());
    assert!(QueueName::try_from(format!("{}.fifo", "a".repeat(76)).as_str()).is_err());
    assert!(EnvKey::try_from("a").is_err() && EnvKey::try_from("ab").is_ok());
}

#[test]
fn the_error_of_a_name_has_the_forbidden_character() {
    fn message<Name: for<'a> TryFrom<&'a str, Error = crate::aws::name::InvalidName> + Debug>(
        name: &str,
    ) -> String {
        Name::try_from(name).unwrap_err().to_string()
    }
    for (message, expected) in [
        (
            message::<LogicalId>("a-b"),
            "`a-b` is not a logical id: `-` is not allowed, only ASCII letters and digits",
        ),
        (
            message::<FunctionName>("a b"),
            "`a b` is not a function name: a space is not allowed, only letters, digits, `-` and `_`",
        ),
        (
            message::<FunctionName>("a\tb"),
            "`a\tb` is not a function name: `\\t` is not allowed, only letters, digits, `-` and `_`",
        ),
        (
            message::<FunctionName>("a.b"),
            "`a.b` is not a function name: `.` is not allowed, only letters, digits, `-` and `_`",
        ),
        (
            message::<RuleName>("a/b"),
            "`a/b` is not a rule name: `/` is not allowed, only letters, digits, `.`, `-` and `_`",
        ),
        (
            message::<QueueName>("a.b"),
            "`a.b` is not a queue name: `.` is not allowed, only letters, digits, `-` and `_`",
        ),
        (
            message::<BucketName>("aBc"),
            "`aBc` is not a bucket name: `B` is not allowed, only lower-case letters, digits, `.` and `-`",
        ),
        (
            message::<BucketName>("-ab"),
            "`-ab` is not a bucket name: it has to begin and end with a letter or a digit",
        ),
        (message::<BucketName>("a..b"), "`a..b` is not a bucket name: it has two dots in a row"),
        (
            message::<BucketName>("1.2.3.4"),
            "`1.2.3.4` is not a bucket name: it looks like an IP address",
        ),
        (
            message::<BucketName>("a.mrap"),
            "`a.mrap` is not a bucket name: S3 reserves names that end in `.mrap`",
        ),
        (
            message::<AttributeName>(""),
            "`` is not a name of an attribute: it has 0 bytes, AWS takes 1 to 255",
        ),
        (
            message::<BusName>("default"),
            "`default` is not a name of an event bus: EventBridge reserves this name",
        ),
        (
            message::<SecretName>("a:b"),
            "`a:b` is not a name of a secret: `:` is not allowed, only letters, digits, `/`, `_`, `+`, `=`, `.`, `@` and `-`",
        ),
        (
            message::<ParameterPath>("/ssm/a"),
            "`/ssm/a` is not a name of a parameter: AWS reserves names that begin with `aws` or `ssm`",
        ),
        (
            message::<ParameterPath>("a/b"),
            "`a/b` is not a name of a parameter: a name with levels begins with `/`",
        ),
        (
            message::<ParameterPath>("/a//b"),
            "`/a//b` is not a name of a parameter: one of its levels is empty",
        ),
        (
            message::<ParameterPath>(&"/a".repeat(16)),
            "`/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a` is not a name of a parameter: it has 16 levels, AWS takes 15",
        ),
        (
            message::<EnvKey>("_HANDLER"),
            "`_HANDLER` is not a name for an environment variable: Lambda sets it itself, and lets no function set it",
        ),
        (
            message::<EnvKey>("A"),
            "`A` is not a name for an environment variable: it needs at least 2 characters",
        ),
        (
            message::<EnvKey>("1A"),
            "`1A` is not a name for an environment variable: it has to begin with a letter",
        ),
        (
            message::<EnvKey>("A-B"),
            "`A-B` is not a name for an environment variable: `-` is not allowed, only letters, digits and `_`",
        ),
    ] {
        assert_eq!(message, expected);
    }
    for good in ["1.2.3.x", "1.2.3", "1.2.3.256", "a.b.c.d"] {
        assert!(BucketName::try_from(good).is_ok(), "{good}");
    }
}

#[test]
fn the_error_of_a_margin_has_help() {
    let refused = |milliseconds| {
        let error = DeadlineMargin::try_from(Milliseconds::new(milliseconds)).unwrap_err();
        (error.to_string(), error.help())
    };
    let least = "leave it out for 500 ms, or write as little as `\"50ms\"`".to_owned();
    let shorter = "leave it out for 500 ms, or write a shorter one, such as `\"2s\"`".to_owned();
    assert_eq!(refused(0).1, least);
    assert_eq!(refused(49), ("a margin of 49 ms is too short to report in".to_owned(), least));
    let message = "no function has that much time: its timeout is at most 5400 s".to_owned();
    assert_eq!(refused(5_400_000), (message, shorter));
    let margin = |milliseconds| DeadlineMargin::try_from(Milliseconds::new(milliseconds)).unwrap();
    assert_eq!(
        (margin(250).to_string(), margin(2_000).to_string()),
        ("250 ms".into(), "2 s".into())
    );
}

#[test]
fn lambda_and_the_runtime_are_granted_the_actions_that_they_need() {
    assert_eq!(
        dynamodb::POLL_ACTIONS,
        [
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        ]
    );
    assert_eq!(
        kinesis_source::POLL_ACTIONS,
        [
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "kinesis:ListStreams",
        ]
    );
    assert_eq!(
        kinesis_source::SUBSCRIBE_ACTIONS,
        ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"]
    );
    assert_eq!(
        queue::POLL_ACTIONS,
        ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    );
    let actions: Vec<(&str, iam::GrantScope)> =
        idempotency::STORE_CALLS.iter().map(|call| (call.action, call.scope)).collect();
    assert_eq!(
        actions,
        [
            ("dynamodb:PutItem", iam::GrantScope::Itself),
            ("dynamodb:UpdateItem", iam::GrantScope::Itself),
            ("dynamodb:DeleteItem", iam::GrantScope::Itself),
        ]
    );
    assert_eq!(crate::resume::SEND_CALL.action, "sqs:SendMessage");
}
