//! Messages about overlays: mistakes in the files, in their YAML and in their sections, names that the application
//! defines too, and references from structs to resources of an overlay.

use std::fmt::Display;
use std::io;

use skylift_model::message::Message;
use skylift_model::suggest;

use super::did_you_mean;

// Reading the files.

/// Reports that the metadata lists one overlay file twice; `path` is the path as written there.
pub(crate) fn overlay_named_twice(path: &str) -> Message {
    format!("overlay `{path}` is named twice").into()
}

/// Reports that the overlay at `path` cannot be read; `cause` is the error of the file system.
pub(crate) fn overlay_unreadable(path: &str, cause: &io::Error) -> Message {
    Message::new(format!("cannot read overlay `{path}`: {cause}"))
        .with_help("write the path of a file, relative to the package's folder")
}

/// Reports that an overlay is not UTF-8.
pub(crate) fn overlay_not_utf8() -> Message {
    Message::new("the overlay is not UTF-8").with_help("save the file as UTF-8")
}

/// Reports that an overlay contains no YAML value.
pub(crate) fn overlay_empty() -> Message {
    Message::new("the overlay is empty")
        .with_help("write a section, such as `Resources:`, or leave `overlay` out of Cargo.toml")
}

// YAML.

/// Reports that a line of an overlay is indented with a tab, which YAML does not allow.
pub(crate) fn tab_in_indentation() -> Message {
    Message::new("a tab in the indentation").with_help("indent with spaces")
}

/// Reports that an overlay is not valid YAML; `reason` is the error of the YAML parser.
pub(crate) fn not_yaml(reason: &str) -> Message {
    let message = Message::new(format!("this is not YAML: {reason}"));
    if reason.contains("Unicode character escape") {
        message.with_help("write the character itself")
    } else {
        message
    }
}

/// Reports that an overlay contains a second YAML document.
pub(crate) fn second_document() -> Message {
    Message::new("a second document begins here, but a template is one document")
        .with_help("put it into its own file: `overlay` accepts a list of paths")
}

/// Reports a YAML alias (`*name`) in an overlay.
pub(crate) fn alias_not_supported() -> Message {
    Message::new("CloudFormation accepts no aliases")
        .with_help("write the value that the alias refers to")
}

/// Reports a YAML anchor (`&name`) in an overlay.
pub(crate) fn anchor_not_supported() -> Message {
    Message::new("CloudFormation accepts no anchors")
        .with_help("leave the anchor out, and write the value wherever it is needed")
}

/// Reports that an overlay nests values deeper than `limit` levels.
pub(crate) fn nested_too_deeply(limit: usize) -> Message {
    Message::new(format!("values are nested more than {limit} levels deep"))
        .with_help("CloudFormation accepts no such template")
}

/// Reports that a key of an overlay is too long: it has `length` characters, and `limit` are allowed.
pub(crate) fn key_too_long(length: usize, limit: usize) -> Message {
    format!("this key has {length} characters, at most {limit} are allowed").into()
}

/// Reports that a map of an overlay has the key `key` twice; `first_line` is the line of the first one.
pub(crate) fn key_set_twice(key: &str, first_line: usize) -> Message {
    Message::new(format!("`{key}` is set twice, first on line {first_line}"))
        .with_help("CloudFormation would silently ignore one of them: merge the two")
}

/// Reports that a key of an overlay is not text, but for example a list; `found` describes the key.
pub(crate) fn key_not_text(found: &str) -> Message {
    format!("a key must be text, found {found}").into()
}

/// Reports that an intrinsic function is the key of a map in an overlay; `name` is the function's name without `!`.
pub(crate) fn function_as_key(name: &str) -> Message {
    Message::new(format!("`!{name}` cannot be a key")).with_help("a key must be literal text")
}

// Tags.

/// Reports that an overlay uses a YAML tag that CloudFormation does not know, such as `!!binary`; `tag` is the tag
/// as written.
pub(crate) fn unknown_tag(tag: &str) -> Message {
    Message::new(format!("CloudFormation has no tag `{tag}`")).with_help("leave it out")
}

