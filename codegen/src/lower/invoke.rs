//! How a function is invoked. Functions that others invoke have names that caller and function both
//! compute, so that two functions that invoke each other close no circle. A function with provisioned
//! concurrency is invoked by its alias.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::{App, Function};

use super::resource::computed::{self, Computed};

/// The alias of a function that has provisioned concurrency.
pub(crate) const ALIAS: &str = "live";

/// The function's name, where the template decides it.
pub(crate) fn name(function: &Function, app: &App) -> Option<Node> {
    match &function.name {
        Some(name) => Some(Node::from(name.as_str())),
        None => app.is_invoked(function).then(|| sub(function, "", "")),
    }
}

/// What the name of the function is computed of, where the template computes it.
pub(crate) fn stem(function: &Function, app: &App) -> Option<String> {
    let computed = function.name.is_none() && app.is_invoked(function);
    computed.then(|| Computed::Function.stem(function.id.as_str()))
}

/// What names the function to those that invoke it: with its alias, where it has one.
pub(crate) fn variable(function: &Function) -> Node {
    match &function.name {
        Some(name) => Node::from(format!("{name}{}", qualifier(function))),
        None => sub(function, "", &qualifier(function)),
    }
}

/// The ARN of what [`variable`] names.
pub(crate) fn arn(function: &Function) -> Node {
    let before = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    sub(function, before, &qualifier(function))
}

/// Whether the function has an alias.
pub(crate) fn has_alias(function: &Function) -> bool {
    function.settings.provisioned_concurrency.is_some()
}

/// The id of the alias of a function that has one: that which SAM gives to it.
pub(crate) fn alias_id(function: &Function) -> String {
    format!("{}Alias{ALIAS}", function.id)
}

/// The id of the version that the alias shows.
pub(crate) fn version_id(function: &Function) -> String {
    format!("{}Version", function.id)
}

/// What invokes a function within the stack, where a name or an ARN is taken: the alias where it has
/// one.
pub(crate) fn function_name(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::reference(function.id.as_str())
    }
}

/// The same as an ARN.
pub(crate) fn function_arn(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::attribute(&function.id, "Arn")
    }
}

/// Lets a service of AWS invoke a function, which has this name or ARN; the caller adds on behalf of what.
pub(crate) fn permission(function: Node, service: &str) -> Map {
    Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", function)
        .with("Principal", service)
}

fn qualifier(function: &Function) -> String {
    if has_alias(function) { format!(":{ALIAS}") } else { String::new() }
}

fn sub(function: &Function, before: &str, after: &str) -> Node {
    match &function.name {
        Some(name) => Node::sub(format!("{before}{}{after}", escape_sub(name.as_str()))),
        None => {
            let name = Computed::Function.name(function.id.as_str());
            computed::sub(format!("{before}{name}{after}"))
        }
    }
}
