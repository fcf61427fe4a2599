//! Writes functions into the plain CloudFormation template, which contains the resources of the stack unchanged.

use super::resource;
use super::yaml::Writer;
use crate::stack::{FunctionDefaults, FunctionInStack};

/// Writes an `AWS::Lambda::Function`, and the resources that SAM would generate from the function's properties and
/// events.
pub(super) fn write_function(
    in_stack: &FunctionInStack,
    defaults: &FunctionDefaults,
    to: &mut Writer,
) {
    let properties = in_stack.properties(defaults).into_iter();
    resource::write_resource_with(&in_stack.function, properties, to);
    if let Some(published) = &in_stack.published {
        resource::write_resource(&published.version, to);
        resource::write_resource(&published.alias, to);
    }
    let events = in_stack.events.iter().flat_map(|event| &event.resources);
    for further in in_stack.user_properties.resources.iter().chain(events) {
        resource::write_resource(further, to);
    }
}
