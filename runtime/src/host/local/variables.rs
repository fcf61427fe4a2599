//! The environment variables of functions on the local host: those that the user gives to functions, and those that
//! the template sets for capabilities.
//!
//! In AWS each function has its own variables. Here all functions share a process, whose environment cannot change
//! safely once threads run. So the process starts itself again, with the variables that it lacks.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use crate::Error;
use crate::messages;
use crate::observability::log;
use crate::registry::FunctionEntry;

/// The environment variable that chooses the environment whose variables the functions have.
pub(super) const ENVIRONMENT: &str = "SKYLIFT_ENVIRONMENT";

/// Returns the variables of an environment, or of the default one if `chosen` is `None`.
///
/// # Errors
///
/// Returns an error if the application does not have the environment.
pub(super) fn of_environment(
    all: &[(&'static str, LocalVariables)],
    chosen: Option<&OsStr>,
) -> Result<LocalVariables, Error> {
    let Some(chosen) = chosen else {
        return Ok(all.first().map_or(&[], |(_, variables)| variables));
    };
    let found = all.iter().find(|(name, _)| chosen == OsStr::new(name));
    found.map(|(_, variables)| *variables).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        messages::local::unknown_environment(ENVIRONMENT, &chosen.to_string_lossy(), &names)
    })
}

/// The environment variables of one environment, each with its value if that is known before the deployment.
type LocalVariables = &'static [(&'static str, Option<&'static str>)];

/// Starts this process again if the environment lacks variables whose values are known. Returns the exit code of the
/// second start, or `None` if the environment is complete, or if the process cannot be started again.
pub(in crate::host) fn restart_with_variables(
    all: &[(&'static str, LocalVariables)],
) -> Option<ExitCode> {
    // An environment that the application does not have is an error of the start.
    let variables = of_environment(all, env::var_os(ENVIRONMENT).as_deref()).ok()?;
    let missing = choose_values(variables, |name| env::var_os(name).is_some());
    if missing.is_empty() {
        return None;
    }
    match env::current_exe().and_then(|program| start_again(&program, &missing)) {
        Ok(code) => Some(code),
        Err(error) => {
            let names: Vec<_> = missing.into_keys().collect();
            log::warning(messages::local::variables_not_set(&names, &error));
            None
        }
    }
}

/// Returns the variables to set, with their values: those with a known value for which `is_set` is false. Of two
/// values of one variable, the first is taken, and a warning says so.
fn choose_values(
    variables: &[(&'static str, Option<&'static str>)],
    is_set: impl Fn(&str) -> bool,
) -> BTreeMap<&'static str, &'static str> {
    let mut chosen = BTreeMap::new();
    for &(name, value) in variables {
        let Some(value) = value.filter(|_| !is_set(name)) else { continue };
        let first = *chosen.entry(name).or_insert(value);
        if first != value {
            log::warning(messages::local::two_values(name, first, value));
        }
    }
    chosen
}

/// Replaces this process by a new start of its program. Returns only if that fails.
#[cfg(unix)]
fn start_again(
    program: &std::path::Path,
    variables: &BTreeMap<&str, &str>,
) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;

    let mut arguments = env::args_os();
    let mut command = Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    Err(command.args(arguments).envs(variables).exec())
}

/// Starts the program of this process again, waits for its end, and returns its exit code.
#[cfg(not(unix))]
fn start_again(
    program: &std::path::Path,
    variables: &BTreeMap<&str, &str>,
) -> std::io::Result<ExitCode> {
    let status = Command::new(program).args(env::args_os().skip(1)).envs(variables).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// A variable that functions need, and that the environment does not have.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct MissingVariable {
    /// The name of the variable.
    pub(super) name: &'static str,
    /// What the variable names: the kind of the resource and its logical id.
    pub(super) resource: String,
}

/// Returns the variables of capabilities that are missing or empty, each once, in the order of the functions.
pub(super) fn find_missing<'a>(
    functions: impl Iterator<Item = &'a FunctionEntry>,
) -> Vec<MissingVariable> {
    let mut missing: Vec<MissingVariable> = Vec::new();
    for opener in functions.flat_map(|function| function.capabilities) {
        let is_set = env::var_os(opener.variable).is_some_and(|value| !value.is_empty());
        let known = missing.iter().any(|other| other.name == opener.variable);
        if !opener.optional && !is_set && !known {
            let resource = format!("{} {}", opener.kind, opener.id);
            missing.push(MissingVariable { name: opener.variable, resource });
        }
    }
    missing
}

/// Returns the names of the user's variables that the environment does not have.
pub(super) fn find_unset(variables: &[(&'static str, Option<&'static str>)]) -> Vec<&'static str> {
    let mut unset: Vec<_> = variables.iter().map(|(name, _)| *name).collect();
    unset.retain(|name| env::var_os(name).is_none());
    unset.dedup();
    unset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_are_set_where_the_environment_has_none_and_the_first_of_two_holds() {
        let variables = [
            ("LEVEL", Some("debug")),
            ("HOME", Some("/elsewhere")),
            ("LEVEL", Some("info")),
            ("TOPIC", None),
        ];
        let chosen = choose_values(&variables, |name| name == "HOME");
        assert_eq!(chosen, BTreeMap::from([("LEVEL", "debug")]));
    }

    #[test]
    fn the_variables_are_those_of_the_chosen_environment() {
        const DEFAULT: LocalVariables = &[("LEVEL", Some("debug"))];
        const PROD: LocalVariables = &[("LEVEL", Some("warn"))];
        let all = [("default", DEFAULT), ("prod", PROD)];
        let chosen = |name: &str| of_environment(&all, Some(OsStr::new(name)));
        assert_eq!(of_environment(&all, None).unwrap(), DEFAULT);
        assert_eq!(chosen("default").unwrap(), DEFAULT);
        assert_eq!(chosen("prod").unwrap(), PROD);
        let error = chosen("prd").unwrap_err();
        assert_eq!(error.name(), "UnknownEnvironment");
        assert_eq!(
            error.to_string(),
            "`SKYLIFT_ENVIRONMENT` is `prd`, which is no environment of the application; help: set it to `default` or `prod`"
        );
        assert!(of_environment(&[], None).unwrap().is_empty());
        assert!(of_environment(&[], Some(OsStr::new("prod"))).is_err());
    }
}
