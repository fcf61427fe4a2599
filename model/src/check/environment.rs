//! A function's environment: what the user sets, the defaults, and the variables by which its
//! capabilities, what it does once and work that goes on later find their resources.

use crate::aws::limits;
use crate::aws::name::EnvKey;
use crate::aws::provisioned_concurrency;
use crate::aws::value::CfnValue;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::{App, Function, InjectedVariable};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        size(app, index, function, problems);
        settings(app, index, function, problems);
        variables(app, index, function, problems);
    }
}

/// It fits into what Lambda keeps, as far as the values are known.
fn size(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let size = |env: &[(EnvKey, CfnValue)], without: &[(EnvKey, CfnValue)]| -> usize {
        let own = env.iter().filter(|(key, _)| without.iter().all(|(other, _)| other != key));
        own.map(|(key, value)| key.as_str().len() + value.literal().map_or(0, str::len)).sum()
    };
    let own = &function.settings.env;
    let names: usize = app.injected_variables(function).iter().map(|it| it.name.len()).sum();
    let published = function.settings.provisioned_concurrency.as_ref();
    let published = published.map_or(0, |_| {
        provisioned_concurrency::SETTINGS_VARIABLE.len() + provisioned_concurrency::SETTINGS_LEN
    });
    let bytes = size(own, &[]) + size(&app.defaults.env, own) + names + published;
    if bytes > limits::ENVIRONMENT_BYTES {
        let most = limits::ENVIRONMENT_BYTES;
        problems
            .push(
                ItemIndex::Function(index),
                PlaceInItem::key("env"),
                format!(
                    "the environment has {bytes} bytes of keys and values, Lambda takes {most}"
                ),
            )
            .help("keep large values in a file beside the code, in S3 or in a parameter");
    }
}

/// What makes a new version of a function is nobody else's to set.
fn settings(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let mut env = function.settings.env.iter().chain(&app.defaults.env);
    let name = provisioned_concurrency::SETTINGS_VARIABLE;
    if function.settings.provisioned_concurrency.is_some()
        && env.any(|(key, _)| key.as_str() == name)
    {
        let message =
            format!("`{name}` is what Skylift sets where there is `provisioned_concurrency`");
        let at = PlaceInItem::key("env");
        problems.push(ItemIndex::Function(index), at, message).help("give yours another name");
    }
}

/// Each resource that is found by a variable has one of its own, which nothing else sets.
fn variables(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let variables = app.injected_variables(function);
    for (place, InjectedVariable { at, target, name }) in variables.iter().enumerate() {
        let (item, at) = (ItemIndex::Function(index), at.clone());
        let env = function.settings.env.iter().chain(&app.defaults.env);
        if env.into_iter().any(|(key, _)| key.as_str() == name) {
            let message =
                format!("this needs the environment variable `{name}`, which `env` sets already");
            problems.push(item, at, message).help("leave it to Skylift, or rename yours");
            continue;
        }
        if let Err(error) = EnvKey::try_from(name.as_str()) {
            problems.push(item, at, error.to_string()).help("give the resource another id");
            continue;
        }
        let twin = variables[..place].iter().find(|twin| twin.name == *name);
        if let Some(InjectedVariable { target: other, .. }) =
            twin.filter(|twin| twin.target != *target)
        {
            let message = format!(
                "this and `{other}` would both be found by the environment variable `{name}`"
            );
            problems.push(item, at, message).help("give one of them another id: `id = \"…\"`");
        }
    }
}
