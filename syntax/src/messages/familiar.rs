//! Words that other frameworks, SAM and the AWS console use, with what to write here. A user who writes such a word
//! knows what it is for, so that the nearest name would mislead.

/// Words, and the help for them.
type FamiliarWords = (&'static [&'static str], &'static str);

/// Returns the help for a word in the place of a source. Returns `None` if the word is not familiar.
pub(super) fn find_source_help(word: &str) -> Option<&'static str> {
    find_help(SOURCES, word)
}

/// Returns the help for a word in the place of a key. `owner` is the attribute or the key that has the arguments.
/// Returns `None` if the word is not familiar there.
pub(super) fn find_key_help(word: &str, owner: &str) -> Option<&'static str> {
    let tables: &[&[FamiliarWords]] = match owner {
        "#[function]" => &[FUNCTION_KEYS, HTTP_KEYS, SCHEDULE_KEYS],
        "http" => &[HTTP_KEYS],
        "schedule" | "keep_warm" => &[SCHEDULE_KEYS],
        "queue" => &[QUEUE_KEYS, RESOURCE_KEYS],
        "bucket" => &[BUCKET_KEYS, RESOURCE_KEYS],
        "table" => &[TABLE_KEYS, RESOURCE_KEYS],
        _ => &[RESOURCE_KEYS],
    };
    tables.iter().find_map(|table| find_help(table, word))
}

/// Returns the help for a word in the place of a kind of resource. Returns `None` if the word is not familiar.
pub(super) fn find_kind_help(word: &str) -> Option<&'static str> {
    find_help(KINDS, word)
}

/// Returns the help for a value without a key, such as `Jobs`, in the arguments of a source. `known` are the keys of the
/// source. Returns `None` if the value is not written as the path of a resource, or if no resource belongs there.
pub(super) fn find_resource_help(word: &str, known: &[&str]) -> Option<String> {
    let is_type = word.starts_with(|first: char| first.is_ascii_uppercase());
    let key =
        ["queue", "topic", "bucket", "stream", "table"].into_iter().find(|key| known.contains(key));
    key.filter(|_| is_type).map(|key| format!("write `{key} = {word}`"))
}

/// Returns the help for a word in a table. Capital letters, `_` and `-` do not count.
fn find_help(table: &[FamiliarWords], word: &str) -> Option<&'static str> {
    let plain: String = word.chars().filter(|letter| !"_-".contains(*letter)).collect();
    let plain = plain.to_lowercase();
    table.iter().find(|(words, _)| words.contains(&plain.as_str())).map(|(_, help)| *help)
}

/// The help for events that have no source. The function takes them without a trigger.
const OTHER_EVENTS: &str = "this source has no key yet: declare the trigger in an overlay, and let a function without a `trigger`\ntake the event, as any type that implements `Deserialize`";

