//! Folds the properties that all functions share into SAM's section `Globals`.

use skylift_model::aws::node::Map;

use super::function;
use crate::stack::FunctionDefaults;

/// Returns the entries of the section `Globals` for the properties that all functions share.
pub(crate) fn fold_globals(defaults: &FunctionDefaults) -> Map {
    let config = defaults.invoke_config.clone();
    let function = function::to_sam_properties(defaults.function.clone(), config, None);
    if function.is_empty() { Map::new() } else { Map::new().with("Function", function) }
}
