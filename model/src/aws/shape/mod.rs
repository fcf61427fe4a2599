//! The shapes of resource types: the properties that CloudFormation and SAM accept, the forms of their values, and
//! the attributes of `Fn::GetAtt`. Takes the name of a type and returns its shape. `check` compares values with
//! a shape.
// See decision 0087.

mod check;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use check::{Certainty, Completeness, ShapeProblem, check_properties};

use super::tables;

/// The first part of the name of a resource type of AWS, which the table leaves out.
const AWS: &str = "AWS::";

/// The shape of a map: a resource's properties, a part of them, or a section of SAM's `Globals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The resource type that the shape is part of, without `AWS::`.
    of: &'static str,
    /// The properties, as the table writes them.
    properties: &'static str,
    /// The attributes, as the table writes them. `None` if the shape is not that of a resource type whose
    /// attributes the table has.
    attributes: Option<&'static str>,
}

/// A property of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    /// The name of the property.
    pub name: &'static str,
    is_required: bool,
    form: Form,
}

/// The form of a property's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Integer,
    Number,
    Boolean,
    /// Any value.
    Any,
    /// One of some words, as the table writes them.
    Word(&'static str),
    /// A list of items in the form that the text describes. The second text is the type that the shape is part of.
    List(&'static str, &'static str),
    /// A map with free keys to values in the form that the text describes. The second text is the type that the
    /// shape is part of.
    Map(&'static str, &'static str),
    /// A map with this shape. `None` if the table does not have the shape.
    Shape(Option<Shape>),
}

/// Returns the line of each shape in the table by its name.
fn shape_lines() -> &'static HashMap<String, Shape> {
    static LINES: OnceLock<HashMap<String, Shape>> = OnceLock::new();
    LINES.get_or_init(|| {
        let mut of = "";
        let mut lines = HashMap::new();
        for line in tables::table_lines(tables::SHAPES) {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            let (kind, part) = name.split_once('.').unwrap_or((name, ""));
            if part.is_empty() {
                of = kind;
            }
            let of = if kind.is_empty() { of } else { kind };
            let key = if part.is_empty() { of.to_owned() } else { format!("{of}.{part}") };
            let (properties, attributes) = match rest.split_once('@') {
                Some((properties, attributes)) => {
                    (properties.trim_end(), Some(attributes.trim_start()))
                }
                None => (rest, None),
            };
            lines.insert(key, Shape { of, properties, attributes });
        }
        lines
    })
}

impl Shape {
    /// Returns the shape of the properties of a resource type, such as `AWS::SQS::Queue`. Returns `None` if the table
    /// does not have the type.
    #[must_use]
    pub fn of_type(kind: &str) -> Option<Self> {
        let name = kind.strip_prefix(AWS)?;
        shape_lines().get(name).filter(|_| !name.contains('.')).copied()
    }

    /// Returns the shape of a section of SAM's `Globals`, such as `HttpApi`. Returns `None` for an unknown section.
    #[must_use]
    pub fn of_globals(section: &str) -> Option<Self> {
        shape_lines().get(&format!("Globals.{section}")).copied()
    }

    /// Returns whether the shape belongs to a resource type of SAM, such as `AWS::Serverless::Function`.
    #[must_use]
    pub fn is_of_sam(self) -> bool {
        self.of.starts_with("Serverless::")
    }

    /// Returns the names of the sections of SAM's `Globals`, in alphabetical order.
    #[must_use]
    pub fn globals_sections() -> Vec<&'static str> {
        let names = tables::table_lines(tables::SHAPES)
            .filter_map(|line| line.strip_prefix("Globals.")?.split(' ').next());
        names.collect()
    }

    /// Returns the properties that can be set.
    pub fn properties(self) -> impl Iterator<Item = Property> {
        let of = self.of;
        self.properties.split(' ').filter(|part| !matches!(*part, "" | "~")).map(move |part| {
            let (name, form) = part.split_once(':').unwrap_or((part, "s"));
            let (name, is_required) = name.strip_suffix('!').map_or((name, false), |it| (it, true));
            Property { name, is_required, form: Form::parse(form, of) }
        })
    }

    /// Returns the property with this name, and `None` if the shape does not have it.
    #[must_use]
    pub fn property(self, name: &str) -> Option<Property> {
        self.properties().find(|property| property.name == name)
    }

    /// Returns whether the map accepts properties that the table does not have.
    fn is_open(self) -> bool {
        self.properties.ends_with('~')
    }

    /// Returns the names of the attributes that `Fn::GetAtt` accepts for a resource of this type. Returns `None` if
    /// the table does not have them.
    #[must_use]
    pub fn attributes(self) -> Option<Vec<&'static str>> {
        let mut names: Vec<&str> =
            self.attributes?.split(' ').filter(|it| !it.is_empty()).collect();
        if names.first() == Some(&"*") {
            names.splice(..1, self.properties().map(|property| property.name));
        }
        Some(names)
    }
}

impl Form {
    /// Parses the form of a value from the table; `of` is the type that the shape is part of.
    fn parse(text: &'static str, of: &'static str) -> Self {
        match text {
            "s" => Self::Text,
            "i" => Self::Integer,
            "n" => Self::Number,
            "b" => Self::Boolean,
            "j" => Self::Any,
            _ => match text.split_at(1) {
                ("=", words) => Self::Word(words),
                ("[", items) => Self::List(items, of),
                ("{", values) => Self::Map(values, of),
                _ => Self::Shape(find_part(text, of)),
            },
        }
    }
}

/// Returns the shape with this name; a name that begins with `.` is that of a part of the type `of`.
fn find_part(name: &str, of: &str) -> Option<Shape> {
    let lines = shape_lines();
    if name.starts_with('.') { lines.get(&format!("{of}{name}")) } else { lines.get(name) }.copied()
}
