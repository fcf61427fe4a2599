//! Messages about overlays: reading the files, their YAML, their sections, conflicts with the application, and
//! references to their resources.

use std::fmt::Display;
use std::io;

use skylift_model::message::Message;
use skylift_model::suggest;

use super::did_you_mean;

// Reading the files.

pub(crate) fn overlay_named_twice(path: &str) -> Message {
    format!("overlay `{path}` is named twice").into()
}

pub(crate) fn overlay_unreadable(path: &str, cause: &io::Error) -> Message {
    Message::new(format!("cannot read overlay `{path}`: {cause}"))
        .with_help("write the path of a file, relative to the package's folder")
}

pub(crate) fn overlay_not_utf8() -> Message {
    Message::new("the overlay is not UTF-8").with_help("save the file as UTF-8")
}

pub(crate) fn overlay_empty() -> Message {
    Message::new("the overlay is empty")
        .with_help("write a section, such as `Resources:`, or leave `overlay` out of Cargo.toml")
}

// YAML.

pub(crate) fn tab_in_indentation() -> Message {
    Message::new("a tab in the indentation").with_help("indent with spaces")
}

pub(crate) fn not_yaml(reason: &str) -> Message {
    let message = Message::new(format!("this is not YAML: {reason}"));
    if reason.contains("Unicode character escape") {
        message.with_help("write the character itself")
    } else {
        message
    }
}

pub(crate) fn second_document() -> Message {
    Message::new("a second document begins here, but a template is one document")
        .with_help("put it into its own file: `overlay` accepts a list of paths")
}

pub(crate) fn alias_not_supported() -> Message {
    Message::new("CloudFormation accepts no aliases")
        .with_help("write the value that the alias refers to")
}

pub(crate) fn anchor_not_supported() -> Message {
    Message::new("CloudFormation accepts no anchors")
        .with_help("leave the anchor out, and write the value wherever it is needed")
}

pub(crate) fn nested_too_deeply(most: usize) -> Message {
    Message::new(format!("values are nested more than {most} levels deep"))
        .with_help("CloudFormation accepts no such template")
}

pub(crate) fn key_too_long(length: usize, most: usize) -> Message {
    format!("this key has {length} characters, at most {most} are allowed").into()
}

pub(crate) fn key_set_twice(key: &str, first_line: usize) -> Message {
    Message::new(format!("`{key}` is set twice, first on line {first_line}"))
        .with_help("CloudFormation would silently ignore one of them: merge the two")
}

pub(crate) fn key_not_text(found: &str) -> Message {
    format!("a key must be text, found {found}").into()
}

pub(crate) fn function_as_key(name: &str) -> Message {
    Message::new(format!("`!{name}` cannot be a key")).with_help("a key must be literal text")
}

// Tags.

pub(crate) fn unknown_tag(tag: &str) -> Message {
    Message::new(format!("CloudFormation has no tag `{tag}`")).with_help("leave it out")
}

pub(crate) fn unknown_function(name: &str, known: &[&str]) -> Message {
    let help = match suggest::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `!{near}`?"),
        None => "the functions are listed under \"Intrinsic function reference\" in the CloudFormation guide".to_owned(),
    };
    Message::new(format!("CloudFormation has no function `!{name}`")).with_help(help)
}

pub(crate) fn no_short_form(name: &str) -> Message {
    let help = match name {
        "ForEach" => "write its long form, `Fn::ForEach::Name`, with a name of your own".to_owned(),
        name => format!("write its long form, `Fn::{name}`"),
    };
    Message::new(format!("`{name}` has no short form")).with_help(help)
}

pub(crate) fn function_needs_name(name: &str) -> Message {
    Message::new(format!("`!{name}` needs a name"))
        .with_help(format!("write it after the tag: `!{name} Name`"))
}

pub(crate) fn function_without_argument(name: &str) -> Message {
    format!("`!{name}` has no argument").into()
}

pub(crate) fn collection_tagged_as_text() -> Message {
    Message::new("a list or a map is not text").with_help("leave the tag out")
}

// Scalars without quotes.

fn needs_quotes(scalar: &str, why: &str) -> Message {
    Message::new(format!("`{scalar}` {why}"))
        .with_help(format!("for the text, write `\"{scalar}\"`"))
}

pub(crate) fn value_missing() -> Message {
    Message::new("there is no value here, and CloudFormation accepts no null")
        .with_help("write a value, or leave the key out; for an empty text, write `\"\"`")
}

