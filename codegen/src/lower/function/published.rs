//! The version and the alias of a function with provisioned concurrency.
//!
//! The alias shows a version, and Lambda makes a version once: new code or other settings need another.
//! So its description has the key of the code and a hash of the settings. CloudFormation replaces a
//! version whose description is another one, and the one before is kept.

use skylift_model::App;
use skylift_model::node::{Map, Node};
use skylift_syntax::note;

use crate::lower::invoke;
use crate::stack::{
    Defaults, Part, Program, Published, Resource, Retention, Role, Users, over,
};

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
    users: &Users,
    defaults: &Defaults,
    program: &Program,
) -> Option<Published> {
    let function = &app.functions[index];
    let provisioned = function.settings.provisioned_concurrency.as_ref()?;
    let part = |role| Part::of_function(index, role);
    let name = || Node::reference(function.id.as_str());
    let settings = settings(itself, users, defaults);
    let properties = Map::new()
        .with("FunctionName", name())
        .with("Description", Node::sub(format!("${{{}}} {settings:016x}", program.key)));
    let id = format!("{}Version", function.id);
    let version =
        Resource::new(id, "AWS::Lambda::Version", part(Role::Version), properties);
    let version = Resource { retention: Some(Retention::Retain), ..version };
    let concurrency = Map::new().with("ProvisionedConcurrentExecutions", provisioned.min.get());
    let properties = Map::new()
        .with("FunctionName", name())
        .with("FunctionVersion", Node::attribute(&version.id, "Version"))
        .with("Name", invoke::ALIAS)
        .with("ProvisionedConcurrencyConfig", concurrency);
    let alias = Resource::new(
        invoke::alias_id(function),
        "AWS::Lambda::Alias",
        part(Role::Alias),
        properties,
    );
    Some(Published { version, alias })
}

/// A hash of all settings that a version keeps, by the function itself or by default. The number of
/// environments is not among them: the alias has that itself.
fn settings(itself: &Resource, users: &Users, defaults: &Defaults) -> u64 {
    let versioned = |(key, _): &(&str, _)| !UNVERSIONED.contains(key);
    let ours = over(&defaults.function, &itself.properties).into_iter().filter(versioned);
    let ours: Vec<_> = ours.map(|(key, value)| (key, value.into_owned())).collect();
    let theirs: Vec<_> = users.properties.iter().filter(versioned).collect();
    note::hash(&serde_json::to_string(&(ours, theirs)).unwrap_or_default())
}
