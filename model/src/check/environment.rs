//! A function's environment: what the user sets, the defaults, and the variables by which its
//! capabilities find their resources.

use crate::access::Access;
use crate::limits;
use crate::name::EnvKey;
use crate::problem::{At, Item, Problems};
use crate::value::Value;
use crate::{App, Function};

/// What helps where the user sets a variable of ours.
const RENAME: &str = "leave it to Skylift, or rename yours";

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        size(app, index, function, problems);
        variables(app, index, function, problems);
    }
}

/// It fits into what Lambda keeps, as far as the values are known.
fn size(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let size = |env: &[(EnvKey, Value)], without: &[(EnvKey, Value)]| -> usize {
        let own = env.iter().filter(|(key, _)| without.iter().all(|(other, _)| other != key));
        own.map(|(key, value)| key.as_str().len() + value.literal().map_or(0, str::len)).sum()
    };
    let own = &function.settings.env;
    let variables = app.variables(function).into_iter().map(|(_, name)| name);
    let names: usize = variables.chain(app.resume_variable(function)).map(|name| name.len()).sum();
    let bytes = size(own, &[]) + size(&app.defaults.env, own) + names;
    if bytes > limits::ENVIRONMENT_BYTES {
        let most = limits::ENVIRONMENT_BYTES;
        problems
            .push(
                Item::Function(index),
                At::Key("env".to_owned()),
                format!(
                    "the environment has {bytes} bytes of keys and values, Lambda takes {most}"
                ),
            )
            .help("keep large values in a file beside the code, in S3 or in a parameter");
    }
}

/// Each capability has a variable of its own, which nothing else sets; so has the queue of `resume`.
fn variables(app: &App, index: usize, function: &Function, problems: &mut Problems) {
    let set = |name: &str| {
        let mut env = function.settings.env.iter().chain(&app.defaults.env);
        env.any(|(key, _)| key.as_str() == name)
    };
    let taken = |name: &str| {
        format!("this needs the environment variable `{name}`, which `env` sets already")
    };
    if let Some(name) = app.resume_variable(function).filter(|name| set(name)) {
        let at = At::Key("resume".to_owned());
        problems.push(Item::Function(index), at, taken(&name)).help(RENAME);
    }
    let variables = app.variables(function);
    for (place, (parameter, name)) in variables.iter().enumerate() {
        let (item, at) = (Item::Function(index), At::Param(*parameter));
        if set(name) {
            problems.push(item, at, taken(name)).help(RENAME);
            continue;
        }
        if let Err(error) = EnvKey::try_from(name.as_str()) {
            problems.push(item, at, error.to_string()).help("give the resource another id");
            continue;
        }
        let with = |parameter: usize| {
            function.capabilities.iter().find(|it| it.parameter == parameter).map(|it| &it.with)
        };
        let twin = variables[..place].iter().find(|(_, other)| other == name);
        if let Some((twin, _)) = twin.filter(|(twin, _)| with(*twin) != with(*parameter)) {
            let other = with(*twin).map_or("another", String::as_str);
            let message = format!(
                "this and `{other}` would both be found by the environment variable `{name}`"
            );
            problems.push(item, at, message).help("give one of them another id: `id = \"…\"`");
        }
    }
}

impl App {
    /// The environment variables by which the function's capabilities find what they are about, each
    /// with the index of its parameter.
    #[must_use]
    pub fn variables(&self, function: &Function) -> Vec<(usize, String)> {
        let name = |access: Access, with: &str| match access {
            Access::Invoke => self.function(with).map(Function::variable),
            _ => self.resource(with).map(crate::resource::Resource::variable),
        };
        let capabilities = function.capabilities.iter();
        capabilities.filter_map(|it| Some((it.parameter, name(it.access, &it.with)?))).collect()
    }

    /// The environment variable by which the function finds the queue that it hands its work over by.
    #[must_use]
    pub fn resume_variable(&self, function: &Function) -> Option<String> {
        self.resume_queue(function).map(crate::resource::Resource::variable)
    }
}
