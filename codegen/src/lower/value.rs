//! Values of the application as nodes of a template.

use skylift_model::App;
use skylift_model::aws::node::Node;
use skylift_model::aws::value::Value;

use super::resource;

/// A value that may be known only when the stack is deployed.
pub(crate) fn lower(value: &Value, app: &App) -> Node {
    match value {
        Value::Literal(text) => Node::from(text),
        Value::Param(name) => Node::reference(name.as_str()),
        Value::Import(export) => Node::Tag("ImportValue", Box::new(Node::from(export))),
        Value::Ssm(path) => Node::from(format!("{{{{resolve:ssm:{path}}}}}")),
        Value::Resource(ident) => match app.resource(ident) {
            Some(resource) => resource::name(resource),
            None => Node::Null,
        },
    }
}
