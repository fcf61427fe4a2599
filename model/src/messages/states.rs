//! Messages about the definition of a state machine, in the order in which its check finds the mistakes.

use crate::aws::limits;
use crate::message::Message;
use crate::suggest;

/// Describes what has a list of states: a state, or the whole definition.
fn describe_owner(owner: Option<&str>) -> String {
    owner.map_or_else(|| "a definition".to_owned(), |name| format!("state `{name}`"))
}

/// Reports a name in `${…}` that CloudFormation does not replace in a definition.
pub(crate) fn not_substituted(name: &str) -> Message {
    Message::new(format!("`${{{name}}}` is not replaced in a definition"))
        .with_help("name a function or a resource of the application: `${charge}`")
}

/// Reports a list of states that is no map.
pub(crate) fn not_a_map(owner: Option<&str>, found: &str) -> Message {
    let what = owner.map_or_else(
        || "a definition is a map with".to_owned(),
        |name| format!("the states in `{name}` are a map with"),
    );
    Message::new(format!("{what} `StartAt` and `States`, found {found}"))
}

/// Reports that a state or a definition does not have a key. `owner` is the name of the state.
pub(crate) fn key_missing(key: &str, owner: Option<&str>) -> Message {
    Message::new(format!("{} needs `{key}`", describe_owner(owner)))
}

/// Reports a list without states.
pub(crate) fn no_states() -> Message {
    Message::new("`States` is a map of at least one state")
}

/// Reports a value that is no text.
pub(crate) fn not_a_text(key: &str, found: &str) -> Message {
    Message::new(format!("`{key}` takes a string, found {found}"))
}

/// Reports a value that is neither `true` nor `false`.
pub(crate) fn not_a_boolean(key: &str, found: &str) -> Message {
    Message::new(format!("`{key}` takes `true`, found {found}"))
}

/// Reports a value that is no list, or an empty one.
pub(crate) fn not_a_list(key: &str, found: &str) -> Message {
    let found = if found == "a list" { "an empty list" } else { found };
    Message::new(format!("`{key}` takes a list of at least one item, found {found}"))
}

/// Reports the length of the name of a state.
pub(crate) fn length_of_state_name(name: &str, length: usize) -> Message {
    let most = limits::STATE_MACHINE_NAME_LEN;
    Message::new(format!(
        "the name of state `{name}` has {length} characters, AWS takes 1 to {most}"
    ))
}

/// Reports that two states have one name.
pub(crate) fn state_twice(name: &str) -> Message {
    Message::new(format!("another state has the name `{name}`"))
        .with_help("give each state of the definition its own name, also in branches")
}

/// Reports a state that is no map.
pub(crate) fn state_not_a_map(name: &str, found: &str) -> Message {
    Message::new(format!("state `{name}` is a map, found {found}"))
}

/// Reports an unknown type of state.
pub(crate) fn unknown_type(name: &str, known: &[&str]) -> Message {
    let message = Message::new(format!("unknown type of state `{name}`"));
    match suggest::nearest(name, known.iter().copied()) {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => {
            message.with_help(format!("the types are {}", suggest::list(known.iter().copied())))
        }
    }
}

/// Reports a key that states of this type do not have.
pub(crate) fn key_of_other_type(key: &str, kind: &str) -> Message {
    Message::new(format!("a state of the type `{kind}` has no `{key}`"))
        .with_help(format!("leave `{key}` out"))
}

/// Reports a state with both `Next` and `End`.
pub(crate) fn next_and_end(name: &str) -> Message {
    Message::new(format!("state `{name}` has `Next` and `End`")).with_help("leave one of them out")
}

/// Reports a state without `Next` and without `End`.
pub(crate) fn neither_next_nor_end(name: &str) -> Message {
    Message::new(format!("state `{name}` has neither `Next` nor `End`"))
        .with_help("name the state that follows as `Next`, or write `\"End\": true`")
}

/// Reports a choice or a handler of errors without `Next`.
pub(crate) fn next_missing_in(owner: &str) -> Message {
    Message::new(format!("an item of `{owner}` needs `Next`, the name of the state that follows"))
}

/// Reports a `Wait` state that does not say how long it waits.
pub(crate) fn wait_without_time(name: &str) -> Message {
    Message::new(format!("state `{name}` does not say how long it waits"))
        .with_help("write `Seconds` or `Timestamp`")
}

/// Reports a `Wait` state that says twice how long it waits.
pub(crate) fn wait_with_times(keys: &[&str]) -> Message {
    Message::new("a state of the type `Wait` waits for one time")
        .with_help(format!("keep one of {}", suggest::list(keys.iter().copied())))
}

/// Reports a text that contains the name of a function and something else.
pub(crate) fn part_of_resource(name: &str) -> Message {
    Message::new(format!("`${{{name}}}` is the whole ARN of a function"))
        .with_help(format!("write `\"${{{name}}}\"`"))
}

/// Reports a `Resource` that is no ARN.
pub(crate) fn not_a_task_resource(text: &str) -> Message {
    Message::new(format!("`{text}` is not the resource of a task")).with_help(
        "name a function of the application as `${charge}`, or write the ARN of a service integration",
    )
}

/// Reports a service integration that express workflows do not have.
pub(crate) fn not_in_express(what: &str) -> Message {
    Message::new(format!("an express workflow has no tasks with `{what}`"))
        .with_help("leave `express` out of the `#[resource(state_machine(…))]`")
}

/// Reports a task that calls a function and does not name it.
pub(crate) fn function_name_missing(name: &str) -> Message {
    Message::new(format!("state `{name}` does not name the function that it calls"))
        .with_help("write `\"FunctionName\": \"${charge}\"` into its `Parameters` or `Arguments`")
}

/// Reports a handler of errors that names none.
pub(crate) fn error_equals_missing(key: &str) -> Message {
    Message::new(format!("an item of `{key}` needs `ErrorEquals`, a list of the names of errors"))
}

/// Reports `States.ALL` beside other names, or before another handler.
pub(crate) fn all_errors_not_alone(key: &str) -> Message {
    Message::new("`States.ALL` stands alone in its list, which is the last one")
        .with_help(format!("write it into a last item of `{key}` of its own"))
}

/// Reports an unknown name of an error of Step Functions.
pub(crate) fn unknown_error_name(name: &str, near: &str) -> Message {
    Message::new(format!("Step Functions has no error `{name}`"))
        .with_help(format!("did you mean `{near}`?"))
}

/// Reports the name of a state that does not exist. `known` are the names of the states that exist.
pub(crate) fn unknown_state<'a>(
    name: &str,
    near: Option<&str>,
    known: impl Iterator<Item = &'a str>,
) -> Message {
    let message = Message::new(format!("no state has the name `{name}`"));
    match near {
        Some(near) => message.with_help(format!("did you mean `{near}`?")),
        None => message.with_help(format!("the states are {}", suggest::list(known))),
    }
}

/// Reports a state that no execution reaches.
pub(crate) fn unreachable_state(name: &str) -> Message {
    Message::new(format!("no execution reaches state `{name}`"))
        .with_help("name it as `Next` of another state, or remove it")
}

/// Reports a list of states in which no execution ends.
pub(crate) fn no_last_state() -> Message {
    Message::new("no execution comes to an end in these states")
        .with_help("give the last state `\"End\": true`, or add a state of the type `Succeed`")
}