/// Reports that an overlay calls an intrinsic function that CloudFormation does not know; `name` is written after
/// `!`, and `known` are the functions with a short form.
pub(crate) fn unknown_function(name: &str, known: &[&str]) -> Message {
    let help = match suggest::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `!{near}`?"),
        None => "the functions are listed under \"Intrinsic function reference\" in the CloudFormation guide".to_owned(),
    };
    Message::new(format!("CloudFormation has no function `!{name}`")).with_help(help)
}

/// Reports that an overlay uses the short form of an intrinsic function that has only the long form `Fn::…`; `name`
/// is the function's name.
pub(crate) fn no_short_form(name: &str) -> Message {
    let help = match name {
        "ForEach" => "write its long form, `Fn::ForEach::Name`, with a name of your own".to_owned(),
        name => format!("write its long form, `Fn::{name}`"),
    };
    Message::new(format!("`{name}` has no short form")).with_help(help)
}

/// Reports that `!Ref` or `!Condition` has a list or a map as its argument instead of a name; `name` is the
/// function's name.
pub(crate) fn function_needs_name(name: &str) -> Message {
    Message::new(format!("`!{name}` needs a name"))
        .with_help(format!("write it after the tag: `!{name} Name`"))
}

/// Reports that an intrinsic function of an overlay has no argument; `name` is the function's name.
pub(crate) fn function_without_argument(name: &str) -> Message {
    format!("`!{name}` has no argument").into()
}

/// Reports that a list or a map of an overlay has the tag `!!str`.
pub(crate) fn collection_tagged_as_text() -> Message {
    Message::new("a list or a map is not text").with_help("leave the tag out")
}

// Scalars without quotes.

/// Reports that the unquoted `scalar` of an overlay is not the text that its author may expect; `why` is the rest
/// of the sentence. The help shows the scalar in quotes.
fn needs_quotes(scalar: &str, why: &str) -> Message {
    Message::new(format!("`{scalar}` {why}"))
        .with_help(format!("for the text, write `\"{scalar}\"`"))
}

/// Reports that a key or a list item of an overlay has no value, which YAML reads as null.
pub(crate) fn value_missing() -> Message {
    Message::new("there is no value here, and CloudFormation accepts no null")
        .with_help("write a value, or leave the key out; for an empty text, write `\"\"`")
}

/// Reports that an unquoted scalar of an overlay is null, such as `~`.
pub(crate) fn null_value(scalar: &str) -> Message {
    needs_quotes(scalar, "is null, which CloudFormation does not accept: leave the key out")
}

/// Reports that an unquoted scalar of an overlay is an infinite number, is too large to be a finite one, or is
/// `.nan`.
pub(crate) fn infinite_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number that a template cannot contain")
}

/// Reports that an unquoted scalar of an overlay is an integer of more than 64 bits.
pub(crate) fn number_over_64_bits(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number of more than 64 bits, which parsers truncate")
}

/// Reports that YAML 1.1 reads an unquoted scalar of an overlay as a number with base 60, such as `22:22`.
pub(crate) fn base_60_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number with base 60 to CloudFormation")
}

/// Reports that some YAML parsers read an unquoted scalar of an overlay as a number and others as text, such as
/// `1e3`.
pub(crate) fn ambiguous_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number to some YAML parsers and text to others")
}

/// Reports that YAML 1.1 reads an unquoted key of an overlay as a boolean, such as `on`.
pub(crate) fn key_is_boolean(scalar: &str) -> Message {
    needs_quotes(scalar, "is a boolean to CloudFormation, not a name")
}

/// Reports that YAML 1.1 reads an unquoted key of an overlay as a number, such as `012`. A plain integer, such as
/// an HTTP status, is accepted as a key.
pub(crate) fn key_is_number(scalar: &str) -> Message {
    needs_quotes(scalar, "is a number to CloudFormation, not a name")
}

/// Reports that an unquoted key of an overlay is a scalar that is no text and would be rejected as a value too,
/// such as `null` or `22:22`.
pub(crate) fn key_is_not_text(scalar: &str) -> Message {
    needs_quotes(scalar, "is not text to CloudFormation, and so not a name")
}

