//! The version and the alias of a function with provisioned concurrency.
//!
//! The alias shows a version, and Lambda makes a version once: new code or other settings need another.
//! So its description has the key of the code and a hash of the settings. CloudFormation replaces a
//! version whose description is another one, and the one before is kept.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_syntax::handoff;

use super::users::Lowered;
use crate::lower::invoke;
use crate::stack::{Defaults, Part, Program, Published, Purpose, Resource, Retention, Users, over};

/// What is set on a function and not on its versions: Lambda makes no version for another value, and
/// the deployment that asks for one fails (aws/serverless-application-model#3281).
const UNVERSIONED: [&str; 6] = [
    "CodeSigningConfigArn",
    "FunctionName",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RuntimeManagementConfig",
    "Tags",
];

/// What the callers of the function with this index use, where it has provisioned concurrency.
pub(super) fn lower(
    index: usize,
    app: &App,
    itself: &Resource,
    users: &Lowered,
    defaults: &Defaults,
    program: &Program,
) -> Option<Published> {
    let function = &app.functions[index];
    let provisioned = function.settings.provisioned_concurrency.as_ref()?;
    let part = |role| Part::of_function(index, role);
    let name = || Node::reference(function.id.as_str());
    let settings = settings(itself, &users.users, defaults);
    let mut properties = Map::new()
        .with("FunctionName", name())
        .with("Description", Node::sub(format!("${{{}}} {settings:016x}", program.key)));
    properties.set_some("FunctionScalingConfig", users.version.scaling.clone());
    let id = invoke::version_id(function);
    let version = Resource::new(id, "AWS::Lambda::Version", part(Purpose::Version), properties);
    let retention = if users.version.is_deleted { Retention::Delete } else { Retention::Retain };
    let version = Resource { retention: Some(retention), ..version };
    let concurrency = Map::new().with("ProvisionedConcurrentExecutions", provisioned.min.get());
    let properties = Map::new()
        .with("FunctionName", name())
        .with("FunctionVersion", Node::attribute(&version.id, "Version"))
        .with("Name", invoke::ALIAS)
        .with("ProvisionedConcurrencyConfig", concurrency);
    let alias = Resource::new(
        invoke::alias_id(function),
        "AWS::Lambda::Alias",
        part(Purpose::Alias),
        properties,
    );
    let alias = Resource { update_policy: users.update_policy.clone(), ..alias };
    Some(Published { version, alias })
}

/// A hash of all settings that a version keeps, by the function itself or by default. The number of
/// environments is not among them: the alias has that itself.
fn settings(itself: &Resource, users: &Users, defaults: &Defaults) -> u64 {
    let versioned = |key: &str| !UNVERSIONED.contains(&key);
    let mut all = Map::new();
    for (key, value) in over(&defaults.function, &itself.properties) {
        if versioned(key) {
            all.push(key, value.into_owned());
        }
    }
    let mut theirs = Map::new();
    for (key, value) in users.properties.iter().filter(|(key, _)| versioned(key)) {
        theirs.push(key, value.clone());
    }
    all.merge(theirs);
    handoff::hash(&serde_json::to_string(&all).unwrap_or_default())
}
