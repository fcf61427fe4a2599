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
use skylift_model::{App, SourceLocation, environment, suggest};

use super::ids::Ids;
use crate::emit::sam;
use crate::messages;
use crate::overlay::{Overlay, OverlayError, Section};
use crate::reference::{
    Availability, ReferenceTarget, availability, collect_property_references, core_functions,
};
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

/// The beginning of the names of AWS's transforms. They define no functions but those of `AWS::LanguageExtensions`.
const AWS_TRANSFORM: &str = "AWS::";

/// The transform that adds functions to templates.
const LANGUAGE_EXTENSIONS: &str = "AWS::LanguageExtensions";

/// The type of the resources whose statements are in `policy`.
const POLICY_TYPE: &str = "AWS::IAM::Policy";

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
        // A loop stands in place of the entries of a section.
        let call = ReferenceTarget::Function(entry.name.clone());
        let references = entry.references.iter().map(|it| (&it.at, &it.target));
        for (at, target) in references.chain([(&entry.origin, &call)]) {
            match names.check(target) {
                Some((message, true)) => checked.errors.push(OverlayError::new(at, message)),
                Some((message, false)) => {
                    checked.overlay_warnings.push(OverlayError::new(at, message));
                }
                None => {}
            }
        }
    }
    let functions = app.functions.iter().enumerate().map(|(index, function)| {
        let name = function.handler.as_str();
        let kind = sam::FUNCTION_TYPE;
        (ItemIndex::Function(index), kind, &function.properties, name, &function.origin)
    });
    let resources = app.resources.iter().enumerate().map(|(index, resource)| {
        let name = resource.ident.as_str();
        let kind = resource.kind().cloudformation_types()[0];
        (ItemIndex::Resource(index), kind, &resource.properties, name, &resource.origin)
    });
    let policies = app.resources.iter().enumerate().flat_map(|(index, resource)| {
        let name = resource.ident.as_str();
        let (item, kind) = (ItemIndex::Resource(index), POLICY_TYPE);
        let statements = resource.policy.iter().chain(&resource.stream_policy);
        statements.map(move |statement| (item, kind, statement, name, &resource.origin))
    });
    for (item, kind, properties, name, origin) in functions.chain(resources).chain(policies) {
        names.check_properties((kind, properties), item, (name, origin), &mut checked);
    }
    checked
}

/// The names to which a template can refer.
#[expect(clippy::struct_excessive_bools, reason = "each is about another part of the overlay")]
pub(crate) struct KnownNames<'a> {
    /// The logical ids of all resources, each with its type if that is known.
    resources: BTreeMap<&'a str, Option<&'a str>>,
    parameters: BTreeSet<&'a str>,
    /// SAM's names of generated resources, such as `Order.Alias`, each with the logical id.
    sam_names: &'a HashMap<String, String>,
    /// The names of all conditions; `None` if a loop may define more.
    conditions: Option<BTreeSet<&'a str>>,
    /// The content of each mapping, by the mapping's name; `None` if a loop may define more.
    mappings: Option<BTreeMap<&'a str, MappingKeys<'a>>>,
    /// The names that the user chose: those of items, of parameters and of the overlay. The others are generated.
    chosen: BTreeSet<&'a str>,
    /// Whether the overlay has a transform that is not AWS's, which may replace any part of the template.
    has_macro: bool,
    /// Whether the overlay has the transform `AWS::LanguageExtensions`.
    has_extensions: bool,
    /// Whether no other resource and no other parameter can exist.
    is_complete: bool,
    /// Whether a loop or a macro of the overlay creates resources.
    has_loops: bool,
    /// The ids of the overlay's resources that SAM expands. The ids of the generated resources begin with them.
    expanded: Vec<&'a str>,
}

