//! Converts values of the application to nodes of a template.

use skylift_model::App;
use skylift_model::aws::node::Node;
use skylift_model::aws::value::CfnValue;

use super::resource;

/// Returns the node of a value, which may be known only when the stack is deployed.
pub(crate) fn lower_value(value: &CfnValue, app: &App) -> Node {
    match value {
        CfnValue::Literal(text) => Node::from(text),
        CfnValue::Param(name) => Node::reference(name.as_str()),
        CfnValue::Import(export) => Node::Tag("ImportValue", Box::new(Node::from(export))),
        CfnValue::Ssm(path) => Node::from(format!("{{{{resolve:ssm:{path}}}}}")),
        CfnValue::Resource(ident) => match app.resource(ident) {
            Some(resource) => resource::identifier(resource),
            None => Node::Null,
        },
    }
}
