//! Names and ARNs for invoking a function. A function that others invoke has a computed name, so that callers need
//! no reference to it and two functions can invoke each other without a circular dependency. A function with
//! provisioned concurrency is invoked through its alias.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::{App, Function};

use super::resource::computed::{self, ComputedNameKind};

/// The name of the alias of a function with provisioned concurrency.
pub(crate) const ALIAS: &str = "live";

/// Returns the function's name, if the template sets it.
pub(crate) fn function_name(function: &Function, app: &App) -> Option<Node> {
    match &function.name {
        Some(name) => Some(Node::from(name.as_str())),
        None => app.is_invoked(function).then(|| sub_with_name(function, "", "")),
    }
}

/// Returns the stem of the function's computed name, if its name is computed.
pub(crate) fn computed_name_stem(function: &Function, app: &App) -> Option<String> {
    let computed = function.name.is_none() && app.is_invoked(function);
    computed.then(|| ComputedNameKind::Function.stem(function.id.as_str()))
}

/// Returns the name by which callers invoke the function, with its alias if it has one.
pub(crate) fn name_for_callers(function: &Function) -> Node {
    match &function.name {
        Some(name) => Node::from(format!("{name}{}", alias_qualifier(function))),
        None => sub_with_name(function, "", &alias_qualifier(function)),
    }
}

/// Returns the ARN of what [`name_for_callers`] names.
pub(crate) fn arn_for_callers(function: &Function) -> Node {
    let before = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";
    sub_with_name(function, before, &alias_qualifier(function))
}

/// Returns whether the function has an alias.
pub(crate) fn has_alias(function: &Function) -> bool {
    function.settings.provisioned_concurrency.is_some()
}

/// Returns the logical id of the function's alias: the one that SAM gives it.
pub(crate) fn alias_id(function: &Function) -> String {
    format!("{}Alias{ALIAS}", function.id)
}

/// Returns the logical id of the version that the alias points to.
pub(crate) fn version_id(function: &Function) -> String {
    format!("{}Version", function.id)
}

/// Returns a reference to the function, for properties that accept a name or an ARN; to its alias if it has one.
pub(crate) fn target_reference(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::reference(function.id.as_str())
    }
}

/// Returns the same as an ARN.
pub(crate) fn target_arn(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::attribute(&function.id, "Arn")
    }
}

/// Returns the properties of a permission for an AWS service to invoke a function, given its name or ARN. The caller
/// adds the source.
pub(crate) fn permission_properties(function: Node, service: &str) -> Map {
    Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", function)
        .with("Principal", service)
}

fn alias_qualifier(function: &Function) -> String {
    if has_alias(function) { format!(":{ALIAS}") } else { String::new() }
}

fn sub_with_name(function: &Function, before: &str, after: &str) -> Node {
    match &function.name {
        Some(name) => Node::sub(format!("{before}{}{after}", escape_sub(name.as_str()))),
        None => {
            let name = ComputedNameKind::Function.name(function.id.as_str());
            computed::sub_with_stack(format!("{before}{name}{after}"))
        }
    }
}