/// The first keys of a mapping, each with its second keys. Both are empty if a macro may add some.
type MappingKeys<'a> = BTreeMap<&'a str, Vec<&'a str>>;

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
        let environment = app.environment_names().next().map(|_| environment::PARAMETER);
        let is_expanded =
            |kind: Option<&str>| kind.is_some_and(|it| it.starts_with(sam::TYPE_PREFIX));
        let own = overlay.entries_of(Section::Resources);
        let expanded: Vec<&str> =
            own.filter(|it| is_expanded(it.kind())).map(|it| it.name.as_str()).collect();
        let sam = Node::from(sam::TRANSFORM);
        let only_sam = overlay.transforms.iter().all(|transform| *transform == sam);
        let transforms: Vec<&str> = overlay.transforms.iter().filter_map(transform_name).collect();
        let functions = app.functions.iter().map(|function| function.id.as_str());
        let declared_here = app.resources.iter().map(|resource| resource.id.as_str());
        let of_overlay = overlay.entries_of(Section::Resources).map(|entry| entry.name.as_str());
        Self {
            chosen: functions.chain(declared_here).chain(of_overlay).collect(),
            has_macro: !transforms.iter().all(|name| name.starts_with(AWS_TRANSFORM)),
            has_extensions: transforms.contains(&LANGUAGE_EXTENSIONS),
            resources,
            parameters: parameters.chain(declared).chain(environment).collect(),
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

    /// Checks the references in the `properties` of an item; `kind` is the type of its resource, `name` and `origin` are
    /// the name of the item and its place. A name that occurs several times is reported once.
    fn check_properties(
        &self,
        (kind, properties): (&str, &Map),
        item: ItemIndex,
        (name, origin): (&str, &SourceLocation),
        checked: &mut CheckedReferences,
    ) {
        let mut seen = HashSet::new();
        for (key, value) in properties.iter() {
            for reference in collect_property_references(kind, key, value) {
                let Some((message, is_certain)) = self.check(&reference.target) else { continue };
                if !seen.insert(reference.target.clone()) {
                    continue;
                }
                if is_certain {
                    let at = PlaceInItem::Property(self.wrong_name(&reference.target));
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
            ReferenceTarget::Mapping { name, key, second_key } => {
                self.check_mapping(name, key.as_deref(), second_key.as_deref())
            }
            ReferenceTarget::Function(name) => self.check_function(name),
            ReferenceTarget::PlainText { text, name, is_certain } => {
                let message = messages::reference_in_plain_text(name, text);
                self.resolves(name).then_some((message, *is_certain && !self.has_macro))
            }
        }
    }

    /// Returns the part of a wrong reference that is wrong, as it is found in the source.
    fn wrong_name(&self, target: &ReferenceTarget) -> String {
        match target {
            ReferenceTarget::Attribute { id, attribute: Some(attribute) }
                if self.resources.contains_key(id.as_str()) =>
            {
                format!("{id}.{attribute}")
            }
            ReferenceTarget::Mapping { name, key, second_key } => {
                let keys = self.mappings.as_ref().and_then(|it| it.get(name.as_str()));
                let is_known = |key: &&String| keys.is_some_and(|it| it.contains_key(key.as_str()));
                let wrong = match (keys, key) {
                    (None, _) => Some(name),
                    (Some(_), Some(key)) if !is_known(&key) => Some(key),
                    _ => second_key.as_ref(),
                };
                wrong.unwrap_or(name).clone()
            }
            _ => target.written_name().to_owned(),
        }
    }

    /// Checks that CloudFormation has the function that a key calls.
    fn check_function(&self, name: &str) -> Option<(Message, bool)> {
        match availability(name)? {
            Availability::Always => None,
            Availability::LanguageExtensions if self.has_extensions => None,
            Availability::LanguageExtensions => {
                let message = messages::function_of_transform(name, LANGUAGE_EXTENSIONS);
                Some((message, !self.has_macro))
            }
            Availability::Unknown if self.has_macro => None,
            Availability::Unknown => {
                let known = core_functions();
                let near = suggest::nearest(name, known.iter().map(String::as_str));
                Some((messages::unknown_long_function(name, near), near.is_some()))
            }
        }
    }

    /// Returns whether `Ref` accepts the name: it is that of a resource, of a parameter or of a pseudo parameter.
    pub(crate) fn resolves(&self, name: &str) -> bool {
        PSEUDO_PARAMETERS.contains(&name)
            || self.parameters.contains(name)
            || self.resources.contains_key(name)
    }

    /// Returns the type of the resource with this logical id, if it is known.
    pub(crate) fn kind_of(&self, id: &str) -> Option<&'a str> {
        self.resources.get(id).copied().flatten()
    }

    fn check_value(&self, name: &str) -> Option<(Message, bool)> {
        let is_known = self.resolves(name) || self.sam_names.contains_key(name);
        if is_known || self.may_be_generated(name) {
            return None;
        }
        let parameters: Vec<&str> = self.parameters.iter().copied().collect();
        let known = [self.similar_resources(name), parameters, PSEUDO_PARAMETERS.to_vec()].concat();
        let is_certain = self.is_complete || name.starts_with("AWS::");
        Some((messages::reference_to_nothing(name, &known), is_certain))
    }

    fn check_resource(&self, id: &str) -> Option<(Message, bool)> {
        if self.resources.contains_key(id) || self.may_be_generated(id) {
            return None;
        }
        let known = self.similar_resources(id);
        Some((messages::reference_to_no_resource(id, &known), self.is_complete))
    }

    /// Returns the ids of the resources that `name` may mean. A generated resource, such as the log group `TakeLogs`,
    /// is meant only if the name begins like its id.
    fn similar_resources(&self, name: &str) -> Vec<&'a str> {
        let start = |it: &str| it.chars().next().map(|first| first.to_ascii_lowercase());
        let ids = self.resources.keys().copied();
        ids.filter(|id| self.chosen.contains(id) || start(id) == start(name)).collect()
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

    fn check_mapping(
        &self,
        name: &str,
        key: Option<&str>,
        second_key: Option<&str>,
    ) -> Option<(Message, bool)> {
        let mappings = self.mappings.as_ref()?;
        let Some(keys) = mappings.get(name) else {
            let known: Vec<&str> = mappings.keys().copied().collect();
            return Some((messages::unknown_mapping(name, &known), true));
        };
        let key = key.filter(|_| !keys.is_empty());
        if let Some(key) = key.filter(|key| !keys.contains_key(key)) {
            let known: Vec<&str> = keys.keys().copied().collect();
            return Some((messages::unknown_mapping_key(name, key, &known), true));
        }
        // Without a literal first key, the second one has to be in one of all.
        let own = key.and_then(|key| keys.get(key)).map(Vec::as_slice);
        let lists: Vec<&[&str]> =
            own.map_or_else(|| keys.values().map(Vec::as_slice).collect(), |it| vec![it]);
        let is_open = lists.is_empty() || lists.iter().any(|keys| keys.is_empty());
        let known: BTreeSet<&str> = lists.concat().into_iter().collect();
        let second_key = second_key.filter(|it| !is_open && !known.contains(it))?;
        let known: Vec<&str> = known.into_iter().collect();
        let owner = key.map_or_else(|| name.to_owned(), |key| format!("{name}.{key}"));
        Some((messages::unknown_mapping_key(&owner, second_key, &known), true))
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

/// Returns the keys of each mapping of the overlay. Returns `None` if a loop or a macro may define more mappings.
fn mappings_with_keys(overlay: &Overlay) -> Option<BTreeMap<&str, MappingKeys<'_>>> {
    names_of_section(overlay, Section::Mappings)?;
    let entries = overlay.entries_of(Section::Mappings).map(|entry| {
        let first = known_keys(&entry.node);
        let keys = first.iter().map(|(key, node)| {
            let second = known_keys(node).into_iter().map(|(key, _)| key).collect();
            (*key, second)
        });
        (entry.name.as_str(), keys.collect())
    });
    Some(entries.collect())
}

/// Returns the entries of a map of a mapping, and none if a macro may add some.
fn known_keys(node: &Node) -> Vec<(&str, &Node)> {
    match node {
        Node::Map(map) if map.iter().all(|(key, _)| !key.starts_with("Fn::")) => {
            map.iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the name of a transform, which may have parameters beside it.
fn transform_name(transform: &Node) -> Option<&str> {
    match transform {
        Node::Str(name) => Some(name),
        Node::Map(map) => map.get("Name").and_then(transform_name),
        _ => None,
    }
}