const SOURCES: &[FamiliarWords] = &[
    (&["topic", "notification", "subscription"], "write `trigger = sns(topic = News)`"),
    (
        &["eventbridge", "events", "eventbridgerule", "rule", "bus", "cloudwatchevent"],
        "write `trigger = event(bus = Shop, detail_type = \"…\")`, or `schedule = \"rate(5 minutes)\"`",
    ),
    (
        &["cron", "rate", "timer", "scheduled", "scheduler", "cronjob", "every"],
        "write `schedule = \"rate(5 minutes)\"` or `schedule = \"cron(0 8 * * ? *)\"`",
    ),
    (
        &[
            "rest",
            "restapi",
            "api",
            "apigateway",
            "apigw",
            "httpapi",
            "route",
            "get",
            "post",
            "put",
            "delete",
            "web",
            "apigatewayv2",
        ],
        "write `trigger = http(\"GET /orders/{id}\")`, a route of an HTTP API",
    ),
    (
        &["url", "functionurl", "lambdaurl", "furl"],
        "write `trigger = http(\"GET /orders/{id}\")`, or set `properties = { \"FunctionUrlConfig\": { \"AuthType\": \"AWS_IAM\" } }`\non a function without a `trigger`, which takes the request as JSON",
    ),
    (
        &["alb", "elb", "loadbalancer", "elbv2"],
        "write `trigger = http(\"GET /orders/{id}\")`; for a load balancer, declare its target group in an overlay, and let a\nfunction without a `trigger` take the request as JSON",
    ),
    (&["queue"], "write `trigger = sqs(queue = Jobs)`"),
    (&["bucket", "s3bucket", "objectcreated"], "write `trigger = s3(bucket = Uploads)`"),
    (
        &["table", "dynamo", "ddb", "dynamodbstream", "tablestream"],
        "write `trigger = dynamodb(table = Orders)`",
    ),
    (&["stream", "kinesisstream"], "write `trigger = kinesis(stream = Clicks)`"),
    (
        &["direct", "invoke", "invocation", "none", "lambda"],
        "a function that is invoked directly has no `trigger`",
    ),
    (
        &[
            "websocket",
            "ws",
            "cognito",
            "iot",
            "iotrule",
            "kafka",
            "msk",
            "mq",
            "documentdb",
            "alexa",
            "alexaskill",
            "ses",
            "logs",
            "cloudwatchlogs",
            "appsync",
            "lex",
            "stepfunctions",
            "sfn",
            "firehose",
        ],
        OTHER_EVENTS,
    ),
];

