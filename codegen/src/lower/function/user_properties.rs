//! Lowers the user's `properties` of a function, which are those of `AWS::Serverless::Function`. The module
//! [`properties`] converts them to plain CloudFormation. This module prepares the input of the conversion, and
//! returns the result in the form of the stack.

use std::collections::HashMap;

use skylift_model::aws::node::{Map, Node};
use skylift_model::source::Trigger;
use skylift_model::{App, Function, StackLayout};

use super::invoke_config::EVENT_INVOKE_CONFIG;
use super::properties::{self, SamResource, SamResourcePurpose};
use crate::lower::invoke;
use crate::messages;
use crate::stack::{
    Cause, FunctionDefaults, FunctionInStack, IdOwner, PlainProperties, Purpose, Resource,
    merge_over_defaults, stack_number,
};

/// The user's `properties` of a function after lowering.
#[derive(Default)]
pub(super) struct LoweredUserProperties {
    pub(super) plain: PlainProperties,
    /// The parts of the properties that concern the function's role.
    pub(super) role: properties::RoleParts,
    /// The parts of the properties that concern the function's versions.
    pub(super) version: properties::VersionParts,
    /// The `UpdatePolicy` of the function's alias; `None` if the properties set none.
    pub(super) update_policy: Option<Map>,
    /// The resources of the properties that all functions of the stack share.
    shared: Vec<SamResource>,
}

/// Lowers the user's `properties` of the function with this index; `own` are the function's generated properties
/// without the defaults of all functions.
pub(super) fn lower_user_properties(
    index: usize,
    app: &App,
    own: &Map,
    defaults: &FunctionDefaults,
) -> LoweredUserProperties {
    let function = &app.functions[index];
    let written = super::all_user_properties(function, app);
    let invoke_config = super::invoke_config::sam_invoke_config(function, &written, defaults);
    if written.is_empty() && invoke_config.is_none() {
        return LoweredUserProperties::default();
    }
    let sam = sam_properties(function, &written, own, defaults, invoke_config);
    let lowered = properties::lower_properties(function.id.as_str(), &sam);
    let mut plain = PlainProperties {
        sam_names: lowered.destination_ids(),
        conditions: lowered.conditions,
        ..PlainProperties::default()
    };
    for (key, value) in lowered.properties {
        // A property that was passed on only because another one needs it is not the user's.
        if !PASSED_ON.iter().any(|(name, _)| *name == key && written.get(name).is_none()) {
            plain.properties.push(key, value);
        }
    }
    if !lowered.code.is_empty() {
        plain.properties.push("Code", lowered.code);
    }
    let clause = |it: &properties::UnsupportedProperty| {
        let (handler, origin) = (&function.handler, &function.origin);
        messages::property_unsupported(&it.property, handler, origin, it.reason)
    };
    plain.unsupported = lowered.unsupported.iter().map(clause).collect();
    let (shared, own_resources): (Vec<SamResource>, Vec<SamResource>) =
        lowered.resources.into_iter().partition(|it| it.purpose.is_shared());
    plain.resources =
        own_resources.into_iter().map(|it| resource_in_stack(index, app, it)).collect();
    LoweredUserProperties {
        plain,
        role: lowered.role,
        version: lowered.version,
        update_policy: lowered.alias.and_then(|alias| alias.update_policy),
        shared,
    }
}

/// Generated properties that are lowered together with the user's `properties`, because a property of the user
/// needs them: each with the property that needs it.
const PASSED_ON: [(&str, &str); 2] =
    [("Tags", "PropagateTags"), ("Description", "AutoPublishCodeSha256")];

/// Returns the SAM properties to lower: the user's, and those that they need. For example, `PropagateTags` needs
/// the function's `Tags`, and properties of the alias need `AutoPublishAlias`.
fn sam_properties(
    function: &Function,
    written: &Map,
    own: &Map,
    defaults: &FunctionDefaults,
    invoke_config: Option<Node>,
) -> Map {
    let mut sam = Map::new();
    if invoke::has_alias(function) {
        sam.push("AutoPublishAlias", invoke::ALIAS);
    }
    for (name, needed_by) in PASSED_ON {
        if written.get(needed_by).is_none() {
            continue;
        }
        let value =
            merge_over_defaults(&defaults.function, own).into_iter().find(|(key, _)| *key == name);
        let value = value.map(|(_, value)| value.into_owned());
        sam.set_some(
            name,
            value.map(|value| if name == "Tags" { tags_as_map(&value) } else { value }),
        );
    }
    sam.set_some(EVENT_INVOKE_CONFIG, invoke_config);
    sam.merge(written.clone());
    sam
}

