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
    for (index, function) in app.functions.iter().enumerate() {
        check_size(app, index, function, problems);
        check_settings_variable(app, index, function, problems);
        check_injected_variables(app, index, function, problems);
    }
}

/// Checks that the environment of the function is not larger than Lambda allows. Only the values that are known
/// before the deployment count.
fn check_size(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let size = |env: &[(EnvKey, CfnValue)], without: &[(EnvKey, CfnValue)]| -> usize {
        let counted = env.iter().filter(|(key, _)| without.iter().all(|(other, _)| other != key));
        counted.map(|(key, value)| key.as_str().len() + value.literal().map_or(0, str::len)).sum()
    };
    let own = &function.settings.env;
    let injected: usize = app.injected_variables(function).iter().map(|it| it.name.len()).sum();
    let provisioned = function.settings.provisioned_concurrency.as_ref();
    let settings = provisioned.map_or(0, |_| SETTINGS_VARIABLE.len() + SETTINGS_LEN);
    let bytes = size(own, &[]) + size(&app.defaults.env, own) + injected + settings;
    if bytes > limits::ENVIRONMENT_BYTES {
        let message = messages::environment_too_large(bytes);
        problems.push(ItemIndex::Function(index), PlaceInItem::key("env"), message);
    }
}

/// Checks that the user does not set the variable with which Skylift makes SAM publish new versions of a
/// function.
fn check_settings_variable(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let mut env = function.settings.env.iter().chain(&app.defaults.env);
    if function.settings.provisioned_concurrency.is_some()
        && env.any(|(key, _)| key.as_str() == SETTINGS_VARIABLE)
    {
        let message = messages::settings_variable_taken(SETTINGS_VARIABLE);
        problems.push(ItemIndex::Function(index), PlaceInItem::key("env"), message);
    }
}

/// Checks that each variable through which the function finds a resource has a valid name, and that neither the
/// user nor another resource uses this name.
fn check_injected_variables(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let item = ItemIndex::Function(index);
    let variables = app.injected_variables(function);
    for (position, InjectedVariable { at, target, name }) in variables.iter().enumerate() {
        let mut env = function.settings.env.iter().chain(&app.defaults.env);
        if env.any(|(key, _)| key.as_str() == name) {
            problems.push(item, at.clone(), messages::variable_taken(name));
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
