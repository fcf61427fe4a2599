//! The part `resolved` of `app.json`: each function as it is deployed, with CloudFormation's intrinsic functions.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Serialize, Serializer};
use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};

use super::identifiers::Identifiers;
use super::long_form::LongForm;
use super::placeholders::Placeholders;
use crate::emit::sam::names::SamNames;
use crate::stack::{FunctionInStack, Purpose, Resource, Stack};

/// The type of a permission to invoke a function.
const PERMISSION: &str = "AWS::Lambda::Permission";

/// The type of an event source mapping.
const MAPPING: &str = "AWS::Lambda::EventSourceMapping";

/// The content of `app.json`.
#[derive(Serialize)]
pub(crate) struct AppFile<'a> {
    #[serde(flatten)]
    pub(crate) app: &'a App,
    /// The functions as they are deployed.
    pub(crate) resolved: &'a ResolvedApp<'a>,
}

/// The functions of an application as they are deployed.
#[derive(Serialize)]
pub(crate) struct ResolvedApp<'a> {
    /// The mappings with the values that differ between environments.
    #[serde(serialize_with = "serialize_nodes", skip_serializing_if = "Vec::is_empty")]
    environments: Vec<(&'a str, Cow<'a, Node>)>,
    /// The functions in the order of the source code, by their logical ids.
    #[serde(serialize_with = "serialize_as_map")]
    pub(super) functions: Vec<(&'a str, ResolvedFunction<'a>)>,
}

/// A function as it is deployed.
#[derive(Serialize)]
pub(super) struct ResolvedFunction<'a> {
    /// The properties of the `AWS::Lambda::Function`, without its variables and its role.
    #[serde(serialize_with = "serialize_nodes")]
    settings: Vec<(&'a str, Cow<'a, Node>)>,
    /// The environment variables.
    #[serde(serialize_with = "serialize_nodes")]
    environment: Vec<(String, Cow<'a, Node>)>,
    /// The ARN of the role.
    #[serde(serialize_with = "serialize_node")]
    role: Cow<'a, Node>,
    /// The policy of the role. If the user sets another role, it is what that role has to allow.
    #[serde(serialize_with = "serialize_node")]
    pub(super) policy: Cow<'a, Node>,
    /// The ARNs of the managed policies of the role.
    #[serde(serialize_with = "serialize_node")]
    pub(super) managed_policies: Cow<'a, Node>,
    /// The permissions to invoke the function, by their logical ids.
    #[serde(serialize_with = "serialize_as_map")]
    permissions: Vec<(&'a str, ResolvedResource<'a>)>,
    /// The event source mappings of the function, by their logical ids.
    #[serde(serialize_with = "serialize_as_map")]
    mappings: Vec<(&'a str, ResolvedResource<'a>)>,
    /// The other resources that belong to the function alone, by their logical ids.
    #[serde(serialize_with = "serialize_as_map")]
    resources: Vec<(&'a str, ResolvedResource<'a>)>,
    /// The value of each placeholder in the function's fragments.
    #[serde(serialize_with = "serialize_nodes")]
    placeholders: Vec<(String, Cow<'a, Node>)>,
    #[serde(skip)]
    pub(super) fragments: PlainParts,
}

/// The parts of a function without intrinsic functions.
pub(super) struct PlainParts {
    pub(super) environment: Map,
    pub(super) policy: Node,
    pub(super) managed_policies: Node,
}

/// A resource that belongs to a function, as a template contains it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ResolvedResource<'a> {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'a str>,
    #[serde(serialize_with = "serialize_nodes")]
    properties: Vec<(&'a str, Cow<'a, Node>)>,
}

/// Resolves the functions of an application that was lowered to this stack.
pub(crate) fn resolve_app<'a>(app: &App, stack: &'a Stack) -> ResolvedApp<'a> {
    let mut own: HashMap<usize, Vec<&Resource>> = HashMap::new();
    for in_stack in &stack.resources {
        if let Some(owner) = in_stack.owner {
            own.entry(owner).or_default().extend(&in_stack.resources);
        }
    }
    let resolver =
        Resolver { identifiers: Identifiers::new(app), names: SamNames::new(stack), own, stack };
    let functions = stack.functions.iter().enumerate();
    let functions = functions
        .map(|(index, it)| (it.function.id.as_str(), resolver.resolve(index, it)))
        .collect();
    let mappings = stack.mappings.iter();
    let environments = mappings.map(|(name, values)| (name, Cow::Borrowed(values))).collect();
    ResolvedApp { environments, functions }
}

/// The data of the whole stack that its functions need.
struct Resolver<'a> {
    identifiers: Identifiers,
    names: SamNames,
    /// The resources that the triggers and settings of functions declare, by the indexes of the functions.
    own: HashMap<usize, Vec<&'a Resource>>,
    stack: &'a Stack,
}

