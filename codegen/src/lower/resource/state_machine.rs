//! Lowers a state machine with its role and its log group. It has a name that every part of the template can compute,
//! because functions that it calls may start it. The role may call the functions that the definition names, and no
//! others.

use skylift_model::aws::logs::LogRetention;
use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::states::ExecutionLogLevel;
use skylift_model::resource::state_machine::StateMachine;
use skylift_model::resource::{Resource, ResourceKind};

use super::computed::{self, ComputedNameKind};
use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{
    LowerResource, NewResource, fixed_or_computed_arn, fixed_or_computed_name, ref_output,
};
use crate::lower::number::lower_number;
use crate::lower::service_role;
use crate::stack::{Purpose, ResourceInStack};

/// How a template names a state machine.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::Arn,
    parameter: ParameterContent::Arn,
    arn: ArnLookup::Reference,
    suffix: None,
};

/// The name of Step Functions in a role.
const SERVICE: &str = "states.amazonaws.com";

/// The beginning of the names of log groups to which Step Functions writes without a statement in the account's resource
/// policy of its own. That policy is limited in length.
const LOG_GROUP_PREFIX: &str = "/aws/vendedlogs/states/";

/// The actions to deliver logs. IAM defines no resources for them.
const LOG_ACTIONS: [&str; 8] = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

/// The actions to send traces to X-Ray, by its sampling rules. IAM defines no resources for them.
const TRACE_ACTIONS: [&str; 4] = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
];

impl LowerResource for StateMachine {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        let group =
            (self.log_level() != ExecutionLogLevel::Off).then(|| new.resource.id.join("Logs"));
        let role = new.resource.id.join("Role");
        let has_own_role = new.resource.properties.get("RoleArn").is_some();
        let mut properties = Map::new()
            .with("StateMachineName", machine_name(self, new.resource))
            .with("StateMachineType", if self.express { "EXPRESS" } else { "STANDARD" });
        if !has_own_role {
            properties.set("RoleArn", Node::attribute(&role, "Arn"));
        }
        let json = self.definition.as_ref().map_or("{}", |it| it.json.as_str());
        properties.set("DefinitionString", json);
        let substitutions = &new.needs.definition.substitutions;
        if !substitutions.is_empty() {
            properties.set("DefinitionSubstitutions", substitutions.clone());
        }
        properties.set("LoggingConfiguration", logging_configuration(self, group.as_ref()));
        properties.set("TracingConfiguration", Map::new().with("Enabled", self.tracing));
        lowered.resources.push(new.main_resource(properties));
        if !has_own_role {
            lowered.resources.push(new.part_resource(
                role.as_str(),
                "AWS::IAM::Role",
                Purpose::Role,
                role_properties(self, new),
            ));
        }
        if let Some(group) = group {
            lowered.resources.push(new.part_resource(
                group.as_str(),
                "AWS::Logs::LogGroup",
                Purpose::LogGroup,
                log_group_properties(self, new.id()),
            ));
        }
        lowered.outputs.push(ref_output(new.id(), "Arn", "ARN of the state machine"));
    }

    fn identifier(&self, resource: &Resource) -> Node {
        self.arn(resource)
    }

    fn arn(&self, resource: &Resource) -> Node {
        fixed_or_computed_arn(
            ResourceKind::StateMachine,
            self.name.as_ref().map(|name| name.as_str()),
            ComputedNameKind::StateMachine,
            resource.id.as_str(),
        )
    }

    fn computed_name_kind(&self) -> Option<ComputedNameKind> {
        Some(ComputedNameKind::StateMachine)
    }
}

/// Returns the name of a state machine.
fn machine_name(machine: &StateMachine, resource: &Resource) -> Node {
    fixed_or_computed_name(
        machine.name.as_ref().map(|name| name.as_str()),
        ComputedNameKind::StateMachine,
        resource.id.as_str(),
    )
}

/// Returns the properties of the log group of the state machine with this logical id.
fn log_group_properties(machine: &StateMachine, id: &str) -> Map {
    let name = match &machine.name {
        Some(name) => Node::from(format!("{LOG_GROUP_PREFIX}{name}")),
        None => {
            let name = ComputedNameKind::StateMachine.name(id);
            computed::sub_with_stack(format!("{LOG_GROUP_PREFIX}{name}"))
        }
    };
    let retention = machine.log_retention.unwrap_or(LogRetention::DEFAULT);
    let mut properties = Map::new().with("LogGroupName", name);
    let days = Some(retention.get());
    let days = lower_number(&machine.from_parameters, StateMachine::LOG_RETENTION, days);
    properties.set_some("RetentionInDays", days);
    properties
}

/// Returns the configuration of the logs, which go to the log group with this id.
fn logging_configuration(machine: &StateMachine, group: Option<&LogicalId>) -> Map {
    let mut logging = Map::new().with("Level", machine.log_level().as_str());
    if let Some(group) = group {
        let arn = Map::new().with("LogGroupArn", Node::attribute(group, "Arn"));
        let destination = Map::new().with("CloudWatchLogsLogGroup", arn);
        logging.set("IncludeExecutionData", machine.log_data);
        logging.set("Destinations", vec![Node::Map(destination)]);
    }
    logging
}

