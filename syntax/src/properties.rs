//! `properties = { … }`: the way out to every property of the template that has no key of its own.
//! What Skylift sets itself, or by a key, is refused here.

use skylift_model::aws::node::Map;

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Key, Kind, Value};

/// The properties that are not the user's to set.
pub(crate) struct Ours {
    /// Whose properties they are, as messages name it: `#[function]`.
    pub(crate) what: &'static str,
    /// What the template sets and Skylift answers for.
    pub(crate) own: &'static [&'static str],
    /// What there is a key for, with that key: were `properties` to set it as well, the build step
    /// would reckon with another value than the one that is deployed. `A.B` is a part of `A`, whose
    /// other parts are the user's.
    pub(crate) keyed: Vec<(&'static str, &'static str)>,
}

/// Reads the value of `properties`.
pub(crate) fn read(value: &Value, ours: &Ours, errors: &mut Errors) -> Option<Map> {
    let map = read::object(value, errors)?;
    let Kind::Map(entries) = &value.kind else { return None };
    for (Key { text, place }, value) in entries {
        if ours.own.contains(&text.as_str()) || ours.key_of(text).is_some() {
            ours.refuse(text, ours.key_of(text), place, errors);
        } else if ours.has_parts(text) {
            ours.check_parts(text, value, errors);
        }
    }
    Some(map)
}

impl Ours {
    /// The keys that set the property, as messages name them.
    fn key_of(&self, property: &str) -> Option<String> {
        let keys = self.keyed.iter().filter(|(keyed, _)| *keyed == property);
        let keys: Vec<&str> = keys.map(|(_, key)| *key).collect();
        (!keys.is_empty()).then(|| keys.join("` or `"))
    }

    fn has_parts(&self, property: &str) -> bool {
        let mut whole = self.keyed.iter().filter_map(|(keyed, _)| keyed.split_once('.'));
        whole.any(|(whole, _)| whole == property)
    }

    /// Of a property that both set parts of, the user sets those for which there is no key.
    fn check_parts(&self, property: &str, value: &Value, errors: &mut Errors) {
        let Kind::Map(parts) = &value.kind else {
            let found = value.describe();
            errors
                .push(&value.place, format!("`{property}` is a map, found {found}"))
                .help(format!("write `\"{property}\": {{ … }}`: Skylift adds what it sets itself"));
            return;
        };
        for (Key { text, place }, _) in parts {
            let key = self.key_of(&format!("{property}.{text}"));
            if key.is_some() {
                self.refuse(text, key, place, errors);
            } else if text == "Ref" || text.starts_with("Fn::") {
                errors
                    .push(place, format!("`{text}` hides what it sets of `{property}`"))
                    .help("write the map itself: Skylift adds what it sets of it");
            }
        }
    }

    fn refuse(&self, property: &str, key: Option<String>, place: &Place, errors: &mut Errors) {
        let message = errors.push(
            place,
            format!("`{property}` is what Skylift sets: `properties` cannot change it"),
        );
        if let Some(key) = key {
            message.help(format!("`{}` has a key for it: `{key}`", self.what));
        }
    }
}
