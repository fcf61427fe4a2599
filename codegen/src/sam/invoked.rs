//! Functions that others invoke: they have names that caller and function both compute, so that two
//! functions that invoke each other close no circle. It takes a function, and gives its name, what
//! the environment variable of a caller holds, and its ARN.

use skylift_model::aws::node::{Node, escape_sub};
use skylift_model::{App, Function};

use crate::resource::computed::{self, Computed};

/// The alias of a function that has provisioned concurrency.
pub(super) const ALIAS: &str = "live";

/// The function's name, where the template decides it.
pub(super) fn name(function: &Function, app: &App) -> Option<Node> {
    match &function.name {
        Some(name) => Some(Node::from(name.as_str())),
        None => app.is_invoked(function).then(|| sub(function, "", "")),
    }
}

/// What the name of the function is computed of, where the template computes it.
pub(super) fn stem(function: &Function, app: &App) -> Option<String> {
    let computed = function.name.is_none() && app.is_invoked(function);
    computed.then(|| Computed::Function.stem(function.id.as_str()))
}

/// What names the function to those that invoke it: with its alias, where it has one.
pub(super) fn variable(function: &Function) -> Node {
    match &function.name {
        Some(name) => Node::from(format!("{name}{}", qualifier(function))),
        None => sub(function, "", &qualifier(function)),
    }
}

/// The ARN of what [`variable`] names.
pub(super) fn arn(function: &Function) -> Node {
    let before = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    sub(function, before, &qualifier(function))
}

/// The id that SAM gives to the alias of a function that has one.
pub(super) fn alias_id(function: &Function) -> String {
    format!("{}Alias{ALIAS}", function.id)
}

fn qualifier(function: &Function) -> String {
    let provisioned = function.settings.provisioned_concurrency.as_ref();
    let alias = provisioned.map(|_| format!(":{ALIAS}"));
    alias.unwrap_or_default()
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
