//! The key `properties = { … }`, which sets any property of the template that has no key of its own. Properties
//! that Skylift sets, or that have a key, are rejected in this module.

use skylift_model::aws::node::Map;

use crate::errors::Errors;
use crate::messages;
use crate::readers::read_json_object;
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};

/// The properties that a user cannot set with `properties`.
pub(crate) struct ReservedProperties {
    /// The attribute or the kind of resource that has the properties, as messages name it, such as
    /// `#[function]`.
    pub(crate) owner: &'static str,
    /// The names of the properties that Skylift always sets.
    pub(crate) set_by_skylift: &'static [&'static str],
    /// The properties that have a key, each with the key. If `properties` set one of them, the build step would
    /// assume another value than the deployed one. `A.B` is the part `B` of the property `A`; the user may set
    /// the other parts of `A`.
    pub(crate) keyed: Vec<(&'static str, &'static str)>,
}

/// Reads the value of `properties`, and reports each property that is reserved. Returns `None` if the value is
/// not a JSON object.
pub(crate) fn read_properties(
    value: &ArgValue,
    reserved: &ReservedProperties,
    errors: &mut Errors,
) -> Option<Map> {
    let map = read_json_object(value, errors)?;
    let ArgValueKind::Map(entries) = &value.kind else { return None };
    for (ArgKey { text, span }, value) in entries {
        let key = reserved.key_for(text);
        if key.is_some() || reserved.set_by_skylift.contains(&text.as_str()) {
            reserved.report_reserved(text, key.as_deref(), span, errors);
        } else if reserved.has_keyed_parts(text) {
            reserved.check_parts(text, value, errors);
        }
    }
    Some(map)
}

impl ReservedProperties {
    /// Returns the keys that set the property, joined for a message. Returns `None` if no key sets the
    /// property.
    fn key_for(&self, property: &str) -> Option<String> {
        let keys = self.keyed.iter().filter(|(keyed, _)| *keyed == property);
        let keys: Vec<&str> = keys.map(|(_, key)| *key).collect();
        (!keys.is_empty()).then(|| keys.join("` or `"))
    }

    /// Returns whether a part of the property has a key.
    fn has_keyed_parts(&self, property: &str) -> bool {
        let mut wholes = self.keyed.iter().filter_map(|(keyed, _)| keyed.split_once('.'));
        wholes.any(|(whole, _)| whole == property)
    }

    /// Checks the value of a property some of whose parts have a key: the user may set only the other parts.
    fn check_parts(&self, property: &str, value: &ArgValue, errors: &mut Errors) {
        let ArgValueKind::Map(parts) = &value.kind else {
            errors.push(&value.span, messages::property_not_a_map(property, &value.describe()));
            return;
        };
        for (ArgKey { text, span }, _) in parts {
            let key = self.key_for(&format!("{property}.{text}"));
            if key.is_some() {
                self.report_reserved(text, key.as_deref(), span, errors);
            } else if text == "Ref" || text.starts_with("Fn::") {
                errors.push(span, messages::property_hidden_by_function(text, property));
            }
        }
    }

    /// Reports that `properties` sets a reserved property. `key` is the key that sets the property, if there is
    /// one.
    fn report_reserved(
        &self,
        property: &str,
        key: Option<&str>,
        span: &SourceSpan,
        errors: &mut Errors,
    ) {
        errors.push(span, messages::reserved_property(property, self.owner, key));
    }
}
