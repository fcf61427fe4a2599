//! Lowers SAM properties that `AWS::Lambda::Function` has under another name or in another form. Each function
//! takes the value of one property, and adds its result to the state.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::ResourceKind;

use super::intrinsic::{is_intrinsic, is_no_value, is_set, parse_if, plain_map, set_value};
use super::state::{PropertyLowering, tags_from_map};
use crate::lower::destination;
use crate::messages::{
    CONDITIONAL_ROLE, DEAD_LETTER_TYPE, HIDDEN_BY_FUNCTION, MISSING, READ_BEFORE_DEPLOYMENT,
    TRUE_OR_FALSE, UNKNOWN_PROPERTY,
};

/// Lowers `Tracing` to `TracingConfig`. Disabled tracing is left out, as SAM does.
pub(super) fn lower_tracing(mode: &Node, state: &mut PropertyLowering<'_>) {
    if is_set(mode) && *mode != Node::from("Disabled") {
        let config = Map::new().with("Mode", mode.clone());
        state.lowered.properties.set("TracingConfig", config);
    }
}

/// Lowers `Tags` of a function. The function's role gets the same tags.
pub(super) fn lower_tags(tags: &Node, state: &mut PropertyLowering<'_>) {
    match tags_from_map(tags) {
        Some(tags) if tags.is_empty() => {}
        Some(tags) => {
            state.lowered.properties.set("Tags", tags.clone());
            state.lowered.role.properties.set("Tags", tags);
        }
        None => state.mark_unsupported("Tags", HIDDEN_BY_FUNCTION),
    }
}

/// Checks that `PropagateTags` is `true` or `false`. [`PropertyLowering::propagated_tags`] returns the tags that it
/// propagates.
pub(super) fn check_propagate_tags(value: &Node, state: &mut PropertyLowering<'_>) {
    if !matches!(value, Node::Bool(_)) {
        state.mark_unsupported("PropagateTags", TRUE_OR_FALSE);
    }
}

/// Lowers `DeadLetterQueue` to `DeadLetterConfig`, and allows the function's role to send to the queue or topic.
pub(super) fn lower_dead_letter_queue(queue: &Node, state: &mut PropertyLowering<'_>) {
    if !is_set(queue) {
        return;
    }
    let Some(map) = plain_map(queue) else {
        return state.mark_unsupported("DeadLetterQueue", HIDDEN_BY_FUNCTION);
    };
    let kind = match map.get("Type") {
        Some(Node::Str(kind)) if kind == "SQS" => ResourceKind::Queue,
        Some(Node::Str(kind)) if kind == "SNS" => ResourceKind::Topic,
        _ => return state.mark_unsupported("DeadLetterQueue.Type", DEAD_LETTER_TYPE),
    };
    let Some(target) = set_value(map, "TargetArn") else {
        return state.mark_unsupported("DeadLetterQueue.TargetArn", MISSING);
    };
    let config = Map::new().with("TargetArn", target.clone());
    state.lowered.properties.set("DeadLetterConfig", config);
    state.lowered.role.calls.extend(destination::destination_calls(kind, target));
}

/// Lowers `VpcConfig`. Lambda needs a managed policy in the function's role to create network interfaces in the
/// user's VPC.
pub(super) fn lower_vpc_config(config: &Node, state: &mut PropertyLowering<'_>) {
    state.lowered.properties.set("VpcConfig", config.clone());
    if is_set(config) {
        state.lowered.role.managed.push("service-role/AWSLambdaVPCAccessExecutionRole");
    }
}

/// Lowers `DurableConfig`. The function's role needs a managed policy to write the checkpoints that Lambda stores
/// for the function.
pub(super) fn lower_durable_config(config: &Node, state: &mut PropertyLowering<'_>) {
    state.lowered.properties.set("DurableConfig", config.clone());
    if is_set(config) {
        state.lowered.role.managed.push("service-role/AWSLambdaBasicDurableExecutionRolePolicy");
    }
}

/// Lowers `SourceKMSKeyArn`, which CloudFormation has as a key of the property `Code`.
pub(super) fn lower_source_kms_key(key: &Node, state: &mut PropertyLowering<'_>) {
    if is_set(key) {
        state.lowered.code.set("SourceKMSKeyArn", key.clone());
    }
}

