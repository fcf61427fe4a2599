//! The result of lowering SAM properties: the parts of plain CloudFormation, and the properties that are not
//! supported there.

use skylift_model::aws::node::{Map, Node};

use super::sam_resource::SamResource;
use crate::lower::source::RoleCalls;

/// The SAM properties of a function in plain CloudFormation.
#[derive(Debug, Default)]
pub(crate) struct LoweredProperties {
    /// Properties of the `AWS::Lambda::Function`, in the order of the SAM properties. They contain no `Code`, and no
    /// `Role` unless it is the user's.
    pub(crate) properties: Map,
    /// The keys of `Code` apart from the place of the program.
    pub(crate) code: Map,
    /// The parts for the function's role.
    pub(crate) role: RoleParts,
    /// The parts for each version.
    pub(crate) version: VersionParts,
    /// The alias, if there is one.
    pub(crate) alias: Option<SamAlias>,
    /// The resources that SAM generates from the properties.
    pub(crate) resources: Vec<SamResource>,
    /// Conditions of these resources, by name, apart from the user's.
    pub(crate) conditions: Map,
    /// The properties that are not supported.
    pub(crate) unsupported: Vec<UnsupportedProperty>,
}

/// The parts of the properties for the function's role.
#[derive(Debug, Default)]
pub(crate) struct RoleParts {
    /// The user's own role; none of the other fields applies to it.
    pub(crate) own: Option<Node>,
    /// Properties of the `AWS::IAM::Role`.
    pub(crate) properties: Map,
    /// The calls that Lambda makes with the role because of the properties.
    pub(crate) calls: RoleCalls,
    /// AWS managed policies that Lambda needs for the properties, by path and name.
    pub(crate) managed: Vec<&'static str>,
}

/// A property, or a part of one, that plain CloudFormation does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnsupportedProperty {
    /// Its path: `EventInvokeConfig.DestinationConfig.OnFailure.Type`.
    pub(crate) property: String,
    /// The reason: the end of a sentence that begins with the property.
    pub(crate) reason: &'static str,
}

/// The parts of the properties for a version.
#[derive(Debug, Default)]
pub(crate) struct VersionParts {
    /// Whether CloudFormation deletes replaced versions. Otherwise it retains them.
    pub(crate) is_deleted: bool,
    /// Its `FunctionScalingConfig`.
    pub(crate) scaling: Option<Node>,
}

/// An alias that points to the newest version.
#[derive(Debug)]
pub(crate) struct SamAlias {
    /// The logical id that SAM gives it.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its `UpdatePolicy`: how traffic moves from one version to the next.
    pub(crate) update_policy: Option<Map>,
}
