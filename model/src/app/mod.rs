//! The application: all functions and resources of a package, as one value. [`App::new`] completes
//! it with what functions bring; [`check`](crate::check::check) says what is wrong with it as a whole.

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

/// The version of `app.json`: it grows when a tool that reads the file has to change.
pub const VERSION: u32 = 1;

/// The package that the application is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Package {
    /// Its name in Cargo.toml.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its description, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A parameter of the template, as `[package.metadata.skylift.parameters]` declares it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TemplateParameter {
    /// Its name.
    pub name: ParameterName,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is where nobody says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// What it may be; empty for anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Whether the console hides it.
    pub no_echo: bool,
}

/// An `#[init]` of the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Init {
    /// The path of the Rust function in its crate.
    pub path: String,
    /// The binary that it belongs to; none where it stands in the library, and so in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    /// Where it stands in the source.
    pub origin: SourceLocation,
}

/// A whole application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct App {
    /// [`VERSION`].
    pub version: u32,
    /// The package.
    pub package: Package,
    /// What holds for every function that says nothing else.
    pub defaults: FunctionSettings,
    /// The template's parameters.
    pub parameters: Vec<TemplateParameter>,
    /// The functions, in the order of the source.
    pub functions: Vec<Function>,
    /// The resources: those declared in the order of the source, then those that functions bring.
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

/// What an application is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AppParts {
    /// The package.
    pub package: Package,
    /// What holds for every function that says nothing else.
    pub defaults: FunctionSettings,
    /// The parameters that the metadata declare.
    pub parameters: Vec<TemplateParameter>,
    /// The functions.
    pub functions: Vec<Function>,
    /// The declared resources.
    pub resources: Vec<Resource>,
    /// The `#[init]`s.
    pub inits: Vec<Init>,
}

impl App {
    /// Puts an application together: what needs a resource and names none gets one of its own, and
    /// parameters that are used but not declared are declared.
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

    /// The resource whose struct has this identifier.
    #[must_use]
    pub fn resource(&self, ident: &str) -> Option<&Resource> {
        self.resources_by_ident.get(ident).map(|index| &self.resources[*index])
    }

    /// The function of this identifier, wherever in the package's modules it stands.
    #[must_use]
    pub fn function(&self, ident: &str) -> Option<&Function> {
        self.functions_by_ident.get(ident).map(|index| &self.functions[*index])
    }

    /// Whether another function of the application invokes this one, or it itself.
    #[must_use]
    pub fn is_invoked(&self, function: &Function) -> bool {
        self.invoked_ids.contains(function.id.as_str())
    }

    /// The queue by which the function hands its work over, where it does.
    #[must_use]
    pub fn resume_queue(&self, function: &Function) -> Option<&Resource> {
        function.resume?;
        self.resource(&complete::own_resource_ident(&function.id.join(resume::QUEUE_SUFFIX)))
    }

    /// All triggers of all functions, in the order of the source.
    pub fn triggers(&self) -> impl Iterator<Item = (TriggerIndex, &Trigger)> {
        self.functions.iter().enumerate().flat_map(|(function, it)| {
            let place = move |trigger| TriggerIndex { function, trigger };
            it.triggers.iter().enumerate().map(move |(trigger, it)| (place(trigger), it))
        })
    }

    /// The triggers that stand on this resource, with their functions.
    #[must_use]
    pub fn triggers_by_resource(&self) -> HashMap<&str, Vec<(&Function, &Trigger)>> {
        let mut by: HashMap<&str, Vec<(&Function, &Trigger)>> = HashMap::new();
        for (place, trigger) in self.triggers() {
            if let Some(uses) = trigger.resource() {
                by.entry(uses.ident).or_default().push((&self.functions[place.function], trigger));
            }
        }
        by
    }
}
