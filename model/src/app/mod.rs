//! The application: all functions and resources of a package. [`App::new`] takes the parts that were read
//! from the source and adds the resources and template parameters that they need.
//! [`check`](crate::check::check) finds its problems.

mod complete;
mod guarded_keys;
mod http_api;
mod outputs;
mod parameters;
mod variables;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

pub use guarded_keys::GuardedKeys;
pub use outputs::{OutputChange, Outputs};
pub use parameters::{ParameterUse, PlaceOfUse};
pub use variables::InjectedVariable;

use crate::aws::name::{EnvironmentName, ParameterName};
use crate::aws::node::Map;
use crate::aws::parameter_content::ParameterContent;
use crate::environment;
use crate::function::Function;
use crate::http::{Authorizer, HttpSettings};
use crate::location::{SourceLocation, TriggerIndex};
use crate::resource::Resource;
use crate::resume;
use crate::settings::FunctionSettings;
use crate::source::Trigger;
use crate::stack_layout::StackLayout;
use crate::subscription::Subscription;

/// The version of `app.json`. It increases with each change that breaks tools that read the file.
pub const VERSION: u32 = 1;

/// The Cargo package of the application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Package {
    /// The name of the package in Cargo.toml.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// The description of the package, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A parameter of the template, which `[package.metadata.skylift.parameters]` can declare.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TemplateParameter {
    /// The name of the parameter.
    pub name: ParameterName,
    /// The description of the parameter, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The default value of the parameter, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The allowed values of the parameter; empty if all values are allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Whether the AWS console hides the value of the parameter.
    pub no_echo: bool,
    /// The least number that the parameter accepts, if Cargo.toml says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The greatest number that the parameter accepts, if Cargo.toml says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// The content that the parameter has to have; `None` if it can be any text.
    #[serde(skip)]
    pub content: Option<ParameterContent>,
}

impl TemplateParameter {
    /// Returns the content of the parameter within the limits that Cargo.toml declares. A check reports limits that the
    /// content cannot have.
    fn limited_content(&self) -> Option<ParameterContent> {
        if self.min.is_none() && self.max.is_none() {
            return self.content;
        }
        let limits = ParameterContent::number(
            "Number",
            &(self.min.unwrap_or(0)..=self.max.unwrap_or(u32::MAX)),
        );
        match self.content {
            Some(content) => content.narrow(limits).or(Some(content)),
            None => Some(limits),
        }
    }
}

/// A function with `#[init]`, which creates the state of the application when a process starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Init {
    /// The path of the Rust function in its crate.
    pub path: String,
    /// The binary that the `#[init]` belongs to. `None` if it is in the library, and so belongs to all
    /// binaries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// The location of the `#[init]` in the source code.
    pub origin: SourceLocation,
}

/// A whole application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct App {
    /// The version of the format of `app.json`, which is [`VERSION`].
    pub version: u32,
    /// The Cargo package of the application.
    pub package: Package,
    /// How the functions are divided among stacks.
    #[serde(skip_serializing_if = "StackLayout::is_single")]
    pub stacks: StackLayout,
    /// The default settings of all functions.
    pub defaults: FunctionSettings,
    /// The environments beside the default one, which have other values for some settings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<EnvironmentName>,
    /// The parameters of the template.
    pub parameters: Vec<TemplateParameter>,
    /// The functions of the application, in the order of the source code.
    pub functions: Vec<Function>,
    /// The resources that the user declared, in the order of the source code, followed by the resources that
    /// Skylift added for functions.
    pub resources: Vec<Resource>,
    /// The subscriptions of resources to other resources, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subscriptions: Vec<Subscription>,
    /// The settings of the HTTP API.
    #[serde(skip_serializing_if = "HttpSettings::is_empty")]
    pub http: HttpSettings,
    /// The authorizers of the HTTP API, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorizers: Vec<Authorizer>,
    /// The functions with `#[init]`.
    pub inits: Vec<Init>,
    /// The changes of the outputs of the template.
    #[serde(skip_serializing_if = "is_default")]
    pub outputs: Outputs,
    /// Whether another tool deploys the functions, without templates of Skylift's.
    #[serde(skip)]
    pub without_templates: bool,
    #[serde(skip)]
    resources_by_ident: HashMap<String, usize>,
    #[serde(skip)]
    functions_by_ident: HashMap<String, usize>,
    #[serde(skip)]
    invoked_ids: HashSet<String>,
    /// The ids of the functions to which Lambda sends results of others.
    #[serde(skip)]
    receiver_ids: HashSet<String>,
}

/// Returns whether no output is changed.
fn is_default(outputs: &Outputs) -> bool {
    *outputs == Outputs::default()
}

/// The parts of an application that are read from its source code and its Cargo.toml.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AppParts {
    /// The Cargo package of the application.
    pub package: Package,
    /// Whether another tool deploys the functions, without templates of Skylift's.
    pub without_templates: bool,
    /// How the functions are divided among stacks.
    pub stacks: StackLayout,
    /// The default settings of all functions.
    pub defaults: FunctionSettings,
    /// The properties of all functions, which those of one function replace.
    pub properties: Map,
    /// The environments that Cargo.toml declares.
    pub environments: Vec<EnvironmentName>,
    /// The template parameters that Cargo.toml declares.
    pub parameters: Vec<TemplateParameter>,
    /// The changes of the outputs of the template.
    pub outputs: Outputs,
    /// The functions of the application, in the order of the source code.
    pub functions: Vec<Function>,
    /// The resources that the user declared.
    pub resources: Vec<Resource>,
    /// The subscriptions of these resources.
    pub subscriptions: Vec<Subscription>,
    /// The settings of the HTTP API.
    pub http: HttpSettings,
    /// The authorizers of the HTTP API.
    pub authorizers: Vec<Authorizer>,
    /// The functions with `#[init]`.
    pub inits: Vec<Init>,
}