/// The names of the keys of `CapacityProviderConfig` in SAM, each with its name in CloudFormation.
const CAPACITY_PROVIDER: [(&str, &str); 3] = [
    ("Arn", "CapacityProviderArn"),
    ("PerExecutionEnvironmentMaxConcurrency", "PerExecutionEnvironmentMaxConcurrency"),
    ("ExecutionEnvironmentMemoryGiBPerVCpu", "ExecutionEnvironmentMemoryGiBPerVCpu"),
];

/// Lowers `CapacityProviderConfig`, with which a function runs on managed instances in the user's account.
pub(super) fn lower_capacity_provider(config: &Node, state: &mut PropertyLowering<'_>) {
    if !is_set(config) {
        return;
    }
    let Some(map) = plain_map(config) else {
        return state.mark_unsupported("CapacityProviderConfig", HIDDEN_BY_FUNCTION);
    };
    if set_value(map, "Arn").is_none() {
        return state.mark_unsupported("CapacityProviderConfig.Arn", MISSING);
    }
    let mut plain = Map::new();
    for (name, value) in map.iter().filter(|(_, value)| **value != Node::Null) {
        match CAPACITY_PROVIDER.iter().find(|(sam, _)| *sam == name) {
            Some((_, property)) => plain.set(*property, value.clone()),
            None => {
                state.mark_unsupported(format!("CapacityProviderConfig.{name}"), UNKNOWN_PROPERTY);
            }
        }
    }
    let config = Map::new().with("LambdaManagedInstancesCapacityProviderConfig", plain);
    state.lowered.properties.set("CapacityProviderConfig", config);
}

/// Lowers `FunctionScalingConfig`. On managed instances, each version of the function gets the same setting.
pub(super) fn lower_function_scaling(config: &Node, state: &mut PropertyLowering<'_>) {
    if is_set(config) {
        state.lowered.properties.set("FunctionScalingConfig", config.clone());
        if state.sam.get("CapacityProviderConfig").is_some_and(|it| *it != Node::Null) {
            state.lowered.version.scaling = Some(config.clone());
        }
    }
}

/// Lowers `Role`, a role of the user's own. If a condition can leave the role out, the property is not supported,
/// because SAM then creates a role with its own choice of policies.
pub(super) fn lower_role(role: &Node, state: &mut PropertyLowering<'_>) {
    let none = parse_if(role).is_some_and(|it| is_no_value(it.then) || is_no_value(it.otherwise));
    if none || is_no_value(role) {
        state.mark_unsupported("Role", CONDITIONAL_ROLE);
    }
    state.lowered.role.own = Some(role.clone());
    state.lowered.properties.set("Role", role.clone());
}

/// Lowers `Description`, followed by the value of `AutoPublishCodeSha256` if the function has an alias.
pub(super) fn lower_description(_: &Node, state: &mut PropertyLowering<'_>) {
    let value = state.sam.get("Description").filter(|it| **it != Node::Null);
    let hash = set_value(state.sam, "AutoPublishCodeSha256").filter(|it| !is_intrinsic(it));
    let hash = hash.filter(|_| state.lowered.alias.is_some());
    let described = match (value, hash) {
        (None, None) => return,
        (Some(value), None) => value.clone(),
        (Some(Node::Str(value)), Some(Node::Str(hash))) if !value.is_empty() => {
            Node::from(format!("{value} {hash}"))
        }
        (Some(value), Some(hash)) if is_set(value) => {
            let texts = Node::Seq(vec![value.clone(), hash.clone()]);
            Node::Tag("Join", Box::new(Node::Seq(vec![Node::from(" "), texts])))
        }
        (_, Some(hash)) => hash.clone(),
    };
    state.lowered.properties.set("Description", described);
}

/// Lowers `AutoPublishCodeSha256`. SAM appends the hash to the function's description, so that Lambda sees a
/// change.
pub(super) fn lower_code_sha256(hash: &Node, state: &mut PropertyLowering<'_>) {
    if is_intrinsic(hash) {
        return state.mark_unsupported("AutoPublishCodeSha256", READ_BEFORE_DEPLOYMENT);
    }
    lower_description(hash, state);
}
