//! Messages about references in texts of the user, such as `${Api}` in an ARN.

use skylift_model::message::Message;

/// Reports that a reference in a text names nothing; `near` is a name of the template that was probably meant.
pub(crate) fn unknown_reference(id: &str, near: Option<&str>) -> Message {
    let help = match near {
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None => "write the logical id of a function or a resource, or declare a parameter in `[package.metadata.skylift.parameters]`; a variable of IAM has a colon, such as `${aws:username}`".to_owned(),
    };
    Message::new(format!("`${{{id}}}` names no resource and no parameter of the template"))
        .with_help(help)
}

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
