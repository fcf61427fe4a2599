//! The references in what a user wrote: in `properties` of an attribute and in an overlay. Takes a tree with intrinsic
//! functions in their short or long form. Returns what each function refers to, with its place.

mod collect;
mod function;
mod plain_text;

use skylift_model::aws::sub_text::SubReference;

pub(crate) use collect::{
    collect_condition_references, collect_output_references, collect_property_references,
    collect_references, collect_resource_references,
};
pub(crate) use function::{Availability, availability, core_functions};

/// A reference, with the place of the name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<P> {
    pub(crate) at: P,
    pub(crate) target: ReferenceTarget,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum ReferenceTarget {
    /// A resource, a parameter or a pseudo parameter: `Ref`, and a variable of `Sub`.
    Value(String),
    /// A resource: `DependsOn`.
    Resource(String),
    /// An attribute of a resource: `GetAtt`, and a variable of `Sub` with a dot.
    Attribute {
        id: String,
        /// The name of the attribute; `None` if it is an intrinsic function.
        attribute: Option<String>,
    },
    /// A condition: `If`, `Condition`, and the key `Condition` of a resource or of an output.
    Condition(String),
    /// A mapping: `FindInMap`.
    Mapping {
        name: String,
        /// The first of the two keys; `None` if it is an intrinsic function, or if the function has a default.
        key: Option<String>,
        /// The second of the two keys, with the same exceptions.
        second_key: Option<String>,
    },
    /// An intrinsic function that not every template has, by the key that calls it, such as `Fn::Length`.
    Function(String),
    /// A text with `${name}` outside `Fn::Sub`, which CloudFormation does not replace.
    PlainText {
        /// The whole text.
        text: String,
        /// The name in the text, without the attribute after a dot.
        name: String,
        /// Whether the text cannot be meant as it is written, if the template has the name.
        is_certain: bool,
    },
}

impl ReferenceTarget {
    /// Returns the text by which the user named the target, as it is found in the source.
    pub(crate) fn written_name(&self) -> &str {
        match self {
            Self::Value(name)
            | Self::Resource(name)
            | Self::Condition(name)
            | Self::Attribute { id: name, .. }
            | Self::Mapping { name, .. }
            | Self::Function(name)
            | Self::PlainText { text: name, .. } => name,
        }
    }
}

/// Returns what a reference in a text names.
pub(crate) fn to_target(reference: &SubReference) -> ReferenceTarget {
    let SubReference { id, attribute } = reference.clone();
    match attribute {
        None => ReferenceTarget::Value(id),
        attribute => ReferenceTarget::Attribute { id, attribute },
    }
}
