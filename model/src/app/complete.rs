//! Completes an application: adds the resources that functions need without naming one, and the template
//! parameters that are used but not declared.

use std::collections::HashMap;

use super::{App, TemplateParameter};
use crate::aws::cors::ORIGIN_PARAMETER;
use crate::aws::name::{LogicalId, ParameterName};
use crate::aws::node::Map;
use crate::aws::parameter_content::ParameterContent;
use crate::environment;
use crate::idempotency::Idempotency;
use crate::location::SourceLocation;
use crate::resource::{Resource, ResourceSettings};
use crate::resume;

impl App {
    /// Gives each view the settings of its resource: the attribute of a view does not repeat them.
    pub(super) fn complete_views(&mut self) {
        let of = |resource: &Resource| {
            let of = &resource.view.as_ref()?.of;
            let whole = self.resources.iter().find(|it| it.ident == *of && it.view.is_none())?;
            (whole.kind() == resource.kind()).then(|| whole.settings.clone())
        };
        let settings: Vec<Option<ResourceSettings>> = self.resources.iter().map(of).collect();
        for (resource, settings) in self.resources.iter_mut().zip(settings) {
            if let Some(settings) = settings {
                resource.settings = settings;
            }
        }
    }

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

    /// Declares the template parameters that the application uses and Cargo.toml does not declare, and sets the
    /// content that each parameter has to have.
    pub(super) fn declare_used_parameters(&mut self) {
        let declarations = self.parameter_uses().into_iter();
        let mut used: Vec<(ParameterName, bool, Option<ParameterContent>)> =
            declarations.map(|it| (it.name, it.declares, it.content)).collect();
        // A reference in a text can come before the use that declares its parameter.
        used.sort_by_key(|(_, declares, _)| !declares);
        // The defaults are values of environment variables and tags, which can be any text.
        let defaults = self.defaults.texts().filter_map(|(_, value)| value.param());
        used.extend(defaults.map(|it| (it.clone(), true, None)));
        let defaults = self.defaults.parameters().into_iter();
        used.extend(defaults.map(|it| (it.name.clone(), true, Some(it.content))));
        let of_api = self.http_values().filter_map(|(.., value)| value.param());
        used.extend(of_api.map(|name| (name.clone(), true, None)));
        let origins = self.origin_parameters();
        used.extend(origins.map(|name| (name.clone(), true, Some(ORIGIN_PARAMETER))));
        for (name, declares, content) in used {
            let known = self.parameters.iter_mut().find(|parameter| parameter.name == name);
            let Some(known) = known else {
                let description = content.map(|content| content.description.to_owned());
                let added = TemplateParameter {
                    name,
                    description,
                    default: None,
                    allowed: Vec::new(),
                    no_echo: false,
                    min: None,
                    max: None,
                    content,
                };
                // The template declares the parameter of the environments.
                let is_ours =
                    added.name.as_str() == environment::PARAMETER && !self.environments.is_empty();
                self.parameters.extend((declares && !is_ours).then_some(added));
                continue;
            };
            known.content = match (known.content, content) {
                // If the two contradict each other, a check reports it.
                (Some(one), Some(other)) => one.narrow(other).or(Some(one)),
                (one, other) => one.or(other),
            };
        }
        for parameter in &mut self.parameters {
            parameter.content = parameter.limited_content();
        }
        let contents: HashMap<&ParameterName, (u32, u32)> = self
            .parameters
            .iter()
            .filter_map(|it| Some((&it.name, it.content?.bounds()?)))
            .collect();
        let limits_of = |name: &ParameterName| contents.get(name).copied();
        self.defaults.limit_numbers(&limits_of);
        for function in &mut self.functions {
            function.settings.limit_numbers(&limits_of);
            for numbers in function.triggers.iter_mut().filter_map(|it| it.numbers()) {
                numbers.limit(&limits_of);
            }
        }
        for numbers in self.resources.iter_mut().filter_map(|it| it.settings.numbers()) {
            numbers.limit(&limits_of);
        }
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
        view: None,
        retain: None,
        properties: Map::new(),
        kms_key: None,
        policy: Vec::new(),
        stream_policy: Vec::new(),
        owner: Some(function),
        origin,
    }
}
