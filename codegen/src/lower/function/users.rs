//! What the user's own `properties` of a function are in the stack. They are those of
//! `AWS::Serverless::Function`; [`properties`] says what they are in CloudFormation, and this lays them
//! over what Skylift sets.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};

use super::invoke_config::SAM as EVENT_INVOKE_CONFIG;
use super::properties::{self, Made, What};
use crate::lower::invoke;
use crate::stack::{Defaults, OfFunction, Part, Purpose, Resource, Users, over};

/// What the user's properties are.
#[derive(Default)]
pub(super) struct Lowered {
    pub(super) users: Users,
    /// What they say of the role.
    pub(super) role: properties::Role,
    /// What they say of the versions.
    pub(super) version: properties::Version,
    /// How CloudFormation updates the alias.
    pub(super) update_policy: Option<Map>,
    /// What all functions of the stack have together.
    shared: Vec<Made>,
}

/// What they are for the function with this index, whose properties beside the defaults are `own`.
pub(super) fn lower(index: usize, app: &App, own: &Map, defaults: &Defaults) -> Lowered {
    let function = &app.functions[index];
    if function.properties.is_empty() {
        return Lowered::default();
    }
    let lowered = properties::lower(function.id.as_str(), &sam(index, app, own, defaults));
    let mut users = Users {
        sam_names: lowered.references(&invoke::version_id(function)),
        conditions: lowered.conditions,
        ..Users::default()
    };
    for (key, value) in lowered.properties {
        // What was passed on for the sake of another property is ours.
        if !PASSED.iter().any(|(name, _)| *name == key && function.properties.get(name).is_none()) {
            users.properties.push(key, value);
        }
    }
    if !lowered.code.is_empty() {
        users.properties.push("Code", lowered.code);
    }
    let clause = |it: &properties::NotCarried| {
        let (handler, origin) = (&function.handler, &function.origin);
        format!("`{}` of function `{handler}` at {origin} {}", it.property, it.reason)
    };
    users.not_carried = lowered.not_carried.iter().map(clause).collect();
    let (shared, made): (Vec<Made>, Vec<Made>) =
        lowered.resources.into_iter().partition(|made| made.what.is_shared());
    users.resources = made.into_iter().map(|made| resource(index, made)).collect();
    Lowered {
        users,
        role: lowered.role,
        version: lowered.version,
        update_policy: lowered.alias.and_then(|alias| alias.update_policy),
        shared,
    }
}

/// Properties that are passed on beside the user's where another one needs them, with that one.
const PASSED: [(&str, &str); 2] =
    [("Tags", "PropagateTags"), ("Description", "AutoPublishCodeSha256")];

/// The user's properties with all that SAM has to see beside them.
fn sam(index: usize, app: &App, own: &Map, defaults: &Defaults) -> Map {
    let function = &app.functions[index];
    let mut sam = Map::new();
    if invoke::has_alias(function) {
        sam.push("AutoPublishAlias", invoke::ALIAS);
    }
    for (name, needed_by) in PASSED {
        if function.properties.get(needed_by).is_none() {
            continue;
        }
        let value = over(&defaults.function, own).into_iter().find(|(key, _)| *key == name);
        let value = value.map(|(_, value)| value.into_owned());
        sam.set_some(name, value.map(|value| if name == "Tags" { tag_map(&value) } else { value }));
    }
    if function.properties.get(EVENT_INVOKE_CONFIG).is_some() {
        let mut config = defaults.invoke_config.clone();
        config.merge(super::invoke_config::properties(&function.settings));
        sam.push(EVENT_INVOKE_CONFIG, config);
    }
    sam.merge(function.properties.clone());
    sam
}

/// A list of tags as SAM has them.
pub(crate) fn tag_map(tags: &Node) -> Node {
    let mut map = Map::new();
    if let Node::Seq(tags) = tags {
        for tag in tags {
            let Node::Map(tag) = tag else { continue };
            if let (Some(Node::Str(key)), Some(value)) = (tag.get("Key"), tag.get("Value")) {
                map.set(key.as_str(), value.clone());
            }
        }
    }
    map.into()
}

/// A resource that SAM would make of the properties of the function with this index.
fn resource(index: usize, made: Made) -> Resource {
    let role = match made.what {
        What::InvokeConfig => Purpose::InvokeConfig,
        What::Destination => Purpose::Destination,
        What::Url | What::UrlPermission => Purpose::Url,
        What::DeploymentGroup | What::DeploymentApplication | What::DeploymentRole => {
            Purpose::OfProperties(made.what.describe())
        }
    };
    let mut resource = Resource::new(made.id, "", Part::of_function(index, role), Map::new());
    for (key, value) in made.node {
        match (key.as_str(), value) {
            ("Type", Node::Str(kind)) => resource.kind = kind.into(),
            ("Properties", Node::Map(properties)) => resource.properties = properties,
            ("Condition", Node::Str(condition)) => resource.condition = Some(condition),
            ("DependsOn", Node::Seq(ids)) => {
                let text = |id| if let Node::Str(id) = id { Some(id) } else { None };
                resource.depends_on = ids.into_iter().filter_map(text).collect();
            }
            _ => {}
        }
    }
    resource
}

