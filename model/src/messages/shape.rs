//! Messages about properties of resource types: in `properties` of an attribute and in an overlay.

use crate::message::Message;
use crate::suggest;

/// The greatest number of names that a help lists.
const MAX_LISTED: usize = 12;

/// Reports that `owner`, a resource type or a property, has no property `name`. `near` is a similar property, and
/// `known` are all of them.
pub(crate) fn unknown_property(
    name: &str,
    owner: &str,
    near: Option<&str>,
    known: &[&str],
) -> Message {
    let message = Message::new(format!("`{owner}` has no property `{name}`"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None if known.len() <= MAX_LISTED => {
            message.with_help(format!("`{owner}` takes {}", suggest::list(known.iter().copied())))
        }
        None => match suggest::same_first_word(name, known.iter().copied()) {
            Some(similar) => message.with_help(format!("did you mean `{similar}`?")),
            None => message,
        },
    }
}

/// Reports that `owner`, a resource type or a property, lacks a required property.
pub(crate) fn property_missing(name: &str, owner: &str) -> Message {
    format!("`{owner}` needs the property `{name}`").into()
}

/// Reports that the value of the property `owner` has another form than AWS accepts. `wanted` and `found` describe
/// the forms.
pub(crate) fn wrong_form(owner: &str, wanted: &str, found: &str) -> Message {
    format!("`{owner}` takes {wanted}, found {found}").into()
}

/// Reports that the value of the property `owner` is not an accepted word. `near` is a similar word, and
/// `known` are all of them.
pub(crate) fn unknown_word(word: &str, owner: &str, near: Option<&str>, known: &[&str]) -> Message {
    let message = Message::new(format!("`{owner}` cannot be `{word}`"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message.with_help(format!("it is one of {}", suggest::list(known.iter().copied()))),
    }
}

/// Reports that a function has more layers than Lambda accepts.
pub(crate) fn too_many_layers(count: usize, limit: usize) -> Message {
    Message::new(format!("{count} layers, Lambda takes {limit}"))
        .with_help("merge layers, or put what they have into the program")
}

/// Reports a text that is not the ARN of a KMS key.
pub(crate) fn not_a_kms_key(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a KMS key"))
        .with_help("an ARN is `arn:aws:kms:REGION:ACCOUNT:key/ID`")
}

/// Reports a path at which Lambda mounts no file system.
pub(crate) fn not_a_mount_path(path: &str) -> Message {
    let inner = path.strip_prefix("/mnt/").unwrap_or(path).trim_matches('/').replace('/', "-");
    let is_letter = |it: &char| it.is_ascii_alphanumeric() || "-_.".contains(*it);
    let name: String = inner.chars().filter(is_letter).collect();
    let name = if name.is_empty() { "data".to_owned() } else { name };
    Message::new(format!("Lambda mounts no file system at `{path}`"))
        .with_help(format!("write a path such as `/mnt/{name}`"))
}

/// Reports a text that is not the ARN of a version of a layer.
pub(crate) fn not_a_layer_version(text: &str) -> Message {
    let is_unversioned = text.contains(":layer:")
        && text.split(":layer:").nth(1).is_some_and(|it| !it.contains(':'));
    if is_unversioned {
        return Message::new(format!("`{text}` lacks the version of the layer"))
            .with_help(format!("write the number at the end, such as `{text}:1`"));
    }
    Message::new(format!("`{text}` is not the ARN of a version of a layer"))
        .with_help("an ARN is `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`")
}

/// Reports that the configuration of a VPC has only the first of two lists.
pub(crate) fn vpc_list_missing([given, missing]: [&str; 2]) -> Message {
    Message::new(format!("`VpcConfig` has `{given}` without `{missing}`"))
        .with_help(format!("Lambda needs both: add `{missing}`"))
}
