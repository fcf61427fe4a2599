//! Messages about the key `from` of a resource.

use skylift_model::message::Message;
use skylift_model::resource::ResourceKind;

use super::one_of;

/// Returns an example of each kind of resource that messages can come from.
fn examples(kinds: &[ResourceKind]) -> String {
    let example = |kind: &ResourceKind| match kind {
        ResourceKind::Topic => "topic(Orders)",
        ResourceKind::Bucket => "bucket(Uploads)",
        _ => "bus(Shop)",
    };
    let examples: Vec<&str> = kinds.iter().map(example).collect();
    format!("{}, with the path of a `#[resource]`", one_of(&examples))
}

/// Reports that the value of `from` is not a resource with arguments. `found` describes it.
pub(crate) fn subscription_expected(found: &str, kinds: &[ResourceKind]) -> Message {
    Message::new(format!("`from` takes the resource that the messages come from, found {found}"))
        .with_help(examples(kinds))
}

/// Reports that `from` is an empty list.
pub(crate) fn no_subscriptions() -> Message {
    Message::new("`from` names no resource")
        .with_help("write `from = topic(Orders)`, or leave it out")
}

/// Reports that a resource does not get messages from what `from` names. `kinds` are those that it gets them from.
pub(crate) fn not_a_message_source(name: &str, kinds: &[ResourceKind]) -> Message {
    let known: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let text = match name {
        "topic" | "bucket" if !kinds.contains(&ResourceKind::Bucket) => {
            format!("a `{name}` does not send to streams")
        }
        "topic" => "SNS does not deliver to topics".to_owned(),
        _ => format!("a `{name}` does not send messages on"),
    };
    let help = match known.as_slice() {
        [only] => format!("write `{only}`, with the path of a `#[resource]`"),
        several => one_of(several),
    };
    Message::new(text).with_help(help)
}

/// Reports that a value of `from` does not say which resource the messages come from.
pub(crate) fn message_source_missing(kind: &str) -> Message {
    let example = match kind {
        "topic" => "topic(Orders)",
        _ => "bucket(Uploads)",
    };
    Message::new(format!("`{kind}` names no resource"))
        .with_help(format!("write `from = {example}`, with the path of a `#[resource]`"))
}