impl<'a> Resolver<'a> {
    /// Resolves a function of the stack.
    fn resolve(&self, index: usize, in_stack: &'a FunctionInStack) -> ResolvedFunction<'a> {
        let mut settings = in_stack.properties(&self.stack.defaults);
        for (_, value) in &mut settings {
            self.replace_sam_names(value);
        }
        let mut take = |name: &str| {
            let index = settings.iter().position(|(key, _)| *key == name)?;
            Some(settings.remove(index).1)
        };
        let environment = take("Environment").map(Cow::into_owned);
        let environment = match environment.map(|it| take_entry(it, "Variables")) {
            Some(Some(Node::Map(variables))) => variables,
            _ => Map::new(),
        };
        let role = take("Role").unwrap_or(Cow::Owned(Node::Null));
        add_defaults_of_lambda(&mut settings);
        let (policy, managed_policies) = self.policies(in_stack);
        let mut placeholders = Placeholders::new(&self.identifiers);
        let fragments = PlainParts {
            environment: placeholders.replace_map(&environment),
            policy: placeholders.replace(&policy, "Policy"),
            managed_policies: placeholders.replace(&managed_policies, "ManagedPolicy"),
        };
        let environment = environment.into_iter().map(|(key, value)| (key, Cow::Owned(value)));
        let (mut permissions, mut mappings, mut resources) = (Vec::new(), Vec::new(), Vec::new());
        let own = self.own.get(&index).into_iter().flatten().copied();
        for resource in in_stack.all_resources().skip(1).chain(own) {
            let of_kind = match resource.kind {
                PERMISSION => &mut permissions,
                MAPPING => &mut mappings,
                _ => &mut resources,
            };
            of_kind.push((resource.id.as_str(), self.resolve_resource(resource)));
        }
        ResolvedFunction {
            settings,
            environment: environment.collect(),
            role,
            policy,
            managed_policies,
            permissions,
            mappings,
            resources,
            placeholders: placeholders.into_list(),
            fragments,
        }
    }

    /// Returns the policy of a function's role, and the list of its managed policies.
    fn policies(&self, in_stack: &'a FunctionInStack) -> (Cow<'a, Node>, Cow<'a, Node>) {
        let mut own = in_stack.other_resources.iter();
        let role = own.find(|it| it.owner.purpose == Purpose::Role);
        let role = role.or(in_stack.unused_role.as_ref()).map(|role| &role.properties);
        let inline = role.and_then(|role| match role.get("Policies") {
            Some(Node::Seq(policies)) => policies.first(),
            _ => None,
        });
        let policy = match inline {
            Some(Node::Map(policy)) => policy.get("PolicyDocument"),
            _ => None,
        };
        let managed = role.and_then(|role| role.get("ManagedPolicyArns"));
        let mut policy = policy.map_or(Cow::Owned(Node::Null), Cow::Borrowed);
        let mut managed = managed.map_or(Cow::Owned(Vec::new().into()), Cow::Borrowed);
        self.replace_sam_names(&mut policy);
        self.replace_sam_names(&mut managed);
        (policy, managed)
    }

    /// Returns a resource as a template contains it.
    fn resolve_resource(&self, resource: &'a Resource) -> ResolvedResource<'a> {
        let properties = resource.properties.iter().map(|(key, value)| {
            let mut value = Cow::Borrowed(value);
            self.replace_sam_names(&mut value);
            (key, value)
        });
        ResolvedResource {
            r#type: resource.kind,
            condition: resource.condition.as_deref(),
            properties: properties.collect(),
        }
    }

    /// Replaces SAM's names of generated resources by their logical ids.
    fn replace_sam_names(&self, node: &mut Cow<'_, Node>) {
        if let Some(plain) = self.names.to_plain(node) {
            *node = Cow::Owned(plain);
        }
    }
}

/// Returns the value of a key of a map.
fn take_entry(node: Node, key: &str) -> Option<Node> {
    let Node::Map(map) = node else { return None };
    map.into_iter().find(|(other, _)| other == key).map(|(_, value)| value)
}

/// Adds the settings that Lambda chooses if a function has none. On managed instances, Lambda computes the memory.
fn add_defaults_of_lambda(settings: &mut Vec<(&str, Cow<'_, Node>)>) {
    let is_managed = settings.iter().any(|(key, _)| *key == "CapacityProviderConfig");
    for (name, value) in [
        ("MemorySize", Node::from(limits::DEFAULT_MEMORY_MB)),
        ("Timeout", Node::from(limits::DEFAULT_TIMEOUT_SECONDS)),
        ("EphemeralStorage", Map::new().with("Size", limits::DEFAULT_EPHEMERAL_STORAGE_MB).into()),
    ] {
        if (name == "Timeout" || !is_managed) && settings.iter().all(|(key, _)| *key != name) {
            settings.push((name, Cow::Owned(value)));
        }
    }
}

fn serialize_as_map<S: Serializer>(
    pairs: &[(&str, impl Serialize)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

fn serialize_nodes<S: Serializer>(
    nodes: &[(impl Serialize, Cow<'_, Node>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(nodes.iter().map(|(key, value)| (key, LongForm(value))))
}

fn serialize_node<S: Serializer>(node: &Node, serializer: S) -> Result<S::Ok, S::Error> {
    LongForm(node).serialize(serializer)
}
