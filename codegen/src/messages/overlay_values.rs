//! Messages about values in an overlay that CloudFormation takes from a list: types, deletion policies, and the values
//! of parameters.

use skylift_model::message::Message;
use skylift_model::suggest;

use super::did_you_mean;

/// Reports that AWS has no resource type of this name. `near` is the similar type.
pub(crate) fn unknown_resource_type(kind: &str, near: &str) -> Message {
    Message::new(format!("AWS has no resource type `{kind}`"))
        .with_help(format!("did you mean `{near}`?"))
}

/// Reports a value of a resource's key that is not from the list of its values.
pub(crate) fn unknown_value(key: &str, text: &str, known: &[&str]) -> Message {
    Message::new(format!("`{key}` cannot be `{text}`")).with_help(did_you_mean(
        text,
        known.iter().copied(),
        || format!("it is one of {}", suggest::list(known.iter().copied())),
    ))
}

/// Reports a value of a resource's key that is not text. `found` describes the value, and `known` are the values of the
/// key.
pub(crate) fn value_not_text(key: &str, found: &str, known: &[&str]) -> Message {
    Message::new(format!("`{key}` takes a string, found {found}"))
        .with_help(format!("it is one of {}", suggest::list(known.iter().copied())))
}

/// Reports that CloudFormation has no parameters of this type. `known` are the types.
pub(crate) fn unknown_parameter_type(kind: &str, known: &[String]) -> Message {
    Message::new(format!("a parameter cannot have the type `{kind}`")).with_help(did_you_mean(
        kind,
        known.iter().map(String::as_str),
        || "write `String`, `Number`, `CommaDelimitedList` or `List<Number>`".to_owned(),
    ))
}

/// Reports that the allowed values of a parameter are not a list. `found` describes the value.
pub(crate) fn allowed_values_not_a_list(found: &str) -> Message {
    Message::new(format!("`AllowedValues` takes a list, found {found}")).with_help("write `[a, b]`")
}

/// Reports that the default of a parameter of numbers is no number.
pub(crate) fn default_not_a_number(item: &str) -> Message {
    Message::new(format!("the default `{item}` is not a number"))
        .with_help("write a number, or `Type: String`")
}

/// Reports that the default of a parameter is not one of its allowed values.
pub(crate) fn default_not_among_values(item: &str, allowed: &[String]) -> Message {
    let list = suggest::list(allowed.iter().map(String::as_str));
    Message::new(format!("the default `{item}` is not one of the `AllowedValues`")).with_help(
        did_you_mean(item, allowed.iter().map(String::as_str), || format!("they are {list}")),
    )
}

/// Reports that the default of a parameter does not keep the limit under `key`.
pub(crate) fn default_beyond_limit(item: &str, key: &str, limit: &str) -> Message {
    format!("the default `{item}` does not keep `{key}`, which is {limit}").into()
}
