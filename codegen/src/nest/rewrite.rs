//! Rewrites the references of one stack that name something in another stack. In a nested stack, a resource of the
//! application's stack becomes a parameter. A function in another stack becomes its computed name or ARN, since a
//! nested stack is not created before what it takes as a parameter.

use skylift_model::App;
use skylift_model::aws::node::{Map, Node, escape_sub};

use super::interface::{self, Found, Outputs};
use super::place::{FunctionPart, Place, Places};
use crate::lower::invoke;
use crate::stack::Resource;

/// The pseudo parameters that have another value in a nested stack, each with the parameter that takes the value of the
/// application's stack.
const PSEUDO: [(&str, &str); 2] =
    [("AWS::StackName", "RootStackName"), ("AWS::StackId", "RootStackId")];

/// Rewrites the references of one stack.
pub(super) struct Rewriter<'a> {
    pub(super) app: &'a App,
    pub(super) places: &'a Places,
    /// The stack whose references are rewritten.
    pub(super) place: Place,
    pub(super) found: Found,
    pub(super) outputs: &'a mut Outputs,
}

/// What a reference becomes.
enum Replacement {
    /// A reference to this path.
    Path(String),
    /// A text or a `Sub`.
    Value(Node),
}

impl Rewriter<'_> {
    /// Rewrites the properties, the update policy and the condition of a resource.
    pub(super) fn rewrite_resource(&mut self, resource: &mut Resource) {
        self.rewrite_map(&mut resource.properties);
        if let Some(policy) = &mut resource.update_policy {
            self.rewrite_map(policy);
        }
        self.found.conditions.extend(resource.condition.clone());
    }

    /// Rewrites the values of a map.
    pub(super) fn rewrite_map(&mut self, map: &mut Map) {
        map.iter_mut().for_each(|(_, value)| self.rewrite(value));
    }

    /// Rewrites the references in each of these nodes.
    fn rewrite_all(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            self.rewrite(node);
        }
    }

    /// Rewrites the references in a node.
    pub(super) fn rewrite(&mut self, node: &mut Node) {
        let replaced = match node {
            Node::Tag(name, argument) => self.rewrite_function(name, argument),
            Node::Seq(items) => {
                self.rewrite_all(items);
                None
            }
            Node::Map(map) if map.len() == 1 => self.rewrite_only_entry(map),
            Node::Map(map) => {
                self.rewrite_map(map);
                None
            }
            Node::Null | Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Str(_) => None,
        };
        if let Some(replaced) = replaced {
            *node = replaced;
        }
    }

    /// Rewrites a map with one entry, which may be an intrinsic function in its long form.
    fn rewrite_only_entry(&mut self, map: &mut Map) -> Option<Node> {
        let (key, value) = map.iter_mut().next()?;
        match key.strip_prefix("Fn::") {
            Some(name) => self.rewrite_function(name, value),
            None if key == "Ref" || key == "Condition" => self.rewrite_function(key, value),
            None => {
                self.rewrite(value);
                None
            }
        }
    }

    /// Rewrites the argument of an intrinsic function. Returns the node that replaces the whole function, or `None` if
    /// the function stays.
    fn rewrite_function(&mut self, name: &str, argument: &mut Node) -> Option<Node> {
        match (name, &mut *argument) {
            ("Ref" | "GetAtt", Node::Str(path)) => self.replace(path),
            ("GetAtt", Node::Seq(parts)) => match parts.as_mut_slice() {
                [Node::Str(id), Node::Str(attribute)] => self.replace(&format!("{id}.{attribute}")),
                parts => {
                    self.rewrite_all(parts);
                    None
                }
            },
            ("Sub", _) => self.rewrite_sub(argument),
            ("Condition", Node::Str(condition)) => {
                self.found.conditions.insert(condition.clone());
                None
            }
            ("If" | "FindInMap", Node::Seq(parts)) => {
                if let Some(Node::Str(first)) = parts.first() {
                    let names = match name {
                        "If" => &mut self.found.conditions,
                        _ => &mut self.found.mappings,
                    };
                    names.insert(first.clone());
                }
                if let ("FindInMap", Some(Node::Str(key))) = (name, parts.get(2)) {
                    self.found.mapping_keys.insert(key.clone());
                }
                parts.iter_mut().skip(1).for_each(|part| self.rewrite(part));
                None
            }
            // The argument is that of a macro.
            ("Transform", _) => None,
            _ => {
                self.rewrite(argument);
                None
            }
        }
    }

    /// Returns the node that replaces a reference to this path, or `None` if the reference stays.
    fn replace(&mut self, path: &str) -> Option<Node> {
        match self.resolve(path)? {
            Replacement::Path(path) => Some(match path.split_once('.') {
                Some((id, attribute)) => Node::attribute(id, attribute),
                None => Node::reference(path),
            }),
            Replacement::Value(value) => Some(value),
        }
    }

    /// Rewrites the argument of a `Sub`. Returns the whole `Sub` if it needs variables that it did not have.
    fn rewrite_sub(&mut self, argument: &mut Node) -> Option<Node> {
        let mut variables = Map::new();
        let text = match argument {
            Node::Str(text) => text,
            Node::Seq(parts) => match parts.as_mut_slice() {
                [Node::Str(text), Node::Map(own)] => {
                    self.rewrite_map(own);
                    variables = own.clone();
                    text
                }
                parts => {
                    self.rewrite_all(parts);
                    return None;
                }
            },
            _ => return None,
        };
        let before = variables.len();
        if let Some(new) = self.rewrite_sub_text(text, &mut variables) {
            *text = new;
        }
        if variables.len() == before {
            return None;
        }
        let parts = vec![Node::from(text.as_str()), variables.into()];
        Some(Node::Tag("Sub", Box::new(parts.into())))
    }

    /// Returns the text of a `Sub` with its references rewritten, or `None` if it stays. Adds the variables that the
    /// text needs then.
    fn rewrite_sub_text(&mut self, text: &str, variables: &mut Map) -> Option<String> {
        let mut pieces = text.split("${");
        let mut new = pieces.next()?.to_owned();
        let mut is_changed = false;
        for piece in pieces {
            let (path, rest) = piece.split_at(piece.find('}').unwrap_or(0));
            let is_reference = !path.starts_with('!') && variables.get(path).is_none();
            let replacement = if is_reference { self.resolve(path) } else { None };
            is_changed |= replacement.is_some();
            match replacement {
                None => new.extend(["${", path, rest]),
                Some(Replacement::Path(path)) => new.extend(["${", path.as_str(), rest]),
                Some(Replacement::Value(value)) => {
                    new.push_str(&splice(value, variables));
                    new.push_str(rest.strip_prefix('}').unwrap_or(rest));
                }
            }
        }
        is_changed.then_some(new)
    }

    /// Returns what a reference to this path becomes, or `None` if it stays as it is.
    fn resolve(&mut self, path: &str) -> Option<Replacement> {
        if path.starts_with("AWS::") {
            let (_, name) = PSEUDO.into_iter().find(|(pseudo, _)| *pseudo == path)?;
            return self.is_nested().then(|| self.parameter(path, name));
        }
        let (id, attribute) = self.places.split(path);
        if self.places.has(self.place, id) || self.places.is_code_parameter(id) {
            return None;
        }
        if self.places.is_parameter(id) {
            if self.is_nested() {
                self.parameter(id, id);
            }
            return None;
        }
        if let Some(value) = self.computed_reference(id, attribute) {
            return Some(Replacement::Value(value));
        }
        match self.places.find(id) {
            // A macro may create it, in the stack of the application.
            None if !self.is_nested() => None,
            Some(Place::Child(_)) if !self.is_nested() => {
                Some(Replacement::Path(interface::root_path(path, self.places, self.outputs)))
            }
            _ => Some(self.parameter(path, &interface::alphanumeric(path))),
        }
    }

    /// Returns the parameter of the nested stack for a path.
    fn parameter(&mut self, path: &str, preferred: &str) -> Replacement {
        Replacement::Path(self.found.parameters.name(path, preferred, self.places))
    }

    /// Returns the computed name or ARN of a function or of its alias, if the path names one.
    fn computed_reference(&mut self, id: &str, attribute: Option<&str>) -> Option<Node> {
        let (index, mut value) = match (self.places.function(id)?, attribute) {
            (FunctionPart::Function(index), None) => {
                (index, invoke::computed_name(&self.app.functions[index]))
            }
            (FunctionPart::Function(index), Some("Arn")) => {
                (index, invoke::computed_arn(&self.app.functions[index]))
            }
            (FunctionPart::Alias(index), None) => {
                (index, invoke::arn_for_callers(&self.app.functions[index]))
            }
            _ => return None,
        };
        let function = self.app.functions[index].id.as_str();
        if let Some(Place::Child(number)) = self.places.find(function) {
            self.found.functions.insert(number);
        }
        // The name contains the id of the application's stack.
        self.rewrite(&mut value);
        Some(value)
    }

    const fn is_nested(&self) -> bool {
        matches!(self.place, Place::Child(_))
    }
}

/// Returns the text that has the value of a node inside a `Sub`, and adds the variables that the text needs.
fn splice(value: Node, variables: &mut Map) -> String {
    match value {
        Node::Str(text) => escape_sub(&text),
        Node::Tag("Sub", argument) => match *argument {
            Node::Str(text) => text,
            Node::Seq(parts) => {
                let mut parts = parts.into_iter();
                let (Some(Node::Str(mut text)), Some(Node::Map(own))) =
                    (parts.next(), parts.next())
                else {
                    return String::new();
                };
                for (name, value) in own {
                    let free = free_name(&name, &value, variables);
                    text = text.replace(&format!("${{{name}}}"), &format!("${{{free}}}"));
                    variables.set(free, value);
                }
                text
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Returns `name`, or the name with a number if the `Sub` has a variable with this name and another value.
fn free_name(name: &str, value: &Node, variables: &Map) -> String {
    let is_free = |name: &str| variables.get(name).is_none_or(|other| other == value);
    if is_free(name) {
        return name.to_owned();
    }
    // One of the names is free: there are more of them than variables.
    let mut names = (2..=variables.len() + 2).map(|number| format!("{name}{number}"));
    names.find(|it| is_free(it)).unwrap_or_default()
}
