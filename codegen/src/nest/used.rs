//! The conditions and mappings that the stack of an application uses. Those that only nested stacks use are left out
//! of its template.

use std::collections::BTreeSet;

use skylift_model::aws::node::{Map, Node};

use super::StackPart;
use crate::overlay::{Overlay, OverlayEntry, Section};
use crate::reference::{ReferenceTarget, collect_condition_references, collect_references};

/// The names of conditions and mappings that a stack uses.
#[derive(Debug, Default)]
pub(super) struct UsedNames {
    pub(super) conditions: BTreeSet<String>,
    pub(super) mappings: BTreeSet<String>,
    /// The second keys of mappings.
    pub(super) mapping_keys: BTreeSet<String>,
}

impl UsedNames {
    /// Returns the mappings with the values of environments that the stack uses.
    pub(super) fn own_mappings(&self, all: &Map) -> Map {
        used_mappings(all, &self.mappings, &self.mapping_keys)
    }

    /// Returns the conditions of environments that the stack uses.
    pub(super) fn own_conditions(&self, all: &Map) -> Map {
        used_entries(all, &self.conditions)
    }

    /// Adds the names that nodes refer to.
    pub(super) fn add_references<'a>(&mut self, nodes: impl Iterator<Item = &'a Node>) {
        for reference in nodes.flat_map(collect_references) {
            self.add(reference.target);
        }
    }

    /// Adds the name of a condition or mapping. Returns whether a condition was new.
    fn add(&mut self, target: ReferenceTarget) -> bool {
        match target {
            ReferenceTarget::Condition(name) => self.conditions.insert(name),
            ReferenceTarget::Mapping { name, .. } => {
                self.mappings.insert(name);
                false
            }
            _ => false,
        }
    }

    /// Removes the conditions and mappings that `nested` uses and the stack itself does not. What nothing uses stays.
    pub(super) fn remove_names_of_nested_stacks(
        mut self,
        overlay: &mut Overlay,
        nested: &[StackPart],
    ) {
        while self.add_names_in_conditions(overlay) {}
        let is_nested = |entry: &OverlayEntry| {
            let mut entries = nested.iter().flat_map(|part| &part.overlay.entries);
            entries.any(|other| other.section == entry.section && other.name == entry.name)
        };
        overlay.entries.retain(|entry| {
            let names = match entry.section {
                Section::Conditions => &self.conditions,
                Section::Mappings => &self.mappings,
                _ => return true,
            };
            names.contains(&entry.name) || !is_nested(entry)
        });
    }

    /// Adds the names that used conditions refer to. Returns whether a condition was new.
    fn add_names_in_conditions(&mut self, overlay: &Overlay) -> bool {
        let mut is_new = false;
        for entry in overlay.entries_of(Section::Conditions) {
            if self.conditions.contains(&entry.name) {
                for reference in collect_condition_references(&entry.node) {
                    is_new |= self.add(reference.target);
                }
            }
        }
        is_new
    }
}

/// Returns the entries of a map with one of these keys.
pub(super) fn used_entries(all: &Map, keys: &BTreeSet<String>) -> Map {
    let mut used = Map::new();
    for (key, entry) in all.iter().filter(|(key, _)| keys.contains(*key)) {
        used.push(key, entry.clone());
    }
    used
}

/// Returns the mappings with one of these names, each with those of its second keys that are used.
pub(super) fn used_mappings(all: &Map, names: &BTreeSet<String>, keys: &BTreeSet<String>) -> Map {
    let mut used = used_entries(all, names);
    for (_, mapping) in used.iter_mut() {
        let Node::Map(mapping) = mapping else { continue };
        for (_, values) in mapping.iter_mut() {
            if let Node::Map(values) = values {
                *values = used_entries(values, keys);
            }
        }
    }
    used
}
