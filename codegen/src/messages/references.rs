//! Messages about references in texts of the user, such as `${Api}` in an ARN, in `properties` of an attribute and in an
//! overlay.

use skylift_model::aws::sub_text::SubReference;
use skylift_model::message::Message;
use skylift_model::suggest;

use super::did_you_mean;

/// The greatest number of names that a help lists.
const MAX_LISTED: usize = 12;

/// The length of the longest text that a help repeats, in characters.
const MAX_SHOWN: usize = 60;

// References in texts.

/// Reports that a reference in a setting, such as `env`, makes a function depend on itself.
pub(crate) fn circular_setting(cycle: &[&str]) -> Message {
    circular(cycle).with_help(
        "give the other resource a fixed name and write that name, or take the value from the event",
    )
}

/// Reports that a reference in `allow` makes the role of a function depend on the function.
pub(crate) fn circular_permission(cycle: &[&str]) -> Message {
    circular(cycle).with_help(
        "write `*` or a fixed name instead, or for a resource that a struct declares the path of the struct",
    )
}

/// Reports that a bucket waits for a policy that refers to the bucket.
pub(crate) fn circular_subscription(cycle: &[&str]) -> Message {
    circular(cycle).with_help(
        "the bucket may send already: leave the reference to it out of `policy`, or write its name or ARN as a text",
    )
}

/// Reports a circular dependency that a reference makes.
fn circular(cycle: &[&str]) -> Message {
    let shown: Vec<String> = cycle.iter().map(|id| format!("`{id}`")).collect();
    Message::new(format!(
        "this makes a circular dependency between resources: {}",
        shown.join(" -> ")
    ))
}

/// Reports that the attribute of a resource in a setting is not the one that Lambda takes. `reference` has the wrong one,
/// and `taken` is the right one.
pub(crate) fn other_attribute_taken(
    SubReference { id, attribute }: &SubReference,
    kind: &str,
    taken: Option<&str>,
) -> Message {
    let value = match attribute {
        Some(attribute) => format!("`{id}.{attribute}`"),
        None => format!("`{id}` itself"),
    };
    let right = match taken {
        Some(attribute) => format!("overlay({id:?}, {attribute:?})"),
        None => format!("overlay({id:?})"),
    };
    Message::new(format!("the value of {value} is not what Lambda takes of an `{kind}`"))
        .with_help(format!("write `{right}`"))
}

/// Reports that a setting refers to a resource of another type. `taken` is a type that it takes.
pub(crate) fn other_type_taken(key: &str, id: &str, kind: &str, taken: &str) -> Message {
    Message::new(format!("`{key}` cannot be `{id}`: its type is `{kind}`"))
        .with_help(format!("name a resource of the type `{taken}`"))
}

/// Reports a reference to a resource of the overlay in a package that has no overlay.
pub(crate) fn reference_without_overlay(id: &str) -> Message {
    let Message { help, .. } = super::no_overlay();
    let message = Message::new(format!(
        "the template has no resource `{id}`, and this package has no overlay"
    ));
    Message { help, ..message }
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

/// Reports a key that calls an intrinsic function which CloudFormation does not have. `near` is the similar function,
/// if there is one.
pub(crate) fn unknown_long_function(name: &str, near: Option<&str>) -> Message {
    let message = Message::new(format!("CloudFormation has no function `{name}`"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message,
    }
}

/// Reports a call of an intrinsic function that only templates with a transform have.
pub(crate) fn function_of_transform(name: &str, transform: &str) -> Message {
    let name = name
        .split_at_checked("Fn::ForEach::".len())
        .map_or(name, |(start, _)| if start == "Fn::ForEach::" { "Fn::ForEach" } else { name });
    Message::new(format!("`{name}` is a function of the transform `{transform}`"))
        .with_help(format!("write `Transform: {transform}` in an overlay"))
}

/// Reports a text with a reference that CloudFormation does not replace, because the text is not that of `Fn::Sub`.
pub(crate) fn reference_in_plain_text(name: &str, text: &str) -> Message {
    let shown = if text.chars().count() <= MAX_SHOWN && !text.contains(['\n', '"', '\\']) {
        text
    } else {
        "…"
    };
    Message::new(format!("`${{{name}}}` stays as it is written: only `Fn::Sub` replaces it"))
        .with_help(format!("write `{{ \"Fn::Sub\": \"{shown}\" }}`"))
}

/// Returns a message about a reference with the place of the attribute that has it, for a warning.
pub(crate) fn in_properties_of(message: &Message, name: &str, origin: &str) -> Message {
    Message {
        text: format!("{origin}: `properties` of `{name}`: {}", message.text),
        ..message.clone()
    }
}
