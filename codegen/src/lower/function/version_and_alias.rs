//! Lowers the version and the alias of a function with provisioned concurrency or `deploy`.
//!
//! The alias points to a version, and a version never changes: new code or other settings need a new version. So
//! the version's description contains the key of the code and a hash of the settings. When the description changes,
//! CloudFormation replaces the version, and retains the old one.
// See decision 0081.

use skylift_model::App;
use skylift_model::aws::function_keys;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_syntax::handoff;

use super::user_properties::LoweredUserProperties;
use crate::lower::invoke;
use crate::lower::number::number;
use crate::stack::{
    FunctionDefaults, IdOwner, PlainProperties, Program, Published, Purpose, Resource, Retention,
    merge_over_defaults,
};

/// The properties that belong to a function and not to its versions. If only these change, Lambda publishes no
/// version, and a deployment that asks for a new version fails (aws/serverless-application-model#3281).
const UNVERSIONED: [&str; 8] = [
    "CodeSigningConfigArn",
    "FunctionName",
    "FunctionScalingConfig",
    "PublishToLatestPublished",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RuntimeManagementConfig",
    "Tags",
];

/// Returns the version and the alias of the function with this index, or `None` if the function has no alias.
pub(super) fn lower_version_and_alias(
    index: usize,
    app: &App,
    lambda_function: &Resource,
    user_properties: &LoweredUserProperties,
    defaults: &FunctionDefaults,
    program: &Program,
) -> Option<Published> {
    let function = &app.functions[index];
    if !function.has_alias() {
        return None;
    }
    let part = |role| IdOwner::for_function(index, role);
    let name = || Node::reference(function.id.as_str());
    let settings = settings_hash(lambda_function, &user_properties.plain, defaults);
    let text = user_properties.version.description.as_deref();
    let text = text.map(|text| format!("{} ", escape_sub(text))).unwrap_or_default();
    let mut properties = Map::new()
        .with("FunctionName", name())
        .with("Description", Node::sub(format!("{text}${{{}}} {settings:016x}", program.key)));
    properties.set_some("FunctionScalingConfig", user_properties.version.scaling.clone());
    let id = invoke::version_id(function);
    let version = Resource::new(id, "AWS::Lambda::Version", part(Purpose::Version), properties);
    let retention =
        if user_properties.version.is_deleted { Retention::Delete } else { Retention::Retain };
    let version = Resource { retention: Some(retention), ..version };
    let provisioned = function.settings.provisioned_concurrency.as_ref();
    let provisioned = number(
        &function.settings,
        function_keys::PROVISIONED_CONCURRENCY,
        provisioned.map(|it| it.min.get()),
    );
    let concurrency = provisioned.map(|it| Map::new().with("ProvisionedConcurrentExecutions", it));
    let mut properties = Map::new()
        .with("FunctionName", name())
        .with("FunctionVersion", Node::attribute(&version.id, "Version"))
        .with("Name", invoke::ALIAS);
    properties.set_some("ProvisionedConcurrencyConfig", concurrency);
    let alias = Resource::new(
        invoke::alias_id(function),
        "AWS::Lambda::Alias",
        part(Purpose::Alias),
        properties,
    );
    let alias = Resource { update_policy: user_properties.update_policy.clone(), ..alias };
    Some(Published { version, alias, settings, settings_of_others: Vec::new() })
}

