//! Lowers the role with which CodeDeploy deploys a function that has hooks. SAM's own role may call only functions whose
//! names begin with `CodeDeployHook_`, so this one may call exactly the hooks.
// See decision 0127.

use skylift_model::App;
use skylift_model::Function;
use skylift_model::aws::deployment::Deployment;
use skylift_model::aws::node::{Map, Node};

use super::properties::RoleParts;
use super::role::{self, USER_ROLE_LIMITS};
use crate::stack::{Cause, IdOwner, Purpose, Resource};

/// The service that takes the role.
const SERVICE: &str = "codedeploy.amazonaws.com";

/// The managed policy with which CodeDeploy moves an alias and reads alarms.
const POLICY: &str = "service-role/AWSCodeDeployRoleForLambdaLimited";

/// Returns the logical id of the role.
pub(super) fn deployment_role_id(function: &Function) -> String {
    function.id.join("DeploymentRole").to_string()
}

/// Returns the role for the deployments of the function with this index. Returns `None` if they have no hooks: SAM then
/// makes one role for all functions.
pub(super) fn lower_deployment_role(
    index: usize,
    app: &App,
    user_parts: &RoleParts,
) -> Option<Resource> {
    let function = &app.functions[index];
    let hooks = function.settings.lambda.deploy.iter().flat_map(Deployment::hooks);
    let hooks: Vec<Node> = hooks
        .filter_map(|(_, ident)| Some(Node::attribute(&app.function(ident)?.id, "Arn")))
        .collect();
    if hooks.is_empty() {
        return None;
    }
    let mut properties = Map::new().with("AssumeRolePolicyDocument", role::trust_policy(SERVICE));
    for property in USER_ROLE_LIMITS {
        properties.set_some(property, user_parts.properties.get(property).cloned());
    }
    let managed = Node::sub(format!("arn:${{AWS::Partition}}:iam::aws:policy/{POLICY}"));
    properties.push("ManagedPolicyArns", vec![managed]);
    properties.push("Policies", vec![role::invoke_policy("Hooks", hooks)]);
    let tags = role::role_tags(function, app);
    if !tags.is_empty() {
        properties.push("Tags", tags);
    }
    let purpose = Purpose::Beside("the role of deployments", Cause::Deploy);
    let owner = IdOwner::for_function(index, purpose);
    Some(Resource::new(deployment_role_id(function), "AWS::IAM::Role", owner, properties))
}
