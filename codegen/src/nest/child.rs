//! Builds one nested stack from its functions. It takes what it needs of the application's stack as parameters, and has
//! the conditions and mappings that its functions use.

use std::collections::BTreeSet;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};

use super::interface::{self, Found, Outputs};
use super::place::{Place, Places};
use super::rewrite::Rewriter;
use super::used::{used_entries, used_mappings};
use super::{StackPart, order};
use crate::lower::parameters::CODE_BUCKET;
use crate::overlay::{Overlay, OverlayEntry, Section};
use crate::stack::{FunctionDefaults, FunctionInStack, NestedStack, Stack};

/// A nested stack, and its declaration in the stack of the application.
pub(super) struct Child {
    pub(super) part: StackPart,
    pub(super) nested: NestedStack,
}

/// Builds the nested stack with this number.
pub(super) struct ChildBuilder<'a> {
    number: usize,
    places: &'a Places,
    rewriter: Rewriter<'a>,
    depends_on: BTreeSet<String>,
}

impl<'a> ChildBuilder<'a> {
    pub(super) fn new(
        number: usize,
        app: &'a App,
        places: &'a Places,
        outputs: &'a mut Outputs,
    ) -> Self {
        let (place, found) = (Place::Child(number), Found::default());
        let rewriter = Rewriter { app, places, place, found, outputs };
        Self { number, places, rewriter, depends_on: BTreeSet::new() }
    }

    /// Builds the stack with these functions; `root` and `overlay` are the stack and the overlay of the application.
    pub(super) fn build(
        mut self,
        mut functions: Vec<FunctionInStack>,
        root: &Stack,
        overlay: &Overlay,
    ) -> Child {
        for function in &mut functions {
            self.rewrite_function(function);
        }
        let mut defaults = FunctionDefaults {
            function: root.defaults.function.clone(),
            invoke_config: root.defaults.invoke_config.clone(),
        };
        self.rewriter.rewrite_map(&mut defaults.function);
        self.rewriter.rewrite_map(&mut defaults.invoke_config);
        let overlay = self.child_overlay(overlay);
        let found = &self.rewriter.found;
        let mappings = used_mappings(&root.mappings, &found.mappings, &found.mapping_keys);
        let mut conditions = used_entries(&root.conditions, &found.conditions);
        self.rewriter.rewrite_map(&mut conditions);
        let sam_names = functions
            .iter()
            .flat_map(|function| {
                let prefix = format!("{}.", function.function.id);
                root.sam_names.iter().filter(move |(name, _)| name.starts_with(&prefix))
            })
            .map(|(name, id)| (name.clone(), id.clone()));
        let sam_names = sam_names.collect();
        let code_parameters = code_parameters(&functions, root);
        let parameters = std::mem::take(&mut self.rewriter.found.parameters).in_order;
        let mut declared = Map::new();
        let mut arguments = Map::new();
        for (path, name) in parameters {
            let kind = overlay.root_parameter_type(&path, root);
            let (parameter, value) = match kind {
                Some((kind, no_echo)) => user_parameter(&kind, no_echo, &path),
                None => (Map::new().with("Type", "String"), self.argument(&path)),
            };
            declared.push(name.as_str(), parameter);
            arguments.push(name, value);
        }
        let nested = NestedStack {
            number: self.number,
            arguments,
            code_parameters: code_parameters.iter().map(|(name, _)| name.to_owned()).collect(),
            depends_on: self.depends_on.into_iter().collect(),
        };
        let stack = Stack {
            parameters: declared,
            mappings,
            conditions,
            code_parameters,
            defaults,
            programs: root.programs.clone(),
            functions,
            sam_names,
            ..Stack::default()
        };
        Child {
            part: StackPart { number: Some(self.number), stack, overlay: overlay.into_overlay() },
            nested,
        }
    }

    /// Returns the value of the parameter for a path of the application's stack.
    fn argument(&mut self, path: &str) -> Node {
        if path.starts_with("AWS::") {
            return Node::reference(path);
        }
        let path = interface::root_path(path, self.places, self.rewriter.outputs);
        interface::value_of(&path, self.places)
    }

    fn rewrite_function(&mut self, function: &mut FunctionInStack) {
        let FunctionInStack {
            function: itself,
            published,
            invoke_config,
            events,
            other_resources,
            overlay_additions,
            user_properties,
            sam_properties,
            ..
        } = function;
        overlay_additions.clear();
        // SAM takes a route only beside its API. The permission of the route is a resource like any other.
        for event in events.extract_if(.., |event| event.route.is_some()) {
            other_resources.extend(event.resources);
        }
        let versions = published.iter_mut().flat_map(|it| [&mut it.version, &mut it.alias]);
        let resources = std::iter::once(itself)
            .chain(other_resources)
            .chain(versions)
            .chain(&mut user_properties.resources)
            .chain(events.iter_mut().flat_map(|event| &mut event.resources));
        for resource in resources {
            self.rewriter.rewrite_resource(resource);
            let place = Place::Child(self.number);
            let all = std::mem::take(&mut resource.depends_on);
            let (own, outside): (Vec<String>, Vec<String>) =
                all.into_iter().partition(|id| self.places.has(place, id));
            resource.depends_on = own;
            self.depends_on.extend(order::dependencies(outside, self.places));
        }
        self.rewriter.rewrite_map(invoke_config);
        self.rewriter.rewrite_map(sam_properties);
        self.rewriter.rewrite_map(&mut user_properties.properties);
        self.rewriter.rewrite_map(&mut user_properties.conditions);
    }