/// Reports a YAML merge key (`<<`) in an overlay.
pub(crate) fn merge_key() -> Message {
    Message::new("CloudFormation does not merge keys with `<<`").with_help("write the keys")
}

/// Reports an empty key in an overlay.
pub(crate) fn key_empty() -> Message {
    Message::new("this key is empty").with_help("write a name")
}

// Sections.

/// Reports that an overlay as a whole is not a map; `found` describes the value that it contains.
pub(crate) fn template_not_a_map(found: &str) -> Message {
    format!("a template must be a map of sections, found {found}").into()
}

/// Reports that the section `section` of an overlay is not a map; `found` describes its value.
pub(crate) fn section_not_a_map(section: &str, found: &str) -> Message {
    format!("`{section}` must be a map, found {found}").into()
}

/// Reports that an overlay has a section `name` that CloudFormation does not know; `known` are the sections of a
/// template.
pub(crate) fn unknown_section(name: &str, known: &[&str]) -> Message {
    Message::new(format!("CloudFormation has no section `{name}`")).with_help(did_you_mean(
        name,
        known.iter().copied(),
        || format!("a template has {}", suggest::list(known.iter().copied())),
    ))
}

/// Reports that an overlay sets another `AWSTemplateFormatVersion` than `version`, the only one that exists.
pub(crate) fn wrong_template_format_version(version: &str) -> Message {
    Message::new(format!("the only version of the format is `{version}`"))
        .with_help("leave it out: Skylift writes it")
}

/// Reports that the `Description` of an overlay is not text; `found` describes its value.
pub(crate) fn description_not_text(found: &str) -> Message {
    format!("a description must be text, found {found}").into()
}

/// Reports that two overlays of a package have a `Description`; `origin` is the place of the first one.
pub(crate) fn second_description(origin: impl Display) -> Message {
    format!("the overlay at {origin} already has a description").into()
}

/// Reports that an entry of an overlay's `Transform` is neither a name nor a map with `Name`; `found` describes the
/// entry.
pub(crate) fn transform_not_named(found: &str) -> Message {
    Message::new(format!("expected the name of a transform, found {found}"))
        .with_help("write `Transform: AWS::LanguageExtensions`")
}

/// Reports that the overlays of a package define `name` twice. `entry` and `other` are the words for the second and
/// the first definition, such as `resource` and `parameter`; `origin` is the place of the first.
pub(crate) fn entry_name_taken(
    entry: &str,
    name: &str,
    other: &str,
    origin: impl Display,
) -> Message {
    Message::new(format!("{entry} `{name}` has the name of the {other} at {origin}"))
        .with_help("rename one of them, and the references to it")
}

/// Reports that CloudFormation does not accept the name of an overlay's entry; `entry` is the word for the entry,
/// such as `resource`, and `error` is the model's reason.
pub(crate) fn entry_name_invalid(entry: &str, error: impl Display) -> Message {
    format!("{entry} {error}").into()
}

/// Reports that an overlay sets `Globals` for functions.
pub(crate) fn globals_of_functions() -> Message {
    Message::new("`Globals` for functions would silently change the functions of this package")
        .with_help("for all functions, use `[package.metadata.skylift]`; for those of the overlay, set it on them")
}

/// Reports that an overlay has a key `name` under `Globals` that SAM does not know; `known` are the accepted keys.
pub(crate) fn unknown_global(name: &str, known: &[&str]) -> Message {
    Message::new(format!("SAM has no `{name}` in `Globals`")).with_help(did_you_mean(
        name,
        known.iter().copied(),
        || format!("it accepts {}", suggest::list(known.iter().copied())),
    ))
}

/// Reports that the entry `name` of an overlay's section is not a map. `entry` is the word for the entry, such as
/// `resource`; `found` describes its value.
pub(crate) fn entry_not_a_map(entry: &str, name: &str, found: &str) -> Message {
    format!("{entry} `{name}` must be a map, found {found}").into()
}

