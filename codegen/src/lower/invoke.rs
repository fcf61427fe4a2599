//! Names and ARNs for invoking a function. A function that others invoke has a computed name, so that callers need
//! no reference to it and two functions can invoke each other without a circular dependency. A function with
//! provisioned concurrency is invoked through its alias.

use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::{App, Function, StackLayout};

use super::resource::computed;

/// The name of the alias of a function with provisioned concurrency.
pub(crate) const ALIAS: &str = "live";

/// The ARN of a function up to the function's name, as a text for `Sub`.
const ARN: &str = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";

/// Returns the value of a function's `FunctionName`: the name that the user set or, if others invoke the function,
/// a computed name. Returns `None` if CloudFormation generates the name.
pub(crate) fn function_name(function: &Function, app: &App) -> Option<Node> {
    match &function.name {
        Some(name) => Some(Node::from(name.as_str())),
        None => has_computed_name(function, app).then(|| sub_with_name(function, "", "")),
    }
}

/// Returns the stem of a function's computed name. Returns `None` if the user set the name, or if CloudFormation
/// generates it.
pub(crate) fn computed_name_stem(function: &Function, app: &App) -> Option<String> {
    has_computed_name(function, app)
        .then(|| computed::function_kind(function).stem(function.id.as_str()))
}

/// Returns whether the template computes the name of a function: others invoke it, or it is in a nested stack, where
/// only its name tells its ARN to the other stacks.
fn has_computed_name(function: &Function, app: &App) -> bool {
    function.name.is_none() && (app.is_invoked(function) || app.stacks == StackLayout::Nested)
}

/// Returns the name by which callers invoke a function, followed by the alias if the function has one.
pub(crate) fn name_for_callers(function: &Function) -> Node {
    match &function.name {
        Some(name) => Node::from(format!("{name}{}", alias_qualifier(function))),
        None => sub_with_name(function, "", &alias_qualifier(function)),
    }
}

/// Returns the ARN by which callers invoke a function, including the alias if the function has one. It is built
/// from the name, without a reference to the function.
pub(crate) fn arn_for_callers(function: &Function) -> Node {
    sub_with_name(function, ARN, &alias_qualifier(function))
}

/// Returns the name of a function, without its alias and without a reference to the function.
pub(crate) fn computed_name(function: &Function) -> Node {
    sub_with_name(function, "", "")
}

/// Returns the ARN of a function, without its alias and without a reference to the function.
pub(crate) fn computed_arn(function: &Function) -> Node {
    sub_with_name(function, ARN, "")
}

/// Returns whether a function has an alias.
pub(crate) fn has_alias(function: &Function) -> bool {
    function.has_alias()
}

/// Returns the logical id of a function's alias: the one that SAM gives to the alias.
pub(crate) fn alias_id(function: &Function) -> String {
    format!("{}Alias{ALIAS}", function.id)
}

/// Returns the logical id of the version that a function's alias points to.
pub(crate) fn version_id(function: &Function) -> String {
    format!("{}Version", function.id)
}

/// Returns a reference to a function's alias, or to the function if it has no alias. Properties that accept a name
/// or an ARN use it.
pub(crate) fn target_reference(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::reference(function.id.as_str())
    }
}

/// Returns the ARN of a function's alias, or of the function if it has no alias, by a reference.
pub(crate) fn target_arn(function: &Function) -> Node {
    if has_alias(function) {
        Node::reference(alias_id(function))
    } else {
        Node::attribute(&function.id, "Arn")
    }
}

/// Returns the properties of a permission for an AWS service to invoke a function; `function` is the function's
/// name or ARN. The caller adds the source that may invoke the function.
pub(crate) fn permission_properties(function: Node, service: &str) -> Map {
    Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", function)
        .with("Principal", service)
}

/// Returns the end of a function's name or ARN that means its alias; an empty text if the function has no alias.
fn alias_qualifier(function: &Function) -> String {
    if has_alias(function) { format!(":{ALIAS}") } else { String::new() }
}

/// Returns a `Sub` of the function's name between two texts: the name that the user set, or the computed name.
fn sub_with_name(function: &Function, before: &str, after: &str) -> Node {
    match &function.name {
        Some(name) => Node::sub(format!("{before}{}{after}", escape_sub(name.as_str()))),
        None => {
            let name = computed::function_kind(function).name(function.id.as_str());
            computed::sub_with_stack(format!("{before}{name}{after}"))
        }
    }
}
