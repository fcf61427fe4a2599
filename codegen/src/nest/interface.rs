//! What a stack takes from other stacks: the parameters of a nested stack with their values, and its outputs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use skylift_model::aws::node::{Map, Node};
use skylift_syntax::handoff;

use super::place::{Place, Places};
use crate::stack::NestedStack;

/// The parameters of a nested stack, each with the path of its value: `Uploads.Arn`, `AWS::StackName`, or the
/// name of a template parameter of the application.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    names: HashMap<String, String>,
    /// The paths in the order in which they are needed, each with its parameter's name.
    pub(super) in_order: Vec<(String, String)>,
}

impl Parameters {
    /// Returns the name of the parameter for a path, and adds the parameter if it is new. `preferred` is its name
    /// unless something else has this name.
    pub(super) fn name(&mut self, path: &str, preferred: &str, places: &Places) -> String {
        if let Some(name) = self.names.get(path) {
            return name.clone();
        }
        let is_own = preferred == path;
        let is_taken = |name: &str| {
            !is_own && places.is_taken(name) || self.in_order.iter().any(|(_, other)| other == name)
        };
        let name = unique_name(preferred, path, is_taken);
        self.names.insert(path.to_owned(), name.clone());
        self.in_order.push((path.to_owned(), name.clone()));
        name
    }
}

/// The outputs that other stacks need of nested stacks: the name of each by its path, by the number of the stack.
#[derive(Debug, Default)]
pub(super) struct Outputs(BTreeMap<usize, Vec<(String, String)>>);

impl Outputs {
    /// Returns the attribute of the nested stack, such as `Outputs.TakeRoleArn`, that has the value of a path. Adds the
    /// output if it is new.
    pub(super) fn attribute(&mut self, number: usize, path: &str) -> String {
        let outputs = self.0.entry(number).or_default();
        if let Some((_, name)) = outputs.iter().find(|(known, _)| known == path) {
            return format!("Outputs.{name}");
        }
        let is_taken = |name: &str| outputs.iter().any(|(_, other)| other == name);
        let name = unique_name(&alphanumeric(path), path, is_taken);
        outputs.push((path.to_owned(), name.clone()));
        format!("Outputs.{name}")
    }

    /// Returns the outputs of the nested stack with this number, as entries of its template.
    pub(super) fn of_stack(&self, number: usize, places: &Places) -> Vec<(String, Node)> {
        let outputs = self.0.get(&number).into_iter().flatten();
        let output = |(path, name): &(String, String)| {
            let value = Map::new().with("Value", value_of(path, places));
            (name.clone(), Node::from(value))
        };
        outputs.map(output).collect()
    }
}

/// Returns the letters and digits of a path.
pub(super) fn alphanumeric(path: &str) -> String {
    path.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Returns `preferred`, or the name with a hash of the path if another one has the name.
fn unique_name(preferred: &str, path: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(preferred) {
        return preferred.to_owned();
    }
    format!("{preferred}{:08x}", handoff::hash_text(path) >> 32)
}

/// Returns the reference to a path: `Ref` to an id, `GetAtt` of an attribute. A resource with a condition may not
/// exist: the value is then an empty text.
pub(super) fn value_of(path: &str, places: &Places) -> Node {
    let (id, attribute) = places.split(path);
    let value = match attribute {
        Some(attribute) => Node::attribute(id, attribute),
        None => Node::reference(id),
    };
    match places.condition(id) {
        Some(condition) => {
            Node::Tag("If", Box::new(vec![Node::from(condition), value, "".into()].into()))
        }
        None => value,
    }
}

/// What a stack refers to outside itself.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) parameters: Parameters,
    /// The names of conditions and mappings.
    pub(super) conditions: BTreeSet<String>,
    pub(super) mappings: BTreeSet<String>,
    /// The second keys of mappings.
    pub(super) mapping_keys: BTreeSet<String>,
    /// The nested stacks whose functions are named by computed names, so that nothing orders them.
    pub(super) functions: BTreeSet<usize>,
}

/// Returns the place of a value for the stack of the application: a reference that it can make itself.
pub(super) fn root_path(path: &str, places: &Places, outputs: &mut Outputs) -> String {
    let (id, attribute) = places.split(path);
    match places.find(id) {
        Some(Place::Child(number)) => {
            let local = match attribute {
                Some(attribute) => format!("{id}.{attribute}"),
                None => id.to_owned(),
            };
            format!("{}.{}", NestedStack::id(number), outputs.attribute(number, &local))
        }
        Some(Place::Root) | None => path.to_owned(),
    }
}
