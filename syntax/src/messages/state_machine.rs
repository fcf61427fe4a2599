//! Messages about `#[resource(state_machine(…))]`.

use skylift_model::message::Message;

/// Reports that a state machine that the template creates has no definition.
pub(crate) fn state_machine_without_definition() -> Message {
    Message::new("a state machine needs the file that defines it").with_help(
        "write `state_machine(asl = \"workflow.asl.json\")`, or `existing = \"…\"` for one that exists",
    )
}

/// Reports that the path of a definition does not lead into the package.
pub(crate) fn definition_outside_the_package(path: &str) -> Message {
    Message::new(format!("`{path}` does not lead to a file of the package"))
        .with_help("write the path relative to Cargo.toml: `workflow.asl.json`")
}

/// Reports a key of the log of a state machine that has none.
pub(crate) fn log_key_without_log(key: &str) -> Message {
    Message::new(format!("`log_level = off` leaves no log for `{key}`"))
        .with_help(format!("leave `{key}` out"))
}

/// Reports a resource in the `allow` of a state machine that is neither a text nor a path.
pub(crate) fn computed_resource_of_state_machine() -> Message {
    Message::new("the `allow` of a state machine takes ARNs in quotes and paths of resources")
        .with_help("write `resources = [Jobs]` or `resources = [\"arn:…\"]`")
}
