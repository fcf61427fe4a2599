//! Messages about the environments that Cargo.toml declares.

use skylift_model::message::Message;

use super::did_you_mean;

/// The help for environments that are not tables.
const WRITE_TABLE: &str = "write the settings of an environment below a line `[package.metadata.skylift.environment.prod]`";

/// Reports that `environment` in the metadata is not a table of environments.
pub(crate) fn environments_not_a_table() -> Message {
    Message::new("`environment` has a table for each environment").with_help(WRITE_TABLE)
}

/// Reports that an environment is not a table; `name` is its name. It may be meant as an environment variable.
pub(crate) fn environment_not_a_table(name: &str) -> Message {
    Message::new(format!("the environment `{name}` is not a table")).with_help(format!(
        "{WRITE_TABLE},\nand environment variables of functions as `env = {{ {name} = \"…\" }}`"
    ))
}

/// Reports that the settings of single functions in an environment are not tables.
pub(crate) fn environment_functions_not_a_table(environment: &str) -> Message {
    Message::new(format!(
        "`functions` of the environment `{environment}` has a table for each function"
    ))
    .with_help(format!(
        "write a line `[package.metadata.skylift.environment.{environment}.functions.NAME]`"
    ))
}

/// Reports an environment with the name of the one that has the settings of the package.
pub(crate) fn default_environment(name: &str) -> Message {
    Message::new(format!(
        "the environment `{name}` has the settings of `[package.metadata.skylift]` and of the attributes"
    ))
    .with_help("write them there, or give this environment another name")
}

/// Reports two environments whose conditions in the template would have one name.
pub(crate) fn environments_with_one_condition(name: &str, other: &str) -> Message {
    Message::new(format!("the names `{name}` and `{other}` differ in hyphens and cases alone"))
        .with_help("rename one of the two environments")
}

/// Reports environments of an application that has no templates.
pub(crate) fn environments_without_templates() -> Message {
    Message::new("environments have no effect with `templates = false`").with_help(
        "leave out `environment`: the tool that deploys the functions has their settings",
    )
}

/// Reports settings of a function that the application does not have. `known` are the names of its functions.
pub(crate) fn unknown_function_of_environment<'a>(
    name: &str,
    environment: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Message {
    Message::new(format!(
        "the environment `{environment}` has settings of `{name}`, and the application has no function of this name"
    ))
    .with_help(did_you_mean(name, known, || "write the name of a Rust function".to_owned()))
}

/// Reports settings of a function whose name several functions have; `paths` are the paths of these.
pub(crate) fn ambiguous_function_of_environment(name: &str, paths: &[&str]) -> Message {
    let first = paths.first().copied().unwrap_or_default();
    Message::new(format!("{} functions have the name `{name}`", paths.len()))
        .with_help(format!("write the path of one: `\"{first}\"`"))
}

/// Adds the name of the environment to the message about a problem that only this environment has.
pub(crate) fn in_environment(message: &Message, environment: &str) -> Message {
    Message {
        text: format!("in the environment `{environment}`: {}", message.text),
        help: message.help.clone(),
    }
}

/// Reports that a setting of an environment changes more than values. `key` is the setting, and `what` says what
/// differs.
pub(crate) fn structure_of_environment(
    key: Option<&str>,
    environment: &str,
    what: &str,
) -> Message {
    let subject = match key {
        Some(key) => format!("`{key}` of the environment `{environment}`"),
        None => format!("the environment `{environment}`"),
    };
    let help = match key {
        Some(key) => {
            format!("set `{key}` for all environments, and another value of it in `{environment}`")
        }
        None => "leave out one of its settings".to_owned(),
    };
    Message::new(format!("{subject} changes more than values: {what}")).with_help(help)
}

/// Says that a resource is not in all environments; `id` is its logical id.
pub(crate) fn resource_of_some_environments(id: &str) -> String {
    format!("`{id}` is not in every environment")
}

/// Says that a property has another form in this environment; `id` is the logical id of its resource.
pub(crate) fn property_of_other_form(id: &str, property: &str) -> String {
    format!("`{property}` of `{id}` has another form")
}

/// Describes the template parameter that chooses the environment, for messages.
pub(crate) fn describe_environment_parameter(name: &str) -> String {
    format!("the template parameter `{name}`, which chooses the environment")
}

/// Reports that the user declares the template parameter that chooses the environment.
pub(crate) fn reserved_environment_parameter(name: &str) -> Message {
    Message::new(format!(
        "the template has a parameter `{name}` already, which chooses the environment"
    ))
    .with_help("leave it out, or give this parameter another name")
}

/// Describes the section entry that has the values of environments, for messages.
pub(crate) fn describe_environment_values() -> String {
    "the values of the environments".to_owned()
}

/// The description of the template parameter that chooses the environment.
pub(crate) const ENVIRONMENT_PARAMETER: &str = "Environment whose settings the functions have";
