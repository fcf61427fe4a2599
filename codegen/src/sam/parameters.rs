//! The parameters of the template: those that the package declares, and those that are only used.

use skylift_model::App;
use skylift_model::aws::node::Map;

use super::texts;

pub(super) fn emit(app: &App) -> Map {
    let mut parameters = Map::new();
    for parameter in &app.parameters {
        let mut node = Map::new().with("Type", "String");
        node.set_some("Description", parameter.description.as_deref());
        node.set_some("Default", parameter.default.as_deref());
        if !parameter.allowed.is_empty() {
            node.set("AllowedValues", texts(parameter.allowed.iter().map(String::as_str)));
        }
        if parameter.no_echo {
            node.set("NoEcho", true);
        }
        parameters.push(parameter.name.as_str(), node);
    }
    parameters
}
