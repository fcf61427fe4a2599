//! Checks the references that a user wrote, in `properties` of attributes and in the overlay. It takes the application,
//! its stack and the overlay, and reports references to names that the templates do not have. CloudFormation refuses
//! a template with such a reference.
//!
//! If other transforms than SAM's run, or if SAM expands resources of the overlay, then the templates get names that
//! are not known here. References to unknown names are warnings then.
// See decision 0102.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::shape::Shape;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::{App, SourceLocation};

use super::ids::Ids;
use crate::emit::sam;
use crate::messages;
use crate::overlay::{Overlay, OverlayError, Section};
use crate::reference::{ReferenceTarget, collect_references};
use crate::stack::Stack;

/// The parameters that CloudFormation defines. AWS: "Pseudo parameters reference".
const PSEUDO_PARAMETERS: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::NoValue",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// The result of the check of references.
#[derive(Debug, Default)]
pub(crate) struct CheckedReferences {
    /// The problems of `properties`.
    pub(crate) problems: Vec<Problem>,
    /// The errors of the overlay.
    pub(crate) errors: Vec<OverlayError>,
    /// The references of the overlay to names that may exist.
    pub(crate) overlay_warnings: Vec<OverlayError>,
    /// The references of `properties` to names that may exist.
    pub(crate) warnings: Vec<Message>,
}

/// Checks all references that a user wrote in `properties`, in `policy` and in the overlay; `names` are the names of the
/// template.
pub(crate) fn check_references(
    app: &App,
    overlay: &Overlay,
    names: &KnownNames<'_>,
) -> CheckedReferences {
    let mut checked = CheckedReferences::default();
    for entry in &overlay.entries {
        for reference in &entry.references {
            match names.check(&reference.target) {
                Some((message, true)) => {
                    checked.errors.push(OverlayError::new(&reference.at, message));
                }
                Some((message, false)) => {
                    checked.overlay_warnings.push(OverlayError::new(&reference.at, message));
                }
                None => {}
            }
        }
    }
    let functions = app.functions.iter().enumerate().map(|(index, function)| {
        let name = function.handler.as_str();
        (ItemIndex::Function(index), &function.properties, name, &function.origin)
    });
    let resources = app.resources.iter().enumerate().map(|(index, resource)| {
        let name = resource.ident.as_str();
        (ItemIndex::Resource(index), &resource.properties, name, &resource.origin)
    });
    let policies = app.resources.iter().enumerate().flat_map(|(index, resource)| {
        let name = resource.ident.as_str();
        let item = ItemIndex::Resource(index);
        resource.policy.iter().map(move |statement| (item, statement, name, &resource.origin))
    });
    for (item, properties, name, origin) in functions.chain(resources).chain(policies) {
        names.check_properties(properties, item, (name, origin), &mut checked);
    }
    checked
}

/// The names to which a template can refer.
pub(crate) struct KnownNames<'a> {
    /// The logical ids of all resources, each with its type if that is known.
    resources: BTreeMap<&'a str, Option<&'a str>>,
    parameters: BTreeSet<&'a str>,
    /// SAM's names of generated resources, such as `Order.Alias`, each with the logical id.
    sam_names: &'a HashMap<String, String>,
    /// The names of all conditions; `None` if a loop may define more.
    conditions: Option<BTreeSet<&'a str>>,
    /// The keys of each mapping, by the mapping's name; `None` if a loop may define more.
    mappings: Option<BTreeMap<&'a str, Vec<&'a str>>>,
    /// Whether no other resource and no other parameter can exist.
    is_complete: bool,
    /// Whether a loop or a macro of the overlay creates resources.
    has_loops: bool,
    /// The ids of the overlay's resources that SAM expands. The ids of the generated resources begin with them.
    expanded: Vec<&'a str>,
}

impl<'a> KnownNames<'a> {
    pub(crate) fn new(
        app: &'a App,
        stack: &'a Stack,
        overlay: &'a Overlay,
        ids: &'a Ids<'_>,
    ) -> Self {
        let mut resources: BTreeMap<&str, Option<&str>> =
            ids.resource_ids().map(|id| (id, None)).collect();
        resources.extend(stack.all_resources().map(|it| (it.id.as_str(), Some(it.kind))));
        let own = overlay.entries_of(Section::Resources);
        resources.extend(own.map(|entry| (entry.name.as_str(), entry.kind())));
        let declared = overlay.entries_of(Section::Parameters).map(|entry| entry.name.as_str());
        let parameters = app.parameters.iter().map(|parameter| parameter.name.as_str());
        let is_expanded =
            |kind: Option<&str>| kind.is_some_and(|it| it.starts_with(sam::TYPE_PREFIX));
        let own = overlay.entries_of(Section::Resources);
        let expanded: Vec<&str> =
            own.filter(|it| is_expanded(it.kind())).map(|it| it.name.as_str()).collect();
        let sam = Node::from(sam::TRANSFORM);
        let only_sam = overlay.transforms.iter().all(|transform| *transform == sam);
        Self {
            resources,
            parameters: parameters.chain(declared).collect(),
            sam_names: &stack.sam_names,
            conditions: names_of_section(overlay, Section::Conditions).map(|mut names| {
                let generated = stack.functions.iter().map(|it| &it.user_properties.conditions);
                names.extend(generated.flat_map(|it| it.iter().map(|(name, _)| name)));
                names
            }),
            mappings: mappings_with_keys(overlay),
            is_complete: only_sam && expanded.is_empty(),
            has_loops: overlay.may_have_more_resources(),
            expanded,
        }
    }

