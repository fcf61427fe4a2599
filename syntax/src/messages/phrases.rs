//! The nouns with which messages name values: the phrases after "expected", "is not" and "is not the ARN of".

use skylift_model::aws::lambda_settings::Outcome;

// Plain values.

pub(crate) const BOOLEAN: &str = "`true` or `false`";
pub(crate) const DURATION: &str = "a duration";
pub(crate) const JSON: &str = "JSON";
pub(crate) const KEY_AND_VALUE: &str = "`key = value`";
pub(crate) const MAP: &str = "a map: `{ \"Key\": value }`";
pub(crate) const NUMBER_OF_64_BITS: &str = "a number of 64 bits";
pub(crate) const CONDITIONS: &str =
    "conditions of IAM, such as `{ \"StringEquals\": { \"aws:PrincipalTag/team\": \"media\" } }`";
pub(crate) const STATEMENT: &str = "a statement of IAM in braces";
pub(crate) const STRING: &str = "a string";
pub(crate) const WHOLE_NUMBER: &str = "a whole number";

// References.

pub(crate) const CFN_VALUE: &str = "a string, the path of a `#[resource]`, or `param(\"…\")`";
pub(crate) const EXISTING: &str = "a name or an ARN in quotes, `param(\"…\")`, or `overlay(\"…\")`";
pub(crate) const REFERENCE: &str =
    "the path of a `#[resource]`, a name in quotes, or `param(\"…\")`";
pub(crate) const ONE_VALUE: &str = "one value in the parentheses";
pub(crate) const RESOURCE_OF_VIEW: &str =
    "the path of the `#[resource]` that the view is a part of";
pub(crate) const OVERLAY_VALUE: &str = "the logical id of a resource of the overlay in the parentheses, and possibly one of its attributes";
pub(crate) const OVERLAY_ID: &str =
    "the logical id of a resource of the overlay in the parentheses";
pub(crate) const VARIABLE_NAME: &str = "the name of an environment variable in the parentheses";
pub(crate) const PARAMETER_NAME: &str = "the name of the parameter in the parentheses";

/// What can name a broker or a cluster, for messages. `noun` is what it is.
pub(crate) fn server(noun: &str) -> String {
    format!("`overlay(\"…\")`, the ARN of {noun} in quotes, `param(\"…\")` or `import(\"…\")`")
}

/// Returns the phrase for a resource that the user names by a path, an ARN or a parameter.
pub(crate) fn resource_or_arn(what: &str) -> String {
    format!("the path of a `#[resource]`, the ARN of {what} in quotes, or `param(\"…\")`")
}

// Settings of functions.

pub(crate) const ARCHITECTURE: &str = "an architecture of Lambda";
pub(crate) const DESCRIPTION: &str = "the description";
pub(crate) const EXECUTION_LOG_LEVEL: &str = "a log level of a state machine";
pub(crate) const KEEP_WARM: &str = "a schedule in quotes, or `keep_warm(every = \"5 minutes\")`";
pub(crate) const LOG_FORMAT: &str = "a log format";
pub(crate) const LOG_LEVEL: &str = "a log level";
pub(crate) const RECURSIVE_LOOP: &str = "`allow` or `terminate`";
pub(crate) const SYSTEM_LOG_LEVEL: &str = "a system log level";
pub(crate) const TAG_VALUE: &str = "the value of a tag";
pub(crate) const TRACING_MODE: &str = "a tracing mode";
pub(crate) const UTILIZATION: &str = "a share, such as `0.7`";

/// Returns the phrase for the value of the key that sets the provisioned concurrency.
pub(crate) fn provisioned_concurrency(key: &str) -> String {
    format!("a whole number, or `{key}(min = 1, max = 10)`")
}

pub(crate) const ACCESS_POINT: &str = "the ARN of an access point, or `overlay(\"…\", \"Arn\")`";
pub(crate) const CAPACITY_PROVIDER: &str =
    "the ARN of a capacity provider, or `overlay(\"…\", \"Arn\")`";
pub(crate) const TENANTS: &str = "a way to keep tenants apart";
pub(crate) const ALARMS: &str = "`alarms(errors = 1, to = Alerts)`, or `none`";
pub(crate) const ALARM_TOPIC: &str =
    "the path of a `#[resource(topic)]`, the ARN of a topic in quotes, or `overlay(\"…\")`";
pub(crate) const ALARM: &str = "`own`, the name of an alarm, or `overlay(\"…\")`";
pub(crate) const VERSION_DESCRIPTION: &str = "the description of a version";
pub(crate) const DEPLOYMENT_HOOK: &str = "the path of a function with `trigger = deployment_hook`";
pub(crate) const DEPLOYMENT: &str = "`canary(\"10m\")`, `linear(\"1m\")` or `all_at_once`";
pub(crate) const CODE_SIGNING: &str = "the ARN of a code signing configuration, or `param(\"…\")`";
pub(crate) const LAYER: &str =
    "the ARN of a version of a layer, `overlay(\"…\")`, or `param(\"…\")`";
pub(crate) const NETWORK: &str =
    "`vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])`, or `none`";
pub(crate) const POLICY_ARN: &str = "the ARN of a managed policy, or `param(\"…\")`";

/// Returns the phrase for an id of EC2 with this beginning.
pub(crate) fn id_of_vpc(prefix: &str) -> String {
    format!("an id such as `\"{prefix}…\"`, or `overlay(\"…\")`")
}

/// Returns the phrase for the place to which Lambda sends these results of asynchronous invocations.
pub(crate) const fn result_target(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "a queue, a topic, a bus or a function, by its path or its ARN",
        Outcome::Failure => {
            "a queue, a topic, a bus, a bucket or a function, by its path or its ARN"
        }
        Outcome::DeadLetter => "a queue or a topic, by its path or its ARN",
    }
}

