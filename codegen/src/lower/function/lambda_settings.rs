//! Lowers Lambda's own settings of a function to the properties of SAM's function that a user could write in their place.
//! They take the same way as the user's `properties`, so that the permissions of the role and the resources of both
//! templates are derived once.

use skylift_model::aws::deployment::Deployment;
use skylift_model::aws::function_keys::FUNCTION_URL_CONFIG;
use skylift_model::aws::lambda_settings::{
    CapacityProvider, CfnList, FileSystem, InstanceScaling, LambdaSettings, Network, Outcome,
    ResultTarget, Tenants, Vpc,
};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::CfnValue;
use skylift_model::resource::ResourceKind;
use skylift_model::{App, Function};

use super::EVENT_INVOKE_CONFIG;
use super::alarms::alarm_references;
use super::deployment_role::deployment_role_id;
use crate::lower::source::lower_url_config;
use crate::lower::{invoke, resource, value};

/// Returns the properties of SAM's function that the user set, with keys or with `properties`, which come last.
pub(crate) fn user_properties(function: &Function, app: &App) -> Map {
    let url = lower_url_config(function);
    let has_settings = !function.settings.lambda.is_empty() || !app.defaults.lambda.is_empty();
    if !has_settings && url.is_none() {
        return function.properties.clone();
    }
    let settings = function.lambda_settings(&app.defaults);
    let mut all = Map::new();
    for (name, value) in sam_properties(function, &settings, app) {
        // A default is replaced as a whole. The parts of `EventInvokeConfig` are set one by one.
        if name == EVENT_INVOKE_CONFIG || function.properties.get(&name).is_none() {
            all.push(name, value);
        }
    }
    all.set_some(FUNCTION_URL_CONFIG, url);
    all.merge(function.properties.clone());
    all
}

/// Returns the properties of SAM's function for Lambda's own settings.
fn sam_properties(function: &Function, settings: &LambdaSettings, app: &App) -> Map {
    let mut sam = Map::new();
    let lower = |it: &CfnValue| value::lower_value(it, app);
    if let Some(Network::Vpc(vpc)) = &settings.network {
        sam.push("VpcConfig", vpc_config(vpc, app));
    }
    let layers = settings.layers.as_ref().map(|it| it.iter().map(lower).collect::<Vec<_>>());
    sam.set_some("Layers", layers);
    let mount = |FileSystem { access_point, path }: &FileSystem| {
        let system = Map::new().with("Arn", lower(access_point));
        Node::from(system.with("LocalMountPath", path.as_str()))
    };
    sam.set_some("FileSystemConfigs", settings.file_system.as_ref().map(|it| vec![mount(it)]));
    let mut destinations = Map::new();
    for (name, outcome) in [("OnSuccess", Outcome::Success), ("OnFailure", Outcome::Failure)] {
        let destination = settings.target(outcome).and_then(|it| lower_target(it, app));
        destinations
            .set_some(name, destination.map(|(kind, arn)| target(kind, "Destination", arn)));
    }
    if !destinations.is_empty() {
        sam.push(EVENT_INVOKE_CONFIG, Map::new().with("DestinationConfig", destinations));
    }
    let dead_letters = settings.target(Outcome::DeadLetter).and_then(|it| lower_target(it, app));
    let dead_letters = dead_letters.map(|(kind, arn)| target(kind, "TargetArn", arn));
    sam.set_some("DeadLetterQueue", dead_letters);
    sam.set_some("KmsKeyArn", settings.kms_key.as_ref().map(lower));
    sam.set_some("CodeSigningConfigArn", settings.code_signing.as_ref().map(lower));
    sam.set_some("PermissionsBoundary", settings.permissions_boundary.as_ref().map(lower));
    sam.set_some("RolePath", settings.role_path.as_deref());
    let provider = settings.capacity_provider.as_ref();
    sam.set_some("CapacityProviderConfig", provider.map(|it| capacity_provider_config(it, app)));
    let scaling = settings.scaling.map(|InstanceScaling { min, max }| {
        let mut config = Map::new();
        config.set_some("MinExecutionEnvironments", min.map(|it| it.get()));
        config.set_some("MaxExecutionEnvironments", max.map(|it| it.get()));
        config
    });
    sam.set_some("FunctionScalingConfig", scaling);
    let deployment = settings.deploy.as_ref().map(|it| deployment_preference(it, function, app));
    sam.set_some("DeploymentPreference", deployment);
    sam.set_some("VersionDescription", settings.version_description.as_deref());
    let tenants = settings.tenants.map(|Tenants::Isolated| "PER_TENANT");
    let tenants = tenants.map(|mode| Map::new().with("TenantIsolationMode", mode));
    sam.set_some("TenancyConfig", tenants);
    sam
}

