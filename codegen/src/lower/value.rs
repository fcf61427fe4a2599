//! Converts values of the application to nodes of a template, as text or as intrinsic functions.

use skylift_model::App;
use skylift_model::aws::node::Node;
use skylift_model::aws::value::CfnValue;

use super::plain_value::lower_plain_value;
use super::resource;

/// Returns the node for a value of the application. If the value is known only when the stack is deployed, the node
/// is an intrinsic function or a dynamic reference. It is null if the value names a resource that the application
/// does not contain.
pub(crate) fn lower_value(value: &CfnValue, app: &App) -> Node {
    match value {
        CfnValue::Resource(ident) => match app.resource(ident) {
            Some(resource) => resource::identifier(resource),
            None => Node::Null,
        },
        other => lower_plain_value(other),
    }
}