/// Returns the properties of the role of a state machine.
fn role_properties(machine: &StateMachine, new: &NewResource<'_>) -> Map {
    let everywhere = |actions: &[&str]| {
        let actions: Vec<Node> = actions.iter().map(|action| Node::from(*action)).collect();
        Node::from(Map::new().with("Effect", "Allow").with("Action", actions).with("Resource", "*"))
    };
    let mut statements = new.needs.definition.statements.clone();
    if machine.log_level() != ExecutionLogLevel::Off {
        statements.push(everywhere(&LOG_ACTIONS));
    }
    if machine.tracing {
        statements.push(everywhere(&TRACE_ACTIONS));
    }
    service_role::role_properties(SERVICE, "StateMachine", statements)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use skylift_model::aws::states::ExecutionLogLevel;
    use skylift_model::resource::state_machine::{Definition, StateMachine};
    use skylift_model::resource::{Existing, Resource, ResourceSettings};

    use crate::fixtures;
    use crate::stack::Stack;

    fn machine(settings: StateMachine) -> Resource {
        fixtures::resource("Checkout", ResourceSettings::StateMachine(settings))
    }

    fn calls(functions: &[&str], names: &[&str]) -> StateMachine {
        let texts = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let definition = Definition {
            json: "{}\n".to_owned(),
            functions: texts(functions),
            names: texts(names),
        };
        StateMachine { definition: Some(definition), tracing: true, ..StateMachine::default() }
    }

    fn stack(settings: StateMachine) -> Stack {
        let resources = vec![machine(settings), fixtures::one_of_each().swap_remove(3)];
        fixtures::build_stack(vec![fixtures::function("Charge")], resources)
    }

    #[test]
    fn a_state_machine_calls_the_functions_that_its_definition_names() {
        let stack = stack(calls(&["Charge"], &["Charge", "Queue"]));
        let machine = stack.resource("Checkout");
        assert_eq!(machine.kind(), "AWS::StepFunctions::StateMachine");
        assert_eq!(machine.property("StateMachineName.Fn::Sub.0"), "Checkout-${Stack}");
        assert_eq!(machine.property("StateMachineType"), "STANDARD");
        assert_eq!(machine.property("DefinitionString"), "{}\n");
        assert_eq!(
            machine.property("DefinitionSubstitutions"),
            json!({ "Charge": { "Fn::GetAtt": "Charge.Arn" }, "Queue": { "Ref": "Queue" } })
        );
        assert_eq!(machine.property("TracingConfiguration"), json!({ "Enabled": true }));
        assert_eq!(
            machine.property("LoggingConfiguration"),
            json!({
                "Level": "ERROR",
                "IncludeExecutionData": false,
                "Destinations": [{
                    "CloudWatchLogsLogGroup": { "LogGroupArn": { "Fn::GetAtt": "CheckoutLogs.Arn" } },
                }],
            })
        );
        let group = stack.resource("CheckoutLogs");
        assert_eq!(
            group.property("LogGroupName.Fn::Sub.0"),
            "/aws/vendedlogs/states/Checkout-${Stack}"
        );
        assert_eq!(group.property("RetentionInDays"), 30);
        let role = stack.resource("CheckoutRole");
        let statements = role.property("Policies.0.PolicyDocument.Statement");
        assert_eq!(
            statements[0],
            json!({
                "Effect": "Allow",
                "Action": ["lambda:InvokeFunction"],
                "Resource": [{ "Fn::GetAtt": "Charge.Arn" }],
            })
        );
        assert_eq!(statements.as_array().unwrap().len(), 3);
        assert_eq!(statements[1]["Action"][0], "logs:CreateLogDelivery");
        assert_eq!(statements[2]["Action"][0], "xray:PutTraceSegments");
        let trust = role.property("AssumeRolePolicyDocument.Statement.0");
        assert_eq!(trust["Principal"]["Service"], "states.amazonaws.com");
        assert_eq!(
            trust["Condition"]["StringEquals"]["aws:SourceAccount"]["Ref"],
            "AWS::AccountId"
        );
    }

    #[test]
    fn a_state_machine_without_log_and_traces_has_no_permissions_for_them() {
        let settings = StateMachine {
            log_level: Some(ExecutionLogLevel::Off),
            tracing: false,
            express: true,
            ..calls(&[], &[])
        };
        let stack = stack(settings);
        let machine = stack.resource("Checkout");
        assert_eq!(machine.property("StateMachineType"), "EXPRESS");
        assert_eq!(machine.property("LoggingConfiguration"), json!({ "Level": "OFF" }));
        assert_eq!(machine.property("TracingConfiguration"), json!({ "Enabled": false }));
        assert!(machine.property("DefinitionSubstitutions").is_null());
        assert!(stack.resource("CheckoutRole").property("Policies").is_null());
        assert!(stack.ids().iter().all(|id| *id != "CheckoutLogs"));
    }

    #[test]
    fn a_role_of_the_users_replaces_the_generated_one() {
        let mut resource = machine(calls(&[], &[]));
        resource.properties.set("RoleArn", "arn:aws:iam::123456789012:role/own");
        let stack = fixtures::build_stack(Vec::new(), vec![resource]);
        let role = stack.resource("Checkout").property("RoleArn");
        assert_eq!(role, "arn:aws:iam::123456789012:role/own");
        assert!(stack.ids().iter().all(|id| *id != "CheckoutRole"));
    }

    #[test]
    fn an_existing_state_machine_is_not_in_the_template() {
        let mut resource = machine(StateMachine::default());
        resource.existing = Some(Existing::Name("checkout".to_owned()));
        let stack = fixtures::build_stack(Vec::new(), vec![resource]);
        assert!(stack.ids().is_empty(), "{:?}", stack.ids());
    }
}
