//! Compares what a user wrote with a shape: names of properties, the forms of their values, and properties that are
//! missing. Values that are known only when the stack is deployed pass every check.

use super::{Form, Shape};
use crate::aws::value::has_dynamic_reference;
use crate::aws::written::{Content, Written, WrittenEntry, has_function};
use crate::message::Message;
use crate::{messages, suggest};

/// Which maps have all of their properties in what the user wrote, so that a required property can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every map, also the outermost.
    Whole,
    /// Every map but the outermost, to which further properties are added.
    Parts,
    /// Only maps in lists. Further properties are merged into all other maps.
    Items,
}

/// A mistake in the properties that a user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapeProblem {
    /// The description of the mistake.
    pub message: Message,
    /// How certain it is that AWS rejects the properties.
    pub certainty: Certainty,
}

/// How certain it is that AWS rejects what a user wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// AWS rejects it: a value has another form than AWS accepts, or a property is missing.
    Certain,
    /// A name is unknown but similar to a known name, and so most likely a typing mistake.
    TypingMistake,
    /// A name is unknown. AWS may have added it after the table was made.
    UnknownName,
}

impl Certainty {
    /// Returns the certainty about an unknown name; `near` is the similar name, if there is one.
    const fn of_unknown_name(near: Option<&str>) -> Self {
        if near.is_some() { Self::TypingMistake } else { Self::UnknownName }
    }
}

/// Compares the properties that a user wrote with their shape, and calls `report` with each mistake and its place.
/// `owner` is the name of the resource's type or of the section, for messages.
pub fn check_properties<'a, T: Written<'a>>(
    properties: T,
    owner: &str,
    shape: Shape,
    completeness: Completeness,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
) {
    let is_complete = completeness == Completeness::Whole;
    Checker { completeness, report }.check_map(properties, owner, shape, is_complete);
}

struct Checker<'r, P> {
    completeness: Completeness,
    report: &'r mut dyn FnMut(&P, ShapeProblem),
}

impl<P: Clone> Checker<'_, P> {
    /// Checks a value that must be a map with this shape.
    fn check_map<'a, T>(&mut self, value: T, owner: &str, shape: Shape, is_complete: bool)
    where
        T: Written<'a, Place = P>,
    {
        let Some(entries) = self.expect_map(value, owner) else { return };
        let mut meant = Vec::new();
        for WrittenEntry { key, at, value } in &entries {
            if matches!(value.content(), Content::Unchecked) {
                continue;
            }
            match shape.property(key) {
                Some(property) => self.check_form(*value, key, property.form, false),
                None if shape.is_open() => {}
                None => meant.extend(self.report_unknown_property(key, owner, shape, at)),
            }
        }
        if is_complete {
            // A required property with a typing mistake in its name is not missing as well.
            let is_missing = |name: &str| {
                !meant.contains(&name) && entries.iter().all(|entry| entry.key != name)
            };
            for property in shape.properties().filter(|it| it.is_required && is_missing(it.name)) {
                let message = messages::shape::property_missing(property.name, owner);
                self.report(&value.place(), message, Certainty::Certain);
            }
        }
    }

    /// Checks the value of the property `owner`; `in_list` says whether the value is an item of a list.
    fn check_form<'a, T>(&mut self, value: T, owner: &str, form: Form, in_list: bool)
    where
        T: Written<'a, Place = P>,
    {
        let is_right = match (form, value.content()) {
            (_, Content::Unchecked | Content::Other | Content::Function(..)) | (Form::Any, _) => {
                return;
            }
            (_, Content::Text(text)) if has_dynamic_reference(text) => return,
            (_, Content::Map(entries)) if has_function(&entries) => return,
            (Form::Shape(Some(shape)), Content::Map(_)) => {
                let is_complete = in_list || self.completeness != Completeness::Items;
                return self.check_map(value, owner, shape, is_complete);
            }
            (Form::List(items, of), Content::List(values)) => {
                let form = Form::parse(items, of);
                return values.into_iter().for_each(|it| self.check_form(it, owner, form, true));
            }
            (Form::Map(values, of), Content::Map(entries)) => {
                let form = Form::parse(values, of);
                return entries
                    .into_iter()
                    .for_each(|it| self.check_form(it.value, owner, form, in_list));
            }
            (Form::Word(words), Content::Text(text)) => {
                let known: Vec<&str> = words.split('|').collect();
                if !known.contains(&text) {
                    let near = suggest::nearest(text, known.iter().copied());
                    let message = messages::shape::unknown_word(text, owner, near, &known);
                    self.report(&value.place(), message, Certainty::of_unknown_name(near));
                }
                return;
            }
            (Form::Shape(None), _) => return,
            // CloudFormation converts scalars to text, and text to numbers and booleans.
            (Form::Text | Form::Word(_), it) => is_scalar(&it),
            (Form::Integer, Content::Text(text)) => text.trim().parse::<i64>().is_ok(),
            (Form::Integer, it) => matches!(it, Content::Integer(_)),
            (Form::Number, Content::Text(text)) => text.trim().parse::<f64>().is_ok(),
            (Form::Number, it) => matches!(it, Content::Integer(_) | Content::Fraction),
            (Form::Boolean, Content::Text(text)) => {
                ["true", "false"].iter().any(|it| text.eq_ignore_ascii_case(it))
            }
            (Form::Boolean, it) => matches!(it, Content::Boolean),
            (Form::List(..) | Form::Map(..) | Form::Shape(_), _) => false,
        };
        if !is_right {
            let message = messages::shape::wrong_form(owner, describe(form), &value.describe());
            self.report(&value.place(), message, Certainty::Certain);
        }
    }

    /// Returns the entries of a map. Returns `None` for an intrinsic function, and for any other value after an
    /// error was reported.
    fn expect_map<'a, T>(&mut self, value: T, owner: &str) -> Option<Vec<WrittenEntry<'a, T>>>
    where
        T: Written<'a, Place = P>,
    {
        match value.content() {
            Content::Map(entries) => Some(entries).filter(|entries| !has_function(entries)),
            Content::Unchecked | Content::Other | Content::Function(..) => None,
            _ => {
                let message = messages::shape::wrong_form(owner, "a map", &value.describe());
                self.report(&value.place(), message, Certainty::Certain);
                None
            }
        }
    }

    /// Reports a property that the shape does not have. Returns the property that was most likely meant.
    fn report_unknown_property(
        &mut self,
        name: &str,
        owner: &str,
        shape: Shape,
        at: &P,
    ) -> Option<&'static str> {
        let known: Vec<&'static str> = shape.properties().map(|property| property.name).collect();
        let near = suggest::nearest(name, known.iter().copied());
        let message = messages::shape::unknown_property(name, owner, near, &known);
        self.report(at, message, Certainty::of_unknown_name(near));
        near
    }

    fn report(&mut self, at: &P, message: Message, certainty: Certainty) {
        (self.report)(at, ShapeProblem { message, certainty });
    }
}

fn is_scalar<'a, T: Written<'a>>(content: &Content<'a, T>) -> bool {
    matches!(content, Content::Text(_) | Content::Integer(_) | Content::Fraction | Content::Boolean)
}

/// Describes a form for messages.
fn describe(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Word(_) => "a string",
        Form::Integer => "a whole number",
        Form::Number => "a number",
        Form::Boolean => "`true` or `false`",
        Form::List(..) => "a list",
        Form::Any | Form::Map(..) | Form::Shape(_) => "a map",
    }
}
