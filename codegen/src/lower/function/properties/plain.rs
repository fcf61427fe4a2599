//! Lowers properties that `AWS::Lambda::Function` has under another name or in another form.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::ResourceKind;

use super::intrinsic::{choice, given, is_intrinsic, is_no_value, plain_map, says_something};
use super::lowering::{HIDDEN, Lowering, UNKNOWN, tag_list};
use crate::lower::destination;

/// Lowers `Tracing`. SAM leaves out disabled tracing.
pub(super) fn tracing(mode: &Node, lowering: &mut Lowering<'_>) {
    if says_something(mode) && *mode != Node::from("Disabled") {
        let config = Map::new().with("Mode", mode.clone());
        lowering.lowered.properties.set("TracingConfig", config);
    }
}

/// Lowers `Tags`. The role has them too.
pub(super) fn tags(tags: &Node, lowering: &mut Lowering<'_>) {
    match tag_list(tags) {
        Some(tags) if tags.is_empty() => {}
        Some(tags) => {
            lowering.lowered.properties.set("Tags", tags.clone());
            lowering.lowered.role.properties.set("Tags", tags);
        }
        None => lowering.refuse("Tags", HIDDEN),
    }
}

/// Checks `PropagateTags`. [`Lowering::propagated_tags`] returns the tags themselves.
pub(super) fn propagate_tags(value: &Node, lowering: &mut Lowering<'_>) {
    if !matches!(value, Node::Bool(_)) {
        lowering.refuse("PropagateTags", "has to be written as `true` or `false`");
    }
}

pub(super) fn dead_letter_queue(queue: &Node, lowering: &mut Lowering<'_>) {
    if !says_something(queue) {
        return;
    }
    let Some(map) = plain_map(queue) else { return lowering.refuse("DeadLetterQueue", HIDDEN) };
    let kind = match map.get("Type") {
        Some(Node::Str(kind)) if kind == "SQS" => ResourceKind::Queue,
        Some(Node::Str(kind)) if kind == "SNS" => ResourceKind::Topic,
        _ => return lowering.refuse("DeadLetterQueue.Type", "has to be `SQS` or `SNS`"),
    };
    let Some(target) = given(map, "TargetArn") else {
        return lowering.refuse("DeadLetterQueue.TargetArn", "is missing");
    };
    let config = Map::new().with("TargetArn", target.clone());
    lowering.lowered.properties.set("DeadLetterConfig", config);
    lowering.lowered.role.calls.extend(destination::destination_calls(kind, target));
}

/// Lowers `VpcConfig`. Lambda needs a managed policy to create network interfaces in the user's VPC.
pub(super) fn vpc_config(config: &Node, lowering: &mut Lowering<'_>) {
    lowering.lowered.properties.set("VpcConfig", config.clone());
    if says_something(config) {
        lowering.lowered.role.managed.push("service-role/AWSLambdaVPCAccessExecutionRole");
    }
}

/// Lowers `DurableConfig`. The function needs a managed policy to write the checkpoints that Lambda stores for it.
pub(super) fn durable_config(config: &Node, lowering: &mut Lowering<'_>) {
    lowering.lowered.properties.set("DurableConfig", config.clone());
    if says_something(config) {
        lowering.lowered.role.managed.push("service-role/AWSLambdaBasicDurableExecutionRolePolicy");
    }
}

pub(super) fn source_kms_key(key: &Node, lowering: &mut Lowering<'_>) {
    if says_something(key) {
        lowering.lowered.code.set("SourceKMSKeyArn", key.clone());
    }
}

/// The names of the keys in SAM, with those in CloudFormation.
const CAPACITY_PROVIDER: [(&str, &str); 3] = [
    ("Arn", "CapacityProviderArn"),
    ("PerExecutionEnvironmentMaxConcurrency", "PerExecutionEnvironmentMaxConcurrency"),
    ("ExecutionEnvironmentMemoryGiBPerVCpu", "ExecutionEnvironmentMemoryGiBPerVCpu"),
];

/// Lowers `CapacityProviderConfig`: the function runs on managed instances in the user's account.
pub(super) fn capacity_provider(config: &Node, lowering: &mut Lowering<'_>) {
    if !says_something(config) {
        return;
    }
    let Some(map) = plain_map(config) else {
        return lowering.refuse("CapacityProviderConfig", HIDDEN);
    };
    if given(map, "Arn").is_none() {
        return lowering.refuse("CapacityProviderConfig.Arn", "is missing");
    }
    let mut plain = Map::new();
    for (name, value) in map.iter().filter(|(_, value)| **value != Node::Null) {
        match CAPACITY_PROVIDER.iter().find(|(sam, _)| *sam == name) {
            Some((_, property)) => plain.set(*property, value.clone()),
            None => lowering.refuse(format!("CapacityProviderConfig.{name}"), UNKNOWN),
        }
    }
    let config = Map::new().with("LambdaManagedInstancesCapacityProviderConfig", plain);
    lowering.lowered.properties.set("CapacityProviderConfig", config);
}

/// Lowers `FunctionScalingConfig`. On managed instances, each version has it too.
pub(super) fn function_scaling(config: &Node, lowering: &mut Lowering<'_>) {
    if says_something(config) {
        lowering.lowered.properties.set("FunctionScalingConfig", config.clone());
        if lowering.sam.get("CapacityProviderConfig").is_some_and(|it| *it != Node::Null) {
            lowering.lowered.version.scaling = Some(config.clone());
        }
    }
}

/// Lowers `Role`, the user's own. If a condition leaves it out, SAM creates a role with its own choice of policies.
pub(super) fn role(role: &Node, lowering: &mut Lowering<'_>) {
    let none = choice(role).is_some_and(|it| is_no_value(it.then) || is_no_value(it.otherwise));
    if none || is_no_value(role) {
        lowering.refuse(
            "Role",
            "leaves out the role under a condition, and SAM makes one with policies of its choice",
        );
    }
    lowering.lowered.role.own = Some(role.clone());
    lowering.lowered.properties.set("Role", role.clone());
}

pub(super) fn description(_: &Node, lowering: &mut Lowering<'_>) {
    let value = lowering.sam.get("Description").filter(|it| **it != Node::Null);
    let hash = given(lowering.sam, "AutoPublishCodeSha256").filter(|it| !is_intrinsic(it));
    let hash = hash.filter(|_| lowering.lowered.alias.is_some());
    let described = match (value, hash) {
        (None, None) => return,
        (Some(value), None) => value.clone(),
        (Some(Node::Str(value)), Some(Node::Str(hash))) if !value.is_empty() => {
            Node::from(format!("{value} {hash}"))
        }
        (Some(value), Some(hash)) if says_something(value) => {
            let texts = Node::Seq(vec![value.clone(), hash.clone()]);
            Node::Tag("Join", Box::new(Node::Seq(vec![Node::from(" "), texts])))
        }
        (_, Some(hash)) => hash.clone(),
    };
    lowering.lowered.properties.set("Description", described);
}

/// Lowers `AutoPublishCodeSha256`. SAM appends it to the description, so that Lambda sees a change.
pub(super) fn code_sha256(hash: &Node, lowering: &mut Lowering<'_>) {
    if is_intrinsic(hash) {
        return lowering.refuse(
            "AutoPublishCodeSha256",
            "is an intrinsic function, and SAM reads its value before the stack is deployed",
        );
    }
    description(hash, lowering);
}