const FUNCTION_KEYS: &[FamiliarWords] = &[
    (
        &["vpc", "vpcconfig", "subnets", "subnetids", "securitygroups", "securitygroupids"],
        "write `properties = { \"VpcConfig\": { \"SubnetIds\": […], \"SecurityGroupIds\": […] } }`",
    ),
    (&["layers", "layer"], "write `properties = { \"Layers\": [\"arn:…\"] }`"),
    (
        &["role", "rolearn", "executionrole"],
        "the function has a role of its own, with what its parameters need; `allow(…)` and `policy = …` add to it, and\n`properties = { \"Role\": … }` sets another one",
    ),
    (
        &["permissions", "policies", "iam", "policystatements", "statements", "grant", "grants"],
        "write `allow(actions = [\"ses:SendEmail\"], resources = [\"*\"])`, or `policy = \"…\"` for a managed policy",
    ),
    (
        &["onfailure", "onsuccess", "destinations", "destination", "onerror"],
        "write `properties = { \"EventInvokeConfig\": { \"DestinationConfig\": { \"OnFailure\": { … } } } }`; on the trigger of a\nstream it is `on_failure`",
    ),
    (
        &["dlq", "deadletter", "deadletters", "deadletterqueue", "deadletterconfig"],
        "a queue has `dead_letters(after = 5)` in its `#[resource(queue(…))]`; for asynchronous invocations write\n`properties = { \"DeadLetterQueue\": { \"Type\": \"SQS\", \"TargetArn\": … } }`",
    ),
    (&["region"], "a stack is deployed to one region: `sam deploy --region eu-west-1`"),
    (
        &["runtime", "handler", "codeuri", "code", "packagetype", "imageuri", "image"],
        "the template sets it: every function runs the binary of this package on `provided.al2023`",
    ),
    (
        &["url", "functionurl", "functionurlconfig", "furl"],
        "write `trigger = http(\"GET /orders/{id}\")`, or `properties = { \"FunctionUrlConfig\": { \"AuthType\": \"AWS_IAM\" } }`",
    ),
    (
        &["event", "events", "triggers", "source", "on", "eventsource"],
        "write `trigger = s3(…)`; each `trigger = …` adds one",
    ),
    (
        &["cron", "rate", "timer", "every"],
        "write `schedule = \"rate(5 minutes)\"` or `schedule = \"cron(0 8 * * ? *)\"`",
    ),
    (
        &[
            "http", "route", "path", "method", "get", "post", "put", "delete", "patch", "api",
            "rest", "alb",
        ],
        "write `trigger = http(\"GET /orders/{id}\")`",
    ),
    (&["sqs", "queue"], "write `trigger = sqs(queue = Jobs)`"),
    (&["s3", "bucket"], "write `trigger = s3(bucket = Uploads)`"),
    (&["dynamodb", "table"], "write `trigger = dynamodb(table = Orders)`"),
    (&["kinesis", "stream"], "write `trigger = kinesis(stream = Clicks)`"),
    (&["sns", "topic"], "write `trigger = sns(topic = News)`"),
    (
        &["eventbridge", "bus", "rule"],
        "write `trigger = event(bus = Shop, detail_type = \"…\")`, or `schedule = \"rate(5 minutes)\"`",
    ),
    (&["memorysize", "ram", "mem"], "write `memory = 512`, in MB"),
    (&["timeoutseconds", "timeoutsecs"], "write `timeout = \"30s\"`"),
    (
        &["environment", "environmentvariables", "envs", "variables", "vars"],
        "write `env(KEY = \"value\")`",
    ),
    (
        &["concurrency", "reservedconcurrentexecutions", "maxconcurrency"],
        "write `reserved_concurrency = 10`; `max_concurrency` is a key of `sqs(…)`",
    ),
    (
        &["provisionedconcurrencyconfig", "provisionedconcurrentexecutions"],
        "write `provisioned_concurrency = 2`",
    ),
    (&["warm", "warmup", "prewarm", "keepalive"], "write `keep_warm = \"rate(5 minutes)\"`"),
    (&["arch", "architectures", "cpu", "platform"], "write `architecture = arm64` or `x86_64`"),
    (
        &["disk", "storage", "tmp", "ephemeral", "tmpsize"],
        "write `ephemeral_storage = 1024`, in MB",
    ),
    (
        &["retry", "maximumretryattempts", "maxretries", "retryattempts"],
        "write `retries = 1`, for asynchronous invocations",
    ),
    (&["functionname"], "write `name = \"…\"`"),
    (&["logicalid"], "write `id = \"…\"`"),
    (
        &["logs", "logging", "logretention", "retention", "loggingconfig"],
        "write `log_retention = 30`, in days; `log_format` and `log_level` set the rest",
    ),
    (&["xray", "tracingconfig", "trace"], "write `tracing = active`"),
    (&["idempotency", "idempotencykey"], "write `idempotent(key = \"$.id\")`"),
    (&["snapstart"], "write `properties = { \"SnapStart\": … }`, or `provisioned_concurrency = 2`"),
    (
        &["efs", "filesystem", "filesystemconfigs"],
        "write `properties = { \"FileSystemConfigs\": […] }`",
    ),
    (&["kmskey", "kmskeyarn", "kms"], "write `properties = { \"KmsKeyArn\": \"arn:…\" }`"),
    (
        &["batchsize", "batchwindow", "filters", "queuearn"],
        "it is a key of the trigger: `trigger = sqs(batch_size = 10)`",
    ),
];

const HTTP_KEYS: &[FamiliarWords] = &[
    (
        &["cors"],
        "it belongs to the API, not to a function: set it in the overlay, `Globals: { HttpApi: { CorsConfiguration: … } }`",
    ),
    (
        &["authorizer", "auth", "authorizers", "authorization", "jwt"],
        "it belongs to the API, not to a function: set it in the overlay, `Globals: { HttpApi: { Auth: … } }`",
    ),
    (
        &["domain", "domainname", "customdomain", "stage", "stagename"],
        "it belongs to the API, not to a function: set it in the overlay, `Globals: { HttpApi: { Domain: … } }`",
    ),
];

const SCHEDULE_KEYS: &[FamiliarWords] = &[(
    &["timezone", "tz", "scheduleexpressiontimezone"],
    "a schedule is in UTC: write the hours of `cron(…)` in UTC, or declare an `AWS::Scheduler::Schedule` in an overlay",
)];

