//! The versions and the alias of a function.

use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{is_intrinsic, plain_map, says_something};
use super::lowering::{Lowering, resource};

/// Why a property without an alias is not carried.
pub(super) const NEEDS_ALIAS: &str =
    "needs an alias, which `provisioned_concurrency` gives to a function";

/// What a version has of the function's properties.
#[derive(Debug, Default)]
pub(crate) struct Version {
    /// Whether CloudFormation deletes versions that others replaced. It keeps them otherwise.
    pub(crate) is_deleted: bool,
    /// Its `FunctionScalingConfig`.
    pub(crate) scaling: Option<Node>,
}

impl Version {
    /// Its `DeletionPolicy` and its `UpdateReplacePolicy`.
    #[cfg(test)]
    pub(crate) const fn policy(&self) -> &'static str {
        if self.is_deleted { "Delete" } else { "Retain" }
    }
}

/// An alias that shows the newest version.
#[derive(Debug)]
pub(crate) struct Alias {
    /// Its logical id: SAM's own.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its `ProvisionedConcurrencyConfig`.
    #[cfg_attr(not(test), expect(dead_code, reason = "the alias of ours has its own"))]
    pub(crate) provisioned: Option<Node>,
    /// Its `UpdatePolicy`: how one version takes over from the other.
    pub(crate) update_policy: Option<Map>,
}

impl Alias {
    /// The resource: an alias of this function that shows the version with this number.
    #[cfg(test)]
    pub(crate) fn resource(&self, function: &str, version: Node) -> Map {
        let mut properties = Map::new()
            .with("FunctionName", Node::reference(function))
            .with("FunctionVersion", version)
            .with("Name", self.name.as_str());
        properties.set_some("ProvisionedConcurrencyConfig", self.provisioned.clone());
        let mut node = resource("AWS::Lambda::Alias", properties);
        node.set_some("UpdatePolicy", self.update_policy.clone());
        node
    }
}

/// The alias that SAM gives to the function.
pub(super) fn alias(function: &str, sam: &Map) -> Option<Alias> {
    let Some(Node::Str(name)) = sam.get("AutoPublishAlias") else { return None };
    let suffix = name.replace('-', "D").replace('_', "U");
    let id = format!("{function}Alias{suffix}");
    let alias = Alias { id, name: name.clone(), provisioned: None, update_policy: None };
    Some(alias).filter(|_| !name.is_empty())
}

/// [`alias`] has read it already, before all other properties.
pub(super) fn auto_publish_alias(name: &Node, lowering: &mut Lowering<'_>) {
    if is_intrinsic(name) {
        lowering.refuse("AutoPublishAlias", "has to be written out: ids are made of it");
    }
}

pub(super) fn provisioned_concurrency(config: &Node, lowering: &mut Lowering<'_>) {
    match &mut lowering.lowered.alias {
        _ if !says_something(config) => {}
        Some(alias) => alias.provisioned = Some(config.clone()),
        None => lowering.refuse("ProvisionedConcurrencyConfig", NEEDS_ALIAS),
    }
}

pub(super) fn deletion_policy(policy: &Node, lowering: &mut Lowering<'_>) {
    const PROPERTY: &str = "VersionDeletionPolicy";
    let deletes = match policy {
        Node::Str(policy) if policy == "Delete" => true,
        Node::Str(policy) if policy == "Retain" => false,
        _ => return lowering.refuse(PROPERTY, "has to be `Delete` or `Retain`"),
    };
    if lowering.lowered.alias.is_none() {
        return lowering.refuse(PROPERTY, NEEDS_ALIAS);
    }
    lowering.lowered.version.is_deleted = deletes;
}

/// Whether versions are deleted where nothing is said: on the user's own instances they cost money.
pub(super) fn are_deleted_by_default(sam: &Map) -> bool {
    let on_instances = sam.get("CapacityProviderConfig").and_then(plain_map).is_some();
    on_instances && sam.get("VersionDeletionPolicy").is_none_or(|it| *it == Node::Null)
}