/// Reports that the condition `name` of an overlay is no intrinsic function; `found` describes its value.
pub(crate) fn condition_not_a_map(name: &str, found: &str) -> Message {
    entry_not_a_map("condition", name, found)
        .with_help(format!("write a function: `{name}: !Equals [!Ref Stage, prod]`"))
}

/// Reports that the entry `name` of an overlay's section has a key that CloudFormation does not know. `entry` is
/// the word for the entry, such as `resource`; `known` are the accepted keys.
pub(crate) fn unknown_entry_key(key: &str, entry: &str, name: &str, known: &[&str]) -> Message {
    let otherwise = || match entry {
        "resource" => "the properties of a resource are under `Properties`".to_owned(),
        _ => format!("a {entry} has {}", suggest::list(known.iter().copied())),
    };
    Message::new(format!("CloudFormation has no `{key}` in {entry} `{name}`"))
        .with_help(did_you_mean(key, known.iter().copied(), otherwise))
}

/// Reports that the entry `name` of an overlay's section lacks the required key `key`; `entry` is the word for the
/// entry, such as `resource`.
pub(crate) fn entry_key_missing(entry: &str, name: &str, key: &str) -> Message {
    format!("{entry} `{name}` has no `{key}`").into()
}

/// Reports that the `Type` of a resource or parameter of an overlay is not text; `found` describes its value.
pub(crate) fn type_not_text(found: &str) -> Message {
    format!("`Type` must be text, found {found}").into()
}

/// Reports that the `Type` of an overlay's resource does not have the form `AWS::S3::Bucket`; `text` is the value.
pub(crate) fn not_a_resource_type(text: &str) -> Message {
    Message::new(format!("`{text}` is not the type of a resource"))
        .with_help("write a type such as `AWS::S3::Bucket`")
}

// Conflicts with the application.

/// Reports that an overlay has a `Description` although the package has one too.
pub(crate) fn description_taken() -> Message {
    Message::new("the template's description is that of the package in Cargo.toml")
        .with_help("leave one of the two out")
}

/// Reports that both an overlay and Cargo.toml declare the template parameter `name`.
pub(crate) fn parameter_declared_twice(name: &str) -> Message {
    Message::new(format!(
        "parameter `{name}` is also declared in Cargo.toml: `[package.metadata.skylift.parameters.{name}]`"
    ))
    .with_help("declare it in one of the two places")
}

/// Reports that an entry of an overlay has a name that the application uses. `entry` is the word for the entry,
/// such as `resource`; `owner` describes the part of the application with that name.
pub(crate) fn name_taken_by_application(entry: &str, name: &str, owner: &str) -> Message {
    Message::new(format!("{entry} `{name}` has the name of {owner}"))
        .with_help("rename it, and the references to it in the overlay")
}

/// Reports that resources refer to each other in a circle; `cycle` lists their logical ids, with the first one
/// repeated at the end.
pub(crate) fn circular_dependency(cycle: &[&str]) -> Message {
    let shown: Vec<String> = cycle.iter().map(|id| format!("`{id}`")).collect();
    Message::new(format!("circular dependency between resources: {}", shown.join(" -> ")))
        .with_help(
            "remove one of the references, for example by writing a fixed name on both sides",
        )
}

// References to resources of an overlay.

/// Reports that a struct has `existing = overlay("…")` although the package names no overlay.
pub(crate) fn no_overlay() -> Message {
    Message::new("this package has no overlay").with_help(
        "name it in Cargo.toml, under `[package.metadata.skylift]`: `overlay = \"infra/extra.yaml\"`",
    )
}

/// Reports that a struct refers to a resource `id` that the overlay does not have. `kind` is the CloudFormation
/// type that the struct needs; `known` are the logical ids of the overlay's resources of that type.
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

/// Reports that a struct refers to a resource of the overlay that is of another kind. `id` and `origin` are the
/// resource's logical id and place, and `found` is its type. `kind` is the struct's kind with its article, and
/// `kind_type` is the CloudFormation type of that kind. `known` are the ids of the overlay's resources of that
/// kind.
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

