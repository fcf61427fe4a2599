//! Messages about the stack: logical ids, names that the template assigns, and roles of functions.

use std::fmt::Display;

use skylift_model::aws::limits;
use skylift_model::message::Message;

// Logical ids.

/// The help for two parts of the application that need one id.
const ONE_NEEDS_ANOTHER_ID: &str = "give one of them another id: `id = \"…\"`";

/// Describes a template parameter that the package declares or uses.
pub(crate) fn describe_parameter(name: &str) -> String {
    format!("parameter `{name}`")
}

/// Describes a template parameter that sets the place of the programs' code.
pub(crate) fn describe_code_parameter(name: &str) -> String {
    format!("parameter `{name}` of `cloudformation.yaml`, which sets the place of the code")
}

/// Reports that two resources have the logical id `id`; `owner` and `other` describe the second and the first
/// resource.
pub(crate) fn id_taken(id: &str, owner: &str, other: &str) -> Message {
    Message::new(format!("logical id `{id}` of {owner} is taken by {other}"))
        .with_help(ONE_NEEDS_ANOTHER_ID)
}

/// Reports that two resources have the logical id `id` because two targets of the package contain one source file,
/// so that one attribute is read twice. `owner` and `other` describe the second and the first resource.
pub(crate) fn id_taken_in_two_targets(id: &str, owner: &str, other: &str) -> Message {
    id_taken(id, owner, other).with_help(
        "two targets of the package contain this file as a module: move it to the library",
    )
}

/// Reports that the logical id of a resource is longer than CloudFormation allows; `owner` describes the resource.
pub(crate) fn id_too_long(id: &str, owner: &str) -> Message {
    let (length, limit) = (id.len(), limits::LOGICAL_ID_LEN);
    let stem: String = id.chars().take(32).collect();
    Message::new(format!(
        "logical id `{stem}…` of {owner} has {length} characters, CloudFormation allows {limit}"
    ))
    .with_help("give it a shorter id: `id = \"…\"`")
}

/// Reports that a logical id is also the name of a template parameter; `owner` describes the resource with the id, and
/// `parameter` the parameter.
pub(crate) fn id_taken_by_parameter(id: &str, owner: &str, parameter: &str) -> Message {
    id_taken(id, owner, parameter)
        .with_help("give the resource another id, `id = \"…\"`, or rename the parameter")
}

/// Reports that the package has a template parameter with the reserved name of a code parameter.
pub(crate) fn reserved_parameter(name: &str) -> Message {
    Message::new(format!(
        "parameter `{name}` of this package has the name of {}",
        describe_code_parameter(name)
    ))
    .with_help(format!("rename it, for example to `Own{name}`, here and in Cargo.toml"))
}

/// Reports that the code of two binaries, `one` and `other`, would have the same template parameter `key`.
pub(crate) fn one_code_parameter_for_two(one: &str, other: &str, key: &str) -> Message {
    Message::new(format!(
        "binaries `{one}` and `{other}` would both have the parameter `{key}` of `cloudformation.yaml`"
    ))
    .with_help("rename one of them")
}

// Names that the template assigns.

/// The help for a part of the application whose id leads to an unusable name.
const NEEDS_ANOTHER_ID: &str = "give it another id: `id = \"…\"`";

/// Describes the output of the HTTP API, as the end of `has the same name as …`.
pub(crate) fn describe_api_output() -> String {
    "that of the HTTP API".to_owned()
}

/// Describes an output of a resource, as the end of `has the same name as …`. `id` is the resource's logical id,
/// and `origin` is the place of its attribute.
pub(crate) fn describe_output(id: impl Display, origin: impl Display) -> String {
    format!("that of `{id}` at {origin}")
}

/// Reports that two outputs of the template have the name `name`. `id` is the logical id of the second output's
/// resource, and `other` describes the first output.
pub(crate) fn output_name_taken(name: &str, id: impl Display, other: &str) -> Message {
    Message::new(format!("output `{name}` of `{id}` has the same name as {other}"))
        .with_help(NEEDS_ANOTHER_ID)
}

/// Reports that AWS would reject the computed name of a resource or function; `reason` is the model's message.
pub(crate) fn computed_name_invalid(reason: String) -> Message {
    Message::new(reason).with_help(NEEDS_ANOTHER_ID)
}

/// Reports that two resources of one kind, or two functions, would have the same computed name. `plural` is the
/// word for the kind, such as `buckets`. `id` and `other` are the two logical ids, `stem` is the common beginning
/// of the name, and `origin` is the place of `other`.
pub(crate) fn computed_name_taken(
    plural: &str,
    (id, other): (&str, &str),
    stem: &str,
    is_bucket: bool,
    origin: impl Display,
) -> Message {
    let why = if is_bucket { ": S3 allows no upper-case letters" } else { "" };
    Message::new(format!(
        "{plural} `{id}` and `{other}` would both be named `{stem}-…`{why} (the other is at {origin})"
    ))
    .with_help(ONE_NEEDS_ANOTHER_ID)
}

// Roles.

/// Reports that a function with its own `Role` has a setting that needs permissions in a generated role; `what`
/// describes the setting.
pub(crate) fn no_effect_on_user_role(what: &str) -> Message {
    Message::new(format!(
        "`Role` is a role of your own, to which Skylift adds nothing: {what} would have no effect"
    ))
    .with_help("leave `Role` out: the function gets a role that allows what it asks for")
}

/// Describes a function's capabilities, as the `what` of [`no_effect_on_user_role`].
pub(crate) const CAPABILITIES: &str = "the function's capabilities";

/// Reports that a function's role would have `count` managed policies, and IAM allows only `limit`.
pub(crate) fn too_many_managed_policies(count: usize, limit: usize) -> Message {
    Message::new(format!(
        "the role of this function would have {count} managed policies, IAM allows {limit}"
    ))
    .with_help("use capabilities and `allow` instead, or split the function")
}

/// Reports that the policy of a function's role would have at least `length` characters, and IAM allows only
/// `limit`.
pub(crate) fn role_policy_too_long(length: usize, limit: usize) -> Message {
    Message::new(format!(
        "the policy of this function's role would have at least {length} characters, IAM allows {limit}"
    ))
    .with_help("split the function: one that uses fewer resources has a smaller policy")
}

/// Reports that the resource policy of a function, which has a statement for each trigger, is larger than Lambda
/// allows.
pub(crate) fn function_policy_too_large(bytes: usize, limit: usize) -> Message {
    Message::new(format!(
        "the resource policy of this function would have {bytes} bytes, Lambda takes {limit}"
    ))
    .with_help(
        "each schedule, rule and bucket has a statement there: divide them among several functions",
    )
}

// Settings without effect.

/// Reports that `key`, a setting of asynchronous invocations, is set for a function that has none. `source` is the
/// source of the function's first trigger. `is_request` is whether a caller waits for the answer, and `is_stream` whether it
/// reads a stream.
pub(crate) fn asynchronous_setting(
    key: &str,
    source: &str,
    is_request: bool,
    is_stream: bool,
) -> Message {
    let help = match (is_request, is_stream) {
        (true, _) => "leave it out: the caller waits for the answer, and tries again itself",
        (_, true) => "leave it out, and write `retries` or `max_record_age` in the trigger",
        _ => {
            "leave it out: a failed message is received again, as often as `dead_letters(after = …)` of the queue says"
        }
    };
    Message::new(format!(
        "`{key}` has no effect: `{source}` does not invoke the function asynchronously"
    ))
    .with_help(help)
}
