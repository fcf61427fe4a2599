//! Reads the sections of an overlay. It takes the tree of an overlay's file, and returns the entries by section and
//! an error for everything that CloudFormation does not know.

use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::Node;
use skylift_model::aws::shape::Shape;
use skylift_model::message::Message;

use super::error::OverlayErrors;
use super::tree::{Position, YamlKey, YamlNode, YamlValue};
use super::{Overlay, OverlayEntry, parameters, properties, values};
use crate::messages;
use crate::reference::{self, Reference};

/// The only version of CloudFormation's template format.
const VERSION: &str = "2010-09-09";

/// The call of a CloudFormation macro, which generates entries when the stack is deployed. It may replace a name
/// anywhere in a template.
const TRANSFORM: &str = "Fn::Transform";

/// The prefix of a loop of `AWS::LanguageExtensions`. A loop may replace the name of an entry.
const LOOP: &str = "Fn::ForEach::";

macro_rules! sections {
    ($($Section:ident,)*) => {
        /// A section of a template that has named entries. The variants are in the order of a template.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Section {
            $($Section,)*
        }

        impl Section {
            const ALL: &[Self] = &[$(Self::$Section,)*];

            /// Returns the section's name in a template, such as `Resources`.
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Section => stringify!($Section),)*
                }
            }
        }
    };
}

sections! {
    Metadata,
    Globals,
    Parameters,
    Rules,
    Mappings,
    Conditions,
    Hooks,
    Resources,
    Outputs,
}

/// The keys of an entry of a section.
struct EntryKeys {
    /// The keys that CloudFormation accepts.
    known: &'static [&'static str],
    /// The key that CloudFormation requires.
    required: &'static str,
}

impl Section {
    /// Returns the word for an entry of the section, such as `resource`. Messages use it.
    pub(crate) const fn entry_word(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Globals => "globals",
            Self::Parameters => "parameter",
            Self::Rules => "rule",
            Self::Mappings => "mapping",
            Self::Conditions => "condition",
            Self::Hooks => "hook",
            Self::Resources => "resource",
            Self::Outputs => "output",
        }
    }

    /// Returns the references in an entry of the section.
    fn collect_references(self, entry: &YamlNode) -> Vec<Reference<Position>> {
        match self {
            Self::Resources => reference::collect_resource_references(entry),
            Self::Outputs => reference::collect_output_references(entry),
            Self::Conditions => reference::collect_condition_references(entry),
            Self::Globals => reference::collect_references(entry),
            // Nothing in these sections refers to resources.
            Self::Metadata | Self::Parameters | Self::Rules | Self::Mappings | Self::Hooks => {
                Vec::new()
            }
        }
    }

    /// Returns whether entries of two sections must not have the same name. This is so within
    /// one section, and between parameters and resources, because `Ref` accepts both.
    fn shares_names(self, other: Self) -> bool {
        let by_ref = |it| matches!(it, Self::Parameters | Self::Resources);
        self == other || by_ref(self) && by_ref(other)
    }

    /// Returns the keys of an entry of the section. Returns `None` if CloudFormation does not restrict the keys.
    const fn entry_keys(self) -> Option<EntryKeys> {
        match self {
            Self::Resources => Some(EntryKeys {
                known: &[
                    "Type",
                    "Properties",
                    "DependsOn",
                    "Condition",
                    "Metadata",
                    "DeletionPolicy",
                    "UpdateReplacePolicy",
                    "CreationPolicy",
                    "UpdatePolicy",
                    "Version",
                    "Connectors",
                    "IgnoreGlobals",
                ],
                required: "Type",
            }),
            Self::Parameters => Some(EntryKeys {
                known: &[
                    "Type",
                    "Default",
                    "Description",
                    "AllowedPattern",
                    "AllowedValues",
                    "ConstraintDescription",
                    "MaxLength",
                    "MaxValue",
                    "MinLength",
                    "MinValue",
                    "NoEcho",
                ],
                required: "Type",
            }),
            Self::Outputs => Some(EntryKeys {
                known: &["Value", "Description", "Export", "Condition"],
                required: "Value",
            }),
            Self::Rules => {
                Some(EntryKeys { known: &["Assertions", "RuleCondition"], required: "Assertions" })
            }
            Self::Metadata | Self::Globals | Self::Mappings | Self::Conditions | Self::Hooks => {
                None
            }
        }
    }
}