/// Returns SAM's `DeploymentPreference` of a function.
fn deployment_preference(deployment: &Deployment, function: &Function, app: &App) -> Map {
    let Deployment { shift, alarms, own_alarms, before, after } = deployment;
    let mut preference = Map::new().with("Type", shift.configuration());
    let mut alarms: Vec<Node> = alarms.iter().map(|it| value::lower_value(it, app)).collect();
    if *own_alarms {
        alarms.extend(alarm_references(function, app));
    }
    preference.set_some("Alarms", (!alarms.is_empty()).then_some(alarms));
    let mut hooks = Map::new();
    for (name, ident) in [("PreTraffic", before), ("PostTraffic", after)] {
        let hook = ident.as_ref().and_then(|ident| app.function(ident));
        hooks.set_some(name, hook.map(|hook| Node::reference(hook.id.as_str())));
    }
    if !hooks.is_empty() {
        preference.set("Hooks", hooks);
        preference.set("Role", Node::attribute(deployment_role_id(function), "Arn"));
    }
    preference
}

/// Returns the map with the type and the ARN of a place for results; `key` is the name of the ARN in it.
fn target(kind: &'static str, key: &str, arn: Node) -> Map {
    Map::new().with("Type", kind).with(key, arn)
}

fn vpc_config(vpc: &Vpc, app: &App) -> Map {
    let mut config = Map::new();
    config.push("SubnetIds", lower_list(&vpc.subnets, app));
    config.push("SecurityGroupIds", lower_list(&vpc.security_groups, app));
    if vpc.ipv6 {
        config.push("Ipv6AllowedForDualStack", true);
    }
    config
}

fn capacity_provider_config(capacity: &CapacityProvider, app: &App) -> Map {
    let CapacityProvider { provider, concurrency, memory_per_cpu } = capacity;
    let mut config = Map::new().with("Arn", value::lower_value(provider, app));
    let concurrency = concurrency.map(|it| it.get());
    config.set_some("PerExecutionEnvironmentMaxConcurrency", concurrency);
    config.set_some("ExecutionEnvironmentMemoryGiBPerVCpu", memory_per_cpu.map(|it| it.get()));
    config
}

fn lower_list(list: &CfnList, app: &App) -> Node {
    match list {
        CfnList::Values(values) => {
            values.iter().map(|it| value::lower_value(it, app)).collect::<Vec<_>>().into()
        }
        CfnList::Param(name) => Node::reference(name.as_str()),
        CfnList::Import(export) => {
            let import = value::lower_value(&CfnValue::Import(export.clone()), app);
            Node::Tag("Split", Box::new(vec![Node::from(","), import].into()))
        }
    }
}

