//! `properties = { … }`: the way out to every property of the template that has no key of its own.
//! What Skylift sets itself, or by a key, is refused here.

use skylift_model::node::Map;

use crate::errors::Errors;
use crate::read;
use crate::tree::{Key, Kind, Value};

/// The properties that are not the user's to set.
pub(crate) struct Ours {
    /// Whose properties they are, as messages name it: `#[function]`.
    pub(crate) what: &'static str,
    /// What the template sets and Skylift answers for.
    pub(crate) own: &'static [&'static str],
    /// What there is a key for, with that key: were `properties` to set it as well, the build step
    /// would reckon with another value than the one that is deployed.
    pub(crate) keyed: &'static [(&'static str, &'static str)],
}

/// Reads the value of `properties`.
pub(crate) fn read(value: &Value, ours: &Ours, errors: &mut Errors) -> Option<Map> {
    let map = read::object(value, errors)?;
    let Kind::Map(entries) = &value.kind else { return None };
    for (Key { text, place }, _) in entries {
        let keyed = ours.keyed.iter().find(|(property, _)| property == text);
        if ours.own.contains(&text.as_str()) || keyed.is_some() {
            let message = errors.push(
                place,
                format!("`{text}` is what Skylift sets: `properties` cannot change it"),
            );
            if let Some((_, key)) = keyed {
                message.help(format!("`{}` has a key for it: `{key}`", ours.what));
            }
        }
    }
    Some(map)
}
