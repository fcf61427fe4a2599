//! Messages about Lambda's own settings of a function.

use skylift_model::aws::limits;
use skylift_model::message::Message;

use super::{FamiliarWords, list};

/// Reports that a list is missing in `vpc(…)`; `prefix` is the beginning of its ids.
pub(crate) fn list_missing_in_vpc(key: &str, prefix: &str) -> Message {
    Message::new(format!("`vpc` needs `{key}`"))
        .with_help(format!("add `{key} = [\"{prefix}…\"]`, or `{key} = param(\"…\")`"))
}

/// Reports that a list in `vpc(…)` has no ids or too many.
pub(crate) fn wrong_number_in_vpc(key: &str, count: usize, most: usize) -> Message {
    format!("`{key}` has {count} ids: Lambda takes 1 to {most}").into()
}

/// Reports that a text is no id of EC2 with this beginning.
pub(crate) fn not_an_id_of_vpc(text: &str, prefix: &str) -> Message {
    Message::new(format!("`{text}` is not an id that begins with `{prefix}`")).with_help(format!(
        "write the whole id, such as `{prefix}0a1b2c3d4e5f60718`, or `overlay(\"Id\")` for one in the overlay"
    ))
}

/// Reports that a function has a layer twice.
pub(crate) fn layer_twice(name: &str) -> Message {
    format!("`{name}` is there twice: Lambda takes one version of a layer").into()
}

/// Reports that a text is no ARN of a code signing configuration.
pub(crate) fn not_a_code_signing_config(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a code signing configuration")).with_help(
        "its form is `arn:aws:lambda:REGION:ACCOUNT:code-signing-config:csc-0123456789abcdef0`",
    )
}

/// Reports that a text is no path of a role.
pub(crate) fn not_a_role_path(text: &str, longest: usize) -> Message {
    Message::new(format!("`{text}` is not the path of a role")).with_help(format!(
        "a path begins and ends with `/` and has at most {longest} characters, such as `/app/`"
    ))
}

/// Reports that a text is no ARN of an access point.
pub(crate) fn not_an_access_point(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of an access point")).with_help(
        "its form is `arn:aws:elasticfilesystem:REGION:ACCOUNT:access-point/fsap-0123456789abcdef0`",
    )
}

/// Reports that a key of `file_system(…)` is missing.
pub(crate) fn key_missing_in_file_system(key: &str) -> Message {
    let example = match key {
        "path" => "path = \"/mnt/data\"",
        _ => "access_point = overlay(\"Files\", \"Arn\")",
    };
    Message::new(format!("`file_system` needs `{key}`")).with_help(format!("add `{example}`"))
}

/// Reports that the ARN of a FIFO queue or topic is the place for results of asynchronous invocations.
pub(crate) fn fifo_target(key: &str, kind: &str) -> Message {
    Message::new(format!(
        "`{key}` cannot be a FIFO {kind}: Lambda sends results without a message group"
    ))
    .with_help(format!("name a standard {kind}"))
}

/// Reports that a text is not the ARN of something to which Lambda can send results. `what` are the things that it can,
/// and `arns` are the forms of their ARNs.
pub(crate) fn not_a_target(text: &str, what: &str, arns: &[String]) -> Message {
    let arns: Vec<&str> = arns.iter().map(String::as_str).collect();
    Message::new(format!("`{text}` is not {what}"))
        .with_help(format!("its form is one of {}", list(&arns)))
}

/// Reports that a parameter is the place for results: Lambda needs other permissions for each kind of resource.
pub(crate) fn parameter_as_target(key: &str) -> Message {
    Message::new(format!("`{key}` cannot be a parameter, because its kind is not known"))
        .with_help("declare it, `#[resource(queue(existing = param(\"…\")))] struct Lost;`, and name the struct")
}

/// Reports that a text is no ARN of a capacity provider.
pub(crate) fn not_a_capacity_provider(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a capacity provider"))
        .with_help("its form is `arn:aws:lambda:REGION:ACCOUNT:capacity-provider:NAME`")
}

/// Reports that `capacity_provider(…)` names no provider.
pub(crate) fn provider_missing() -> Message {
    Message::new("`capacity_provider` needs `provider`")
        .with_help("add `provider = overlay(\"Fleet\", \"Arn\")`, or its ARN in quotes")
}

