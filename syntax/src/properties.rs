//! The key `properties = { … }`, which sets any property of the template that has no key of its own. Properties
//! that Skylift sets, or that have a key, are rejected in this module, and so are properties that AWS does not have.

use skylift_model::aws::function_property::check_function_properties;
use skylift_model::aws::node::Map;
use skylift_model::aws::shape::{Completeness, Shape, ShapeProblem, check_properties};

use crate::errors::Errors;
use crate::messages;
use crate::readers::read_json_object;
use crate::span::SourceSpan;
use crate::tree::{ArgKey, ArgValue, ArgValueKind};
use crate::written::without_unchecked;

/// The resource whose properties a user sets with `properties`.
pub(crate) struct OwnerOfProperties {
    /// The type of the resource in the template.
    pub(crate) kind: &'static str,
    /// The maps in which a required property can be missing.
    pub(crate) completeness: Completeness,
    pub(crate) reserved: ReservedProperties,
    /// The names of properties that the type has under another name, each with what to write.
    pub(crate) other_names: &'static [(&'static str, &'static str)],
}

/// The key that sets properties of the template.
pub(crate) const KEY: &str = "properties";

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

/// Reads the value of `properties`, and reports each property that is reserved or that AWS does not have. Returns
/// `None` if the value is not a JSON object.
pub(crate) fn read_properties(
    value: &ArgValue,
    owner: &OwnerOfProperties,
    errors: &mut Errors,
) -> Option<Map> {
    let plain = without_unchecked(value, errors)?;
    let map = read_json_object(&plain, errors)?;
    let reserved = &owner.reserved;
    let (ArgValueKind::Map(entries), ArgValueKind::Map(plain)) = (&value.kind, &plain.kind) else {
        return None;
    };
    // A property that is rejected already is not compared with AWS's properties: one message is enough.
    let mut free = Vec::new();
    for (entry, (ArgKey { text, span }, plain)) in entries.iter().zip(plain) {
        let key = reserved.key_for(text);
        let is_reserved = key.is_some() || reserved.set_by_skylift.contains(&text.as_str());
        let other_name = owner.other_names.iter().find(|(name, _)| name == text);
        let is_checked = !matches!(&entry.1.kind, ArgValueKind::Call(..));
        let checked = errors.scope(|errors| {
            if let Some((_, help)) = other_name.filter(|_| is_checked) {
                errors.push(span, messages::property_of_another_name(text, owner.kind, help));
            } else if is_reserved {
                reserved.report_reserved(text, key.as_deref(), span, errors);
            } else if reserved.has_keyed_parts(text) {
                reserved.check_parts(text, plain, errors);
            }
            Some(entry.clone())
        });
        free.extend(checked);
    }
    let free = ArgValue { kind: ArgValueKind::Map(free), span: value.span.clone() };
    check_shape(&free, owner, errors);
    Some(map)
}

/// Reports the properties that AWS does not have, and values in another form than AWS accepts.
fn check_shape(properties: &ArgValue, owner: &OwnerOfProperties, errors: &mut Errors) {
    let mut report = |span: &SourceSpan, problem: ShapeProblem| {
        errors.push(span, messages::shape_problem(problem));
    };
    check_function_properties(owner.kind, properties, &mut report);
    let Some(shape) = Shape::of_type(owner.kind) else { return };
    check_properties(properties, owner.kind, shape, owner.completeness, &mut report);
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
