//! Lowers the SAM properties of a function that concern its versions and its alias.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};

use super::intrinsic::{is_intrinsic, plain_map};
use super::result::SamAlias;
use super::state::PropertyLowering;
use crate::messages::{ALIAS_NOT_LITERAL, DELETION_POLICY, NEEDS_ALIAS, VERSION_DESCRIPTION};

/// Returns the alias that SAM creates for the function with the logical id `function`. Returns `None` if
/// `AutoPublishAlias` is not a literal name.
pub(super) fn find_alias(function: &str, sam: &Map) -> Option<SamAlias> {
    let Some(Node::Str(name)) = sam.get("AutoPublishAlias") else { return None };
    let suffix = name.replace('-', "D").replace('_', "U");
    let id = format!("{function}Alias{suffix}");
    let alias = SamAlias { id, name: name.clone(), update_policy: None };
    Some(alias).filter(|_| !name.is_empty())
}

/// Checks that `AutoPublishAlias` is a literal name. [`find_alias`] has read the name already, before all other
/// properties.
pub(super) fn check_alias(name: &Node, state: &mut PropertyLowering<'_>) {
    if is_intrinsic(name) {
        state.mark_unsupported("AutoPublishAlias", ALIAS_NOT_LITERAL);
    }
}

/// Lowers `VersionDeletionPolicy`, which says whether replaced versions are deleted.
pub(super) fn lower_deletion_policy(policy: &Node, state: &mut PropertyLowering<'_>) {
    const PROPERTY: &str = "VersionDeletionPolicy";
    let deletes = match policy {
        Node::Str(policy) if policy == "Delete" => true,
        Node::Str(policy) if policy == "Retain" => false,
        _ => return state.mark_unsupported(PROPERTY, DELETION_POLICY),
    };
    if state.lowered.alias.is_none() {
        return state.mark_unsupported(PROPERTY, NEEDS_ALIAS);
    }
    state.lowered.version.is_deleted = deletes;
}

/// Lowers `VersionDescription`, which begins the description of a version.
pub(super) fn lower_description(description: &Node, state: &mut PropertyLowering<'_>) {
    const PROPERTY: &str = "VersionDescription";
    let text = match description {
        Node::Str(text) if text.chars().count() <= limits::VERSION_DESCRIPTION_LEN => text,
        _ => return state.mark_unsupported(PROPERTY, VERSION_DESCRIPTION),
    };
    if state.lowered.alias.is_none() {
        return state.mark_unsupported(PROPERTY, NEEDS_ALIAS);
    }
    state.lowered.version.description = Some(text.clone());
}

/// Returns whether replaced versions of a function are deleted if the user sets nothing. They are deleted on
/// managed instances, because old versions cost money there.
pub(super) fn deletes_versions_by_default(sam: &Map) -> bool {
    let on_instances = sam.get("CapacityProviderConfig").and_then(plain_map).is_some();
    on_instances && sam.get("VersionDeletionPolicy").is_none_or(|it| *it == Node::Null)
}
