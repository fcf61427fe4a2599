//! The places of logical ids: in the stack of the application, or in one of its nested stacks.

use std::collections::{HashMap, HashSet};

use skylift_model::App;

use crate::lower::invoke;
use crate::overlay::{Overlay, Section};
use crate::stack::{Stack, stack_number};

/// A stack of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The stack of the application itself.
    Root,
    /// The nested stack with this number.
    Child(usize),
}

/// What a logical id of a function names.
#[derive(Debug, Clone, Copy)]
pub(super) enum FunctionPart {
    /// The function with this index in `App::functions`.
    Function(usize),
    /// The alias of the function with this index.
    Alias(usize),
}

/// The places of all names of an application.
#[derive(Debug, Default)]
pub(super) struct Places {
    ids: HashMap<String, Place>,
    /// The further places of ids that several nested stacks have, each with its own resource.
    shared: HashSet<(Place, String)>,
    functions: HashMap<String, FunctionPart>,
    /// The names of the template parameters of the application.
    parameters: HashSet<String>,
    /// The names of the code parameters, which each nested stack has itself.
    code_parameters: HashSet<String>,
    /// The conditions of resources that have one, by logical id.
    conditions: HashMap<String, String>,
    /// The logical ids of resources that SAM calls by another name, such as `Order.Alias`.
    sam_names: HashMap<String, String>,
}

impl Places {
    /// Finds the place of each name. Functions are in nested stacks, with all resources that belong to them alone.
    pub(super) fn new(app: &App, stack: &Stack, overlay: &Overlay) -> Self {
        let mut places = Self { sam_names: stack.sam_names.clone(), ..Self::default() };
        for (index, (in_stack, function)) in stack.functions.iter().zip(&app.functions).enumerate()
        {
            let place = Place::Child(stack_number(function.id.as_str()));
            for resource in in_stack.all_resources() {
                places.add(place, &resource.id, resource.condition.as_deref());
            }
            let id = function.id.to_string();
            places.functions.insert(id, FunctionPart::Function(index));
            if invoke::has_alias(function) {
                places.functions.insert(invoke::alias_id(function), FunctionPart::Alias(index));
            }
        }
        let resources = stack.resources.iter().flat_map(|it| &it.resources);
        for resource in resources.chain(stack.api.iter().flat_map(|api| api.all_resources())) {
            places.add(Place::Root, &resource.id, resource.condition.as_deref());
        }
        for entry in overlay.entries_of(Section::Resources) {
            places.add(Place::Root, &entry.name, entry.condition());
        }
        let own = stack.parameters.iter().map(|(name, _)| name.to_owned());
        let declared = overlay.entries_of(Section::Parameters).map(|entry| entry.name.clone());
        places.parameters = own.chain(declared).collect();
        let code = stack.code_parameters.iter();
        places.code_parameters = code.map(|(name, _)| name.to_owned()).collect();
        places
    }

    fn add(&mut self, place: Place, id: &str, condition: Option<&str>) {
        if self.ids.contains_key(id) {
            self.shared.insert((place, id.to_owned()));
        } else {
            self.ids.insert(id.to_owned(), place);
        }
        if let Some(condition) = condition {
            self.conditions.insert(id.to_owned(), condition.to_owned());
        }
    }

    /// Returns whether the stack at `place` has the resource with this logical id.
    pub(super) fn has(&self, place: Place, id: &str) -> bool {
        self.ids.get(id) == Some(&place)
            || !self.shared.is_empty() && self.shared.contains(&(place, id.to_owned()))
    }

    /// Returns the place of a resource; `None` if the application has no resource with this logical id.
    pub(super) fn find(&self, id: &str) -> Option<Place> {
        self.ids.get(id).copied()
    }

    /// Returns the function or the alias with this logical id, if the id is one of these.
    pub(super) fn function(&self, id: &str) -> Option<FunctionPart> {
        self.functions.get(id).copied()
    }

    /// Returns whether a template parameter of the application has this name.
    pub(super) fn is_parameter(&self, name: &str) -> bool {
        self.parameters.contains(name)
    }

    /// Returns whether a code parameter has this name.
    pub(super) fn is_code_parameter(&self, name: &str) -> bool {
        self.code_parameters.contains(name)
    }

    /// Returns whether a resource or a template parameter has this name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.ids.contains_key(name)
            || self.parameters.contains(name)
            || self.code_parameters.contains(name)
    }

    /// Returns the condition of a resource, if it has one.
    pub(super) fn condition(&self, id: &str) -> Option<&str> {
        self.conditions.get(id).map(String::as_str)
    }

    /// Splits a path such as `Order.Arn` into the logical id and the attribute. A name of SAM's, such as
    /// `Order.Alias`, is replaced by the logical id.
    pub(super) fn split<'a>(&'a self, path: &'a str) -> (&'a str, Option<&'a str>) {
        let Some((id, attribute)) = path.split_once('.') else { return (path, None) };
        if !self.sam_names.is_empty() {
            let (name, rest) = match attribute.split_once('.') {
                Some((name, rest)) => (name, Some(rest)),
                None => (attribute, None),
            };
            if let Some(generated) = self.sam_names.get(&path[..=id.len() + name.len()]) {
                return (generated, rest);
            }
        }
        (id, Some(attribute))
    }
}
