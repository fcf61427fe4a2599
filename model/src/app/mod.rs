//! The application: all functions and resources of a package. [`App::new`] takes the parts that were read
//! from the source and adds the resources and template parameters that they need.
//! [`check`](crate::check::check) finds its problems.

mod complete;
mod variables;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

pub use variables::InjectedVariable;

use crate::aws::name::ParameterName;
use crate::function::Function;
use crate::location::{SourceLocation, TriggerIndex};
use crate::resource::Resource;
use crate::resume;
use crate::settings::FunctionSettings;
use crate::source::Trigger;

/// The version of `app.json`. It increases with each change that breaks tools that read the file.
pub const VERSION: u32 = 1;

/// The Cargo package of the application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Package {
    /// Its name in Cargo.toml.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its description, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A parameter of the template, which `[package.metadata.skylift.parameters]` can declare.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TemplateParameter {
    /// Its name.
    pub name: ParameterName,
    /// Its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its default value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The allowed values; empty if all values are allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Whether the console hides its value.
    pub no_echo: bool,
}

/// An `#[init]` of the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Init {
    /// The path of the Rust function in its crate.
    pub path: String,
    /// The binary that it belongs to, and `None` if it is in the library and so belongs to all binaries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// Its location in the source code.
    pub origin: SourceLocation,
}

/// A whole application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct App {
    /// [`VERSION`].
    pub version: u32,
    /// The package.
    pub package: Package,
    /// The default settings of all functions.
    pub defaults: FunctionSettings,
    /// The template's parameters.
    pub parameters: Vec<TemplateParameter>,
    /// The functions, in the order of the source code.
    pub functions: Vec<Function>,
    /// The declared resources in the order of the source code, then those that Skylift added for functions.
    pub resources: Vec<Resource>,
    /// The `#[init]`s.
    pub inits: Vec<Init>,
    #[serde(skip)]
    resources_by_ident: HashMap<String, usize>,
    #[serde(skip)]
    functions_by_ident: HashMap<String, usize>,
    #[serde(skip)]
    invoked_ids: HashSet<String>,
}

/// The parts of an application that are read from its source code and its Cargo.toml.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AppParts {
    /// The package.
    pub package: Package,
    /// The default settings of all functions.
    pub defaults: FunctionSettings,
    /// The template parameters that Cargo.toml declares.
    pub parameters: Vec<TemplateParameter>,
    /// The functions.
    pub functions: Vec<Function>,
    /// The declared resources.
    pub resources: Vec<Resource>,
    /// The `#[init]`s.
    pub inits: Vec<Init>,
}

impl App {
    /// Creates an application. Adds a resource for each function or trigger that needs one and names none,
    /// and a template parameter for each that is used but not declared.
    #[must_use]
    pub fn new(parts: AppParts) -> Self {
        let AppParts { package, defaults, parameters, functions, resources, inits } = parts;
        let mut app = Self {
            version: VERSION,
            package,
            defaults,
            parameters,
            functions,
            resources,
            inits,
            resources_by_ident: HashMap::new(),
            functions_by_ident: HashMap::new(),
            invoked_ids: HashSet::new(),
        };
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
        app
    }

    /// Returns the resource whose struct has this identifier.
    #[must_use]
    pub fn resource(&self, ident: &str) -> Option<&Resource> {
        self.resources_by_ident.get(ident).map(|index| &self.resources[*index])
    }

    /// Returns the function with this identifier, in any module of the package.
    #[must_use]
    pub fn function(&self, ident: &str) -> Option<&Function> {
        self.functions_by_ident.get(ident).map(|index| &self.functions[*index])
    }

    /// Returns whether a function of the application, possibly this one itself, invokes this function.
    #[must_use]
    pub fn is_invoked(&self, function: &Function) -> bool {
        self.invoked_ids.contains(function.id.as_str())
    }

    /// Returns the queue through which the function hands its work over, if it resumes.
    #[must_use]
    pub fn resume_queue(&self, function: &Function) -> Option<&Resource> {
        function.resume?;
        self.resource(&complete::own_resource_ident(&function.id.join(resume::QUEUE_SUFFIX)))
    }

    /// Returns all triggers of all functions, in the order of the source code.
    pub fn triggers(&self) -> impl Iterator<Item = (TriggerIndex, &Trigger)> {
        self.functions.iter().enumerate().flat_map(|(function, it)| {
            let index = move |trigger| TriggerIndex { function, trigger };
            it.triggers.iter().enumerate().map(move |(trigger, it)| (index(trigger), it))
        })
    }

    /// Returns the triggers on each resource with their functions, by the identifier of the resource.
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