// Arguments of sources.

pub(crate) const CONSUMER: &str = "a consumer";
pub(crate) const CONSUMER_OR_FLAG: &str =
    "`consumer` alone, the ARN of a consumer in quotes, or `param(\"…\")`";
pub(crate) const CUSTOM_RESOURCE: &str = "`overlay(\"…\")`";
pub(crate) const ORIGIN: &str = "an origin in quotes, or `param(\"…\")`";
pub(crate) const URL_AUTH: &str = "an authorization of function URLs";
pub(crate) const DISTRIBUTION: &str = "a CloudFront distribution";
pub(crate) const HTTP_METHOD: &str = "an HTTP method";
pub(crate) const KAFKA_AUTH: &str = "an authentication";
pub(crate) const MAPPING_METRIC: &str = "a metric of a mapping";
pub(crate) const BROKER: &str = "an Amazon MQ broker";
pub(crate) const DOCUMENTDB_CLUSTER: &str = "a DocumentDB cluster";
pub(crate) const FULL_DOCUMENT: &str = "a document of an update";
pub(crate) const MSK_CLUSTER: &str = "an MSK cluster";
pub(crate) const RECORD_FORMAT: &str = "a form of records";
pub(crate) const SECRET: &str = "a secret";
pub(crate) const VALIDATED_PART: &str = "a part of a record";
pub(crate) const KMS_KEY: &str = "the ARN of a KMS key, or `param(\"…\")`";
pub(crate) const POOL: &str = "`overlay(\"…\")`, an ARN in quotes, or `param(\"…\")`";
pub(crate) const POOL_TRIGGER: &str = "a trigger of user pools";
pub(crate) const RULE_DESCRIPTION: &str = "the description of a rule";
pub(crate) const FILTER_SCOPE: &str = "a scope of filters";
pub(crate) const LOG_GROUP: &str =
    "the path of a function, the name of a log group in quotes, or `param(\"…\")`";
pub(crate) const FILTER_PATTERN: &str = "a filter pattern";
pub(crate) const ERROR_ACTION: &str = "the path of a queue, a topic or a bucket";
pub(crate) const IOT_SQL_VERSION: &str = "a version of the SQL of AWS IoT";
pub(crate) const S3_CHANNEL: &str = "a way of a bucket's events";
pub(crate) const SKILL: &str = "the id of a skill in quotes, or `param(\"…\")`";
pub(crate) const SOURCE: &str = "a source";
pub(crate) const STREAM_OF_TABLE: &str = "a table's stream";
pub(crate) const USER_POOL: &str = "a user pool";

// Operands in patterns.

pub(crate) const CIDR_BLOCK: &str = "a block of IP addresses such as `\"10.0.0.0/24\"`";
pub(crate) const COMPARISON: &str = "a comparison, `[\"=\", 5]`, or a range from a smaller to a larger number, `[\">\", 0, \"<=\", 5]`";
pub(crate) const NON_EMPTY_STRING: &str = "a string that is not empty";
pub(crate) const STRING_NUMBER_LIST_OR_OPERATOR: &str =
    "a string, a number, a list of one of the two, or an operator such as `prefix` with strings";
pub(crate) const STRING_OR_CASELESS: &str = "a string, or `{ \"equals-ignore-case\": \"…\" }`";
pub(crate) const WILDCARD: &str = "a string in which `*` stands for any text";
pub(crate) const STRING_NUMBER_LIST_OR_AFFIX: &str =
    "a string, a number, a list of one of the two, or a `prefix` or `suffix`";
pub(crate) const STRING_NUMBER_OR_LIST: &str = "a string, a number, or a list of one of the two";

// Arguments of resources.

pub(crate) const KEY_ATTRIBUTE: &str =
    "the name of an attribute in quotes, or with its type, as `number(\"at\")`";
pub(crate) const EXPIRY_ATTRIBUTE: &str =
    "the name of the attribute with the time at which an item expires, in quotes";
pub(crate) const PARAMETER_VALUE: &str = "the value";
pub(crate) const PROJECTION: &str = "a projection of an index";
pub(crate) const STREAM_VIEW: &str = "a stream view";

/// Returns the phrase for the name of an attribute in `number("at")`. `key_type` is the word before the
/// parentheses.
pub(crate) fn attribute_name(key_type: &str) -> String {
    format!("the name of the attribute in the parentheses of `{key_type}`")
}

/// Returns the phrase for the value of `shards`. `on_demand` is the word for on-demand mode.
pub(crate) fn shards(on_demand: &str) -> String {
    format!("a number of shards or `{on_demand}`")
}

// The HTTP API.

pub(crate) const ACCESS_LOGS: &str =
    "`true`, `false` or how long the log is kept, such as `{ retention = 7 }`";
pub(crate) const API_NAME: &str = "the name of the API";
pub(crate) const CERTIFICATE: &str = "the ARN of a certificate in quotes, or `param(\"…\")`";
pub(crate) const DOMAIN_NAME: &str = "the name of a domain in quotes, or `param(\"…\")`";
pub(crate) const HOSTED_ZONE: &str = "the id or the name of a hosted zone, or `param(\"…\")`";
pub(crate) const IDENTITY: &str = "`header(\"…\")` or `query(\"…\")`";
pub(crate) const ISSUER: &str = "the URL of an issuer in quotes, or `param(\"…\")`";
pub(crate) const RECIPIENT: &str = "a recipient in quotes, or `param(\"…\")`";
pub(crate) const REQUESTS_PER_SECOND: &str = "a number of requests in a second";
pub(crate) const TOKEN_POOL: &str = "`overlay(\"…\")`, or the ARN of a user pool in quotes";
