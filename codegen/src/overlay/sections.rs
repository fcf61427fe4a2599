//! Reads the sections of an overlay. It takes the tree of a file, and returns its entries by section and an error
//! for everything that CloudFormation does not know. It does not check the properties of resources: cfn-lint and
//! CloudFormation do.

use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::Node;
use skylift_model::suggest;

use super::error::OverlayErrors;
use super::tree::{Position, YamlKey, YamlNode, YamlValue};
use super::{Overlay, OverlayEntry};

/// The only version of the template format.
const VERSION: &str = "2010-09-09";

/// A macro that generates entries when the stack is deployed. It may be anywhere instead of a name.
const TRANSFORM: &str = "Fn::Transform";

/// The prefix of a loop of `AWS::LanguageExtensions`, which may be used instead of a name.
const LOOP: &str = "Fn::ForEach::";

macro_rules! sections {
    ($($Section:ident,)*) => {
        /// A section with named entries, in the order of a template.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Section {
            $($Section,)*
        }

        impl Section {
            const ALL: &[Self] = &[$(Self::$Section,)*];

            /// Returns its name.
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

impl Section {
    /// Returns the word for one of its entries, for messages.
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

    /// Returns whether names must be unique across both sections: `Ref` accepts parameters and resources.
    fn shares_names(self, other: Self) -> bool {
        let by_ref = |it| matches!(it, Self::Parameters | Self::Resources);
        self == other || by_ref(self) && by_ref(other)
    }

    /// Returns the valid keys of its entries, if they are known, and the required key.
    const fn keys(self) -> Option<(&'static [&'static str], Option<&'static str>)> {
        match self {
            Self::Resources => Some((
                &[
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
                Some("Type"),
            )),
            Self::Parameters => Some((
                &[
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
                Some("Type"),
            )),
            Self::Outputs => {
                Some((&["Value", "Description", "Export", "Condition"], Some("Value")))
            }
            Self::Rules => Some((&["Assertions", "RuleCondition"], Some("Assertions"))),
            Self::Metadata | Self::Globals | Self::Mappings | Self::Conditions | Self::Hooks => {
                None
            }
        }
    }
}

/// The keys that SAM accepts under `Globals`, apart from `Function`.
const GLOBALS: [&str; 9] = [
    "Api",
    "CapacityProvider",
    "HttpApi",
    "LayerVersion",
    "MicroVMImage",
    "NetworkConnector",
    "SimpleTable",
    "StateMachine",
    "WebSocketApi",
];

/// Adds the entries of a file to `overlay`.
pub(super) fn read_sections(yaml: YamlNode, overlay: &mut Overlay, errors: &mut OverlayErrors) {
    let Some(sections) = expect_map(yaml, "a template is a map of sections", errors) else {
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

fn report_unknown_section(key: &YamlKey, errors: &mut OverlayErrors) {
    let others = ["AWSTemplateFormatVersion", "Description", "Transform"];
    let known = || Section::ALL.iter().map(|it| it.as_str()).chain(others);
    let name = &key.text;
    let error = errors.push(key.at, format!("CloudFormation knows no section `{name}`"));
    error.help(match suggest::nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a template has {}", suggest::list(known())),
    });
}

fn check_version(value: &YamlNode, errors: &mut OverlayErrors) {
    if !matches!(&value.value, YamlValue::Scalar(Node::Str(version)) if version == VERSION) {
        let message = format!("the version of the format is `{VERSION}`");
        errors.push(value.at, message).help("leave it out: Skylift writes it");
    }
}

fn read_description(
    key: &YamlKey,
    value: YamlNode,
    overlay: &mut Overlay,
    errors: &mut OverlayErrors,
) {
    let YamlValue::Scalar(Node::Str(text)) = value.value else {
        let found = value.describe();
        errors.push(value.at, format!("a description is text, found {found}"));
        return;
    };
    if let Some((_, other)) = &overlay.description {
        errors.push(key.at, format!("the overlay at {other} has a description already"));
        return;
    }
    overlay.description = Some((text, errors.origin(key.at)));
}

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
            let found = transform.describe();
            errors
                .push(transform.at, format!("expected the name of a transform, found {found}"))
                .help("write `Transform: AWS::LanguageExtensions`");
            continue;
        }
        let node = transform.into_node();
        if !overlay.transforms.contains(&node) {
            overlay.transforms.push(node);
        }
    }
}

fn read_entries(
    section: Section,
    value: YamlNode,
    overlay: &mut Overlay,
    errors: &mut OverlayErrors,
) {
    let what = format!("`{}` is a map", section.as_str());
    let Some(entries) = expect_map(value, &what, errors) else { return };
    for (key, value) in entries {
        let name = &key.text;
        let made = name == TRANSFORM || name.starts_with(LOOP);
        if !made {
            let before = errors.len();
            check_name(section, &key, errors);
            check_entry(section, &key, &value, errors);
            if errors.len() > before {
                continue;
            }
        }
        let origin = errors.origin(key.at);
        let other = overlay
            .entries
            .iter()
            .find(|other| other.section.shares_names(section) && other.name == *name);
        if let Some(other) = other {
            let (entry, what) = (section.entry_word(), other.section.entry_word());
            let message =
                format!("{entry} `{name}` has the name of the {what} at {}", other.origin);
            errors.push(key.at, message).help("rename one of them, and what refers to it");
            continue;
        }
        overlay.entries.push(OverlayEntry {
            section,
            name: key.text,
            node: value.into_node(),
            origin,
        });
    }
}

/// Checks that CloudFormation, or SAM, accepts the name in this section.
fn check_name(section: Section, key: &YamlKey, errors: &mut OverlayErrors) {
    let (name, entry) = (&key.text, section.entry_word());
    match section {
        Section::Globals if name == "Function" => {
            errors
                .push(key.at, "`Globals` of functions would change those of this package unseen")
                .help("for all functions, use `[package.metadata.skylift]`; for those of the overlay, set it on them");
        }
        Section::Globals if !GLOBALS.contains(&name.as_str()) => {
            let error = errors.push(key.at, format!("SAM knows no `{name}` in `Globals`"));
            error.help(match suggest::nearest(name, GLOBALS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it takes {}", suggest::list(GLOBALS)),
            });
        }
        Section::Globals | Section::Metadata => {}
        _ => {
            if let Err(error) = LogicalId::try_from(name.as_str()) {
                errors.push(key.at, format!("{entry} {error}"));
            }
        }
    }
}

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
        let error = errors.push(value.at, format!("{entry} `{name}` is a map, found {found}"));
        if section == Section::Conditions {
            error.help(format!("write a function: `{name}: !Equals [!Ref Stage, prod]`"));
        }
        return;
    }
    let (YamlValue::Map(entries), Some((known, wanted))) = (&value.value, section.keys()) else {
        return;
    };
    for (key, _) in entries.iter().filter(|(key, _)| key.text != TRANSFORM) {
        if !known.contains(&key.text.as_str()) {
            let other = &key.text;
            let error = errors
                .push(key.at, format!("CloudFormation knows no `{other}` in {entry} `{name}`"));
            error.help(match suggest::nearest(other, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if section == Section::Resources => {
                    "what a resource is made with stands under `Properties`".to_owned()
                }
                None => format!("a {entry} has {}", suggest::list(known.iter().copied())),
            });
        }
    }
    let given = |wanted: &str| entries.iter().find(|(key, _)| key.text == wanted);
    let made = given(TRANSFORM).is_some();
    match wanted.map(|wanted| (wanted, given(wanted))) {
        Some((wanted, None)) if !made => {
            errors.push(key.at, format!("{entry} `{name}` has no `{wanted}`"));
        }
        Some(("Type", Some((_, kind)))) => check_type(section, kind, errors),
        _ => {}
    }
}

fn check_type(section: Section, kind: &YamlNode, errors: &mut OverlayErrors) {
    let YamlValue::Scalar(Node::Str(text)) = &kind.value else {
        errors.push(kind.at, format!("`Type` is text, found {}", kind.describe()));
        return;
    };
    if section == Section::Resources && !text.contains("::") {
        errors
            .push(kind.at, format!("`{text}` is not the type of a resource"))
            .help("types are named as in `AWS::S3::Bucket`");
    }
}

fn expect_map(
    yaml: YamlNode,
    what: &str,
    errors: &mut OverlayErrors,
) -> Option<Vec<(YamlKey, YamlNode)>> {
    let (at, found): (Position, String) = (yaml.at, yaml.describe());
    if let YamlValue::Map(entries) = yaml.value {
        return Some(entries);
    }
    errors.push(at, format!("{what}, found {found}"));
    None
}
