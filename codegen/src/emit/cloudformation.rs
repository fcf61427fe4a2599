//! Writes functions in plain CloudFormation, which has the resources of the stack unchanged.

use super::resource;
use super::yaml::Writer;
use crate::stack::{Defaults, OfFunction};

/// Writes a function, and the resources that SAM would generate from its properties and its events.
pub(super) fn function(of: &OfFunction, defaults: &Defaults, to: &mut Writer) {
    let properties = of.properties(defaults).into_iter();
    resource::write_with(&of.function, properties, to);
    if let Some(published) = &of.published {
        resource::write(&published.version, to);
        resource::write(&published.alias, to);
    }
    let events = of.events.iter().flat_map(|event| &event.resources);
    for further in of.users.resources.iter().chain(events) {
        resource::write(further, to);
    }
}
