//! Lowers the environment variables of a function: those that the user sets, and those that contain the names of
//! the resources of its capabilities, of its idempotency table and of its resume queue.

use skylift_model::access::{Access, Capability};
use skylift_model::aws::name::EnvKey;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::CfnValue;
use skylift_model::problem::PlaceInItem;
use skylift_model::{App, Function, InjectedVariable};

use crate::lower::{invoke, resource, value};

/// Returns the property `Environment` of a function without the defaults of all functions, or `None` if the
/// function has no variables of its own.
pub(super) fn function_environment(function: &Function, app: &App) -> Option<Node> {
    let known = |InjectedVariable { at, target, .. }: &InjectedVariable<'_>| {
        let invokes = |it: &Capability| {
            it.access == Access::Invoke && *at == PlaceInItem::Param(it.parameter)
        };
        if function.capabilities.iter().any(invokes) {
            return app.function(target).map(invoke::name_for_callers);
        }
        app.resource(target).map(resource::identifier)
    };
    let further = app.injected_variables(function).into_iter();
    let further = further.filter_map(|it| known(&it).map(|value| (it.name, value))).collect();
    environment_property(&function.settings.env, further, app)
}

/// Returns the property `Environment` with the user's variables `env` and the generated variables `further`.
/// Returns `None` if there are no variables.
pub(super) fn environment_property(
    env: &[(EnvKey, CfnValue)],
    further: Vec<(String, Node)>,
    app: &App,
) -> Option<Node> {
    let mut variables = Map::new();
    for (key, set) in env {
        variables.set(key.as_str(), value::lower_value(set, app));
    }
    for (name, value) in further {
        variables.set(name, value);
    }
    (!variables.is_empty()).then(|| Map::new().with("Variables", variables).into())
}
