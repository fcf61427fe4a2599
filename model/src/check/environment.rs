//! Checks the environment of each function: the variables of the user, the defaults of the application, and
//! the variables by which the function finds its resources.

use crate::aws::limits;
use crate::aws::name::EnvKey;
use crate::aws::provisioned_concurrency::{SETTINGS_LEN, SETTINGS_VARIABLE};
use crate::aws::value::CfnValue;
use crate::messages::application as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::{App, Function, InjectedVariable};

pub(super) fn check(app: &App, problems: &mut Problems) {
    let defaults = size(&app.defaults.env, &[]);
    if defaults > limits::ENVIRONMENT_BYTES {
        let message = messages::environment_too_large(defaults);
        return problems.push_for_defaults(PlaceInItem::key("env"), message);
    }
    for (index, function) in app.functions.iter().enumerate() {
        check_size(app, index, function, problems);
        check_settings_variable(app, index, function, problems);
        check_injected_variables(app, index, function, problems);
    }
}

/// Checks that the environment of the function is not larger than Lambda allows. Only the values that are known
/// before the deployment count.
fn check_size(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let own = &function.settings.env;
    let injected: usize = app.injected_variables(function).iter().map(|it| it.name.len()).sum();
    let settings = if function.has_alias() { SETTINGS_VARIABLE.len() + SETTINGS_LEN } else { 0 };
    let bytes = size(own, &[]) + size(&app.defaults.env, own) + injected + settings;
    if bytes > limits::ENVIRONMENT_BYTES {
        let message = messages::environment_too_large(bytes);
        problems.push(ItemIndex::Function(index), PlaceInItem::key("env"), message);
    }
}

/// Returns the size of the variables whose keys are not in `without`, in bytes.
fn size(env: &[(EnvKey, CfnValue)], without: &[(EnvKey, CfnValue)]) -> usize {
    let counted = env.iter().filter(|(key, _)| without.iter().all(|(other, _)| other != key));
    counted.map(|(key, value)| key.as_str().len() + value.literal().map_or(0, str::len)).sum()
}

/// Returns whether one of the variables has this name.
fn contains(env: &[(EnvKey, CfnValue)], name: &str) -> bool {
    env.iter().any(|(key, _)| key.as_str() == name)
}

/// Checks that the user does not set the variable with which Skylift makes SAM publish new versions of a
/// function.
fn check_settings_variable(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    if !function.has_alias() {
        return;
    }
    let message = messages::settings_variable_taken(SETTINGS_VARIABLE);
    if contains(&function.settings.env, SETTINGS_VARIABLE) {
        problems.push(ItemIndex::Function(index), PlaceInItem::key("env"), message);
    } else if contains(&app.defaults.env, SETTINGS_VARIABLE) {
        problems.push_for_defaults(PlaceInItem::Env(SETTINGS_VARIABLE.to_owned()), message);
    }
}

/// Checks that each variable through which the function finds a resource has a valid name, and that neither the
/// user nor another resource uses this name.
fn check_injected_variables(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let item = ItemIndex::Function(index);
    let variables = app.injected_variables(function);
    for (position, InjectedVariable { at, target, name }) in variables.iter().enumerate() {
        if contains(&function.settings.env, name) {
            problems.push(item, at.clone(), messages::variable_taken(name));
            continue;
        }
        if contains(&app.defaults.env, name) {
            let message = messages::default_variable_taken(name, &function.handler);
            problems.push_for_defaults(PlaceInItem::Env(name.clone()), message);
            continue;
        }
        if let Err(error) = EnvKey::try_from(name.as_str()) {
            problems.push(item, at.clone(), messages::invalid_variable(error.to_string()));
            continue;
        }
        let mut earlier = variables[..position].iter();
        if let Some(other) = earlier.find(|it| it.name == *name).filter(|it| it.target != *target) {
            problems.push(item, at.clone(), messages::variable_shared(name, other.target));
        }
    }
}
