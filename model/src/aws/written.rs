//! Trees of data that a user wrote, as the checks of this crate see them: values under `properties` of an attribute,
//! and values of an overlay. The crates that parse them implement [`Written`].

use super::node::Node;

/// A value that a user wrote, with its place in the source.
pub trait Written<'a>: Copy {
    /// The place of a key or a value.
    type Place: Clone + std::fmt::Debug;

    /// Returns the place of the value.
    fn place(self) -> Self::Place;

    /// Returns the form and the content of the value.
    fn content(self) -> Content<'a, Self>;

    /// Describes the form of the value for messages, such as `a list`.
    fn describe(self) -> String;
}

/// The form and the content of a value that a user wrote.
#[derive(Debug)]
pub enum Content<'a, T: Written<'a>> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i128),
    /// A number with a fraction.
    Fraction,
    /// A boolean.
    Boolean,
    /// A list.
    List(Vec<T>),
    /// A map.
    Map(Vec<WrittenEntry<'a, T>>),
    /// An intrinsic function in its short form: the function's name and its argument.
    Function(&'a str, T),
    /// A value that the user wrote as `unchecked(…)`. Neither the value nor its key is checked.
    Unchecked,
    /// A null, or a value that its reader rejects.
    Other,
}

/// An entry of a map that a user wrote.
#[derive(Debug)]
pub struct WrittenEntry<'a, T: Written<'a>> {
    /// The key.
    pub key: &'a str,
    /// The place of the key.
    pub at: T::Place,
    /// The value.
    pub value: T,
}

/// A node of the model has no place.
impl<'a> Written<'a> for &'a Node {
    type Place = ();

    fn place(self) {}

    fn content(self) -> Content<'a, Self> {
        match self {
            Node::Str(text) => Content::Text(text),
            Node::Int(number) => Content::Integer(*number),
            Node::Float(_) => Content::Fraction,
            Node::Bool(_) => Content::Boolean,
            Node::Null => Content::Other,
            Node::Seq(items) => Content::List(items.iter().collect()),
            Node::Map(map) => {
                let entry = |(key, value)| WrittenEntry { key, at: (), value };
                Content::Map(map.iter().map(entry).collect())
            }
            Node::Tag(name, argument) => Content::Function(name, argument),
        }
    }

    fn describe(self) -> String {
        match self {
            Node::Str(_) => "a string".to_owned(),
            Node::Bool(_) => "a boolean".to_owned(),
            Node::Int(_) | Node::Float(_) => "a number".to_owned(),
            Node::Null => "nothing".to_owned(),
            Node::Seq(_) => "a list".to_owned(),
            Node::Map(_) => "a map".to_owned(),
            Node::Tag(name, _) => format!("`!{name}`"),
        }
    }
}

/// Returns whether the entries are an intrinsic function in its long form, such as `Fn::Sub`, or contain one. The
/// value of such a map is known only when the stack is deployed.
#[must_use]
pub fn has_function<'a, T: Written<'a>>(entries: &[WrittenEntry<'a, T>]) -> bool {
    entries.iter().any(|entry| entry.key == "Ref" || entry.key.starts_with("Fn::"))
}
