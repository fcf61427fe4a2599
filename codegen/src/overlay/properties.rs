//! Checks the properties in an overlay: those of resources whose type Skylift knows, the policies of all, and the
//! sections of SAM's `Globals`. A name that is like a known one is an error. Any other unknown name of a resource is a warning, because
//! CloudFormation may have added it.
// See decision 0087.

use skylift_model::aws::function_property::check_function_properties;
use skylift_model::aws::node::Node;
use skylift_model::aws::shape::{Certainty, Completeness, Shape, ShapeProblem, check_properties};

use super::error::{OverlayError, OverlayErrors};
use super::policies::check_policies;
use super::tree::{Position, YamlKey, YamlNode, YamlValue};

/// Checks the properties in a section of the overlay's `Globals`; `key` is the name of the section.
pub(super) fn check_globals(key: &YamlKey, value: &YamlNode, errors: &mut OverlayErrors) {
    let Some(shape) = Shape::of_globals(&key.text) else { return };
    let owner = format!("Globals.{}", key.text);
    check_properties(value, &owner, shape, Completeness::Parts, &mut |at, problem| {
        errors.push(*at, problem.message);
    });
}

/// Checks the properties of a resource of the overlay. Adds the warnings about unknown names to `warnings`.
pub(super) fn check_resource(
    resource: &YamlNode,
    warnings: &mut Vec<OverlayError>,
    errors: &mut OverlayErrors,
) {
    let entry = |name: &str| match &resource.value {
        YamlValue::Map(entries) => entries.iter().find(|(key, _)| key.text == name),
        _ => None,
    };
    let Some((_, YamlNode { value: YamlValue::Scalar(Node::Str(kind)), .. })) = entry("Type")
    else {
        return;
    };
    let Some((_, properties)) = entry("Properties") else { return };
    let mut report = |at: &Position, problem: ShapeProblem| {
        if problem.certainty == Certainty::UnknownName {
            let place = errors.locate(*at);
            warnings.push(OverlayError::new(&place, problem.message));
        } else {
            errors.push(*at, problem.message);
        }
    };
    check_policies(kind, properties, &mut report);
    check_function_properties(kind, properties, &mut report);
    let Some(shape) = Shape::of_type(kind) else { return };
    // SAM adds the properties of `Globals` to a resource, so its outermost map need not be complete.
    let completeness = if shape.is_of_sam() { Completeness::Parts } else { Completeness::Whole };
    check_properties(properties, kind, shape, completeness, &mut report);
}
