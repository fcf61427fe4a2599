//! Lowers provisioned concurrency that scales. The function's alias becomes a scalable target of Application Auto
//! Scaling, with scheduled changes of its bounds, and with a policy that scales between the bounds by utilization.
//! The alias itself has the lower bound.
// See decision 0080.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::provisioned_concurrency::{ScheduledBounds, Utilization};
use skylift_model::{App, Function, ProvisionedConcurrency};

use crate::lower::invoke::{self, ALIAS};
use crate::stack::{IdOwner, Purpose, Resource};

/// Returns the resources that scale the provisioned concurrency of the function with this index; none if the
/// function does not scale.
pub(super) fn lower_scaling(index: usize, app: &App) -> Vec<Resource> {
    let function = &app.functions[index];
    let provisioned = function.settings.provisioned_concurrency.as_ref();
    let Some(provisioned) = provisioned.filter(|it| it.is_scaled()) else { return Vec::new() };
    let part = |role| IdOwner::for_function(index, role);
    let id = function.id.join("ScalableTarget").to_string();
    let policy = provisioned.target_utilization().map(|target| {
        Resource::new(
            function.id.join("ScalingPolicy").to_string(),
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            part(Purpose::ScalingPolicy),
            scaling_policy_properties(target, &id),
        )
    });
    let target = Resource {
        // Its properties contain the alias's name and no reference to the alias.
        depends_on: vec![invoke::alias_id(function)],
        ..Resource::new(
            id,
            "AWS::ApplicationAutoScaling::ScalableTarget",
            part(Purpose::ScalableTarget),
            scalable_target_properties(provisioned, function),
        )
    };
    std::iter::once(target).chain(policy).collect()
}

/// Returns the properties of the scalable target for a function's alias.
fn scalable_target_properties(provisioned: &ProvisionedConcurrency, function: &Function) -> Map {
    let mut properties = Map::new()
        .with("ServiceNamespace", "lambda")
        .with("ScalableDimension", "lambda:function:ProvisionedConcurrency")
        .with("ResourceId", Node::sub(format!("function:${{{}}}:{ALIAS}", function.id)))
        .with("MinCapacity", provisioned.min.get())
        .with("MaxCapacity", provisioned.max.get());
    let actions: Vec<Node> = provisioned
        .schedules
        .iter()
        .zip(1..)
        .map(|(it, number)| scheduled_action(it, number))
        .collect();
    if !actions.is_empty() {
        properties.set("ScheduledActions", actions);
    }
    properties
}

/// Returns a scheduled action of the scalable target, which sets its bounds; `number` distinguishes the action's
/// name.
fn scheduled_action(scheduled: &ScheduledBounds, number: u32) -> Node {
    let mut action = Map::new()
        .with("ScheduledActionName", format!("Schedule{number}"))
        .with("Schedule", scheduled.at.as_str());
    action.set_some("Timezone", scheduled.time_zone.as_ref().map(|zone| zone.as_str()));
    let bounds = Map::new()
        .with("MinCapacity", scheduled.min.get())
        .with("MaxCapacity", scheduled.max.get());
    action.set("ScalableTargetAction", bounds);
    action.into()
}

/// Returns the properties of the scaling policy; `id` is the logical id of the scalable target.
fn scaling_policy_properties(target: Utilization, id: &str) -> Map {
    let metric = Map::new().with("PredefinedMetricType", "LambdaProvisionedConcurrencyUtilization");
    let tracking = Map::new()
        .with("TargetValue", Node::Float(target.get()))
        .with("PredefinedMetricSpecification", metric);
    Map::new()
        .with("PolicyName", "Utilization")
        .with("PolicyType", "TargetTrackingScaling")
        .with("ScalingTargetId", Node::reference(id))
        .with("TargetTrackingScalingPolicyConfiguration", tracking)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixtures::{build_stack, function, scaled_concurrency};
    use crate::stack::Stack;

    fn stack_with(provisioned: ProvisionedConcurrency) -> Stack {
        let mut function = function("A");
        function.settings.provisioned_concurrency = Some(provisioned);
        build_stack(vec![function], Vec::new())
    }

    fn scaling_resources(stack: &Stack) -> Vec<&str> {
        stack.ids().into_iter().filter(|id| id.contains("Scal")).collect()
    }

    #[test]
    fn constant_provisioned_concurrency_is_not_scaled() {
        let fixed = ProvisionedConcurrency::try_from(2).unwrap();
        assert!(scaling_resources(&stack_with(fixed)).is_empty());
        assert!(scaling_resources(&build_stack(vec![function("A")], Vec::new())).is_empty());
        let two = scaled_concurrency();
        assert_eq!(
            scaling_resources(&stack_with(two.clone())),
            ["AScalableTarget", "AScalingPolicy"]
        );
        let by_the_clock = ProvisionedConcurrency { max: two.min, ..two };
        assert_eq!(scaling_resources(&stack_with(by_the_clock)), ["AScalableTarget"]);
    }

    #[test]
    fn the_alias_is_scaled_between_its_bounds_and_on_schedule() {
        let stack = stack_with(scaled_concurrency());
        let target = stack.resource("AScalableTarget");
        assert_eq!(target.kind(), "AWS::ApplicationAutoScaling::ScalableTarget");
        assert_eq!(target.resource.depends_on, ["AAliaslive"]);
        assert_eq!(
            *target.properties(),
            json!({
                "ServiceNamespace": "lambda",
                "ScalableDimension": "lambda:function:ProvisionedConcurrency",
                "ResourceId": { "Fn::Sub": "function:${A}:live" },
                "MinCapacity": 1,
                "MaxCapacity": 2,
                "ScheduledActions": [{
                    "ScheduledActionName": "Schedule1",
                    "Schedule": "cron(0 8 ? * MON-FRI *)",
                    "ScalableTargetAction": { "MinCapacity": 3, "MaxCapacity": 3 },
                }],
            })
        );
        let policy = stack.resource("AScalingPolicy");
        assert_eq!(policy.kind(), "AWS::ApplicationAutoScaling::ScalingPolicy");
        assert_eq!(policy.property("PolicyType"), "TargetTrackingScaling");
        assert_eq!(policy.property("PolicyName"), "Utilization");
        assert_eq!(policy.property("ScalingTargetId.Ref"), "AScalableTarget");
        let tracking = policy.property("TargetTrackingScalingPolicyConfiguration");
        let metric = "LambdaProvisionedConcurrencyUtilization";
        assert_eq!(tracking["PredefinedMetricSpecification"]["PredefinedMetricType"], metric);
        assert!(tracking["TargetValue"].is_f64(), "{tracking}");
    }
}
