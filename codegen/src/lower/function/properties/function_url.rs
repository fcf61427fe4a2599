//! Lowers `FunctionUrlConfig`: the function URL and, if it is public, the permissions to call it.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{given, is_intrinsic, plain_map, says_something};
use super::lowering::{HIDDEN, Lowering, UNKNOWN};
use super::made::What;

/// The keys that SAM knows.
const PARTS: [&str; 3] = ["AuthType", "Cors", "InvokeMode"];

pub(super) fn lower(config: &Node, lowering: &mut Lowering<'_>) {
    const PROPERTY: &str = "FunctionUrlConfig";
    if !says_something(config) {
        return;
    }
    let Some(config) = plain_map(config) else { return lowering.refuse(PROPERTY, HIDDEN) };
    let is_public = match config.get("AuthType") {
        Some(Node::Str(auth)) if auth == "NONE" => true,
        Some(Node::Str(auth)) if auth == "AWS_IAM" => false,
        Some(auth) if is_intrinsic(auth) => false,
        _ => {
            let property = format!("{PROPERTY}.AuthType");
            return lowering.refuse(property, "has to be `AWS_IAM` or `NONE`");
        }
    };
    for (name, _) in config.iter().filter(|(name, _)| !PARTS.contains(name)) {
        lowering.refuse(format!("{PROPERTY}.{name}"), UNKNOWN);
    }
    let id = lowering.id;
    let mut properties = Map::new();
    properties.set("TargetFunctionArn", lowering.target());
    properties.set_some("AuthType", config.get("AuthType").cloned());
    properties.set_some("InvokeMode", given(config, "InvokeMode").cloned());
    properties.set_some("Cors", given(config, "Cors").cloned());
    lowering.make(What::Url, format!("{id}Url"), "AWS::Lambda::Url", properties);
    if !is_public {
        return;
    }
    let permission = |action: &str, limit: &str, to: Node| {
        Map::new()
            .with("Action", action)
            .with("FunctionName", lowering.target())
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
        lowering.make(What::UrlPermission, id, "AWS::Lambda::Permission", properties);
    }
}
