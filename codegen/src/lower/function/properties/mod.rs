//! The SAM properties of a function as plain CloudFormation. It takes the properties of an
//! `AWS::Serverless::Function`, and gives what its `AWS::Lambda::Function`, version, alias and role have of
//! them, the further resources that SAM makes of them, under SAM's own ids, and what cannot be carried, each
//! with the reason.
//!
//! [`lower`] takes one map: the properties as SAM sees them, with the defaults of `Globals` below what
//! Skylift sets, and both below the user's `properties`. Intrinsic functions may have their short or their
//! long form. What is not in the map is not set: a caller may pass only a part of the properties, and merge
//! [`Lowered::properties`] over the plain properties that it makes itself. Some properties need others to be
//! in the map: what belongs to an alias needs `AutoPublishAlias`, propagated tags need `Tags`, and
//! `AutoPublishCodeSha256` needs `Description`.
//!
//! [`Lowered::resources`] is also the one list of the ids that SAM makes of properties, and [`Lowered::role`]
//! the one list of what properties need of the role: both templates read them here. [`TABLE`] has a row for
//! every property that SAM knows.

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
