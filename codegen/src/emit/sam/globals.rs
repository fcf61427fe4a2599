//! `Globals`: what every function has that says nothing else, in SAM's words.

use skylift_model::aws::node::Map;

use super::function;
use crate::stack::Defaults;

/// The section of these defaults.
pub(crate) fn fold(defaults: &Defaults) -> Map {
    let config = defaults.invoke_config.clone();
    let function = function::properties(defaults.function.clone(), config, None);
    Map::new().with("Function", function)
}
