//! Lowers `DeploymentPreference`: CodeDeploy shifts an alias from one version to the next. All functions of the stack
//! share one CodeDeploy application, and those that name no role share one role.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{is_intrinsic, is_no_value, is_set, parse_if, plain_map, set_value};
use super::sam_resource::SamResourcePurpose;
use super::state::PropertyLowering;
use crate::messages::{HIDDEN_BY_FUNCTION, MISSING, NEEDS_ALIAS, READ_BEFORE_DEPLOYMENT};

/// The logical id of the CodeDeploy application.
const APPLICATION_ID: &str = "ServerlessDeploymentApplication";

/// The logical id of the role that CodeDeploy uses.
const ROLE_ID: &str = "CodeDeployServiceRole";

/// The names of CodeDeploy's predefined deployment configurations, without the prefix `CodeDeployDefault.Lambda`.
const CONFIGURATIONS: [&str; 9] = [
    "Canary10Percent5Minutes",
    "Canary10Percent10Minutes",
    "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",
    "Linear10PercentEvery1Minute",
    "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes",
    "Linear10PercentEvery10Minutes",
    "AllAtOnce",
];

/// The events after which CodeDeploy rolls back to the previous version.
const ROLLBACK: [&str; 3] =
    ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];

/// The names of the deployment hooks in SAM, each with its name in CloudFormation.
const HOOKS: [(&str, &str); 2] =
    [("PreTraffic", "BeforeAllowTrafficHook"), ("PostTraffic", "AfterAllowTrafficHook")];

/// Lowers `DeploymentPreference` to a deployment group, the shared CodeDeploy resources and the `UpdatePolicy` of
/// the function's alias.
pub(super) fn lower_deployment_preference(preference: &Node, state: &mut PropertyLowering<'_>) {
    const PROPERTY: &str = "DeploymentPreference";
    if !is_set(preference) {
        return;
    }
    let Some(preference) = plain_map(preference) else {
        return state.mark_unsupported(PROPERTY, HIDDEN_BY_FUNCTION);
    };
    match preference.get("Enabled") {
        Some(Node::Str(text)) if text == "false" || text == "False" => return,
        Some(enabled) if is_intrinsic(enabled) => {
            return state.mark_unsupported(format!("{PROPERTY}.Enabled"), READ_BEFORE_DEPLOYMENT);
        }
        Some(enabled) if !is_set(enabled) => return,
        _ => {}
    }
    if state.lowered.alias.is_none() {
        return state.mark_unsupported(PROPERTY, NEEDS_ALIAS);
    }
    let group = format!("{}DeploymentGroup", state.id);
    let lowered = alias_update_policy(preference, &group)
        .and_then(|policy| Ok((policy, deployment_group_properties(preference, state)?)));
    let (policy, properties) = match lowered {
        Ok(lowered) => lowered,
        Err((part, reason)) => return state.mark_unsupported(format!("{PROPERTY}.{part}"), reason),
    };
    if let Some(alias) = &mut state.lowered.alias {
        alias.update_policy = Some(policy);
    }
    let tags = state.propagated_tags();
    let application = codedeploy_application_properties(tags.clone());
    let kind = "AWS::CodeDeploy::Application";
    state.add_resource(
        SamResourcePurpose::DeploymentApplication,
        APPLICATION_ID,
        kind,
        application,
    );
    if set_value(preference, "Role").is_none() {
        state.add_resource(
            SamResourcePurpose::DeploymentRole,
            ROLE_ID,
            "AWS::IAM::Role",
            codedeploy_role_properties(tags),
        );
    }
    let kind = "AWS::CodeDeploy::DeploymentGroup";
    state.add_resource(SamResourcePurpose::DeploymentGroup, group, kind, properties);
}

/// The part of `DeploymentPreference` that plain CloudFormation does not support, and the reason.
type UnsupportedPart = (&'static str, &'static str);

/// Returns the `UpdatePolicy` of an alias that CodeDeploy shifts; `group` is the logical id of the deployment
/// group.
fn alias_update_policy(preference: &Map, group: &str) -> Result<Map, UnsupportedPart> {
    let mut update = Map::new()
        .with("ApplicationName", Node::reference(APPLICATION_ID))
        .with("DeploymentGroupName", Node::reference(group));
    if let Some(hooks) = set_value(preference, "Hooks") {
        let hooks = plain_map(hooks).ok_or(("Hooks", HIDDEN_BY_FUNCTION))?;
        for (hook, property) in HOOKS {
            update.set_some(property, hooks.get(hook).filter(|it| **it != Node::Null).cloned());
        }
    }
    Ok(Map::new().with("CodeDeployLambdaAliasUpdate", update))
}

