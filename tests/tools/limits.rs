//! Compares the limits of the model with those of AWS: with the service models that botocore brings, and with the
//! schemas of CloudFormation that cfn-lint brings. AWS moves its limits. A failure names each limit that moved.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde_json::Value;
use skylift_model::aws::limits;
use skylift_model::aws::mapping::kafka_access::KafkaAuth;
use skylift_model::source::s3::S3EventType;

use crate::toolbox;

/// The least and the greatest number; `None` for an end that the model does not limit.
type Ends = [Option<i64>; 2];

/// A limit of the model, and the place where AWS has it.
struct Limit {
    /// `service:Shape`, or a type of CloudFormation and a path in its schema.
    place: &'static str,
    ours: Ends,
    /// AWS's own ends, if they differ from ours for the reason in the text.
    differs: Option<(Ends, &'static str)>,
}

impl Limit {
    /// States that AWS has other ends than the model, for this reason.
    fn because(self, reason: &'static str, theirs: Ends) -> Self {
        Self { differs: Some((theirs, reason)), ..self }
    }

    /// Returns a description of the difference between AWS's ends and the expected ones, or `None` if there is none.
    fn find_difference(&self, theirs: &Value) -> Option<String> {
        let Self { place, ours, differs } = self;
        let theirs = ["min", "max"].map(|end| theirs[end].as_i64());
        let (expected, reason) = differs.unwrap_or((*ours, "ours"));
        // The model has only the upper end of most lengths.
        let same = expected.iter().zip(theirs).all(|(one, other)| one.is_none() || *one == other);
        (!same).then(|| format!("{place}: {expected:?} ({reason}), AWS has {theirs:?}"))
    }
}

fn limit(place: &'static str, ours: Ends) -> Limit {
    Limit { place, ours, differs: None }
}

fn range(range: &RangeInclusive<u32>) -> Ends {
    [Some(i64::from(*range.start())), Some(i64::from(*range.end()))]
}

fn lengths(range: &RangeInclusive<usize>) -> Ends {
    [*range.start(), *range.end()].map(|end| i64::try_from(end).ok())
}

fn most(number: usize) -> Ends {
    [None, i64::try_from(number).ok()]
}

fn ends(least: i64, greatest: i64) -> Ends {
    [Some(least), Some(greatest)]
}

/// Why the model has no -1, which AWS takes.
const NO_LIMIT: &str = "-1 is the default, for which the key is left out";

fn service_limits() -> Vec<Limit> {
    vec![
        limit("lambda:Timeout", range(&limits::INSTANCE_TIMEOUT_SECONDS)),
        limit("lambda:MemorySize", range(&limits::INSTANCE_MEMORY_MB)),
        limit("lambda:EphemeralStorageSize", range(&limits::INSTANCE_EPHEMERAL_STORAGE_MB)),
        limit("lambda:Description", most(limits::DESCRIPTION_LEN)),
        limit("lambda:Handler", most(limits::HANDLER_LEN)),
        limit("lambda:MaximumRetryAttempts", range(&limits::ASYNC_RETRIES)),
        limit("lambda:MaximumEventAgeInSeconds", range(&limits::EVENT_AGE_SECONDS)),
        limit("lambda:BatchSize", range(&limits::STREAM_BATCH_SIZE)),
        limit("lambda:BatchSize", range(&limits::SQS_BATCH_SIZE)),
        limit("lambda:MaximumBatchingWindowInSeconds", range(&limits::BATCH_WINDOW_SECONDS)),
        limit("lambda:ParallelizationFactor", range(&limits::STREAM_PARALLELIZATION_FACTOR)),
        limit("lambda:MaximumRecordAgeInSeconds", range(&limits::STREAM_RECORD_AGE_SECONDS))
            .because("-1 is the default, and Lambda refuses 0 to 59", ends(-1, 604_800)),
        limit("lambda:MaximumRetryAttemptsEventSourceMapping", range(&limits::STREAM_RETRIES))
            .because(NO_LIMIT, ends(-1, 10_000)),
        limit("lambda:TumblingWindowInSeconds", range(&limits::STREAM_TUMBLING_WINDOW_SECONDS)),
        limit("lambda:MaximumConcurrency", range(&limits::SQS_MAX_CONCURRENCY)),
        limit("lambda:Topic", lengths(&limits::KAFKA_TOPIC_LEN))
            .because("its pattern has two characters at least", ends(1, 249)),
        limit("lambda:URI", most(limits::CONSUMER_GROUP_LEN)),
        limit("lambda:URI", most(limits::ACCESS_VALUE_LEN)),
        limit("lambda:EndpointLists", most(limits::BOOTSTRAP_SERVERS)),
        limit("lambda:Endpoint", most(limits::BOOTSTRAP_SERVER_LEN)),
        limit("lambda:MinimumNumberOfPollers", range(&limits::KAFKA_MIN_POLLERS)),
        limit("lambda:MaximumNumberOfPollers", range(&limits::KAFKA_MAX_POLLERS))
            .because("only a queue can have more than 2,000", ends(1, 10_000)),
        limit("lambda:ProvisionedPollerGroupName", most(limits::POLLER_GROUP_LEN)),
        limit("lambda:Queue", most(limits::BROKER_QUEUE_LEN)),
        limit("lambda:DatabaseName", most(limits::DATABASE_NAME_LEN)),
        limit("lambda:CollectionName", most(limits::COLLECTION_NAME_LEN)),
        limit("lambda:Pattern", most(limits::FILTER_LEN)),
        limit("lambda:AllowOriginsList", most(limits::FUNCTION_URL_CORS_ENTRIES)),
        limit("lambda:HeadersList", most(limits::FUNCTION_URL_CORS_ENTRIES)),
        limit("lambda:Origin", lengths(&limits::FUNCTION_URL_ORIGIN_LEN)),
        limit("lambda:Header", most(*limits::FUNCTION_URL_HEADER_LEN.end())),
        limit("lambda:MaxAge", range(&limits::FUNCTION_URL_MAX_AGE_SECONDS)),
        limit("lambda:TagKey", lengths(&limits::TAG_KEY_LEN)),
        limit("lambda:TagValue", most(limits::TAG_VALUE_LEN)),
        limit("iam:tagListType", most(limits::TAGS)),
        limit("cloudformation:Description", most(limits::TEMPLATE_DESCRIPTION_BYTES)),
        limit("events:RuleName", most(limits::RULE_NAME_LEN)),
        limit("events:TargetId", most(limits::RULE_TARGET_ID_LEN)),
        limit("events:ScheduleExpression", most(limits::SCHEDULE_LEN)),
        limit("events:EventBusName", most(limits::BUS_NAME_LEN)),
        limit("dynamodb:TableName", lengths(&limits::TABLE_NAME_LEN)),
        limit("dynamodb:IndexName", lengths(&limits::TABLE_NAME_LEN)),
        limit("dynamodb:KeySchemaAttributeName", lengths(&limits::ATTRIBUTE_NAME_LEN)),
        limit("dynamodb:NonKeyAttributeNameList", lengths(&limits::INDEX_ATTRIBUTES)),
        limit("kinesis:StreamName", most(limits::STREAM_NAME_LEN)),
        limit("kinesis:ConsumerName", most(limits::CONSUMER_NAME_LEN)),
        limit("secretsmanager:NameType", most(limits::SECRET_NAME_LEN)),
        limit("secretsmanager:PasswordLengthType", range(&limits::SECRET_LENGTH))
            .because("a secret has a character of each of four kinds", ends(1, 4_096)),
        limit("ssm:PSParameterName", most(limits::SSM_NAME_LEN))
            .because("the rest is for the beginning of the ARN", most(2_048)),
    ]
}

fn schema_limits() -> Vec<Limit> {
    vec![
        limit("Template/Resources/number", most(limits::RESOURCES)),
        limit("Template/Outputs/number", most(limits::OUTPUTS)),
        limit("Template/Parameters/number", most(limits::PARAMETERS)),
        limit("Template/Mappings/number", most(limits::MAPPINGS)),
        limit("Template/Resources/name", most(limits::LOGICAL_ID_LEN)),
        limit("Template/template/body", most(limits::TEMPLATE_BYTES)),
        limit("AWS::Lambda::Function/properties/Timeout", range(&limits::INSTANCE_TIMEOUT_SECONDS)),
        limit("AWS::Lambda::Function/properties/MemorySize", range(&limits::INSTANCE_MEMORY_MB)),
        limit(
            "AWS::Lambda::Function/definitions/EphemeralStorage/properties/Size",
            range(&limits::INSTANCE_EPHEMERAL_STORAGE_MB),
        ),
        limit("AWS::Lambda::Function/properties/Description", most(limits::DESCRIPTION_LEN)),
        limit("AWS::Lambda::Function/properties/Handler", most(limits::HANDLER_LEN)),
        limit(
            "AWS::Lambda::EventSourceMapping/definitions/FilterCriteria/properties/Filters",
            most(limits::FILTERS),
        ),
        limit(
            "AWS::Lambda::EventSourceMapping/definitions/Filter/properties/Pattern",
            most(limits::FILTER_LEN),
        ),
        limit(
            "AWS::Lambda::EventSourceMapping/definitions/MaximumConcurrency",
            range(&limits::SQS_MAX_CONCURRENCY),
        ),
        limit(
            "AWS::Lambda::EventSourceMapping/properties/TumblingWindowInSeconds",
            range(&limits::STREAM_TUMBLING_WINDOW_SECONDS),
        ),
        limit(
            "AWS::Lambda::EventInvokeConfig/properties/MaximumRetryAttempts",
            range(&limits::ASYNC_RETRIES),
        ),
        limit(
            "AWS::Lambda::EventInvokeConfig/properties/MaximumEventAgeInSeconds",
            range(&limits::EVENT_AGE_SECONDS),
        ),
        limit(
            "AWS::SQS::Queue/properties/VisibilityTimeout",
            range(&limits::SQS_VISIBILITY_SECONDS),
        ),
        limit(
            "AWS::SQS::Queue/properties/MessageRetentionPeriod",
            range(&limits::SQS_RETENTION_SECONDS),
        ),
        limit("AWS::SQS::Queue/properties/DelaySeconds", range(&limits::SQS_DELAY_SECONDS)),
        limit("AWS::SNS::Topic/properties/TopicName", most(limits::TOPIC_NAME_LEN)),
        limit("AWS::S3::Bucket/properties/BucketName", most(*limits::BUCKET_NAME_LEN.end())),
        limit("AWS::Kinesis::Stream/properties/Name", most(limits::STREAM_NAME_LEN)),
        limit(
            "AWS::Kinesis::StreamConsumer/properties/ConsumerName",
            most(limits::CONSUMER_NAME_LEN),
        ),
        limit(
            "AWS::Kinesis::Stream/properties/RetentionPeriodHours",
            hours(&limits::KINESIS_RETENTION_SECONDS),
        )
        .because("a stream keeps its records for a day at least", ends(1, 8_760)),
        limit("AWS::Events::Rule/properties/Name", most(limits::RULE_NAME_LEN)),
        limit(
            "AWS::Events::Rule/definitions/Target/properties/Id",
            most(limits::RULE_TARGET_ID_LEN),
        ),
        limit("AWS::Events::EventBus/properties/Name", most(limits::BUS_NAME_LEN)),
    ]
}

fn hours(seconds: &RangeInclusive<u32>) -> Ends {
    range(seconds).map(|end| end.map(|seconds| seconds / 3_600))
}

/// Returns a description of each limit that differs from AWS's limits in `theirs`.
fn find_differences(limits: &[Limit], theirs: &Value) -> Vec<String> {
    let find = |limit: &Limit| limit.find_difference(&theirs[limit.place]);
    limits.iter().filter_map(find).collect()
}

fn run_service_limits(places: &[&str]) -> Value {
    toolbox::tool("service_limits").args(places).json()
}

fn run_schema_limits(places: &[&str]) -> Value {
    toolbox::run_json(toolbox::lint_command("schema_limits.py").args(places))
}

fn places(limits: &[Limit]) -> Vec<&'static str> {
    limits.iter().map(|limit| limit.place).collect()
}