/// Adds the sections of an overlay's file to `overlay`, and records what CloudFormation would not accept.
pub(super) fn read_sections(yaml: YamlNode, overlay: &mut Overlay, errors: &mut OverlayErrors) {
    let Some(sections) = expect_map(yaml, messages::template_not_a_map, errors) else {
        return;
    };
    for (key, value) in sections {
        match key.text.as_str() {
            "AWSTemplateFormatVersion" => check_version(&value, errors),
            "Description" => read_description(&key, value, overlay, errors),
            "Transform" => read_transforms(value, overlay, errors),
            name => match Section::ALL.iter().find(|section| section.as_str() == name) {
                Some(section) => read_entries(*section, value, overlay, errors),
                None => report_unknown_section(&key, errors),
            },
        }
    }
}

/// Records that an overlay has a section which CloudFormation does not know.
fn report_unknown_section(key: &YamlKey, errors: &mut OverlayErrors) {
    let others = ["AWSTemplateFormatVersion", "Description", "Transform"];
    let known: Vec<&str> = Section::ALL.iter().map(|it| it.as_str()).chain(others).collect();
    errors.push(key.at, messages::unknown_section(&key.text, &known));
}

/// Records an `AWSTemplateFormatVersion` of an overlay that is not [`VERSION`].
fn check_version(value: &YamlNode, errors: &mut OverlayErrors) {
    if !matches!(&value.value, YamlValue::Scalar(Node::Str(version)) if version == VERSION) {
        errors.push(value.at, messages::wrong_template_format_version(VERSION));
    }
}

/// Reads the `Description` of an overlay's file, and records a second one.
fn read_description(
    key: &YamlKey,
    value: YamlNode,
    overlay: &mut Overlay,
    errors: &mut OverlayErrors,
) {
    let YamlValue::Scalar(Node::Str(text)) = value.value else {
        errors.push(value.at, messages::description_not_text(&value.describe()));
        return;
    };
    if let Some((_, other)) = &overlay.description {
        errors.push(key.at, messages::second_description(other));
        return;
    }
    overlay.description = Some((text, errors.locate(key.at)));
}

/// Adds the transforms of an overlay's file to `overlay`, each of them once.
fn read_transforms(value: YamlNode, overlay: &mut Overlay, errors: &mut OverlayErrors) {
    let transforms = match value.value {
        YamlValue::Seq(items) => items,
        _ => vec![value],
    };
    for transform in transforms {
        let named = match &transform.value {
            YamlValue::Scalar(Node::Str(_)) => true,
            YamlValue::Map(entries) => entries.iter().any(|(key, _)| key.text == "Name"),
            _ => false,
        };
        if !named {
            errors.push(transform.at, messages::transform_not_named(&transform.describe()));
            continue;
        }
        let node = transform.into_node();
        if !overlay.transforms.contains(&node) {
            overlay.transforms.push(node);
        }
    }
}