/// Returns the properties of the deployment group, or the part of `DeploymentPreference` that is not supported.
fn deployment_group_properties(
    preference: &Map,
    state: &PropertyLowering<'_>,
) -> Result<Map, UnsupportedPart> {
    let kind = set_value(preference, "Type").ok_or(("Type", MISSING))?;
    let mut properties = Map::new().with("ApplicationName", Node::reference(APPLICATION_ID));
    if let Some(alarms) = set_value(preference, "Alarms").filter(|it| !is_no_value(it)) {
        let alarms = alarm_configuration(alarms).ok_or(("Alarms", HIDDEN_BY_FUNCTION))?;
        properties.set_some("AlarmConfiguration", Some(alarms).filter(is_set));
    }
    let events: Vec<Node> = ROLLBACK.into_iter().map(Node::from).collect();
    properties
        .set("AutoRollbackConfiguration", Map::new().with("Enabled", true).with("Events", events));
    properties.set(
        "DeploymentConfigName",
        deployment_configuration(kind).ok_or(("Type", READ_BEFORE_DEPLOYMENT))?,
    );
    let style = Map::new()
        .with("DeploymentOption", "WITH_TRAFFIC_CONTROL")
        .with("DeploymentType", "BLUE_GREEN");
    properties.set("DeploymentStyle", style);
    let own = set_value(preference, "Role").cloned();
    properties.set("ServiceRoleArn", own.unwrap_or_else(|| Node::attribute(ROLE_ID, "Arn")));
    properties
        .set_some("TriggerConfigurations", set_value(preference, "TriggerConfigurations").cloned());
    properties.set_some("Tags", state.propagated_tags());
    Ok(properties)
}

/// Returns the name of CodeDeploy's deployment configuration for a `Type` of `DeploymentPreference`: a predefined
/// configuration, or the user's own. Returns `None` for any value other than a name or an `If` between names.
fn deployment_configuration(kind: &Node) -> Option<Node> {
    match kind {
        Node::Str(name) if CONFIGURATIONS.contains(&name.as_str()) => {
            Some(Node::from(format!("CodeDeployDefault.Lambda{name}")))
        }
        Node::Str(_) => Some(kind.clone()),
        _ => {
            let choice = parse_if(kind)?;
            Some(choice.with_branches(
                deployment_configuration(choice.then)?,
                deployment_configuration(choice.otherwise)?,
            ))
        }
    }
}

/// Returns the alarms that stop a deployment, from a list or from an `If` between two lists. Returns `None` for any
/// other value.
fn alarm_configuration(alarms: &Node) -> Option<Node> {
    match parse_if(alarms) {
        Some(choice) => {
            Some(choice.with_branches(alarm_list(choice.then)?, alarm_list(choice.otherwise)?))
        }
        None => alarm_list(alarms),
    }
}

/// Returns CodeDeploy's alarm configuration for a list of alarms, which is an empty map for an empty list. Returns
/// `None` if the value is not a list.
fn alarm_list(alarms: &Node) -> Option<Node> {
    let Node::Seq(alarms) = alarms else { return None };
    if alarms.first().is_none_or(is_no_value) {
        return Some(Map::new().into());
    }
    let named = |alarm: &Node| Node::from(Map::new().with("Name", alarm.clone()));
    let alarms: Vec<Node> = alarms.iter().map(named).collect();
    Some(Map::new().with("Enabled", true).with("Alarms", alarms).into())
}

/// Returns the properties of the CodeDeploy application.
fn codedeploy_application_properties(tags: Option<Vec<Node>>) -> Map {
    let mut properties = Map::new().with("ComputePlatform", "Lambda");
    properties.set_some("Tags", tags);
    properties
}

/// Returns the properties of the role that CodeDeploy uses.
fn codedeploy_role_properties(tags: Option<Vec<Node>>) -> Map {
    let service = Map::new().with("Service", vec![Node::from("codedeploy.amazonaws.com")]);
    let statement = Map::new()
        .with("Effect", "Allow")
        .with("Principal", service)
        .with("Action", vec![Node::from("sts:AssumeRole")]);
    let trust = Map::new().with("Version", "2012-10-17").with("Statement", vec![statement.into()]);
    let managed = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda";
    let mut properties = Map::new()
        .with("AssumeRolePolicyDocument", trust)
        .with("ManagedPolicyArns", vec![Node::sub(managed)]);
    properties.set_some("Tags", tags);
    properties
}
