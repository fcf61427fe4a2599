//! Lowers the trigger of a deployment hook to the permission to answer CodeDeploy. The permission to call the function is in
//! the role of the deployment.

use skylift_model::StackLayout;
use skylift_model::aws::node::Node;
use skylift_model::source::deployment_hook::DeploymentHook;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};

/// The action by which a hook answers. Its resource is the deployment group, and all of them are in one application.
const ACTIONS: &[&str] = &["codedeploy:PutLifecycleEventHookExecutionStatus"];

/// The ARNs of the deployment groups of the stack. The exact one would close a circle: the group has the role that calls the
/// hook.
const GROUPS: &str = "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${ServerlessDeploymentApplication}/*";

/// The same ARNs if the functions are in nested stacks. Each nested stack has its own application, whose name begins with
/// the name of the stack that contains all of them.
const GROUPS_OF_NESTED_STACKS: &str = "arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${AWS::StackName}-*/*";

impl LowerTrigger for DeploymentHook {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let groups = match context.app.stacks {
            StackLayout::Single => GROUPS,
            StackLayout::Nested => GROUPS_OF_NESTED_STACKS,
        };
        lowered.add_calls(vec![(ACTIONS.into(), Node::sub(groups))]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{problems_of, stack_from_source};

    const HOOKS: &str = "#[function(trigger = deployment_hook)]\nasync fn check(_hook: DeploymentHook) -> Result<(), Error> { Ok(()) }\n#[function(trigger = deployment_hook)]\nasync fn verify(_hook: DeploymentHook) -> Result<(), Error> { Ok(()) }\n";

    fn deployed(hooks: &str) -> String {
        format!(
            "{HOOKS}#[function(deploy = canary(\"5m\", {hooks}))]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}"
        )
    }

    #[test]
    fn hooks_are_called_by_the_role_of_the_deployment_and_answer() {
        let stack = stack_from_source(&deployed("before = check, after = crate::verify"));
        let policy = stack.resource("TakeAliaslive").resource.update_policy;
        let policy = serde_json::to_value(policy.unwrap()).unwrap();
        let update = &policy["CodeDeployLambdaAliasUpdate"];
        assert_eq!(update["BeforeAllowTrafficHook"], json!({ "Ref": "Check" }));
        assert_eq!(update["AfterAllowTrafficHook"], json!({ "Ref": "Verify" }));
        let group = stack.resource("TakeDeploymentGroup");
        let role = json!({ "Fn::GetAtt": "TakeDeploymentRole.Arn" });
        assert_eq!(group.property("ServiceRoleArn"), role);
        assert!(!stack.ids().contains(&"CodeDeployServiceRole"), "{:?}", stack.ids());
        let role = stack.resource("TakeDeploymentRole");
        let statement = role.property("Policies.0.PolicyDocument.Statement.0");
        assert_eq!(statement["Action"], json!(["lambda:InvokeFunction"]));
        let hooks = json!([{ "Fn::GetAtt": "Check.Arn" }, { "Fn::GetAtt": "Verify.Arn" }]);
        assert_eq!(statement["Resource"], hooks);
        assert_eq!(
            role.property("ManagedPolicyArns.0"),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited" })
        );
        let answer = stack.resource("CheckRole").property("Policies.0.PolicyDocument.Statement.1");
        assert_eq!(answer["Action"], json!(super::ACTIONS));
        assert_eq!(answer["Resource"], json!([{ "Fn::Sub": super::GROUPS }]));
    }

    #[test]
    fn the_role_of_a_deployment_has_the_limits_of_the_roles_of_functions() {
        let stack = stack_from_source(&format!(
            "{}{}",
            "#[function(role_path = \"/app/\", permissions_boundary = \"arn:aws:iam::123456789012:policy/Limit\", deploy = all_at_once(before = check, after = verify))]\nasync fn take() -> Result<(), Error> { Ok(()) }\n",
            HOOKS
        ));
        let role = stack.resource("TakeDeploymentRole");
        assert_eq!(role.property("Path"), "/app/");
        let boundary = "arn:aws:iam::123456789012:policy/Limit";
        assert_eq!(role.property("PermissionsBoundary"), boundary);
    }

    #[test]
    fn what_is_no_hook_is_reported_at_its_place() {
        for (hooks, start) in [
            ("before = check, after = verfy", "key deploy.after: no function `verfy` has"),
            ("before = check", "trigger 0: no deployment calls this function"),
        ] {
            let found = problems_of(&deployed(hooks), None);
            let [message] = found.as_slice() else { panic!("{hooks}: {found:?}") };
            assert!(message.starts_with(start), "{hooks}: {message}");
        }
        let own = "#[function(trigger = deployment_hook, deploy = all_at_once(before = check))]\nasync fn check(_hook: DeploymentHook) -> Result<(), Error> { Ok(()) }";
        let found = problems_of(own, None);
        assert!(
            found[0].starts_with("key deploy.before: a function cannot be the hook"),
            "{found:?}"
        );
        let plain = "#[function]\nasync fn plain() -> Result<(), Error> { Ok(()) }\n#[function(deploy = canary(\"5m\", before = plain))]\nasync fn take() -> Result<(), Error> { Ok(()) }";
        let found = problems_of(plain, None);
        assert_eq!(
            found,
            [
                "key deploy.before: `plain` is not a deployment hook: CodeDeploy would get no answer\n\nhelp: write `#[function(trigger = deployment_hook)] async fn plain(…)`"
            ]
        );
    }
}