/// Converts CloudFormation's list of tags to SAM's map. Returns an empty map if the value is no list.
pub(crate) fn tags_as_map(tags: &Node) -> Node {
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

/// The noun for the URL of a function and its permissions, in messages.
const URL: &str = "the function URL";

/// Converts a resource that SAM would generate to a resource of the stack; `index` is the index of its function.
fn resource_in_stack(index: usize, app: &App, resource: SamResource) -> Resource {
    let url = Trigger::find_url(&app.functions[index].triggers);
    let purpose = match resource.purpose {
        SamResourcePurpose::InvokeConfig => Purpose::InvokeConfig,
        SamResourcePurpose::Destination => Purpose::Destination,
        SamResourcePurpose::Url | SamResourcePurpose::UrlPermission => match url {
            Some((number, _)) => Purpose::Beside(URL, Cause::Trigger(number)),
            None => Purpose::Url,
        },
        SamResourcePurpose::DeploymentGroup
        | SamResourcePurpose::DeploymentApplication
        | SamResourcePurpose::DeploymentRole => Purpose::UserProperty(resource.purpose.describe()),
    };
    let SamResource { id, kind, properties, depends_on, condition, .. } = resource;
    let part = IdOwner::for_function(index, purpose);
    Resource { condition, depends_on, ..Resource::new(id, kind, part, properties) }
}

/// Assigns each resource that functions share to the first function that needs it, with the tags of all functions
/// that need it. Each nested stack has its own.
pub(super) fn assign_shared_resources(
    functions: &mut [(FunctionInStack, Vec<SamResource>)],
    app: &App,
) {
    let stack = |index: usize| match app.stacks {
        StackLayout::Single => 0,
        StackLayout::Nested => stack_number(app.functions[index].id.as_str()),
    };
    let mut all: Vec<(usize, SamResource)> = Vec::new();
    for (index, (_, shared)) in functions.iter_mut().enumerate() {
        for resource in shared.drain(..) {
            let is_same = |owner: usize, known: &SamResource| {
                known.id == resource.id && stack(owner) == stack(index)
            };
            match all.iter_mut().find(|(owner, known)| is_same(*owner, known)) {
                Some((_, known)) => known.add_tags_of(&resource),
                None => all.push((index, resource)),
            }
        }
    }
    for (owner, resource) in all {
        functions[owner].0.user_properties.resources.push(resource_in_stack(owner, app, resource));
    }
}

/// Replaces SAM's names of generated resources by logical ids in the functions' lowered `properties`; `names` has
/// the logical id for each of SAM's names. The SAM template keeps the `properties` as the user wrote them.
pub(in crate::lower) fn resolve_sam_names(
    functions: &mut [FunctionInStack],
    names: &HashMap<String, String>,
) {
    if names.is_empty() {
        return;
    }
    let find = |id: &str, name: &str| names.get(&format!("{id}.{name}")).cloned();
    let resolve = |map: &mut Map| {
        if let Node::Map(plain) =
            properties::resolve_sam_references(&std::mem::take(map).into(), &find)
        {
            *map = plain;
        }
    };
    for function in functions {
        resolve(&mut function.user_properties.properties);
        function
            .user_properties
            .resources
            .iter_mut()
            .for_each(|resource| resolve(&mut resource.properties));
        let alias = function.published.as_mut().map(|published| &mut published.alias);
        if let Some(policy) = alias.and_then(|alias| alias.update_policy.as_mut()) {
            resolve(policy);
        }
    }
}

impl LoweredUserProperties {
    /// Removes and returns the resources that all functions of the stack share.
    pub(super) fn take_shared(&mut self) -> Vec<SamResource> {
        std::mem::take(&mut self.shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{build_stack, function, scaled_concurrency};
    use serde_json::json;

    fn long_reference(name: &str) -> Node {
        Map::new().with("Ref", name).into()
    }

    /// Returns a function with an alias and a deployment hook that is the alias of another function.
    fn function_with_hook(id: &str, by: &str) -> Function {
        let mut function = function(id);
        function.settings.provisioned_concurrency = Some(scaled_concurrency());
        let hooks = Map::new().with("PreTraffic", long_reference(&format!("{by}.Alias")));
        let preference = Map::new().with("Type", "AllAtOnce").with("Hooks", hooks);
        function.properties = Map::new().with("DeploymentPreference", preference);
        function
    }

    #[test]
    fn sams_names_of_other_functions_resources_become_ids_in_properties() {
        let mut caller = function("Caller");
        let outcome =
            Map::new().with("Type", "Lambda").with("Destination", long_reference("Page.Alias"));
        let config = Map::new().with("DestinationConfig", Map::new().with("OnSuccess", outcome));
        let queue =
            Map::new().with("Type", "SQS").with("TargetArn", long_reference("Page.Version"));
        caller.properties =
            Map::new().with("EventInvokeConfig", config).with("DeadLetterQueue", queue);
        let mut check = function("Check");
        check.settings.provisioned_concurrency = Some(scaled_concurrency());
        let stack =
            build_stack(vec![caller, function_with_hook("Page", "Check"), check], Vec::new());
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
    fn sams_name_of_the_apis_stage_becomes_an_id_in_properties() {
        let stack = crate::testing::stack_from_source(
            "#[function(trigger = http(\"GET /\"), properties = { \"DeadLetterQueue\": { \"Type\": \"SQS\", \"TargetArn\": { \"Ref\": \"ServerlessHttpApi.Stage\" } } })]\nasync fn take() -> &'static str { \"\" }",
        );
        let target = stack.resource("Take").property("DeadLetterConfig.TargetArn");
        assert_eq!(target, json!({ "Ref": "ServerlessHttpApiApiGatewayDefaultStage" }));
    }

    #[test]
    fn functions_share_one_codedeploy_application_and_its_role() {
        let stack = build_stack(
            vec![function_with_hook("A", "B"), function_with_hook("B", "A")],
            Vec::new(),
        );
        let shared = ["ServerlessDeploymentApplication", "CodeDeployServiceRole"];
        for id in shared {
            assert_eq!(stack.ids().iter().filter(|it| **it == id).count(), 1, "{id}");
        }
        assert_eq!(stack.functions[0].user_properties.resources.len(), 3);
        assert_eq!(stack.functions[1].user_properties.resources.len(), 1);
    }
}