/// Adds the entries of a section to `overlay`, apart from those with an error.
fn read_entries(
    section: Section,
    value: YamlNode,
    overlay: &mut Overlay,
    errors: &mut OverlayErrors,
) {
    let not_a_map = |found: &str| messages::section_not_a_map(section.as_str(), found);
    let Some(entries) = expect_map(value, not_a_map, errors) else { return };
    for (key, value) in entries {
        let name = &key.text;
        let is_transform = name == TRANSFORM || name.starts_with(LOOP);
        if !is_transform {
            let before = errors.len();
            check_name(section, &key, errors);
            check_entry(section, &key, &value, errors);
            match section {
                Section::Globals => properties::check_globals(&key, &value, errors),
                Section::Resources => {
                    properties::check_resource(&value, &mut overlay.warnings, errors);
                }
                _ => {}
            }
            if errors.len() > before {
                continue;
            }
        }
        let origin = errors.locate(key.at);
        let other = overlay
            .entries
            .iter()
            .find(|other| other.section.shares_names(section) && other.name == *name);
        if let Some(other) = other {
            let (entry, other_entry) = (section.entry_word(), other.section.entry_word());
            let message = messages::entry_name_taken(entry, name, other_entry, &other.origin);
            errors.push(key.at, message);
            continue;
        }
        let references = if is_transform { Vec::new() } else { section.collect_references(&value) };
        let references = references
            .into_iter()
            .map(|Reference { at, target }| Reference { at: errors.locate(at), target });
        overlay.entries.push(OverlayEntry {
            section,
            references: references.collect(),
            name: key.text,
            node: value.into_node(),
            origin,
        });
    }
}

/// Checks that CloudFormation, or SAM in `Globals`, accepts the name of an overlay's entry.
fn check_name(section: Section, key: &YamlKey, errors: &mut OverlayErrors) {
    let (name, entry) = (&key.text, section.entry_word());
    match section {
        Section::Globals if name == "Function" => {
            errors.push(key.at, messages::globals_of_functions());
        }
        Section::Globals if Shape::of_globals(name).is_none() => {
            let mut known = Shape::globals_sections();
            known.retain(|name| *name != "Function");
            errors.push(key.at, messages::unknown_global(name, &known));
        }
        Section::Globals | Section::Metadata => {}
        _ => {
            if let Err(error) = LogicalId::try_from(name.as_str()) {
                errors.push(key.at, messages::entry_name_invalid(entry, error));
            }
        }
    }
}

/// Checks that an overlay's entry is a map where it must be one, has only known keys, and has the required key.
fn check_entry(section: Section, key: &YamlKey, value: &YamlNode, errors: &mut OverlayErrors) {
    let (name, entry) = (&key.text, section.entry_word());
    let is_map = matches!(value.value, YamlValue::Map(_));
    let takes_a_map = match section {
        Section::Metadata => false,
        // An intrinsic function in its short form is also a map.
        Section::Conditions => !matches!(value.value, YamlValue::Tag(..)),
        _ => true,
    };
    if takes_a_map && !is_map {
        let found = value.describe();
        let message = match section {
            Section::Conditions => messages::condition_not_a_map(name, &found),
            _ => messages::entry_not_a_map(entry, name, &found),
        };
        errors.push(value.at, message);
        return;
    }
    let (YamlValue::Map(entries), Some(EntryKeys { known, required })) =
        (&value.value, section.entry_keys())
    else {
        return;
    };
    for (key, _) in entries.iter().filter(|(key, _)| key.text != TRANSFORM) {
        if !known.contains(&key.text.as_str()) {
            errors.push(key.at, messages::unknown_entry_key(&key.text, entry, name, known));
        }
    }
    let given = |wanted: &str| entries.iter().find(|(key, _)| key.text == wanted);
    let has_transform = given(TRANSFORM).is_some();
    match given(required) {
        None if !has_transform => {
            errors.push(key.at, messages::entry_key_missing(entry, name, required));
        }
        Some((_, kind)) if section == Section::Resources => values::check_type(kind, errors),
        _ => {}
    }
    match section {
        Section::Resources => values::check_resource_values(entries, errors),
        Section::Parameters => parameters::check_parameter(entries, errors),
        _ => {}
    }
}

/// Returns the entries of a map. Returns `None` for any other value, after recording `message`, which gets a
/// description of the value.
fn expect_map(
    yaml: YamlNode,
    message: impl FnOnce(&str) -> Message,
    errors: &mut OverlayErrors,
) -> Option<Vec<(YamlKey, YamlNode)>> {
    let (at, found): (Position, String) = (yaml.at, yaml.describe());
    if let YamlValue::Map(entries) = yaml.value {
        return Some(entries);
    }
    errors.push(at, message(&found));
    None
}
