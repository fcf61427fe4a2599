//! Lowers the environment variables of a function: those that the user sets, and those that contain the names of
//! the resources of its capabilities, of its idempotency table and of its resume queue.

use skylift_model::access::{Access, Capability};
use skylift_model::aws::name::EnvKey;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::provisioned_concurrency;
use skylift_model::aws::value::CfnValue;
use skylift_model::problem::PlaceInItem;
use skylift_model::{App, Function, InjectedVariable};
use skylift_syntax::handoff;

use crate::lower::{invoke, resource, value};

/// The variable from which a function reads the base path of the API's domain.
const BASE_PATH_VARIABLE: &str = "SKYLIFT_BASE_PATH";

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
    let mut further: Vec<(String, Node)> =
        further.filter_map(|it| known(&it).map(|value| (it.name, value))).collect();
    // Lambda publishes no version if only its description is new.
    if let Some(text) = &function.settings.lambda.version_description {
        let hash = settings_text(handoff::hash_text(text));
        further.push((provisioned_concurrency::SETTINGS_VARIABLE.to_owned(), hash));
    }
    further.extend(base_path(function, app));
    environment_property(&function.settings.env, further, app)
}

/// Returns the variable from which a function with routes reads the base path of the API's domain. Returns `None` if it needs
/// none, or if the user sets the variable.
fn base_path(function: &Function, app: &App) -> Option<(String, Node)> {
    let path = app.http.domain.as_ref()?.base_path.as_ref()?;
    let has_routes = function.triggers.iter().any(|trigger| trigger.route().is_some());
    let settings = [&function.settings, &app.defaults];
    let is_set =
        settings.iter().any(|it| it.env.iter().any(|(key, _)| key.as_str() == BASE_PATH_VARIABLE));
    (has_routes && !is_set).then(|| (BASE_PATH_VARIABLE.to_owned(), Node::from(path.as_str())))
}

/// Returns the value of the environment variable that changes with the settings of a function.
pub(crate) fn settings_text(hash: u64) -> Node {
    Node::from(format!("{hash:0width$x}", width = provisioned_concurrency::SETTINGS_LEN))
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