    /// Returns the part of the overlay that the nested stack needs: `Globals`, and the conditions and mappings that its
    /// functions use, directly or through other conditions.
    fn child_overlay<'o>(&mut self, overlay: &'o Overlay) -> ChildOverlay<'o> {
        let mut entries: Vec<(&OverlayEntry, Node)> = Vec::new();
        let is_needed = |entry: &OverlayEntry, found: &Found| match entry.section {
            Section::Globals => true,
            Section::Conditions => found.conditions.contains(&entry.name),
            Section::Mappings => found.mappings.contains(&entry.name),
            _ => false,
        };
        loop {
            let is_new = |entry: &&OverlayEntry, found: &Found| {
                is_needed(entry, found)
                    && !entries.iter().any(|(known, _)| std::ptr::eq(*known, *entry))
            };
            let next = overlay.entries.iter().find(|entry| is_new(entry, &self.rewriter.found));
            let Some(entry) = next else { break };
            let mut node = entry.node.clone();
            if entry.section != Section::Mappings {
                self.rewriter.rewrite(&mut node);
            }
            entries.push((entry, node));
        }
        ChildOverlay { root: overlay, entries }
    }
}

/// The part of the overlay that a nested stack needs, with the whole overlay.
struct ChildOverlay<'a> {
    root: &'a Overlay,
    entries: Vec<(&'a OverlayEntry, Node)>,
}

impl ChildOverlay<'_> {
    /// Returns the type of the application's template parameter with this name, and whether its value is hidden.
    /// Returns `None` if the path is not the name of one.
    fn root_parameter_type(&self, path: &str, root: &Stack) -> Option<(String, Node)> {
        let declared = self.root.entries_of(Section::Parameters).find(|entry| entry.name == path);
        let node = root.parameters.get(path).or(declared.map(|entry| &entry.node))?;
        let Node::Map(parameter) = node else { return None };
        let Some(Node::Str(kind)) = parameter.get("Type") else { return None };
        Some((kind.clone(), parameter.get("NoEcho").cloned().unwrap_or(Node::Null)))
    }

    fn into_overlay(self) -> Overlay {
        let mut kept: Vec<OverlayEntry> = Vec::new();
        for (entry, node) in self.entries {
            kept.push(OverlayEntry {
                section: entry.section,
                name: entry.name.clone(),
                node,
                origin: entry.origin.clone(),
                references: Vec::new(),
            });
        }
        let place = |name: &str| self.root.entries.iter().position(|entry| entry.name == name);
        kept.sort_by_key(|entry| place(&entry.name));
        Overlay { entries: kept, transforms: self.root.transforms.clone(), ..Overlay::default() }
    }
}

/// The beginning of the type of a parameter whose value CloudFormation reads from Parameter Store.
const SSM_VALUE: &str = "AWS::SSM::Parameter::Value<";

/// Returns the parameter of a nested stack for a template parameter of the application of this type, and its value.
/// The value of a list is passed as a text, and a value of Parameter Store is read already.
fn user_parameter(kind: &str, no_echo: Node, name: &str) -> (Map, Node) {
    let kind = kind.strip_prefix(SSM_VALUE).and_then(|it| it.strip_suffix('>')).unwrap_or(kind);
    let is_list = kind.starts_with("List<") || kind == "CommaDelimitedList";
    let kind = if kind == "List<String>" { "CommaDelimitedList" } else { kind };
    let mut parameter = Map::new().with("Type", kind);
    parameter.set_some("NoEcho", Some(no_echo).filter(|it| *it != Node::Null));
    let value = Node::reference(name);
    let value = if is_list {
        Node::Tag("Join", Box::new(vec![Node::from(","), value].into()))
    } else {
        value
    };
    (parameter, value)
}

/// Returns the code parameters of the programs that these functions run.
fn code_parameters(functions: &[FunctionInStack], root: &Stack) -> Map {
    let is_run = |name: &str| {
        let mut programs = functions.iter().filter_map(|it| root.programs.get(it.program));
        name == CODE_BUCKET || programs.any(|program| program.key == name)
    };
    let mut needed = Map::new();
    for (name, parameter) in root.code_parameters.iter().filter(|(name, _)| is_run(name)) {
        needed.push(name, parameter.clone());
    }
    needed
}