impl App {
    /// Creates an application. Adds a resource for each function or trigger that needs one and names none, and
    /// declares each template parameter that is used but not declared.
    #[must_use]
    pub fn new(parts: AppParts) -> Self {
        let AppParts {
            package,
            without_templates,
            stacks,
            defaults,
            properties,
            environments,
            parameters,
            outputs,
            mut functions,
            resources,
            subscriptions,
            http,
            authorizers,
            inits,
        } = parts;
        for function in &mut functions {
            function.add_default_properties(&properties);
        }
        let mut app = Self {
            version: VERSION,
            package,
            stacks,
            defaults,
            environments,
            parameters,
            functions,
            resources,
            subscriptions,
            http,
            authorizers,
            inits,
            outputs,
            without_templates,
            resources_by_ident: HashMap::new(),
            functions_by_ident: HashMap::new(),
            invoked_ids: HashSet::new(),
            receiver_ids: HashSet::new(),
        };
        app.functions.iter_mut().for_each(|function| function.stacks = stacks);
        app.complete_views();
        app.add_own_resources();
        app.declare_used_parameters();
        for (index, resource) in app.resources.iter().enumerate() {
            app.resources_by_ident.entry(resource.ident.clone()).or_insert(index);
        }
        for (index, function) in app.functions.iter().enumerate() {
            app.functions_by_ident.entry(function.ident().to_owned()).or_insert(index);
        }
        let invoked = app.functions.iter().flat_map(Function::invokes);
        app.invoked_ids =
            invoked.filter_map(|(_, ident)| Some(app.function(ident)?.id.to_string())).collect();
        let receivers = app.functions.iter().flat_map(|it| it.settings.lambda.receivers());
        app.receiver_ids =
            receivers.filter_map(|ident| Some(app.function(ident)?.id.to_string())).collect();
        app
    }

    /// Returns the names of all environments, the default one first. Returns no names if the application declares none.
    pub fn environment_names(&self) -> impl Iterator<Item = &str> {
        let default = (!self.environments.is_empty()).then_some(environment::DEFAULT);
        default.into_iter().chain(self.environments.iter().map(EnvironmentName::as_str))
    }

    /// Returns the resource whose struct has this identifier, and `None` if the application has no such
    /// resource.
    #[must_use]
    pub fn resource(&self, ident: &str) -> Option<&Resource> {
        self.resources_by_ident.get(ident).map(|index| &self.resources[*index])
    }

    /// Returns the resource that a view is a part of, or the resource itself if it is no view. A view of something else
    /// is its own resource, and a check reports it.
    #[must_use]
    pub fn whole<'a>(&'a self, resource: &'a Resource) -> &'a Resource {
        let of = resource.view.as_ref().and_then(|view| self.resource(&view.of));
        of.filter(|of| of.view.is_none() && of.kind() == resource.kind()).unwrap_or(resource)
    }

    /// Returns the function with this identifier, in any module of the package. Returns `None` if the
    /// application has no such function.
    #[must_use]
    pub fn function(&self, ident: &str) -> Option<&Function> {
        self.functions_by_ident.get(ident).map(|index| &self.functions[*index])
    }

    /// Returns whether a function of the application has an `Invoker` of this function, possibly this function itself.
    #[must_use]
    pub fn has_invoker(&self, function: &Function) -> bool {
        self.invoked_ids.contains(function.id.as_str())
    }

    /// Returns whether the application invokes this function: one of its functions has an `Invoker` of it, or sends its
    /// results to it.
    #[must_use]
    pub fn is_invoked(&self, function: &Function) -> bool {
        self.has_invoker(function) || self.receiver_ids.contains(function.id.as_str())
    }

    /// Returns whether a function of the application has an `Invoker` of this identifier, whether the application has
    /// a function of this identifier or not.
    #[must_use]
    pub fn has_invoker_of(&self, ident: &str) -> bool {
        self.functions.iter().flat_map(Function::invokes).any(|(_, invoked)| invoked == ident)
    }

    /// Returns the queue through which the function hands over its remaining work. Returns `None` if the
    /// function does not resume.
    #[must_use]
    pub fn resume_queue(&self, function: &Function) -> Option<&Resource> {
        function.resume?;
        self.resource(&complete::own_resource_ident(&function.id.join(resume::QUEUE_SUFFIX)))
    }

    /// Returns all triggers of all functions with their indexes, in the order of the source code.
    pub fn triggers(&self) -> impl Iterator<Item = (TriggerIndex, &Trigger)> {
        self.functions.iter().enumerate().flat_map(|(function, it)| {
            let index = move |trigger| TriggerIndex { function, trigger };
            it.triggers.iter().enumerate().map(move |(trigger, it)| (index(trigger), it))
        })
    }

    /// Returns the triggers on each resource, each with the function that it invokes. The key of the map is the
    /// identifier of the resource.
    #[must_use]
    pub fn triggers_by_resource(&self) -> HashMap<&str, Vec<(&Function, &Trigger)>> {
        let mut triggers: HashMap<&str, Vec<(&Function, &Trigger)>> = HashMap::new();
        for (index, trigger) in self.triggers() {
            if let Some(resource) = trigger.resource() {
                let function = &self.functions[index.function];
                triggers.entry(resource.ident).or_default().push((function, trigger));
            }
        }
        triggers
    }
}
