//! Folds the defaults of all functions into SAM's section `Globals`.

use skylift_model::aws::node::Map;

use super::function;
use crate::stack::Defaults;

/// Returns the section for these defaults.
pub(crate) fn fold(defaults: &Defaults) -> Map {
    let config = defaults.invoke_config.clone();
    let function = function::properties(defaults.function.clone(), config, None);
    Map::new().with("Function", function)
}
