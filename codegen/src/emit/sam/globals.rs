//! Folds the properties that all functions share, and the settings of the HTTP API, into SAM's section `Globals`.

use skylift_model::aws::node::Map;

use super::{api, function};
use crate::stack::{ApiInStack, FunctionDefaults};

/// Returns the entries of the section `Globals`.
pub(crate) fn fold_globals(defaults: &FunctionDefaults, http_api: Option<&ApiInStack>) -> Map {
    let config = defaults.invoke_config.clone();
    let function = function::to_sam_properties(defaults.function.clone(), config, None);
    let mut globals = Map::new();
    let http_api = http_api.map(api::fold_globals).unwrap_or_default();
    for (section, properties) in [("Function", function), ("HttpApi", http_api)] {
        if !properties.is_empty() {
            globals.push(section, properties);
        }
    }
    globals
}
