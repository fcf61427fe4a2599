//! Checks the hooks of deployments: each is a function of the application that answers CodeDeploy, and each such function is
//! a hook of a deployment.

use crate::App;
use crate::Function;
use crate::aws::function_keys;
use crate::messages::{application, deployments as messages};
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::source::Trigger;
use crate::suggest;

/// Checks the hooks of all functions. Those that name the items `unknown`, which have errors, are not checked.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    let mut named: Vec<&str> = Vec::new();
    for (index, function) in app.functions.iter().enumerate() {
        let Some(deployment) = &function.settings.lambda.deploy else { continue };
        for (key, ident) in deployment.hooks() {
            named.push(ident);
            if unknown.iter().any(|it| it == ident) {
                continue;
            }
            let at = PlaceInItem::Key(format!("{}.{key}", function_keys::DEPLOY.name));
            if let Some(message) = find_mistake(app, function, ident) {
                problems.push(ItemIndex::Function(index), at, message);
            }
        }
    }
    // A name of nothing may be a misspelled hook, and has its own message.
    if named.iter().any(|ident| app.function(ident).is_none()) {
        return;
    }
    for (index, trigger) in app.triggers() {
        let ident = app.functions[index.function].ident();
        // A function with an error may be the one that names the hook.
        if is_hook(trigger) && !named.contains(&ident) && unknown.is_empty() {
            problems.push_for_trigger(index, messages::hook_of_nothing(ident));
        }
    }
}

/// Returns the message about a function that cannot be a hook of the deployment of `function`.
fn find_mistake(app: &App, function: &Function, ident: &str) -> Option<crate::message::Message> {
    let Some(hook) = app.function(ident) else {
        let near = suggest::nearest(ident, app.functions.iter().map(Function::ident));
        return Some(application::undeclared_function(ident, near));
    };
    if hook.id == function.id {
        return Some(messages::hook_of_itself());
    }
    (!hook.triggers.iter().any(is_hook)).then(|| messages::not_a_hook(ident))
}

const fn is_hook(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::DeploymentHook(_))
}