#[test]
fn the_limits_of_the_model_are_those_of_the_service_models() {
    let ours = service_limits();
    let differences = find_differences(&ours, &run_service_limits(&places(&ours)));
    assert!(differences.is_empty(), "these limits moved:\n{}", differences.join("\n"));
}

#[test]
fn the_limits_of_the_model_are_those_of_the_schemas() {
    let ours = schema_limits();
    let differences = find_differences(&ours, &run_schema_limits(&places(&ours)));
    assert!(differences.is_empty(), "these limits moved:\n{}", differences.join("\n"));
}

/// The service models do not have what a function without managed instances takes: the documents of Lambda do.
#[test]
fn only_a_function_on_managed_instances_has_the_limits_of_the_api() {
    for (ordinary, on_instances) in [
        (limits::TIMEOUT_SECONDS, limits::INSTANCE_TIMEOUT_SECONDS),
        (limits::MEMORY_MB, limits::INSTANCE_MEMORY_MB),
        (limits::EPHEMERAL_STORAGE_MB, limits::INSTANCE_EPHEMERAL_STORAGE_MB),
    ] {
        assert_eq!(ordinary.start(), on_instances.start());
        assert!(ordinary.end() < on_instances.end());
    }
}

#[test]
fn a_limit_that_moved_is_found() {
    let theirs = serde_json::json!({ "it": { "min": 1, "max": 5 } });
    let found = |ours: Ends| find_differences(&[limit("it", ours)], &theirs);
    assert_eq!(found(ends(1, 5)), [""; 0]);
    assert_eq!(found(most(5)), [""; 0]);
    let differences = found(ends(1, 4));
    assert_eq!(differences, ["it: [Some(1), Some(4)] (ours), AWS has [Some(1), Some(5)]"]);
    let accepted = limit("it", ends(1, 4)).because("a reason", ends(1, 4));
    assert_eq!(find_differences(&[accepted], &theirs).len(), 1);
}

/// Returns the values of an enumeration of AWS.
fn values(theirs: &Value) -> BTreeSet<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    theirs["enum"].as_array().unwrap().iter().map(text).collect()
}

#[test]
fn the_values_that_the_model_lists_are_those_of_aws() {
    let events: BTreeSet<String> =
        S3EventType::names().iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(values(&run_service_limits(&["s3:Event"])["s3:Event"]), events);
    let types =
        values(&run_service_limits(&["lambda:SourceAccessType"])["lambda:SourceAccessType"]);
    let methods = KafkaAuth::WORDS.iter().filter_map(|(_, method)| method.type_name());
    for method in methods {
        assert!(types.contains(method), "{method} is not in {types:?}");
    }
    let place = "AWS::Logs::LogGroup/properties/RetentionInDays";
    let days: BTreeSet<String> =
        limits::LOG_RETENTION_DAYS.iter().map(ToString::to_string).collect();
    assert_eq!(values(&run_schema_limits(&[place])[place]), days);
}