/// Reports that the least number of environments is greater than the greatest.
pub(crate) fn fewest_above_most(min: u32, max: u32) -> Message {
    format!("`max` of {max} environments is less than `min` of {min}").into()
}

/// Reports that `scaling(…)` has neither bound.
pub(crate) fn scaling_without_bounds() -> Message {
    Message::new("`scaling` says nothing").with_help("write `scaling(min = 3, max = 20)`")
}

/// Reports that a function with `scaling(…)` does not run on Lambda Managed Instances.
pub(crate) fn scaling_without_instances() -> Message {
    Message::new("`scaling` is for functions on Lambda Managed Instances").with_help(
        "add `capacity_provider(provider = …)`, or limit the function with `reserved_concurrency`",
    )
}

/// Reports that a function with isolated tenants has provisioned concurrency.
pub(crate) fn tenants_with_provisioned_concurrency() -> Message {
    Message::new("Lambda has no provisioned concurrency for functions with isolated tenants")
        .with_help("leave out one of them")
}

/// Reports that CodeDeploy has no configuration with this time between its steps. `minutes` are those that it has.
pub(crate) fn no_such_shift(minutes: &[u64]) -> Message {
    let minutes: Vec<String> = minutes.iter().map(|minutes| format!("{minutes}m")).collect();
    let minutes: Vec<&str> = minutes.iter().map(String::as_str).collect();
    Message::new("CodeDeploy has no such step")
        .with_help(format!("write one of {}", list(&minutes)))
}

/// Reports that a function with a description of its versions publishes none.
pub(crate) fn description_of_no_version() -> Message {
    Message::new("no version of this function is published").with_help(
        "add `deploy = all_at_once`, or write `description = \"…\"` for the function itself",
    )
}

/// Words of other tools in the place of a key of `canary(…)`.
pub(crate) const DEPLOYMENT_KEYS: &[FamiliarWords] = &[
    (
        &["pretraffic", "beforeallowtraffic", "pretraffichook", "prehook", "hooks", "hook"],
        "write `before = check`, the path of a function with `trigger = deployment_hook`",
    ),
    (
        &["posttraffic", "afterallowtraffic", "posttraffichook", "posthook"],
        "write `after = check`, the path of a function with `trigger = deployment_hook`",
    ),
];

/// Words of other tools in the place of a key of `alarms(…)`.
pub(crate) const ALARM_KEYS: &[FamiliarWords] = &[
    (&["topic", "topics", "notify", "action", "actions", "alarmactions"], "write `to = Alerts`"),
    (&["iteratorage", "maxage", "eventage"], "write `age = \"1m\"`"),
    (&["lag"], "write `offset_lag = 1000`"),
    (&["datapoints"], "write `datapoints_to_alarm = 2`"),
    (&["periods", "evaluationperiod"], "write `evaluation_periods = 3`"),
];

/// Reports that a period is not a number of whole minutes.
pub(crate) fn not_a_period(seconds: u64) -> Message {
    Message::new(format!("a period of {seconds} s is not a number of whole minutes up to a day"))
        .with_help("Lambda's metrics have a value for each minute: write `\"1m\"` or `\"5m\"`")
}

/// Reports that an alarm goes off for invocations of any duration.
pub(crate) fn alarm_without_duration() -> Message {
    Message::new("every invocation takes longer than 0 s")
        .with_help("write a duration such as `\"25s\"`")
}

/// Reports that an alarm has no topics or too many.
pub(crate) fn wrong_number_of_topics(count: usize) -> Message {
    format!("an alarm notifies 1 to {} topics, not {count}", limits::ALARM_ACTIONS).into()
}

/// Reports that a text is no ARN of a topic.
pub(crate) fn not_a_topic(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a topic")).with_help(
        "its form is `arn:aws:sns:REGION:ACCOUNT:NAME`; a topic of the application is named without quotes",
    )
}

/// Reports that alarms notify a FIFO topic.
pub(crate) fn fifo_topic_of_alarms() -> Message {
    Message::new("CloudWatch notifies no FIFO topic").with_help("name a standard topic")
}

/// Reports that a key and `properties` both set a property.
pub(crate) fn property_set_by_key(property: &str, key: &str) -> Message {
    Message::new(format!("`{key}` sets `{property}` already"))
        .with_help(format!("leave `{key}` out, or the property"))
}
