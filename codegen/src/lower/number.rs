//! Lowers numbers of settings, which are known now or are the value of a template parameter.

use skylift_model::FunctionSettings;
use skylift_model::aws::function_keys::{self, FunctionKey};
use skylift_model::aws::name::ParameterName;
use skylift_model::aws::node::{Map, Node};
use skylift_model::number_setting::NumberParameters;

/// Returns the node for the number of a setting, which is `value` unless one of these template parameters has it. Returns
/// `None` if the number is not set.
pub(super) fn lower_number(
    parameters: &NumberParameters,
    key: &str,
    value: Option<u32>,
) -> Option<Node> {
    match parameters.find(key) {
        Some(parameter) => Some(Node::reference(parameter.param.as_str())),
        None => value.map(Node::from),
    }
}

/// Returns the node for a number of a function's settings. Returns `None` if the number is not set.
pub(super) fn number(
    settings: &FunctionSettings,
    key: FunctionKey,
    value: Option<u32>,
) -> Option<Node> {
    lower_number(&settings.from_parameters, key.name, value)
}

/// Returns the property `EphemeralStorage` of a function, or `None` if these settings do not set it.
pub(super) fn ephemeral_storage(settings: &FunctionSettings) -> Option<Node> {
    let size = settings.ephemeral_storage.map(|size| size.get());
    let size = number(settings, function_keys::EPHEMERAL_STORAGE, size)?;
    Some(Map::new().with("Size", size).into())
}

/// Sets the property `State` of a rule or a schedule, unless it is active. `enabled_by` is the template parameter that has
/// the state.
pub(super) fn set_state(enabled: bool, enabled_by: Option<&ParameterName>, properties: &mut Map) {
    if let Some(parameter) = enabled_by {
        properties.set("State", Node::reference(parameter.as_str()));
    } else if !enabled {
        properties.set("State", "DISABLED");
    }
}
