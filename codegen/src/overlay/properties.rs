//! Checks the properties in an overlay: those of resources whose type Skylift knows, and the sections of SAM's
//! `Globals`. A name that is like a known one is an error. Any other unknown name of a resource is a warning, because
//! CloudFormation may have added it.
// See decision 0087.

use skylift_model::aws::node::Node;
use skylift_model::aws::shape::{Certainty, Completeness, Shape, check_properties};

use super::error::OverlayErrors;
use super::tree::{YamlKey, YamlNode, YamlValue};
use super::{Overlay, OverlayError, Section};
use crate::emit::sam;

/// Checks the properties of a resource of the overlay, or of a section of its `Globals`.
pub(super) fn check_entry_properties(
    section: Section,
    key: &YamlKey,
    value: &YamlNode,
    overlay: &mut Overlay,
    errors: &mut OverlayErrors,
) {
    match section {
        Section::Globals => {
            let Some(shape) = Shape::of_globals(&key.text) else { return };
            let owner = format!("Globals.{}", key.text);
            check_properties(value, &owner, shape, Completeness::Parts, &mut |at, problem| {
                errors.push(*at, problem.message);
            });
        }
        Section::Resources => check_resource(value, overlay, errors),
        _ => {}
    }
}

fn check_resource(resource: &YamlNode, overlay: &mut Overlay, errors: &mut OverlayErrors) {
    let entry = |name: &str| match &resource.value {
        YamlValue::Map(entries) => entries.iter().find(|(key, _)| key.text == name),
        _ => None,
    };
    let Some((_, YamlNode { value: YamlValue::Scalar(Node::Str(kind)), .. })) = entry("Type")
    else {
        return;
    };
    let (Some(shape), Some((_, properties))) = (Shape::of_type(kind), entry("Properties")) else {
        return;
    };
    // SAM adds the properties of `Globals` to a resource, so its outermost map need not be complete.
    let completeness =
        if kind.starts_with(sam::TYPE_PREFIX) { Completeness::Parts } else { Completeness::Whole };
    check_properties(properties, kind, shape, completeness, &mut |at, problem| {
        if problem.certainty == Certainty::UnknownName {
            let place = errors.locate(*at);
            overlay.warnings.push(OverlayError::new(&place, problem.message));
        } else {
            errors.push(*at, problem.message);
        }
    });
}
