//! Messages about the stack: logical ids, names and roles.

use std::fmt::Display;

use skylift_model::aws::limits;
use skylift_model::message::Message;

// Logical ids.

const ONE_NEEDS_ANOTHER_ID: &str = "give one of them another id: `id = \"…\"`";

/// Describes a parameter of the package.
pub(crate) fn describe_parameter(name: &str) -> String {
    format!("parameter `{name}`")
}

/// Describes a parameter for the place of the code.
pub(crate) fn describe_code_parameter(name: &str) -> String {
    format!("parameter `{name}` of `cloudformation.yaml`, which sets the place of the code")
}

pub(crate) fn id_taken(id: &str, owner: &str, other: &str) -> Message {
    Message::new(format!("logical id `{id}` of {owner} is taken by {other}"))
        .with_help(ONE_NEEDS_ANOTHER_ID)
}

/// Both owners are the same attribute.
pub(crate) fn id_taken_in_two_targets(id: &str, owner: &str, other: &str) -> Message {
    id_taken(id, owner, other).with_help(
        "two targets of the package contain this file as a module: move it to the library",
    )
}

pub(crate) fn id_too_long(id: &str, owner: &str) -> Message {
    let (length, most) = (id.len(), limits::LOGICAL_ID_LEN);
    let stem: String = id.chars().take(32).collect();
    Message::new(format!(
        "logical id `{stem}…` of {owner} has {length} characters, CloudFormation allows {most}"
    ))
    .with_help("give it a shorter id: `id = \"…\"`")
}

pub(crate) fn reserved_parameter(name: &str) -> Message {
    Message::new(format!(
        "parameter `{name}` of this package has the name of {}",
        describe_code_parameter(name)
    ))
    .with_help("give it another name")
}

pub(crate) fn one_code_parameter_for_two(one: &str, other: &str, key: &str) -> Message {
    Message::new(format!(
        "binaries `{one}` and `{other}` would both have the parameter `{key}` of `cloudformation.yaml`"
    ))
    .with_help("rename one of them")
}

// Names that the template assigns.

const NEEDS_ANOTHER_ID: &str = "give it another id: `id = \"…\"`";

/// Describes the output of the HTTP API.
pub(crate) fn describe_api_output() -> String {
    "that of the HTTP API".to_owned()
}

/// Describes an output of a resource.
pub(crate) fn describe_output(id: impl Display, origin: impl Display) -> String {
    format!("that of `{id}` at {origin}")
}

pub(crate) fn output_name_taken(name: &str, id: impl Display, other: &str) -> Message {
    Message::new(format!("output `{name}` of `{id}` has the same name as {other}"))
        .with_help(NEEDS_ANOTHER_ID)
}

/// `reason` comes from the model.
pub(crate) fn computed_name_invalid(reason: String) -> Message {
    Message::new(reason).with_help(NEEDS_ANOTHER_ID)
}

/// Two resources of one kind would have the same computed name; `plural` is the word for the kind.
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

/// `what` is the setting that asks for permissions.
pub(crate) fn no_effect_on_user_role(what: &str) -> Message {
    Message::new(format!(
        "`Role` is a role of your own, to which Skylift adds nothing: {what} would have no effect"
    ))
    .with_help("leave `Role` out: the function gets a role that allows what it asks for")
}

/// The function's capabilities, as the setting that asks for permissions.
pub(crate) const CAPABILITIES: &str = "the function's capabilities";

pub(crate) fn too_many_managed_policies(count: usize, most: usize) -> Message {
    Message::new(format!(
        "the role of this function would have {count} managed policies, IAM allows {most}"
    ))
    .with_help("use capabilities and `allow` instead, or split the function")
}

pub(crate) fn role_policy_too_long(length: usize, most: usize) -> Message {
    Message::new(format!(
        "the policy of this function's role would have at least {length} characters, IAM allows {most}"
    ))
    .with_help("split the function: one that uses fewer resources has a smaller policy")
}
