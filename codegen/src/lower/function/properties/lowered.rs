//! The result of lowering: the parts of plain CloudFormation, and the properties that are not carried.

use skylift_model::aws::node::{Map, Node};

use super::made::Made;
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

/// What a version has of the function's properties.
#[derive(Debug, Default)]
pub(crate) struct Version {
    /// Whether CloudFormation deletes versions that others replaced. It keeps them otherwise.
    pub(crate) is_deleted: bool,
    /// Its `FunctionScalingConfig`.
    pub(crate) scaling: Option<Node>,
}

/// An alias that shows the newest version.
#[derive(Debug)]
pub(crate) struct Alias {
    /// Its logical id: SAM's own.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its `UpdatePolicy`: how one version takes over from the other.
    pub(crate) update_policy: Option<Map>,
}
