//! Converts the SAM properties of a function to plain CloudFormation. It takes the properties of an
//! `AWS::Serverless::Function`. It returns the resulting parts of the `AWS::Lambda::Function`, the version, the
//! alias and the role, the additional resources that SAM generates, under the ids that SAM gives them, and the
//! properties that are not supported, each with the reason.
//!
//! [`lower`] takes one map: the properties as SAM sees them. The defaults of `Globals` are overridden by
//! Skylift's properties, and both by the user's `properties`. Intrinsic functions may have their short or their
//! long form. A property that is not in the map is not set. So a caller may pass only a part of the properties,
//! and merge [`Lowered::properties`] over the plain properties that it creates itself. Some properties need
//! others in the map: those of an alias need `AutoPublishAlias`, propagated tags need `Tags`, and
//! `AutoPublishCodeSha256` needs `Description`.
//!
//! [`Lowered::resources`] is also the only list of the ids that SAM generates from properties, and
//! [`Lowered::role`] the only list of the permissions that properties need: both templates use them. [`TABLE`]
//! has a row for every property that SAM knows.

mod deployment;
mod function_url;
mod intrinsic;
mod invoke_config;
mod lowered;
mod lowering;
mod made;
mod plain;
mod references;
mod table;
#[cfg(test)]
mod tests;
mod version;

use skylift_model::aws::node::{Map, Node};

pub(crate) use lowered::{Lowered, NotCarried, Role, Version};
pub(crate) use made::{Made, What};
pub(crate) use references::resolve;
pub(crate) use table::{How, TABLE};

use lowering::{Lowering, UNKNOWN};

/// Lowers the SAM properties of the function with this logical id.
pub(crate) fn lower(id: &str, sam: &Map) -> Lowered {
    let mut lowering = Lowering { id, sam, lowered: Lowered::default() };
    lowering.lowered.alias = version::alias(id, sam);
    lowering.lowered.version.is_deleted = version::are_deleted_by_default(sam);
    for (name, value) in sam.iter().filter(|(_, value)| **value != Node::Null) {
        let row = TABLE.iter().find(|row| row.name == name);
        match row.map_or(How::Not(UNKNOWN), |row| row.how) {
            How::Same => lowering.lowered.properties.set(name, value.clone()),
            How::Lowered { by, .. } => by(value, &mut lowering),
            How::OfRole(property) => lowering.lowered.role.properties.set(property, value.clone()),
            How::Ours | How::Needless(_) => {}
            How::Not(reason) => lowering.refuse(name, reason),
        }
    }
    lowering.lowered
}
