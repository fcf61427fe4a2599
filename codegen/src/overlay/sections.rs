//! Reads the sections of an overlay. It takes the tree of a file, and returns its entries by section and an error
//! for everything that CloudFormation does not know. It does not check the properties of resources: cfn-lint and
//! CloudFormation do.

use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::Node;
use skylift_model::suggest;

use super::mistake::Mistakes;
use super::tree::{Key, Position, Value, Yaml};
use super::{Entry, Overlay};

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
    pub(crate) const fn entry(self) -> &'static str {
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
pub(super) fn read(yaml: Yaml, overlay: &mut Overlay, mistakes: &mut Mistakes) {
    let Some(sections) = map(yaml, "a template is a map of sections", mistakes) else { return };
    for (key, value) in sections {
        match key.text.as_str() {
            "AWSTemplateFormatVersion" => version(&value, mistakes),
            "Description" => description(&key, value, overlay, mistakes),
            "Transform" => transform(value, overlay, mistakes),
            name => match Section::ALL.iter().find(|section| section.as_str() == name) {
                Some(section) => entries(*section, value, overlay, mistakes),
                None => unknown_section(&key, mistakes),
            },
        }
    }
}

fn unknown_section(key: &Key, mistakes: &mut Mistakes) {
    let others = ["AWSTemplateFormatVersion", "Description", "Transform"];
    let known = || Section::ALL.iter().map(|it| it.as_str()).chain(others);
    let name = &key.text;
    let mistake = mistakes.push(key.at, format!("CloudFormation knows no section `{name}`"));
    mistake.help(match suggest::nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a template has {}", suggest::list(known())),
    });
}

fn version(value: &Yaml, mistakes: &mut Mistakes) {
    if !matches!(&value.value, Value::Scalar(Node::Str(version)) if version == VERSION) {
        let message = format!("the version of the format is `{VERSION}`");
        mistakes.push(value.at, message).help("leave it out: Skylift writes it");
    }
}

fn description(key: &Key, value: Yaml, overlay: &mut Overlay, mistakes: &mut Mistakes) {
    let Value::Scalar(Node::Str(text)) = value.value else {
        let found = value.describe();
        mistakes.push(value.at, format!("a description is text, found {found}"));
        return;
    };
    if let Some((_, other)) = &overlay.description {
        mistakes.push(key.at, format!("the overlay at {other} has a description already"));
        return;
    }
    overlay.description = Some((text, mistakes.origin(key.at)));
}

fn transform(value: Yaml, overlay: &mut Overlay, mistakes: &mut Mistakes) {
    let transforms = match value.value {
        Value::Seq(items) => items,
        _ => vec![value],
    };
    for transform in transforms {
        let named = match &transform.value {
            Value::Scalar(Node::Str(_)) => true,
            Value::Map(entries) => entries.iter().any(|(key, _)| key.text == "Name"),
            _ => false,
        };
        if !named {
            let found = transform.describe();
            mistakes
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

fn entries(section: Section, value: Yaml, overlay: &mut Overlay, mistakes: &mut Mistakes) {
    let what = format!("`{}` is a map", section.as_str());
    let Some(entries) = map(value, &what, mistakes) else { return };
    for (key, value) in entries {
        let name = &key.text;
        let made = name == TRANSFORM || name.starts_with(LOOP);
        if !made {
            let before = mistakes.len();
            check_name(section, &key, mistakes);
            check(section, &key, &value, mistakes);
            if mistakes.len() > before {
                continue;
            }
        }
        let origin = mistakes.origin(key.at);
        let other = overlay
            .entries
            .iter()
            .find(|other| other.section.shares_names(section) && other.name == *name);
        if let Some(other) = other {
            let (entry, what) = (section.entry(), other.section.entry());
            let message =
                format!("{entry} `{name}` has the name of the {what} at {}", other.origin);
            mistakes.push(key.at, message).help("rename one of them, and what refers to it");
            continue;
        }
        overlay.entries.push(Entry { section, name: key.text, node: value.into_node(), origin });
    }
}

/// Checks that CloudFormation, or SAM, accepts the name in this section.
fn check_name(section: Section, key: &Key, mistakes: &mut Mistakes) {
    let (name, entry) = (&key.text, section.entry());
    match section {
        Section::Globals if name == "Function" => {
            mistakes
                .push(key.at, "`Globals` of functions would change those of this package unseen")
                .help("for all functions, use `[package.metadata.skylift]`; for those of the overlay, set it on them");
        }
        Section::Globals if !GLOBALS.contains(&name.as_str()) => {
            let mistake = mistakes.push(key.at, format!("SAM knows no `{name}` in `Globals`"));
            mistake.help(match suggest::nearest(name, GLOBALS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it takes {}", suggest::list(GLOBALS)),
            });
        }
        Section::Globals | Section::Metadata => {}
        _ => {
            if let Err(error) = LogicalId::try_from(name.as_str()) {
                mistakes.push(key.at, format!("{entry} {error}"));
            }
        }
    }
}

fn check(section: Section, key: &Key, value: &Yaml, mistakes: &mut Mistakes) {
    let (name, entry) = (&key.text, section.entry());
    let is_map = matches!(value.value, Value::Map(_));
    let takes_a_map = match section {
        Section::Metadata => false,
        // An intrinsic function in its short form is also a map.
        Section::Conditions => !matches!(value.value, Value::Tag(..)),
        _ => true,
    };
    if takes_a_map && !is_map {
        let found = value.describe();
        let mistake = mistakes.push(value.at, format!("{entry} `{name}` is a map, found {found}"));
        if section == Section::Conditions {
            mistake.help(format!("write a function: `{name}: !Equals [!Ref Stage, prod]`"));
        }
        return;
    }
    let (Value::Map(entries), Some((known, wanted))) = (&value.value, section.keys()) else {
        return;
    };
    for (key, _) in entries.iter().filter(|(key, _)| key.text != TRANSFORM) {
        if !known.contains(&key.text.as_str()) {
            let other = &key.text;
            let mistake = mistakes
                .push(key.at, format!("CloudFormation knows no `{other}` in {entry} `{name}`"));
            mistake.help(match suggest::nearest(other, known.iter().copied()) {
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
            mistakes.push(key.at, format!("{entry} `{name}` has no `{wanted}`"));
        }
        Some(("Type", Some((_, kind)))) => check_type(section, kind, mistakes),
        _ => {}
    }
}

fn check_type(section: Section, kind: &Yaml, mistakes: &mut Mistakes) {
    let Value::Scalar(Node::Str(text)) = &kind.value else {
        mistakes.push(kind.at, format!("`Type` is text, found {}", kind.describe()));
        return;
    };
    if section == Section::Resources && !text.contains("::") {
        mistakes
            .push(kind.at, format!("`{text}` is not the type of a resource"))
            .help("types are named as in `AWS::S3::Bucket`");
    }
}

fn map(yaml: Yaml, what: &str, mistakes: &mut Mistakes) -> Option<Vec<(Key, Yaml)>> {
    let (at, found): (Position, String) = (yaml.at, yaml.describe());
    if let Value::Map(entries) = yaml.value {
        return Some(entries);
    }
    mistakes.push(at, format!("{what}, found {found}"));
    None
}