/// Returns SAM's type and the ARN of a place for results. Returns `None` if the application does not have it, which is
/// reported elsewhere.
fn lower_target(target: &ResultTarget, app: &App) -> Option<(&'static str, Node)> {
    match target {
        ResultTarget::Declared(ident) => {
            let declared = app.resource(ident)?;
            Some((sam_type(declared.kind())?, resource::resource_arn(declared)))
        }
        ResultTarget::Function(ident) => {
            Some((FUNCTION_TYPE, invoke::arn_for_callers(app.function(ident)?)))
        }
        ResultTarget::Arn(arn) => {
            let mut kinds = ResourceKind::ALL.iter().copied();
            let kind = kinds.find(|it| !it.results().is_empty() && it.name_from_arn(arn).is_some());
            let kind = kind.map_or(Some(FUNCTION_TYPE), sam_type)?;
            Some((kind, Node::from(arn)))
        }
    }
}

/// SAM's type of a destination that is a function.
const FUNCTION_TYPE: &str = "Lambda";

/// Returns SAM's type of a destination of this kind. Returns `None` if Lambda sends no results to the kind.
const fn sam_type(kind: ResourceKind) -> Option<&'static str> {
    match kind {
        ResourceKind::Queue => Some("SQS"),
        ResourceKind::Topic => Some("SNS"),
        ResourceKind::Bus => Some("EventBridge"),
        ResourceKind::Bucket => Some("S3Bucket"),
        ResourceKind::Parameter
        | ResourceKind::Secret
        | ResourceKind::StateMachine
        | ResourceKind::Stream
        | ResourceKind::Table => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{stack_from_source, stack_of_function};

    const VPC: &str = r#"vpc(subnets = ["subnet-0a1b2c3d"], security_groups = import("Groups"))"#;

    #[test]
    fn a_function_in_a_vpc_has_its_lists_and_its_managed_policy() {
        let stack = stack_of_function(VPC);
        assert_eq!(
            stack.resource("Take").property("VpcConfig"),
            json!({
                "SubnetIds": ["subnet-0a1b2c3d"],
                "SecurityGroupIds": { "Fn::Split": [",", { "Fn::ImportValue": "Groups" }] },
            })
        );
        let managed = stack.resource("TakeRole").property("ManagedPolicyArns.0");
        let arn =
            "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
        assert_eq!(managed, json!({ "Fn::Sub": arn }));
        let parameter = stack_of_function(
            r#"vpc(subnets = param("Subnets"), security_groups = [param("Group")], ipv6)"#,
        );
        let config = parameter.resource("Take").property("VpcConfig");
        assert_eq!(config["SubnetIds"], json!({ "Ref": "Subnets" }));
        assert_eq!(config["Ipv6AllowedForDualStack"], true);
        let declared = serde_json::to_value(&parameter.parameters).unwrap();
        assert_eq!(declared["Subnets"]["Type"], "List<AWS::EC2::Subnet::Id>");
        assert!(declared["Subnets"]["AllowedPattern"].is_null());
        assert_eq!(declared["Group"]["MinLength"], 11);
    }

    #[test]
    fn results_go_to_resources_and_functions_with_exact_permissions() {
        let stack = stack_from_source(
            "#[resource(queue)]\npub struct Lost;\n#[resource(bucket)]\npub struct Failed;\n#[function]\nasync fn next() -> Result<(), Error> { Ok(()) }\n#[function(on_success = next, on_failure = Failed, dead_letters = Lost, retries = 1)]\nasync fn take() -> Result<(), Error> { Ok(()) }",
        );
        let config = stack.resource("TakeEventInvokeConfig");
        assert_eq!(config.property("MaximumRetryAttempts"), 1);
        let next = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
        let success = config.property("DestinationConfig.OnSuccess.Destination");
        assert!(success["Fn::Sub"][0].as_str().unwrap_or_default().starts_with(next), "{success}");
        assert!(!config.property("DestinationConfig.OnFailure.Destination").is_null());
        let lost = json!({ "Fn::GetAtt": "Lost.Arn" });
        assert_eq!(stack.resource("Take").property("DeadLetterConfig.TargetArn"), lost);
        let role = stack.resource("TakeRole").property("Policies.0.PolicyDocument");
        let actions: Vec<&serde_json::Value> =
            role["Statement"].as_array().unwrap().iter().map(|it| &it["Action"]).collect();
        for action in ["sqs:SendMessage", "s3:PutObject", "lambda:InvokeFunction"] {
            let has = |it: &&&serde_json::Value| it.to_string().contains(action);
            assert_eq!(actions.iter().filter(has).count(), 1, "{action}: {actions:?}");
        }
    }

    #[test]
    fn a_function_on_instances_has_its_provider_and_its_environments() {
        let stack = stack_of_function(
            r#"capacity_provider(provider = param("Fleet"), concurrency = 10, memory_per_cpu = 4), scaling(min = 3, max = 20), memory = 16384, timeout = "1h""#,
        );
        let take = stack.resource("Take");
        assert_eq!(
            take.property("CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig"),
            json!({
                "CapacityProviderArn": { "Ref": "Fleet" },
                "PerExecutionEnvironmentMaxConcurrency": 10,
                "ExecutionEnvironmentMemoryGiBPerVCpu": 4,
            })
        );
        assert_eq!(take.property("FunctionScalingConfig.MinExecutionEnvironments"), 3);
        assert_eq!(take.property("FunctionScalingConfig.MaxExecutionEnvironments"), 20);
        let isolated = stack_of_function("tenants = isolated");
        let mode = isolated.resource("Take").property("TenancyConfig.TenantIsolationMode");
        assert_eq!(mode, "PER_TENANT");
    }

    #[test]
    fn a_deployment_moves_an_alias_without_provisioned_concurrency() {
        let stack = stack_of_function(r#"deploy = canary("10m", alarms = [param("Errors")])"#);
        let alias = stack.resource("TakeAliaslive");
        assert!(alias.property("ProvisionedConcurrencyConfig").is_null());
        assert!(alias.resource.update_policy.is_some());
        let group = stack.resource("TakeDeploymentGroup");
        let name = group.property("DeploymentConfigName").to_string();
        assert!(name.contains("Canary10Percent10Minutes"), "{name}");
        assert_eq!(
            group.property("AlarmConfiguration.Alarms"),
            json!([{ "Name": { "Ref": "Errors" } }])
        );
        assert!(stack.ids().contains(&"TakeVersion"));
        let linear = stack_of_function(r#"deploy = linear("1m")"#);
        let name = linear.resource("TakeDeploymentGroup").property("DeploymentConfigName");
        assert!(name.to_string().contains("Linear10PercentEvery1Minute"), "{name}");
        assert!(stack_of_function("deploy = all_at_once").ids().contains(&"TakeAliaslive"));
    }

    #[test]
    fn the_other_settings_set_their_properties() {
        let stack = stack_of_function(&format!(
            r#"{VPC}, layers = [param("Tools")], kms_key = param("Key"),
            code_signing = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-0123456789abcdef0",
            permissions_boundary = "arn:aws:iam::${{AWS::AccountId}}:policy/Limit", role_path = "/app/",
            file_system(access_point = param("Files"), path = "/mnt/data")"#
        ));
        let take = stack.resource("Take");
        assert_eq!(take.property("Layers"), json!([{ "Ref": "Tools" }]));
        assert_eq!(take.property("KmsKeyArn"), json!({ "Ref": "Key" }));
        let files = json!({ "Arn": { "Ref": "Files" }, "LocalMountPath": "/mnt/data" });
        assert_eq!(take.property("FileSystemConfigs"), json!([files]));
        assert!(take.property("CodeSigningConfigArn").as_str().unwrap().ends_with("abcdef0"));
        let role = stack.resource("TakeRole");
        assert_eq!(role.property("Path"), "/app/");
        let boundary = json!({ "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/Limit" });
        assert_eq!(role.property("PermissionsBoundary"), boundary);
        let mount = role.property("Policies.0.PolicyDocument").to_string();
        assert!(mount.contains("elasticfilesystem:ClientMount"), "{mount}");
    }
}
