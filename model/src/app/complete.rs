//! Completes an application: adds the resources that functions need without naming one, and the template
//! parameters that are used but not declared.

use std::collections::HashSet;

use super::{App, TemplateParameter};
use crate::aws::name::{LogicalId, ParameterName};
use crate::aws::node::Map;
use crate::idempotency::Idempotency;
use crate::location::SourceLocation;
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::resume;

impl App {
    /// Adds a resource for each trigger that names no event source, a table for each idempotent function that
    /// names no table, and a queue for each function that resumes.
    pub(super) fn add_own_resources(&mut self) {
        for (index, function) in self.functions.iter_mut().enumerate() {
            for trigger in &mut function.triggers {
                let Some((suffix, settings)) = trigger.own_resource() else {
                    continue;
                };
                let id = function.id.join(suffix);
                trigger.use_own_resource(&own_resource_ident(&id));
                let mut owned =
                    self.resources.iter().rev().take_while(|it| it.owner == Some(index));
                if owned.all(|it| it.id != id) {
                    let origin = function.origin.clone();
                    self.resources.push(create_own_resource(id, settings, index, origin));
                }
            }
            if let Some(idempotent) = function.idempotent.as_mut().filter(|it| it.store.is_none()) {
                let id = Idempotency::own_table_id(&function.id);
                idempotent.store = Some(own_resource_ident(&id));
                let settings = ResourceSettings::Table(Idempotency::own_table());
                let own = create_own_resource(id, settings, index, function.origin.clone());
                self.resources.push(Resource { retain: Some(false), ..own });
            }
            if let Some(resume) = function.resume {
                let id = function.id.join(resume::QUEUE_SUFFIX);
                let queue = ResourceSettings::Queue(resume.queue());
                self.resources.push(create_own_resource(id, queue, index, function.origin.clone()));
            }
        }
    }

    /// Declares the template parameters that the application uses and Cargo.toml does not declare.
    pub(super) fn declare_used_parameters(&mut self) {
        let mut known: HashSet<String> =
            self.parameters.iter().map(|parameter| parameter.name.to_string()).collect();
        let mut add = |name: &ParameterName, description: Option<&str>| {
            known.insert(name.to_string()).then(|| TemplateParameter {
                name: name.clone(),
                description: description.map(str::to_owned),
                default: None,
                allowed: Vec::new(),
                no_echo: false,
            })
        };
        let mut used = Vec::new();
        for resource in &self.resources {
            if let Some(Existing::Param(name)) = &resource.existing {
                used.extend(add(name, Some(resource.kind().parameter_description())));
            }
        }
        for function in &self.functions {
            for trigger in &function.triggers {
                let needed = trigger.template_parameters().into_iter();
                used.extend(needed.filter_map(|it| add(it.name, Some(it.description))));
            }
            let values = function.settings.values().chain(self.defaults.values());
            used.extend(
                values.filter_map(|value| value.param()).filter_map(|name| add(name, None)),
            );
        }
        self.parameters.extend(used);
    }
}

/// Returns the identifier of a resource that Skylift adds. The identifier contains parentheses, so no struct of
/// the user can have the same one.
pub(super) fn own_resource_ident(id: &LogicalId) -> String {
    format!("{id}()")
}

/// Creates a resource that Skylift adds for the function with this index.
fn create_own_resource(
    id: LogicalId,
    settings: ResourceSettings,
    function: usize,
    origin: SourceLocation,
) -> Resource {
    Resource {
        ident: own_resource_ident(&id),
        id,
        settings,
        existing: None,
        retain: None,
        properties: Map::new(),
        owner: Some(function),
        origin,
    }
}
