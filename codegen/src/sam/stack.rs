//! Everything in the stack, emitted once: the checks of ids and names read it, and the template is
//! made of it. It takes the application, and gives the sections with its resources and outputs.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_syntax::handoff::Binaries;

use super::function;
use crate::resource;
use crate::source::http;

/// What each function and each resource of an application is in its template.
#[derive(Default)]
pub(crate) struct Stack {
    /// By the index in `App::functions`.
    pub(super) functions: Vec<function::Emitted>,
    /// By the index in `App::resources`.
    pub(super) resources: Vec<resource::Emitted>,
}

impl Stack {
    /// Emits the application.
    pub(crate) fn of(app: &App) -> Self {
        let binaries = Binaries::of(app);
        let consumers = app.triggers_by_resource();
        let function = |it| function::emit(it, app, &binaries);
        let resource = |it| resource::emit(it, &consumers, app);
        Self {
            functions: app.functions.iter().map(function).collect(),
            resources: app.resources.iter().map(resource).collect(),
        }
    }

    /// Every resource of the template, by its id.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (&str, &Node)> {
        let parts = self.functions.iter().flat_map(|function| &function.parts);
        let shared = self.resources.iter().flat_map(|resource| &resource.resources);
        parts
            .map(|part| (part.id.as_str(), &part.node))
            .chain(shared.map(|(id, node)| (id.as_str(), node)))
    }

    /// `Resources` and `Outputs`: each function with what belongs to it, then the resources that
    /// functions share.
    pub(super) fn sections(self, app: &App) -> (Map, Map) {
        let (mut resources, mut outputs) = (Map::new(), Map::new());
        extend(&mut outputs, http::output(app));
        let mut brought: HashMap<usize, Vec<resource::Emitted>> = HashMap::new();
        let mut shared = Vec::new();
        for (resource, emitted) in app.resources.iter().zip(self.resources) {
            match resource.owner {
                Some(owner) => brought.entry(owner).or_default().push(emitted),
                None => shared.push(emitted),
            }
        }
        let mut add = |emitted: resource::Emitted, resources: &mut Map| {
            extend(resources, emitted.resources);
            extend(&mut outputs, emitted.outputs);
        };
        for (index, function) in self.functions.into_iter().enumerate() {
            extend(&mut resources, function.parts.into_iter().map(|part| (part.id, part.node)));
            for emitted in brought.remove(&index).into_iter().flatten() {
                add(emitted, &mut resources);
            }
        }
        for emitted in shared {
            add(emitted, &mut resources);
        }
        (resources, outputs)
    }
}

/// Adds entries whose keys were seen to be new by the check of ids.
fn extend(map: &mut Map, entries: impl IntoIterator<Item = (String, Node)>) {
    for (id, node) in entries {
        map.push(id, node);
    }
}
