//! Messages about the settings of environments.

use skylift_model::message::Message;

use super::{did_you_mean, list};

/// Reports that an environment sets a key that is the same in all of them. `allowed` are the keys that can differ.
pub(crate) fn same_in_every_environment(key: &str, allowed: &[&str]) -> Message {
    let mut allowed = allowed.to_vec();
    allowed.sort_unstable();
    Message::new(format!("`{key}` is the same in every environment"))
        .with_help(format!("an environment can have other values of {}", list(&allowed)))
}

/// Reports that an environment sets a key of one function for all functions. `owner` is the table of the environment.
pub(crate) fn override_of_one_function(key: &str, owner: &str) -> Message {
    Message::new(format!("`{key}` belongs to one function"))
        .with_help(format!("write it below `{}.functions.NAME]`", owner.trim_end_matches(']')))
}

/// Reports a value of an environment that is a template parameter.
pub(crate) fn parameter_of_environment() -> Message {
    Message::new("an environment cannot choose a template parameter")
        .with_help("write the value, or give the parameter another value when you deploy")
}

/// Reports topics of alarms in the settings of an environment.
pub(crate) fn topics_of_environment() -> Message {
    Message::new("the topics of alarms are the same in every environment")
        .with_help("leave `to` out, and set it beside the other settings of the alarms")
}

/// Reports that an environment has settings for another number of schedules than the function has. `name` is the name
/// of the function.
pub(crate) fn other_number_of_schedules(name: &str, count: usize) -> Message {
    match count {
        0 => Message::new(format!("`{name}` has no schedule"))
            .with_help("write the schedule in its `#[function(…)]`"),
        1 => Message::new(format!("`{name}` has 1 schedule")).with_help("write one value"),
        _ => Message::new(format!("`{name}` has {count} schedules")).with_help(format!(
            "write a list of {count} values, in the order of its `#[function(…)]`"
        )),
    }
}

/// Reports a value that is no schedule of an environment; `found` describes it.
pub(crate) fn not_a_schedule(found: &str) -> Message {
    Message::new(format!("expected a schedule, found {found}"))
        .with_help("write `\"rate(1 hour)\"` or `{ enabled = false }`")
}

/// Reports an unknown key in a schedule of an environment; `known` are the keys that it can have.
pub(crate) fn unknown_key_of_schedule(key: &str, known: &[&str]) -> Message {
    let help = did_you_mean(key, known, |known| format!("an environment sets {}", list(known)));
    Message::new(format!("unknown key `{key}` in `schedule`")).with_help(help)
}
