//! Lowers `FunctionUrlConfig` of a function: the function URL and, if the URL is public, the permissions to call
//! it.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{is_intrinsic, is_set, plain_map, set_value};
use super::sam_resource::SamResourcePurpose;
use super::state::PropertyLowering;
use crate::messages::{AUTH_TYPE, HIDDEN_BY_FUNCTION, UNKNOWN_PROPERTY};

/// The keys of `FunctionUrlConfig` that SAM knows.
const PARTS: [&str; 3] = ["AuthType", "Cors", "InvokeMode"];

/// Lowers `FunctionUrlConfig` to the function URL and, if the URL is public, to two permissions.
pub(super) fn lower_function_url(config: &Node, state: &mut PropertyLowering<'_>) {
    const PROPERTY: &str = "FunctionUrlConfig";
    if !is_set(config) {
        return;
    }
    let Some(config) = plain_map(config) else {
        return state.mark_unsupported(PROPERTY, HIDDEN_BY_FUNCTION);
    };
    let is_public = match config.get("AuthType") {
        Some(Node::Str(auth)) if auth == "NONE" => true,
        Some(Node::Str(auth)) if auth == "AWS_IAM" => false,
        Some(auth) if is_intrinsic(auth) => false,
        _ => {
            let property = format!("{PROPERTY}.AuthType");
            return state.mark_unsupported(property, AUTH_TYPE);
        }
    };
    for (name, _) in config.iter().filter(|(name, _)| !PARTS.contains(name)) {
        state.mark_unsupported(format!("{PROPERTY}.{name}"), UNKNOWN_PROPERTY);
    }
    let id = state.id;
    let mut properties = Map::new();
    properties.set("TargetFunctionArn", state.target_reference());
    properties.set_some("AuthType", config.get("AuthType").cloned());
    properties.set_some("InvokeMode", set_value(config, "InvokeMode").cloned());
    properties.set_some("Cors", set_value(config, "Cors").cloned());
    state.add_resource(SamResourcePurpose::Url, format!("{id}Url"), "AWS::Lambda::Url", properties);
    if !is_public {
        return;
    }
    let permission = |action: &str, limit: &str, to: Node| {
        Map::new()
            .with("Action", action)
            .with("FunctionName", state.target_reference())
            .with("Principal", "*")
            .with(limit, to)
    };
    // A call of the URL needs both permissions. The second one allows invocations through the URL only.
    let url = permission("lambda:InvokeFunctionUrl", "FunctionUrlAuthType", Node::from("NONE"));
    let function = permission("lambda:InvokeFunction", "InvokedViaFunctionUrl", Node::Bool(true));
    for (suffix, properties) in
        [("UrlPublicPermissions", url), ("URLInvokeAllowPublicAccess", function)]
    {
        let id = format!("{id}{suffix}");
        state.add_resource(
            SamResourcePurpose::UrlPermission,
            id,
            "AWS::Lambda::Permission",
            properties,
        );
    }
}