const KINDS: &[FamiliarWords] = &[
    (&["sqs", "fifo"], "write `queue`"),
    (&["s3", "storage"], "write `bucket`"),
    (&["dynamodb", "dynamo", "db"], "write `table`"),
    (&["sns"], "write `topic`"),
    (&["kinesis"], "write `stream`"),
    (&["eventbridge", "eventbus", "events"], "write `bus`"),
    (&["secretsmanager", "secrets"], "write `secret`"),
    (&["ssm", "param", "parameterstore"], "write `parameter`"),
];

const RESOURCE_KEYS: &[FamiliarWords] = &[(
    &["removalpolicy", "deletionpolicy", "ondelete", "delete"],
    "write `retain = false` to delete it with its stack, or `retain = true` to keep it",
)];

const QUEUE_KEYS: &[FamiliarWords] = &[
    (
        &["dlq", "deadletter", "deadletterqueue", "redrive", "redrivepolicy"],
        "a queue has a dead-letter queue already; `dead_letters(after = 5)` says when a message goes there",
    ),
    (&["kmskey", "kms", "encryption"], "write `properties = { \"KmsMasterKeyId\": \"arn:…\" }`"),
];

const BUCKET_KEYS: &[FamiliarWords] = &[
    (&["cors"], "write `properties = { \"CorsConfiguration\": { \"CorsRules\": […] } }`"),
    (&["public"], "write `properties = { \"PublicAccessBlockConfiguration\": { … } }`"),
    (
        &["expire", "expiration", "lifecycle", "ttl"],
        "write `properties = { \"LifecycleConfiguration\": { \"Rules\": […] } }`",
    ),
    (&["versioning", "versions"], "write `versioned`"),
];

const TABLE_KEYS: &[FamiliarWords] = &[
    (
        &["gsi", "gsis", "globalsecondaryindexes", "index", "lsi"],
        "write `indexes(by_state(key = \"state\"))`",
    ),
    (&["streamviewtype", "streams"], "write `stream = new_and_old`"),
    (&["pitr", "backup"], "write `point_in_time_recovery`"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_its_table_once_and_in_plain_letters() {
        for table in [
            SOURCES,
            FUNCTION_KEYS,
            HTTP_KEYS,
            SCHEDULE_KEYS,
            KINDS,
            RESOURCE_KEYS,
            QUEUE_KEYS,
            BUCKET_KEYS,
            TABLE_KEYS,
        ] {
            let words: Vec<&str> = table.iter().flat_map(|(words, _)| *words).copied().collect();
            for (index, word) in words.iter().enumerate() {
                assert!(!words[..index].contains(word), "{word}");
                assert!(word.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()));
            }
        }
    }

    #[test]
    fn a_word_is_found_in_any_spelling_and_only_where_it_belongs() {
        for word in ["time_zone", "timezone", "TimeZone"] {
            assert!(find_key_help(word, "schedule").is_some(), "{word}");
        }
        assert!(find_key_help("vpc", "#[function]").is_some());
        assert_eq!(find_key_help("vpc", "sqs"), None);
        assert_eq!(find_source_help("sqss"), None);
        assert_eq!(find_kind_help("SQS"), Some("write `queue`"));
        assert!(find_key_help("removal_policy", "topic").is_some());
        assert!(find_key_help("dlq", "queue").is_some() && find_key_help("dlq", "topic").is_none());
    }

    #[test]
    fn a_resource_without_its_key_is_shown_with_it() {
        let help = find_resource_help("Jobs", &["batch_size", "queue"]);
        assert_eq!(help.as_deref(), Some("write `queue = Jobs`"));
        assert_eq!(find_resource_help("jobs", &["queue"]), None);
        assert_eq!(find_resource_help("Jobs", &["batch_size"]), None);
    }
}
