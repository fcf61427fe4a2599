//! Messages about templates of rules, and about filters and idempotency keys that do not fit the fields of the handler's
//! records.

use std::fmt::Display;

use skylift_model::message::Message;
use skylift_model::subscription::Envelope;

/// Returns a help that names the field that was meant, if there is one.
fn with_near(message: Message, near: Option<&str>) -> Message {
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message,
    }
}

/// Reports a template of a rule that is not JSON, whatever its parts are.
pub(crate) fn template_without_json(template: &str) -> Message {
    Message::new(format!("`{template}` is not JSON, and Lambda takes nothing else")).with_help(
        "write JSON in which the parts are values, or text within strings: `{ \"order\": <order> }`",
    )
}

/// Reports that a path of `idempotent` leads to a field that a type does not have.
pub(crate) fn path_to_no_field(
    path: impl Display,
    owner: &str,
    field: &str,
    near: Option<&str>,
) -> Message {
    let text = format!("`{path}` leads to no value: `{owner}` has no field `{field}`");
    with_near(Message::new(text), near)
}

/// Reports that a path of `idempotent` has a step into a value without fields or items; `owner` is what has the value,
/// and `noun` what it is.
pub(crate) fn path_into_a_value(
    path: impl Display,
    step: &str,
    owner: &str,
    noun: &str,
) -> Message {
    Message::new(format!("`{path}` leads to no value: {owner} is {noun}, which has no `{step}`"))
        .with_help("end the path before this step")
}

/// Reports that a filter compares a field that no envelope of a queue's messages has. `field` is the field of a record with
/// the envelope.
pub(crate) fn filter_of_no_envelope(name: &str, field: &str, envelopes: &[Envelope]) -> Message {
    let help = if envelopes.contains(&Envelope::Notification) {
        "filter in the subscription: `from = topic(…, filter = { … }, filter_scope = message_body)`, or write `raw` in it"
    } else {
        "the message is in `detail`; a pattern in the subscription keeps the others away: `from = bus(…, detail = { … })`"
    };
    Message::new(format!(
        "the messages of this queue come in an envelope, whose `{field}` has no field `{name}`"
    ))
    .with_help(help)
}

/// Reports that a filter is about a field that the records do not have.
pub(crate) fn filter_of_no_field(owner: &str, field: &str, near: Option<&str>) -> Message {
    with_near(Message::new(format!("`{owner}` has no field `{field}`")), near)
}

/// Reports that a filter is about a field of a value without fields; `noun` is what the value is.
pub(crate) fn filter_into_a_value(owner: &str, noun: &str) -> Message {
    Message::new(format!("{owner} is {noun}, and this pattern is about fields in it"))
        .with_help("write a list of the values that match")
}

/// Reports that no value of a field can match a filter; `noun` is what the values are.
pub(crate) fn filter_of_another_type(owner: &str, noun: &str) -> Message {
    Message::new(format!("no record matches: {owner} is {noun}"))
        .with_help(format!("compare it with {noun} that it can have"))
}

/// Reports that a filter names an attribute with another type than its field has; `right` is the type to write.
pub(crate) fn filter_of_another_attribute_type(
    name: &str,
    ty: &str,
    written: &str,
    right: &str,
) -> Message {
    Message::new(format!("no record matches: the attribute `{name}` is a `{ty}`, not `{written}`"))
        .with_help(format!("write `\"{right}\"`"))
}
