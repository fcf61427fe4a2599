//! Lowers numbers of a function's settings, which are known now or are the value of a template parameter.

use skylift_model::FunctionSettings;
use skylift_model::aws::node::{Map, Node};
use skylift_model::number_setting::NumberKey;

/// Returns the node for a number of these settings, which is `value` unless a template parameter has it. Returns `None` if
/// the number is not set.
pub(super) fn number(
    settings: &FunctionSettings,
    key: NumberKey,
    value: Option<u32>,
) -> Option<Node> {
    match settings.parameter_of(key) {
        Some(parameter) => Some(Node::reference(parameter.param.as_str())),
        None => value.map(Node::from),
    }
}

/// Returns the property `EphemeralStorage` of a function, or `None` if these settings do not set it.
pub(super) fn ephemeral_storage(settings: &FunctionSettings) -> Option<Node> {
    let size = settings.ephemeral_storage.map(|size| size.get());
    let size = number(settings, NumberKey::EphemeralStorage, size)?;
    Some(Map::new().with("Size", size).into())
}
