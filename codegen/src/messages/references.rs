//! Messages about references in texts of the user, such as `${Api}` in an ARN, in `properties` of an attribute and in an
//! overlay.

use skylift_model::message::Message;
use skylift_model::suggest;

use super::did_you_mean;

/// The greatest number of names that a help lists.
const MAX_LISTED: usize = 12;

// References in texts.

/// Reports that a reference in `allow` makes the role of a function depend on the function.
pub(crate) fn circular_permission(cycle: &[&str]) -> Message {
    let shown: Vec<String> = cycle.iter().map(|id| format!("`{id}`")).collect();
    Message::new(format!(
        "this makes a circular dependency between resources: {}",
        shown.join(" -> ")
    ))
    .with_help("write `*` or a fixed name instead, or for a resource that a struct declares the path of the struct")
}

/// Warns that a reference in a value of `env` is not replaced; `place` describes the value.
pub(crate) fn reference_in_env(name: &str, place: &str) -> Message {
    Message::new(format!("`${{{name}}}` in {place} stays as it is written")).with_help(
        "for the name, URL or ARN of a resource write the path of its struct, and for a parameter `param(\"…\")`",
    )
}

// References in `properties` and in overlays.

/// Reports a reference to a name that is neither that of a resource, of a parameter nor of a pseudo parameter. `known`
/// are the names of all of them.
pub(crate) fn reference_to_nothing(name: &str, known: &[&str]) -> Message {
    let help = did_you_mean(name, known.iter().copied(), || {
        "a reference names a resource, a parameter, or a pseudo parameter such as `AWS::Region`"
            .to_owned()
    });
    Message::new(format!("the template has no resource and no parameter `{name}`")).with_help(help)
}

/// Reports a reference to the logical id `id`, which no resource has. `known` are the ids of all resources.
pub(crate) fn reference_to_no_resource(id: &str, known: &[&str]) -> Message {
    let help = did_you_mean(id, known.iter().copied(), || {
        "write the logical id of a resource of the template or of an overlay".to_owned()
    });
    Message::new(format!("the template has no resource `{id}`")).with_help(help)
}

/// Reports a reference to an attribute that a resource does not have. `kind` is the type of the resource, and `known`
/// are its attributes.
pub(crate) fn unknown_attribute(id: &str, kind: &str, attribute: &str, known: &[&str]) -> Message {
    let message =
        Message::new(format!("`{id}` has no attribute `{attribute}`: its type is `{kind}`"));
    let list = || suggest::list(known.iter().copied());
    match suggest::nearest(attribute, known.iter().copied()) {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None if known.is_empty() => message.with_help("this type has no attributes: write `Ref`"),
        None if known.len() <= MAX_LISTED => message.with_help(format!("it has {}", list())),
        None => message,
    }
}

/// Reports a reference to a condition that no overlay defines. `known` are the names of the conditions.
pub(crate) fn unknown_condition(name: &str, known: &[&str]) -> Message {
    let help = did_you_mean(name, known.iter().copied(), || {
        "define it in the section `Conditions` of an overlay".to_owned()
    });
    Message::new(format!("the template has no condition `{name}`")).with_help(help)
}

/// Reports a reference to a mapping that no overlay defines. `known` are the names of the mappings.
pub(crate) fn unknown_mapping(name: &str, known: &[&str]) -> Message {
    let help = did_you_mean(name, known.iter().copied(), || {
        "define it in the section `Mappings` of an overlay".to_owned()
    });
    Message::new(format!("the template has no mapping `{name}`")).with_help(help)
}

/// Reports a reference to a key that a mapping does not have. `known` are the keys of the mapping.
pub(crate) fn unknown_mapping_key(name: &str, key: &str, known: &[&str]) -> Message {
    let help = did_you_mean(key, known.iter().copied(), || {
        format!("it has {}", suggest::list(known.iter().copied()))
    });
    Message::new(format!("the mapping `{name}` has no key `{key}`")).with_help(help)
}

/// Returns a message about a reference with the place of the attribute that has it, for a warning.
pub(crate) fn in_properties_of(message: &Message, name: &str, origin: &str) -> Message {
    Message {
        text: format!("{origin}: `properties` of `{name}`: {}", message.text),
        ..message.clone()
    }
}