pub(crate) fn null_value(scalar: &str) -> Message {
    needs_quotes(scalar, "is null, which CloudFormation does not accept: leave the key out")
}

pub(crate) fn infinite_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number that a template cannot contain")
}

pub(crate) fn number_over_64_bits(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number of more than 64 bits, which parsers truncate")
}

pub(crate) fn base_60_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number with base 60 to CloudFormation")
}

pub(crate) fn ambiguous_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number to some YAML parsers and text to others")
}

pub(crate) fn key_is_boolean(scalar: &str) -> Message {
    needs_quotes(scalar, "is a boolean to CloudFormation, not a name")
}

pub(crate) fn key_is_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number to CloudFormation, not a name")
}

pub(crate) fn key_is_not_text(scalar: &str) -> Message {
    needs_quotes(scalar, "is not text to CloudFormation, and so not a name")
}

pub(crate) fn merge_key() -> Message {
    Message::new("CloudFormation does not merge keys with `<<`").with_help("write the keys")
}

pub(crate) fn key_empty() -> Message {
    Message::new("this key is empty").with_help("write a name")
}

// Sections.

pub(crate) fn template_not_a_map(found: &str) -> Message {
    format!("a template must be a map of sections, found {found}").into()
}

pub(crate) fn section_not_a_map(section: &str, found: &str) -> Message {
    format!("`{section}` must be a map, found {found}").into()
}

pub(crate) fn unknown_section(name: &str, known: &[&str]) -> Message {
    Message::new(format!("CloudFormation has no section `{name}`")).with_help(did_you_mean(
        name,
        known.iter().copied(),
        || format!("a template has {}", suggest::list(known.iter().copied())),
    ))
}

pub(crate) fn wrong_version(version: &str) -> Message {
    Message::new(format!("the only version of the format is `{version}`"))
        .with_help("leave it out: Skylift writes it")
}

pub(crate) fn description_not_text(found: &str) -> Message {
    format!("a description must be text, found {found}").into()
}

pub(crate) fn second_description(origin: impl Display) -> Message {
    format!("the overlay at {origin} already has a description").into()
}

pub(crate) fn transform_not_named(found: &str) -> Message {
    Message::new(format!("expected the name of a transform, found {found}"))
        .with_help("write `Transform: AWS::LanguageExtensions`")
}

/// Two entries of overlays have one name; the words say which kinds of entries they are.
pub(crate) fn entry_name_taken(
    entry: &str,
    name: &str,
    other: &str,
    origin: impl Display,
) -> Message {
    Message::new(format!("{entry} `{name}` has the name of the {other} at {origin}"))
        .with_help("rename one of them, and the references to it")
}

/// `error` comes from the model.
pub(crate) fn entry_name_invalid(entry: &str, error: impl Display) -> Message {
    format!("{entry} {error}").into()
}

pub(crate) fn globals_of_functions() -> Message {
    Message::new("`Globals` for functions would silently change the functions of this package")
        .with_help("for all functions, use `[package.metadata.skylift]`; for those of the overlay, set it on them")
}

pub(crate) fn unknown_global(name: &str, known: &[&str]) -> Message {
    Message::new(format!("SAM has no `{name}` in `Globals`")).with_help(did_you_mean(
        name,
        known.iter().copied(),
        || format!("it accepts {}", suggest::list(known.iter().copied())),
    ))
}

pub(crate) fn entry_not_a_map(entry: &str, name: &str, found: &str) -> Message {
    format!("{entry} `{name}` must be a map, found {found}").into()
}

pub(crate) fn condition_not_a_map(name: &str, found: &str) -> Message {
    entry_not_a_map("condition", name, found)
        .with_help(format!("write a function: `{name}: !Equals [!Ref Stage, prod]`"))
}

pub(crate) fn unknown_entry_key(key: &str, entry: &str, name: &str, known: &[&str]) -> Message {
    let otherwise = || match entry {
        "resource" => "the properties of a resource are under `Properties`".to_owned(),
        _ => format!("a {entry} has {}", suggest::list(known.iter().copied())),
    };
    Message::new(format!("CloudFormation has no `{key}` in {entry} `{name}`"))
        .with_help(did_you_mean(key, known.iter().copied(), otherwise))
}

pub(crate) fn entry_key_missing(entry: &str, name: &str, key: &str) -> Message {
    format!("{entry} `{name}` has no `{key}`").into()
}

pub(crate) fn type_not_text(found: &str) -> Message {
    format!("`Type` must be text, found {found}").into()
}

