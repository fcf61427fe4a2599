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
mod made;
mod plain;
mod references;
mod table;
#[cfg(test)]
mod tests;
mod version;

use skylift_model::aws::node::{Map, Node};

pub(crate) use made::{Made, What, merge_shared};
pub(crate) use references::resolve;
pub(crate) use table::{How, TABLE};
pub(crate) use version::{Alias, Version};

use crate::lower::source::Calls;

/// What the properties are in plain CloudFormation.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    /// Properties of the `AWS::Lambda::Function`, in the order in which SAM's were written. `Code` is not
    /// among them, nor is a role that is not the user's own.
    pub(crate) properties: Map,
    /// What its `Code` has beside the place of the program.
    pub(crate) code: Map,
    /// What its role has of them.
    pub(crate) role: Role,
    /// What each of its versions has of them.
    pub(crate) version: Version,
    /// Its alias, where it has one.
    pub(crate) alias: Option<Alias>,
    /// The resources that SAM makes of the properties.
    pub(crate) resources: Vec<Made>,
    /// Conditions that these resources have beside the user's, by their names.
    pub(crate) conditions: Map,
    /// What is not carried.
    pub(crate) not_carried: Vec<NotCarried>,
}

/// What the properties say of the function's role.
#[derive(Debug, Default)]
pub(crate) struct Role {
    /// The user's own role, which gets nothing else of what is here.
    pub(crate) own: Option<Node>,
    /// Properties of the `AWS::IAM::Role`, by their names there.
    pub(crate) properties: Map,
    /// What Lambda does with the role for the properties.
    pub(crate) calls: Calls,
    /// Managed policies of AWS, by path and name, without which Lambda cannot do what the properties ask for.
    pub(crate) managed: Vec<&'static str>,
}

/// A property, or a part of one, that plain CloudFormation does not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotCarried {
    /// Its path: `EventInvokeConfig.DestinationConfig.OnFailure.Type`.
    pub(crate) property: String,
    /// Why, as the end of a sentence that begins with the property.
    pub(crate) reason: &'static str,
}

/// Why a property outside of [`TABLE`] is not carried.
const UNKNOWN: &str = "is no property that SAM knows";

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

/// One function's properties while they are lowered.
pub(crate) struct Lowering<'a> {
    /// The function's logical id.
    id: &'a str,
    /// Its SAM properties.
    sam: &'a Map,
    lowered: Lowered,
}

impl Lowering<'_> {
    /// Says that a property is not carried.
    fn refuse(&mut self, property: impl Into<String>, reason: &'static str) {
        self.lowered.not_carried.push(NotCarried { property: property.into(), reason });
    }

    /// Adds a resource.
    fn make(&mut self, what: What, id: impl Into<String>, node: Map) {
        self.lowered.resources.push(Made { id: id.into(), what, node });
    }

    /// What names the function to those that invoke it: its alias, where it has one.
    fn target(&self) -> Node {
        let alias = self.lowered.alias.as_ref();
        Node::reference(alias.map_or(self.id, |alias| alias.id.as_str()))
    }

    /// The function's tags as a resource that SAM makes for it has them: where `PropagateTags` says so.
    fn propagated_tags(&self) -> Option<Vec<Node>> {
        let tags = plain::tag_list(self.sam.get("Tags")?)?;
        let propagates = self.sam.get("PropagateTags") == Some(&Node::Bool(true));
        Some(tags).filter(|tags| propagates && !tags.is_empty())
    }
}

/// A resource of this type.
fn resource(kind: &str, properties: Map) -> Map {
    let node = Map::new().with("Type", kind);
    if properties.is_empty() { node } else { node.with("Properties", properties) }
}