    /// Checks the references in the `properties` of an item; `owner` is the name of the item and its place. A name
    /// that occurs several times is reported once.
    fn check_properties(
        &self,
        properties: &Map,
        item: ItemIndex,
        (name, origin): (&str, &SourceLocation),
        checked: &mut CheckedReferences,
    ) {
        let mut seen = HashSet::new();
        for (_, value) in properties.iter() {
            for reference in collect_references(value) {
                let Some((message, is_certain)) = self.check(&reference.target) else { continue };
                if !seen.insert(reference.target.clone()) {
                    continue;
                }
                if is_certain {
                    let at = PlaceInItem::Property(reference.target.written_name().to_owned());
                    checked.problems.push(Problem { item, at, message });
                } else {
                    let message = messages::in_properties_of(&message, name, &origin.to_string());
                    checked.warnings.push(message);
                }
            }
        }
    }

    /// Returns the message about a reference to nothing, and whether it is certain that the template does not have
    /// the name. Returns `None` if the name exists.
    pub(crate) fn check(&self, target: &ReferenceTarget) -> Option<(Message, bool)> {
        match target {
            ReferenceTarget::Value(name) => self.check_value(name),
            ReferenceTarget::Resource(id) => self.check_resource(id),
            ReferenceTarget::Attribute { id, attribute } => {
                self.check_attribute(id, attribute.as_deref())
            }
            ReferenceTarget::Condition(name) => {
                let known = self.conditions.as_ref()?;
                let names: Vec<&str> = known.iter().copied().collect();
                (!known.contains(name.as_str()))
                    .then(|| (messages::unknown_condition(name, &names), true))
            }
            ReferenceTarget::Mapping { name, key } => self.check_mapping(name, key.as_deref()),
        }
    }

    /// Returns whether the template has a resource or a parameter of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parameters.contains(name) || self.resources.contains_key(name)
    }

    /// Returns the type of the resource with this logical id, if it is known.
    pub(crate) fn kind_of(&self, id: &str) -> Option<&'a str> {
        self.resources.get(id).copied().flatten()
    }

    fn check_value(&self, name: &str) -> Option<(Message, bool)> {
        let is_known = PSEUDO_PARAMETERS.contains(&name)
            || self.parameters.contains(name)
            || self.resources.contains_key(name)
            || self.sam_names.contains_key(name);
        if is_known || self.may_be_generated(name) {
            return None;
        }
        let known: Vec<&str> =
            self.parameters.iter().chain(self.resources.keys()).copied().collect();
        let known = [known.as_slice(), PSEUDO_PARAMETERS.as_slice()].concat();
        let is_certain = self.is_complete || name.starts_with("AWS::");
        Some((messages::reference_to_nothing(name, &known), is_certain))
    }

    fn check_resource(&self, id: &str) -> Option<(Message, bool)> {
        if self.resources.contains_key(id) || self.may_be_generated(id) {
            return None;
        }
        let known: Vec<&str> = self.resources.keys().copied().collect();
        Some((messages::reference_to_no_resource(id, &known), self.is_complete))
    }

    fn check_attribute(&self, id: &str, attribute: Option<&str>) -> Option<(Message, bool)> {
        let attribute = attribute?;
        // SAM's name of a generated resource may stand in place of a logical id.
        let (part, rest) = attribute.split_once('.').unwrap_or((attribute, ""));
        let (id, attribute) = match self.sam_names.get(&format!("{id}.{part}")) {
            Some(_) if rest.is_empty() => return None,
            Some(generated) => (generated.as_str(), rest),
            None => (id, attribute),
        };
        let Some(kind) = self.resources.get(id) else { return self.check_resource(id) };
        let kind = (*kind)?;
        let known = Shape::of_type(kind)?.attributes()?;
        (!known.contains(&attribute))
            .then(|| (messages::unknown_attribute(id, kind, attribute, &known), true))
    }

    fn check_mapping(&self, name: &str, key: Option<&str>) -> Option<(Message, bool)> {
        let mappings = self.mappings.as_ref()?;
        let Some(keys) = mappings.get(name) else {
            let known: Vec<&str> = mappings.keys().copied().collect();
            return Some((messages::unknown_mapping(name, &known), true));
        };
        let key = key.filter(|key| !keys.is_empty() && !keys.contains(key))?;
        Some((messages::unknown_mapping_key(name, key, keys), true))
    }

    /// Returns whether a loop, a macro or SAM may generate a resource with this id from the overlay.
    fn may_be_generated(&self, id: &str) -> bool {
        self.has_loops
            || self.expanded.iter().any(|it| id.starts_with(it))
            || !self.expanded.is_empty() && id.starts_with("Serverless")
    }
}

/// Returns the names of a section's entries in the overlay. Returns `None` if a loop or a macro may define more.
fn names_of_section(overlay: &Overlay, section: Section) -> Option<BTreeSet<&str>> {
    let names: BTreeSet<&str> = overlay.entries_of(section).map(|it| it.name.as_str()).collect();
    Some(names).filter(|names| names.iter().all(|name| !name.starts_with("Fn::")))
}

/// Returns the first keys of each mapping of the overlay. Returns `None` if a loop or a macro may define more.
fn mappings_with_keys(overlay: &Overlay) -> Option<BTreeMap<&str, Vec<&str>>> {
    names_of_section(overlay, Section::Mappings)?;
    let entries = overlay.entries_of(Section::Mappings).map(|entry| {
        let keys: Vec<&str> = match &entry.node {
            Node::Map(map) => map.iter().map(|(key, _)| key).collect(),
            _ => Vec::new(),
        };
        // A macro may add keys.
        let is_known = keys.iter().all(|key| !key.starts_with("Fn::"));
        (entry.name.as_str(), if is_known { keys } else { Vec::new() })
    });
    Some(entries.collect())
}