pub(crate) fn not_a_resource_type(text: &str) -> Message {
    Message::new(format!("`{text}` is not the type of a resource"))
        .with_help("write a type such as `AWS::S3::Bucket`")
}

// Conflicts with the application.

pub(crate) fn description_taken() -> Message {
    Message::new("the template's description is that of the package in Cargo.toml")
        .with_help("leave one of the two out")
}

pub(crate) fn parameter_declared_twice(name: &str) -> Message {
    Message::new(format!(
        "parameter `{name}` is also declared in Cargo.toml: `[package.metadata.skylift.parameters.{name}]`"
    ))
    .with_help("declare it in one of the two places")
}

pub(crate) fn name_taken_by_application(entry: &str, name: &str, owner: &str) -> Message {
    Message::new(format!("{entry} `{name}` has the name of {owner}"))
        .with_help("rename it, and the references to it in the overlay")
}

pub(crate) fn circular_dependency(cycle: &[&str]) -> Message {
    let shown: Vec<String> = cycle.iter().map(|id| format!("`{id}`")).collect();
    Message::new(format!("circular dependency between resources: {}", shown.join(" -> ")))
        .with_help(
            "remove one of the references, for example by writing a fixed name on both sides",
        )
}

// References to resources of an overlay.

pub(crate) fn no_overlay() -> Message {
    Message::new("this package has no overlay").with_help(
        "name it in Cargo.toml, under `[package.metadata.skylift]`: `overlay = \"infra/extra.yaml\"`",
    )
}

/// `known` are the ids of the overlay's resources of type `kind`.
pub(crate) fn unknown_overlay_resource(id: &str, kind: &str, known: &[&str]) -> Message {
    let otherwise = || match known {
        [] => format!("add a resource of type `{kind}` to the overlay"),
        known => {
            format!("its resources of type `{kind}` are {}", suggest::list(known.iter().copied()))
        }
    };
    Message::new(format!("the overlay has no resource `{id}`")).with_help(did_you_mean(
        id,
        known.iter().copied(),
        otherwise,
    ))
}

/// `known` are the ids of the overlay's resources of the right `kind`, whose type is `kind_type`.
pub(crate) fn overlay_resource_of_other_kind(
    (id, origin): (&str, impl Display),
    found: &str,
    (kind, kind_type): (&str, &str),
    known: &[&str],
) -> Message {
    let otherwise = || match known {
        [] => format!("{kind} has the type `{kind_type}`"),
        known => format!("use {}", suggest::list(known.iter().copied())),
    };
    Message::new(format!("`{id}` at {origin} is of type `{found}`, not {kind}"))
        .with_help(did_you_mean(id, known.iter().copied(), otherwise))
}

pub(crate) fn overlay_resource_used_twice(id: &str, ident: &str, origin: impl Display) -> Message {
    Message::new(format!("`{id}` is already used by `{ident}` at {origin}"))
        .with_help("use one struct for one resource")
}

pub(crate) fn overlay_resource_is_fifo(id: &str, origin: impl Display, kind: &str) -> Message {
    Message::new(format!("`{id}` at {origin} is a FIFO {kind}")).with_help("add `fifo` beside it")
}

pub(crate) fn overlay_resource_is_not_fifo(id: &str, origin: impl Display, kind: &str) -> Message {
    Message::new(format!("`{id}` at {origin} is not a FIFO {kind}")).with_help("leave `fifo` out")
}

// Triggers on resources of an overlay.

pub(crate) fn overlay_table_without_stream(id: &str, origin: impl Display) -> Message {
    Message::new(format!("table `{id}` at {origin} has no stream")).with_help(
        "give it this property of `AWS::DynamoDB::Table`: `StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }`",
    )
}

pub(crate) fn overlay_bucket_without_eventbridge(id: &str, origin: impl Display) -> Message {
    Message::new(format!("bucket `{id}` at {origin} does not send its events to EventBridge"))
        .with_help("give it this property: `NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }`")
}

pub(crate) fn overlay_visibility_too_short(
    (id, origin): (&str, impl Display),
    visible: u32,
    timeout: u32,
    advised_times: u32,
) -> Message {
    let advised = timeout * advised_times;
    Message::new(format!(
        "messages of `{id}` at {origin} are visible again after {visible} s, before this function's timeout of {timeout} s is over"
    ))
    .with_help(format!(
        "Lambda rejects such a queue: give it a `VisibilityTimeout` of {advised}, {advised_times} times the timeout, or lower the timeout"
    ))
}
