//! Converts the SAM properties of a function to plain CloudFormation. It takes the properties of an
//! `AWS::Serverless::Function`. It returns the resulting parts of the `AWS::Lambda::Function`, the version, the
//! alias and the role, the additional resources that SAM generates, under the ids that SAM gives them, and the
//! properties that are not supported, each with the reason.
//!
//! [`lower_properties`] takes one map: the properties as SAM sees them. The defaults of `Globals` are overridden by
//! Skylift's properties, and both by the user's `properties`. Intrinsic functions may have their short or their
//! long form. A property that is not in the map is not set. So a caller may pass only a part of the properties,
//! and merge [`LoweredProperties::properties`] over the plain properties that it creates itself. Some properties need
//! others in the map: those of an alias need `AutoPublishAlias`, propagated tags need `Tags`, and
//! `AutoPublishCodeSha256` needs `Description`.
//!
//! [`LoweredProperties::resources`] is also the only list of the ids that SAM generates from properties, and
//! [`LoweredProperties::role`] the only list of the permissions that properties need: both templates use them. [`TABLE`]
//! has a row for every property that SAM knows.
// See decision 0017.

mod deployment;
mod file_systems;
mod function_url;
mod intrinsic;
mod invoke_config;
mod plain;
mod references;
mod result;
mod sam_resource;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod version;

use skylift_model::aws::node::{Map, Node};

pub(crate) use intrinsic::function_and_argument;
pub(crate) use references::resolve_sam_references;
pub(crate) use result::{
    FileSystemMount, LoweredProperties, RoleParts, UnsupportedProperty, VersionParts,
};
pub(crate) use sam_resource::{SamResource, SamResourcePurpose};
pub(crate) use table::{PropertySupport, TABLE};

use crate::messages::UNKNOWN_PROPERTY;
use state::PropertyLowering;

/// Lowers the SAM properties `sam` of the function with the logical id `id`.
pub(crate) fn lower_properties(id: &str, sam: &Map) -> LoweredProperties {
    let mut state = PropertyLowering { id, sam, lowered: LoweredProperties::default() };
    state.lowered.alias = version::find_alias(id, sam);
    state.lowered.version.is_deleted = version::deletes_versions_by_default(sam);
    for (name, value) in sam.iter().filter(|(_, value)| **value != Node::Null) {
        let row = TABLE.iter().find(|row| row.name == name);
        match row.map_or(PropertySupport::Unsupported(UNKNOWN_PROPERTY), |row| row.support) {
            PropertySupport::Same => state.lowered.properties.set(name, value.clone()),
            PropertySupport::Lowered { by, .. } => by(value, &mut state),
            PropertySupport::RoleProperty(property) => {
                state.lowered.role.properties.set(property, value.clone());
            }
            PropertySupport::SkyliftOnly | PropertySupport::NotNeeded(_) => {}
            PropertySupport::Unsupported(reason) => state.mark_unsupported(name, reason),
        }
    }
    state.lowered
}
