//! Messages about the arguments of the source `iot`.

use skylift_model::message::Message;

/// Reports that a trigger has no statement.
pub(crate) fn iot_without_sql() -> Message {
    Message::new("`iot` needs a SQL statement: `sql`")
        .with_help("write `iot(sql = \"SELECT * FROM 'sensors/+'\")`")
}

/// Reports that a statement names no topic, and the trigger no rule.
pub(crate) fn iot_without_topic() -> Message {
    Message::new("a SQL statement without `FROM`: no message reaches the rule")
        .with_help("add `FROM 'sensors/+'`, or a `name` by which devices send to the rule itself")
}

/// Reports a function in the place of an error action.
pub(crate) fn function_as_error_action(function: &str) -> Message {
    Message::new(format!(
        "`{function}` is a function, and an error action is a queue, a topic or a bucket"
    ))
    .with_help(format!("name a queue, and give `{function}` the trigger `sqs(queue = …)`"))
}
