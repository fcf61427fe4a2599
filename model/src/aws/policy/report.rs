//! Reports mistakes in a policy, for the checks of its parts.

use crate::aws::shape::{Certainty, ShapeProblem};
use crate::aws::value::has_dynamic_reference;
use crate::aws::written::{Content, Written};
use crate::message::Message;
use crate::suggest;

/// Calls `find_mistake` for each literal text of a value, which is a text or a list of texts, and reports what it
/// returns.
pub(super) fn check_texts<'a, T: Written<'a>>(
    value: T,
    report: &mut dyn FnMut(&T::Place, ShapeProblem),
    find_mistake: fn(&str) -> Option<ShapeProblem>,
) {
    match value.content() {
        Content::List(items) => {
            for item in items {
                check_texts(item, report, find_mistake);
            }
        }
        Content::Text(text) if !has_dynamic_reference(text) => {
            if let Some(problem) = find_mistake(text) {
                report(&value.place(), problem);
            }
        }
        _ => {}
    }
}

/// A mistake that AWS refuses in any case.
pub(super) fn certain(message: Message) -> ShapeProblem {
    ShapeProblem { message, certainty: Certainty::Certain }
}

/// A name that is similar to a known one.
pub(super) fn typing_mistake(message: Message) -> ShapeProblem {
    ShapeProblem { message, certainty: Certainty::TypingMistake }
}

/// Returns the name among `known` that differs from `name` by one letter. Returns `None` if `name` is known itself,
/// apart from upper and lower case.
pub(super) fn one_letter_off<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut near = None;
    for other in known {
        if other.eq_ignore_ascii_case(name) {
            return None;
        }
        if suggest::is_one_letter_off(&name.to_lowercase(), &other.to_lowercase()) {
            near = near.or(Some(other));
        }
    }
    near
}
