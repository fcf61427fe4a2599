//! Messages about the arguments of the sources `msk` and `kafka`.

use skylift_model::message::Message;

/// Reports that a list of a Kafka trigger has no values.
pub(crate) fn list_empty(key: &str) -> Message {
    Message::new(format!("`{key}` is empty")).with_help("add a value, or leave it out")
}

/// Reports that a list of a Kafka trigger has more values than Lambda accepts.
pub(crate) fn list_too_long(key: &str, count: usize, limit: usize) -> Message {
    format!("`{key}` has {count} values, Lambda takes {limit}").into()
}

/// Reports that a bootstrap server is not a host and a port.
pub(crate) fn not_a_server(text: &str) -> Message {
    Message::new(format!("`{text}` is not a bootstrap server: a host and a port"))
        .with_help("write one such as `\"broker-1.example.com:9092\"`")
}

/// Reports that the id of a subnet or of a security group has another form. `prefix` is the beginning of such ids.
pub(crate) fn not_an_id(text: &str, what: &str, prefix: &str) -> Message {
    Message::new(format!("`{text}` is not the id of {what}"))
        .with_help(format!("write one such as `\"{prefix}0a1b2c3d4e5f67890\"`"))
}

/// Reports that a value is not the address of a schema registry.
pub(crate) fn not_a_registry(text: &str, arn: &str) -> Message {
    Message::new(format!("`{text}` is not a schema registry"))
        .with_help(format!("write the ARN of one of Glue, `\"{arn}\"`, or a URL with `https://`"))
}

/// Reports that a registry of Glue has settings of a registry of Confluent.
pub(crate) fn glue_with_credentials(key: &str) -> Message {
    Message::new(format!("`{key}` is for a registry of Confluent: Glue is used with the role"))
        .with_help("leave it out")
}

/// Reports that the authentication of a registry lacks its secret, or the other way round.
pub(crate) fn registry_auth_in_part(missing: &str) -> Message {
    Message::new("a registry needs `auth` and `secret` together")
        .with_help(format!("add `{missing}`"))
}

/// Reports that a batch response of Kafka records would never be read. `response` is its type.
pub(crate) fn response_without_pollers(response: &str) -> Message {
    Message::new(format!(
        "Lambda reads a `{response}` only with provisioned pollers, and would take the failed records for handled"
    ))
    .with_help(
        "add `pollers(min = 1, max = 2)` to each trigger on a topic, or return an error if a record failed",
    )
}
