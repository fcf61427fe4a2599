//! What the user's own `properties` of a function are in CloudFormation. They are properties of
//! `AWS::Serverless::Function`: most are those of `AWS::Lambda::Function`, and the rest is not carried.

use skylift_model::App;
use skylift_model::node::{Map, Node};

use super::role::OF_ROLE;
use crate::stack::{Defaults, Users};

/// The properties that are the same with and without SAM.
const SAME: [&str; 16] = [
    "CodeSigningConfigArn",
    "DurableConfig",
    "FileSystemConfigs",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "RecursiveLoop",
    "Role",
    "RuntimeManagementConfig",
    "SnapStart",
    "TenancyConfig",
    "VpcConfig",
    "FunctionScalingConfig",
    "CapacityProviderConfig",
    "SourceKmsKeyArn",
];

/// What they are for the function with this index.
pub(super) fn lower(index: usize, app: &App, _defaults: &Defaults) -> Users {
    let function = &app.functions[index];
    let mut users = Users::default();
    for (key, value) in function.properties.iter() {
        if OF_ROLE.iter().any(|(property, _)| *property == key) {
            continue;
        }
        match (key, value) {
            ("DeadLetterQueue", Node::Map(queue)) => {
                let mut config = Map::new();
                config.set_some("TargetArn", queue.get("TargetArn").cloned());
                users.properties.push("DeadLetterConfig", config);
            }
            (key, value) if SAME.contains(&key) => users.properties.push(key, value.clone()),
            (key, _) => users.not_carried.push(format!("`{key}` of function `{}`", function.handler)),
        }
    }
    users
}
