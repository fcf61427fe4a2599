//! Provisioned concurrency that does not stay the same: the alias as a target of Application Auto
//! Scaling, with the times at which its bounds change, and the policy by which use decides between
//! the bounds. The alias itself is given the least that there is to be.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::provisioned::{Scheduled, Utilization};
use skylift_model::{App, Function, Provisioned};

use crate::lower::invoke::{self, ALIAS};
use crate::stack::{Part, Resource, Role};

/// What scales the function with this index, where something does.
pub(super) fn lower(index: usize, app: &App) -> Vec<Resource> {
    let function = &app.functions[index];
    let provisioned = function.settings.provisioned_concurrency.as_ref();
    let Some(provisioned) = provisioned.filter(|it| it.is_scaled()) else { return Vec::new() };
    let part = |role| Part::of_function(index, role);
    let id = function.id.join("ScalableTarget").to_string();
    let policy = provisioned.tracked().map(|target| {
        Resource::new(
            function.id.join("ScalingPolicy").to_string(),
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            part(Role::ScalingPolicy),
            policy(target, &id),
        )
    });
    let target = Resource {
        // It names the alias and does not refer to it.
        depends_on: vec![invoke::alias_id(function)],
        ..Resource::new(
            id,
            "AWS::ApplicationAutoScaling::ScalableTarget",
            part(Role::ScalableTarget),
            target(provisioned, function),
        )
    };
    std::iter::once(target).chain(policy).collect()
}

fn target(provisioned: &Provisioned, function: &Function) -> Map {
    let mut properties = Map::new()
        .with("ServiceNamespace", "lambda")
        .with("ScalableDimension", "lambda:function:ProvisionedConcurrency")
        .with("ResourceId", Node::sub(format!("function:${{{}}}:{ALIAS}", function.id)))
        .with("MinCapacity", provisioned.min.get())
        .with("MaxCapacity", provisioned.max.get());
    let actions: Vec<Node> =
        provisioned.schedules.iter().zip(1..).map(|(it, number)| action(it, number)).collect();
    if !actions.is_empty() {
        properties.set("ScheduledActions", actions);
    }
    properties
}

fn action(scheduled: &Scheduled, number: u32) -> Node {
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

fn policy(target: Utilization, id: &str) -> Map {
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
    use super::*;
    use crate::sam::{Stack, fixtures, ids};

    fn scaled(id: &str, provisioned: Provisioned) -> Function {
        let mut function = fixtures::function(id);
        function.settings.provisioned_concurrency = Some(provisioned);
        function
    }

    fn found(functions: Vec<Function>) -> ids::Ids {
        let app = fixtures::app(functions, Vec::new());
        ids::check(&app, &Stack::of(&app))
    }

    #[test]
    fn a_number_that_stays_the_same_is_not_scaled() {
        let fixed = Provisioned::try_from(2).unwrap();
        assert!(emit(&scaled("A", fixed.clone())).is_empty());
        assert!(emit(&fixtures::function("A")).is_empty());
        let two = fixtures::scaled();
        assert_eq!(emit(&scaled("A", two.clone())).len(), 2);
        let by_the_clock = Provisioned { max: two.min, ..two };
        assert_eq!(emit(&scaled("A", by_the_clock)).len(), 1);
        // The alias and the version are there either way.
        let count = |provisioned| found(vec![scaled("A", provisioned)]).count;
        assert_eq!(count(fixtures::scaled()), count(fixed) + 2);
    }

    #[test]
    fn an_id_that_scaling_would_take_from_another_is_found() {
        for id in ["AScalableTarget", "AScalingPolicy"] {
            let functions = vec![scaled("A", fixtures::scaled()), fixtures::function(id)];
            assert_eq!(found(functions).problems.len(), 1, "{id}");
        }
    }
}
