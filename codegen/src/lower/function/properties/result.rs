//! The result of lowering a function's SAM properties: the parts of plain CloudFormation, and the properties that
//! plain CloudFormation does not support.

use skylift_model::aws::node::{Map, Node};

use super::sam_resource::SamResource;
use crate::lower::source::RoleCalls;

/// The SAM properties of a function, converted to plain CloudFormation.
#[derive(Debug, Default)]
pub(crate) struct LoweredProperties {
    /// The properties of the `AWS::Lambda::Function`, in the order of the SAM properties. They contain no `Code`,
    /// and no `Role` unless the user set one.
    pub(crate) properties: Map,
    /// The keys of the property `Code`, apart from those that say where the program is.
    pub(crate) code: Map,
    /// The parts of the result for the function's role.
    pub(crate) role: RoleParts,
    /// The parts of the result for each version of the function.
    pub(crate) version: VersionParts,
    /// The alias of the function; `None` if it has none.
    pub(crate) alias: Option<SamAlias>,
    /// The resources that SAM generates from the function's properties.
    pub(crate) resources: Vec<SamResource>,
    /// The conditions of the generated resources, by name, apart from conditions that the user defines.
    pub(crate) conditions: Map,
    /// The properties that plain CloudFormation does not support.
    pub(crate) unsupported: Vec<UnsupportedProperty>,
}

/// The parts of a function's properties that concern the function's role.
#[derive(Debug, Default)]
pub(crate) struct RoleParts {
    /// The role that the user set. If there is one, the other fields do not apply.
    pub(crate) own: Option<Node>,
    /// The properties of the function's `AWS::IAM::Role`.
    pub(crate) properties: Map,
    /// The API calls that Lambda makes with the function's role because of the properties.
    pub(crate) calls: RoleCalls,
    /// The AWS managed policies that the role needs because of the properties, each as path and name.
    pub(crate) managed: Vec<&'static str>,
    /// The file systems that the function mounts.
    pub(crate) mounts: Vec<FileSystemMount>,
}

/// The mount of a file system, through an access point, which the function's role has to allow.
#[derive(Debug)]
pub(crate) struct FileSystemMount {
    /// The IAM actions of clients that read and write files.
    pub(crate) actions: &'static [&'static str],
    /// The ARN of the file systems among which the mounted one is.
    pub(crate) file_systems: Node,
    /// The condition key of IAM whose value is the ARN of the access point.
    pub(crate) condition_key: String,
    /// The ARN of the access point.
    pub(crate) access_point: Node,
}

/// A SAM property, or a part of one, that plain CloudFormation does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnsupportedProperty {
    /// The path of the property, such as `EventInvokeConfig.DestinationConfig.OnFailure.Type`.
    pub(crate) property: String,
    /// The reason why the property is not supported: the end of a sentence that begins with the property.
    pub(crate) reason: &'static str,
}

/// The parts of a function's properties that concern the function's versions.
#[derive(Debug, Default)]
pub(crate) struct VersionParts {
    /// Whether CloudFormation deletes a version that was replaced. If false, CloudFormation retains the version.
    pub(crate) is_deleted: bool,
    /// The beginning of the description of a version; `None` if the user sets none.
    pub(crate) description: Option<String>,
    /// The property `FunctionScalingConfig` of a version; `None` if the version has none.
    pub(crate) scaling: Option<Node>,
}

/// The alias that SAM creates for a function. It points to the newest version.
#[derive(Debug)]
pub(crate) struct SamAlias {
    /// The logical id that SAM gives to the alias.
    pub(crate) id: String,
    /// The name of the alias.
    pub(crate) name: String,
    /// The `UpdatePolicy` of the alias, which says how traffic moves from one version to the next; `None` if all
    /// traffic moves at once.
    pub(crate) update_policy: Option<Map>,
}