/// Gives the resources that functions share to the first that needs each.
pub(super) fn share(functions: &mut [(OfFunction, Vec<Made>)]) {
    let mut owners: Vec<(usize, String)> = Vec::new();
    let mut all: Vec<Made> = Vec::new();
    for (index, (_, shared)) in functions.iter_mut().enumerate() {
        for made in shared.drain(..) {
            if owners.iter().all(|(_, id)| *id != made.id) {
                owners.push((index, made.id.clone()));
            }
            all.push(made);
        }
    }
    for made in properties::merge_shared(all) {
        if let Some((owner, _)) = owners.iter().find(|(_, id)| *id == made.id) {
            let resource = resource(*owner, made);
            functions[*owner].0.users.resources.push(resource);
        }
    }
}

/// Has the properties refer by ids to what SAM makes of any function. The template of SAM has them as the
/// user wrote them.
pub(super) fn resolve_names(functions: &mut [OfFunction]) {
    let names = super::sam_names(functions);
    if names.is_empty() {
        return;
    }
    let find = |id: &str, name: &str| names.get(&format!("{id}.{name}")).cloned();
    let resolve = |map: &mut Map| {
        if let Node::Map(plain) = properties::resolve(&std::mem::take(map).into(), &find) {
            *map = plain;
        }
    };
    for of in functions {
        resolve(&mut of.users.properties);
        of.users.resources.iter_mut().for_each(|resource| resolve(&mut resource.properties));
        let alias = of.published.as_mut().map(|published| &mut published.alias);
        if let Some(policy) = alias.and_then(|alias| alias.update_policy.as_mut()) {
            resolve(policy);
        }
    }
}

impl Lowered {
    /// Takes what all functions of the stack have together.
    pub(super) fn take_shared(&mut self) -> Vec<Made> {
        std::mem::take(&mut self.shared)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use skylift_model::Function;

    use super::*;
    use crate::fixtures::{function, scaled, stack};

    fn reference(name: &str) -> Node {
        Map::new().with("Ref", name).into()
    }

    /// A function with an alias, whose deployments the alias of another one checks.
    fn checked(id: &str, by: &str) -> Function {
        let mut function = function(id);
        function.settings.provisioned_concurrency = Some(scaled());
        let hooks = Map::new().with("PreTraffic", reference(&format!("{by}.Alias")));
        let preference = Map::new().with("Type", "AllAtOnce").with("Hooks", hooks);
        function.properties = Map::new().with("DeploymentPreference", preference);
        function
    }

    #[test]
    fn properties_refer_by_ids_to_what_sam_makes_of_other_functions() {
        let mut caller = function("Caller");
        let outcome =
            Map::new().with("Type", "Lambda").with("Destination", reference("Page.Alias"));
        let config = Map::new().with("DestinationConfig", Map::new().with("OnSuccess", outcome));
        let queue = Map::new().with("Type", "SQS").with("TargetArn", reference("Page.Version"));
        caller.properties =
            Map::new().with("EventInvokeConfig", config).with("DeadLetterQueue", queue);
        let mut check = function("Check");
        check.settings.provisioned_concurrency = Some(scaled());
        let stack = stack(vec![caller, checked("Page", "Check"), check], Vec::new());
        let property = |id: &str, path: &str| stack.resource(id).property(path);
        let destination =
            property("CallerEventInvokeConfig", "DestinationConfig.OnSuccess.Destination");
        assert_eq!(destination, json!({ "Ref": "PageAliaslive" }));
        let target = property("Caller", "DeadLetterConfig.TargetArn");
        assert_eq!(target, json!({ "Ref": "PageVersion" }));
        let policy = stack.resource("PageAliaslive").resource.update_policy;
        let policy = serde_json::to_value(policy.unwrap()).unwrap();
        let hook = &policy["CodeDeployLambdaAliasUpdate"]["BeforeAllowTrafficHook"];
        assert_eq!(*hook, json!({ "Ref": "CheckAliaslive" }));
    }

    #[test]
    fn functions_share_one_application_of_codedeploy_and_its_role() {
        let stack = stack(vec![checked("A", "B"), checked("B", "A")], Vec::new());
        let shared = ["ServerlessDeploymentApplication", "CodeDeployServiceRole"];
        for id in shared {
            assert_eq!(stack.ids().iter().filter(|it| **it == id).count(), 1, "{id}");
        }
        assert_eq!(stack.functions[0].users.resources.len(), 3);
        assert_eq!(stack.functions[1].users.resources.len(), 1);
    }
}
