//! Values of an attribute as the checks of the model see them, and the call `unchecked(…)`, with which a user insists
//! on a name that is not in the tables of AWS's names.

use skylift_model::aws::written::{Content, Written, WrittenEntry};

use crate::errors::Errors;
use crate::messages::phrases;
use crate::readers::report_expected;
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// The name of the call whose argument is not compared with the tables of AWS's names.
pub(crate) const UNCHECKED: &str = "unchecked";

impl<'a> Written<'a> for &'a ArgValue {
    type Place = SourceSpan;

    fn place(self) -> SourceSpan {
        self.span.clone()
    }

    fn content(self) -> Content<'a, Self> {
        match &self.kind {
            ArgValueKind::Str(text) => Content::Text(text),
            ArgValueKind::Int(number) => Content::Integer(*number),
            ArgValueKind::Float(_) => Content::Fraction,
            ArgValueKind::Bool(_) => Content::Boolean,
            ArgValueKind::List(items) => Content::List(items.iter().collect()),
            ArgValueKind::Map(entries) => {
                let entry = |(key, value): &'a (ArgKey, ArgValue)| WrittenEntry {
                    key: key.text.as_str(),
                    at: key.span.clone(),
                    value,
                };
                Content::Map(entries.iter().map(entry).collect())
            }
            ArgValueKind::Call(name, _) if name.text == UNCHECKED => Content::Unchecked,
            ArgValueKind::Call(..)
            | ArgValueKind::Path(..)
            | ArgValueKind::GenericType(..)
            | ArgValueKind::Other(_) => Content::Other,
        }
    }

    fn describe(self) -> String {
        ArgValue::describe(self)
    }
}

/// Returns the argument of `unchecked(…)`, and the value itself if it is not such a call. The second result says
/// whether it is one. Returns `None` after an error was recorded.
pub(crate) fn read_unchecked<'a>(
    value: &'a ArgValue,
    errors: &mut Errors,
) -> Option<(&'a ArgValue, bool)> {
    let ArgValueKind::Call(name, args) = &value.kind else { return Some((value, false)) };
    if name.text != UNCHECKED {
        return Some((value, false));
    }
    let keyless = args.read_all(UNCHECKED, errors, |args, _| args.take_keyless());
    match keyless.as_slice() {
        [inner] => Some((inner, true)),
        _ => report_expected(phrases::ONE_VALUE, value, errors),
    }
}

/// Returns the value with the arguments of all calls `unchecked(…)` in it in place of the calls. Returns `None` after
/// an error was recorded.
pub(crate) fn without_unchecked(value: &ArgValue, errors: &mut Errors) -> Option<ArgValue> {
    errors.scope(|errors| {
        let (value, _) = read_unchecked(value, errors)?;
        let kind = match &value.kind {
            ArgValueKind::List(items) => {
                let items = items.iter().filter_map(|item| without_unchecked(item, errors));
                ArgValueKind::List(items.collect())
            }
            ArgValueKind::Map(entries) => {
                let entries = entries.iter().filter_map(|(key, value)| {
                    Some((key.clone(), without_unchecked(value, errors)?))
                });
                ArgValueKind::Map(entries.collect())
            }
            other => other.clone(),
        };
        Some(ArgValue { kind, span: value.span.clone() })
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::{Map, Node};

    use super::*;
    use crate::readers::read_json;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn the_argument_of_unchecked_replaces_the_call() {
        let text = r#"{ "a": unchecked([1, unchecked("b")]) }"#;
        let value = accepted(text, without_unchecked);
        let json = accepted("1", |_, errors| read_json(&value, errors));
        let list = vec![Node::Int(1), Node::from("b")];
        assert_eq!(json, Node::Map(Map::new().with("a", list)));
        for wrong in ["unchecked()", "[unchecked(1, 2)]"] {
            let message = rejected(wrong, without_unchecked);
            assert!(message.starts_with("expected one value in the parentheses"), "{message}");
        }
    }
}