/// Reports that two structs refer to the same resource of the overlay. `id` is the resource's logical id; `ident`
/// and `origin` are the name and the place of the earlier struct.
pub(crate) fn overlay_resource_used_twice(id: &str, ident: &str, origin: impl Display) -> Message {
    Message::new(format!("`{id}` is already used by `{ident}` at {origin}"))
        .with_help("use one struct for one resource")
}

/// Reports that a struct without `fifo` refers to a FIFO queue or topic of the overlay. `id` and `origin` are the
/// resource's logical id and place; `kind` is `queue` or `topic`.
pub(crate) fn overlay_resource_is_fifo(id: &str, origin: impl Display, kind: &str) -> Message {
    Message::new(format!("`{id}` at {origin} is a FIFO {kind}")).with_help("add `fifo` beside it")
}

/// Reports that a struct with `fifo` refers to a queue or topic of the overlay that is not FIFO. `id` and `origin`
/// are the resource's logical id and place; `kind` is `queue` or `topic`.
pub(crate) fn overlay_resource_is_not_fifo(id: &str, origin: impl Display, kind: &str) -> Message {
    Message::new(format!("`{id}` at {origin} is not a FIFO {kind}")).with_help("leave `fifo` out")
}

// Triggers on resources of an overlay.

/// Reports that a table of the overlay triggers a function but has no stream; `id` and `origin` are the table's
/// logical id and place.
pub(crate) fn overlay_table_without_stream(id: &str, origin: impl Display) -> Message {
    Message::new(format!("table `{id}` at {origin} has no stream")).with_help(
        "give it this property of `AWS::DynamoDB::Table`: `StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }`",
    )
}

/// Reports that a bucket of the overlay triggers a function but does not send its events to EventBridge; `id` and
/// `origin` are the bucket's logical id and place.
pub(crate) fn overlay_bucket_without_eventbridge(id: &str, origin: impl Display) -> Message {
    Message::new(format!("bucket `{id}` at {origin} does not send its events to EventBridge"))
        .with_help("give it this property: `NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }`")
}

/// Reports that a queue of the overlay triggers a function whose timeout is longer than the queue's visibility
/// timeout. `id` and `origin` are the queue's logical id and place; `visible` and `timeout` are both times in
/// seconds. AWS advises a visibility timeout of `advised_times` times the function's timeout.
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

/// Reports that a user pool of the overlay has a function for a trigger already. `id` and `origin` are the pool's logical
/// id and place, `key` is the key of its `LambdaConfig`, and `word` is the trigger in the attribute.
pub(crate) fn overlay_pool_has_trigger(
    id: &str,
    origin: impl Display,
    key: &str,
    word: &str,
) -> Message {
    Message::new(format!(
        "`{id}` at {origin} sets `{key}` in its `LambdaConfig`, which is the function of `{word}`"
    ))
    .with_help("remove one of the two: a user pool has one function for each trigger")
}

/// Reports that a user pool of the overlay has a key already. `id` and `origin` are the pool's logical id and place.
pub(crate) fn overlay_pool_has_key(id: &str, origin: impl Display) -> Message {
    Message::new(format!(
        "`{id}` at {origin} sets `KMSKeyID` in its `LambdaConfig`, which is the `kms_key` of this trigger"
    ))
    .with_help("remove it from the overlay")
}

/// Reports that the `LambdaConfig` of a user pool of the overlay is an intrinsic function, to which no trigger can be
/// added. `id` and `origin` are the pool's logical id and place.
pub(crate) fn overlay_pool_config_unknown(id: &str, origin: impl Display) -> Message {
    Message::new(format!(
        "the `LambdaConfig` of `{id}` at {origin} is known only when the stack is deployed"
    ))
    .with_help("write it as a map, so that this trigger can be added to it")
}

/// Reports that the overlay sets a property of HTTP APIs that the application sets too: `by` is what sets it.
pub(crate) fn http_global_taken(property: &str, by: &str) -> Message {
    Message::new(format!("`{property}` of `Globals.HttpApi` is set by {by} as well"))
        .with_help("leave one of the two out")
}
