//! Messages about the arguments of the source `event`, and of the rules that it shares with schedules.

use skylift_model::message::Message;

use super::{LEAVE_ONE_OUT, did_you_mean, list};

/// Reports that a rule of the default bus has no pattern. `is_trigger` tells whether it triggers a function or is that of
/// a subscription.
pub(crate) fn default_bus_without_pattern(is_trigger: bool) -> Message {
    let (word, of_bus) =
        if is_trigger { ("event", "event(bus = Shop)") } else { ("bus", "bus(Shop)") };
    Message::new(format!(
        "`{word}` without a bus and without a pattern would match every event of the account"
    ))
    .with_help(format!("write `{of_bus}` or `{word}(source = \"aws.ec2\", detail_type = \"…\")`"))
}

/// Reports that a trigger has a whole pattern and a key that is part of it.
pub(crate) fn key_beside_pattern(key: &str) -> Message {
    Message::new(format!("`pattern` is the whole pattern, and `{key}` is a part of one"))
        .with_help(LEAVE_ONE_OUT)
}

/// Reports that a pattern names a field that events do not have. `known` are the fields that they have.
pub(crate) fn unknown_event_field(field: &str, known: &[&str]) -> Message {
    Message::new(format!("an event of EventBridge has no field `{field}`")).with_help(did_you_mean(
        field,
        known,
        |known| format!("an event has {}; its own fields are in `detail`", list(known)),
    ))
}

/// Reports that the pattern of a rule is longer than EventBridge accepts.
pub(crate) fn event_pattern_too_long(length: usize, limit: usize) -> Message {
    format!("this pattern has {length} characters of JSON, EventBridge takes {limit}").into()
}

/// Reports that a trigger has two of the keys that replace the event.
pub(crate) fn two_inputs(key: &str, other: &str) -> Message {
    Message::new(format!("`{key}` and `{other}` both replace the event")).with_help(LEAVE_ONE_OUT)
}

/// Reports that a trigger has paths for a template that is missing.
pub(crate) fn input_paths_without_template() -> Message {
    Message::new("`input_paths` names parts of the event for `input_template`, which is missing")
        .with_help("write `input_template = \"{ \\\"order\\\": <order> }\"`")
}

/// Reports that a template names a part that `input_paths` does not have. `known` are the names that it has.
pub(crate) fn unknown_template_part(name: &str, known: &[&str]) -> Message {
    Message::new(format!("`input_paths` has no part `{name}`")).with_help(did_you_mean(
        name,
        known,
        |known| match known {
            [] => format!("write `input_paths = {{ \"{name}\": \"$.detail.{name}\" }}`"),
            known => format!("it has {}", list(known)),
        },
    ))
}

/// Reports that a value is not a JSON path into an event.
pub(crate) fn not_an_event_path(text: &str) -> Message {
    Message::new(format!("`{text}` is not a path into an event"))
        .with_help("write a path such as `$.detail.order`")
}

/// Reports that a text is longer than EventBridge accepts. `key` is the key that has it.
pub(crate) fn rule_text_too_long(key: &str, length: usize, limit: usize) -> Message {
    format!("`{key}` has {length} characters, EventBridge takes {limit}").into()
}

/// Reports that a trigger has more paths than EventBridge accepts.
pub(crate) fn too_many_input_paths(count: usize, limit: usize) -> Message {
    format!("`input_paths` has {count} paths, EventBridge takes {limit}").into()
}

/// Reports that the constant input of a rule is longer than EventBridge accepts.
pub(crate) fn rule_input_too_long(length: usize, limit: usize) -> Message {
    format!("`input` has {length} characters of JSON, EventBridge takes {limit}").into()
}