/// Returns a hash of all settings of a function that belong to a version, including the defaults of all functions.
/// The number of provisioned environments is not included, because it is a setting of the alias.
fn settings_hash(
    lambda_function: &Resource,
    user_properties: &PlainProperties,
    defaults: &FunctionDefaults,
) -> u64 {
    let versioned = |key: &str| !UNVERSIONED.contains(&key);
    let mut all = Map::new();
    for (key, value) in merge_over_defaults(&defaults.function, &lambda_function.properties) {
        if versioned(key) {
            all.push(key, value.into_owned());
        }
    }
    let mut versioned_user_properties = Map::new();
    for (key, value) in user_properties.properties.iter().filter(|(key, _)| versioned(key)) {
        versioned_user_properties.push(key, value.clone());
    }
    all.merge(versioned_user_properties);
    handoff::hash_text(&serde_json::to_string(&all).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{stack_from_source, stack_of_function};

    /// Returns the description of the version of a function with these arguments.
    fn version_description(arguments: &str) -> String {
        let stack = stack_of_function(&format!("provisioned_concurrency = 2, {arguments}"));
        let description = stack.resource("TakeVersion").property("Description.Fn::Sub");
        description.as_str().unwrap().to_owned()
    }

    #[test]
    fn an_alias_points_to_a_version_that_is_retained() {
        let stack = stack_of_function("provisioned_concurrency = 2");
        let version = stack.resource("TakeVersion");
        assert_eq!(version.kind(), "AWS::Lambda::Version");
        assert_eq!(version.property("FunctionName"), json!({ "Ref": "Take" }));
        assert_eq!(version.resource.retention, Some(crate::stack::Retention::Retain));
        let alias = stack.resource("TakeAliaslive");
        assert_eq!(alias.kind(), "AWS::Lambda::Alias");
        assert_eq!(
            *alias.properties(),
            json!({
                "FunctionName": { "Ref": "Take" },
                "FunctionVersion": { "Fn::GetAtt": "TakeVersion.Version" },
                "Name": "live",
                "ProvisionedConcurrencyConfig": { "ProvisionedConcurrentExecutions": 2 },
            })
        );
        assert_eq!(stack.sam_names["Take.Alias"], "TakeAliaslive");
        assert_eq!(stack.sam_names["Take.Version"], "TakeVersion");
        assert_eq!(stack_of_function("").ids(), ["Take", "TakeRole", "TakeLogs"]);
    }

    #[test]
    fn new_code_and_new_settings_publish_a_version() {
        let plain = version_description("");
        let (code, hash) = plain.split_once(' ').unwrap();
        assert_eq!(code, "${CodeKey}");
        assert_eq!(hash.len(), 16);
        assert_eq!(version_description(""), plain);
        for settings in [
            "memory = 512",
            "timeout = \"4s\"",
            "log_level = debug",
            "env(LOG = \"b\")",
            "properties = { \"Layers\": [\"arn:aws:lambda:eu-west-1:123456789012:layer:a:1\"] }",
            "properties = { \"SnapStart\": { \"ApplyOn\": \"None\" } }",
        ] {
            assert_ne!(version_description(settings), plain, "{settings}");
        }
    }

    #[test]
    fn settings_that_do_not_belong_to_a_version_publish_none() {
        let plain = version_description("");
        for settings in [
            "tags(team = \"a\")",
            "reserved_concurrency = 5",
            "name = \"take\"",
            "properties = { \"CodeSigningConfigArn\": \"arn:a\" }",
            "properties = { \"RuntimeManagementConfig\": { \"UpdateRuntimeOn\": \"Auto\" } }",
            "recursive_loop = allow",
        ] {
            assert_eq!(version_description(settings), plain, "{settings}");
        }
    }

    #[test]
    fn a_description_of_the_users_comes_first_and_publishes_a_version() {
        let plain = version_description("");
        let described = version_description("version_description = \"Release of ${May}\"");
        assert!(described.starts_with("Release of ${!May} ${CodeKey} "), "{described}");
        assert!(!described.ends_with(plain.rsplit(' ').next().unwrap()), "{described}");
        let stack = stack_of_function("deploy = all_at_once, version_description = \"May\"");
        let hash = stack.resource("Take").property("Environment.Variables.SKYLIFT_SETTINGS");
        assert_eq!(hash.as_str().unwrap().len(), 16);
        assert_eq!(
            stack
                .code_parameters
                .get("CodeKey")
                .map(|it| { serde_json::to_value(it).unwrap()["MaxLength"].clone() }),
            Some(json!(235))
        );
    }

    #[test]
    fn the_users_properties_for_versions_are_applied() {
        let stack = stack_of_function(
            "provisioned_concurrency = 1, properties = { \"VersionDeletionPolicy\": \"Delete\", \"DeploymentPreference\": { \"Type\": \"AllAtOnce\" } }",
        );
        let version = stack.resource("TakeVersion");
        assert_eq!(version.resource.retention, Some(crate::stack::Retention::Delete));
        let policy = stack.resource("TakeAliaslive").resource.update_policy.unwrap();
        let update = serde_json::to_value(&policy).unwrap();
        let group = &update["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"];
        assert_eq!(*group, json!({ "Ref": "TakeDeploymentGroup" }));
    }

    #[test]
    fn functions_share_the_resources_that_sam_generates_once() {
        let deployed = |name: &str| {
            format!(
                "#[function(provisioned_concurrency = 1, properties = {{ \"DeploymentPreference\": {{ \"Type\": \"AllAtOnce\" }} }})]\nasync fn {name}() -> Result<(), Error> {{ Ok(()) }}\n"
            )
        };
        let stack = stack_from_source(&format!("{}{}", deployed("one"), deployed("two")));
        let owner = |id: &str| {
            let owns = |of: &crate::stack::FunctionInStack| {
                of.user_properties.resources.iter().any(|it| it.id == id)
            };
            stack.functions.iter().map(owns).collect::<Vec<_>>()
        };
        for shared in ["ServerlessDeploymentApplication", "CodeDeployServiceRole"] {
            assert_eq!(owner(shared), [true, false], "{shared}");
        }
        assert_eq!(owner("OneDeploymentGroup"), [true, false]);
        assert_eq!(owner("TwoDeploymentGroup"), [false, true]);
    }
}
