//! Messages about the arguments of the source `sns`.

use skylift_model::message::Message;

/// Reports that a trigger has `filter_scope` but no `filter`.
pub(crate) fn scope_without_filter() -> Message {
    Message::new("`filter_scope` says what `filter` compares, and there is no `filter`")
        .with_help("leave it out")
}

/// Reports that a filter of attributes compares fields of an attribute.
pub(crate) fn nested_attribute_filter(name: &str) -> Message {
    Message::new(format!(
        "the attributes of a message have no fields, and `{name}` is compared with some"
    ))
    .with_help("add `filter_scope = message_body` to compare the JSON of the message")
}

/// Reports that a filter compares more keys than SNS accepts.
pub(crate) fn too_many_filter_keys(count: usize, limit: usize) -> Message {
    Message::new(format!("this filter compares {count} keys, SNS takes {limit}"))
        .with_help("compare fewer keys, and check the others in the handler")
}

/// Reports that the values of a filter have more combinations than SNS accepts.
pub(crate) fn too_many_filter_combinations(count: usize, limit: usize) -> Message {
    Message::new(format!("the values of this filter have {count} combinations, SNS takes {limit}"))
        .with_help("SNS multiplies the numbers of values of all keys: list fewer values")
}
