//! Words that other frameworks, SAM and the AWS console use, with what to write here. A user who writes such a word
//! knows what it is for, so that the nearest name would mislead. Each source and each kind of resource has its words in
//! its own file.

/// Words, and the help for them.
pub type FamiliarWords = (&'static [&'static str], &'static str);

/// Returns the help for a word in the first of these tables that has it. Capital letters, `_` and `-` do not count.
/// Returns `None` if the word is not familiar.
pub(crate) fn find_familiar(
    tables: impl IntoIterator<Item = &'static [FamiliarWords]>,
    word: &str,
) -> Option<&'static str> {
    let plain: String = word.chars().filter(|letter| !"_-".contains(*letter)).collect();
    let plain = plain.to_lowercase();
    let mut entries = tables.into_iter().flatten();
    entries.find(|(words, _)| words.contains(&plain.as_str())).map(|(_, help)| *help)
}

/// Words in the place of a key of `#[function]`. The words of sources are with each source.
pub(crate) const FUNCTION_KEYS: &[FamiliarWords] = &[
    (
        &["vpcconfig", "subnets", "subnetids", "securitygroups", "securitygroupids", "network"],
        "write `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])`",
    ),
    (&["layer", "layerarns"], "write `layers = [\"arn:…\"]`"),
    (&["boundary", "permissionboundary"], "write `permissions_boundary = \"arn:…\"`"),
    (&["codesigningconfig", "codesigningconfigarn"], "write `code_signing = \"arn:…\"`"),
    (
        &["role", "rolearn", "executionrole"],
        "the function has a role of its own, with what its parameters need; `allow(…)` and `policy = …` add to it, and\n`properties = { \"Role\": … }` sets another one",
    ),
    (
        &[
            "permissions",
            "policies",
            "iam",
            "policystatements",
            "statements",
            "grant",
            "grants",
            "iamrolestatements",
            "iampolicy",
        ],
        "write `allow(actions = [\"ses:SendEmail\"], resources = [\"*\"])`, or `policy = \"…\"` for a managed policy",
    ),
    (
        &["destinations", "destination", "onerror", "destinationconfig"],
        "write `on_failure = Lost` or `on_success = Done`, the path of a `#[resource]` or of a function",
    ),
    (
        &["dlq", "deadletter", "deadletterqueue", "deadletterconfig"],
        "a queue has `dead_letters(after = 5)` in its `#[resource(queue(…))]`; for asynchronous invocations write\n`dead_letters = Lost`, or `on_failure = Lost` with the error beside the event",
    ),
    (&["region"], "a stack is deployed to one region: `sam deploy --region eu-west-1`"),
    (
        &["runtime", "handler", "codeuri", "code", "packagetype", "imageuri", "image"],
        "the template sets it: every function runs the binary of this package on `provided.al2023`",
    ),
    (
        &["event", "events", "triggers", "source", "on", "eventsource"],
        "write `trigger = s3(…)`; each `trigger = …` adds one",
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
        &["eventinvokeconfig", "asyncconfig", "maximumeventageinseconds"],
        "write `retries = 1`, `max_event_age = \"1h\"`, `on_failure = Lost` or `on_success = Done`",
    ),
    (
        &["retry", "maximumretryattempts", "maxretries", "retryattempts"],
        "write `retries = 1`, for asynchronous invocations",
    ),
    (&["functionname"], "write `name = \"…\"`"),
    (&["logicalid"], "write `id = \"…\"`"),
    (
        &["logging", "logretention", "retention", "loggingconfig"],
        "write `log_retention = 30`, in days; `log_format` and `log_level` set the rest",
    ),
    (&["xray", "tracingconfig", "trace"], "write `tracing = active`"),
    (&["idempotency", "idempotencykey"], "write `idempotent(key = \"$.id\")`"),
    (
        &["durable", "durableconfig"],
        "a durable function speaks another protocol than a handler of events: for long work write `resume`",
    ),
    (
        &["snapstart"],
        "Lambda has no SnapStart for Rust functions: write `provisioned_concurrency = 2`",
    ),
    (
        &["efs", "filesystems", "filesystemconfigs", "mount"],
        "write `file_system(access_point = \"arn:…\", path = \"/mnt/data\")`",
    ),
    (
        &["deploymentpreference", "canary", "trafficshifting", "autopublishalias", "alias"],
        "write `deploy = canary(\"10m\")`: the function then has the alias `live`",
    ),
    (&["kmskeyarn", "kms"], "write `kms_key = \"arn:…\"`"),
    (
        &["batchsize", "batchwindow", "filters", "queuearn"],
        "it is a key of the trigger: `trigger = sqs(batch_size = 10)`",
    ),
];

/// Words in the place of a key of any kind of resource.
pub(crate) const RESOURCE_KEYS: &[FamiliarWords] = &[
    (
        &["removalpolicy", "deletionpolicy", "ondelete", "delete"],
        "write `retain = false` to delete it with its stack, or `retain = true` to keep it",
    ),
    (
        &["encryption", "encryptionkey", "kms", "kmskeyid", "kmsmasterkeyid", "sse"],
        "it is encrypted; for a key of your own, write `kms_key = \"arn:…\"`",
    ),
];

/// Words in the place of a key of `allow(…)`.
pub(crate) const ALLOW_KEYS: &[FamiliarWords] = &[
    (
        &["effect", "deny"],
        "`allow` only allows: leave it out; what a function may never do is in `permissions_boundary`",
    ),
    (
        &["condition"],
        "write `conditions = { \"StringEquals\": { \"aws:PrincipalTag/team\": \"media\" } }`",
    ),
    (&["action"], "write `actions = [\"s3:GetObject\"]`"),
    (&["resource", "arn", "arns"], "write `resources = [\"arn:…\"]`"),
];

/// Words in the place of a key of `file_system(…)`.
pub(crate) const FILE_SYSTEM_KEYS: &[FamiliarWords] = &[
    (&["localmountpath", "mountpath", "mount"], "write `path = \"/mnt/data\"`"),
    (&["arn", "accesspointarn"], "write `access_point = \"arn:…\"`"),
];

/// Checks a table: each word is in it once, and only in plain letters.
#[cfg(test)]
pub(crate) fn check_table(table: &[FamiliarWords]) {
    let words: Vec<&str> = table.iter().flat_map(|(words, _)| *words).copied().collect();
    for (index, word) in words.iter().enumerate() {
        assert!(!words[..index].contains(word), "{word}");
        assert!(word.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()), "{word}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_its_table_once_and_in_plain_letters() {
        check_table(FUNCTION_KEYS);
        check_table(RESOURCE_KEYS);
        check_table(ALLOW_KEYS);
        check_table(FILE_SYSTEM_KEYS);
    }

    #[test]
    fn a_word_is_found_in_any_spelling_in_the_first_table_that_has_it() {
        const FIRST: &[FamiliarWords] = &[(&["timezone", "tz"], "first")];
        const SECOND: &[FamiliarWords] = &[(&["timezone"], "second"), (&["cors"], "third")];
        for word in ["time_zone", "timezone", "TimeZone", "TZ"] {
            assert_eq!(find_familiar([FIRST, SECOND], word), Some("first"), "{word}");
        }
        assert_eq!(find_familiar([FIRST, SECOND], "cors"), Some("third"));
        assert_eq!(find_familiar([FIRST, SECOND], "zone"), None);
    }
}
