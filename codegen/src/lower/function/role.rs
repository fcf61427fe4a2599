//! Lowers the role of a function: statements that allow actions on exact ARNs. It takes the function and the calls
//! that Lambda makes for its triggers, and returns an `AWS::IAM::Role`.
//!
//! The SAM template sets `Role`, so SAM generates no role and adds no permissions. The permissions that SAM would
//! have added for the user's `properties` are added here.

use skylift_model::access::Access;
use skylift_model::aws::iam::{ApiCall, GrantScope};
use skylift_model::aws::managed_policy;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::CfnValue;
use skylift_model::idempotency;
use skylift_model::resource::Resource;
use skylift_model::settings::AllowStatement;
use skylift_model::{App, Function};

use super::properties::Role as Users;
use super::{defaults, logs};
use crate::lower::source::RoleCalls;
use crate::lower::text::text_nodes;
use crate::lower::{invoke, resource, value};
use crate::stack::{self, IdOwner, Purpose, merge_tags};

/// The properties of the role that the user's `properties` may set, in the order of the template.
const OF_USERS: [&str; 3] = ["AssumeRolePolicyDocument", "Path", "PermissionsBoundary"];

/// The actions to send traces, with the function's role. IAM defines no resources for them.
const TRACE: [&str; 2] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/// The actions to write logs.
const LOG: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// The action to invoke a function.
const INVOKE: &str = "lambda:InvokeFunction";

/// Returns the logical id of a function's role: the one that SAM would give it.
pub(crate) fn id(function: &Function) -> String {
    format!("{}Role", function.id)
}

/// Returns the user's own role, if the function has one.
pub(crate) fn own(function: &Function) -> Option<&Node> {
    function.properties.get("Role")
}

/// Returns whether the user's `Role` is a condition, so that SAM generates a role for one of its branches.
pub(crate) fn is_conditional(function: &Function) -> bool {
    matches!(own(function), Some(Node::Map(role)) if role.get("Fn::If").is_some())
}

/// Returns the role of the function with this index. It refers to nothing that depends on the function.
pub(super) fn lower(
    index: usize,
    app: &App,
    mut calls: RoleCalls,
    users: &Users,
) -> stack::Resource {
    let function = &app.functions[index];
    let mut properties = Map::new();
    properties.push("AssumeRolePolicyDocument", trust());
    for property in OF_USERS {
        properties.set_some(property, users.properties.get(property).cloned());
    }
    let managed = managed(function, users);
    if !managed.is_empty() {
        properties.push("ManagedPolicyArns", managed);
    }
    let mut policy = Map::new();
    policy.push("PolicyName", "Function");
    calls.extend(users.calls.iter().cloned());
    policy.push("PolicyDocument", document(statements(function, app, calls)));
    properties.push("Policies", vec![Node::Map(policy)]);
    let tags = tags(function, app);
    if !tags.is_empty() {
        properties.push("Tags", tags);
    }
    let part = IdOwner::for_function(index, Purpose::Role);
    stack::Resource::new(id(function), "AWS::IAM::Role", part, properties)
}

fn trust() -> Node {
    let mut statement = Map::new();
    statement.push("Effect", "Allow");
    statement.push("Principal", Map::new().with("Service", "lambda.amazonaws.com"));
    statement.push("Action", "sts:AssumeRole");
    document(vec![statement.into()])
}

fn document(statements: Vec<Node>) -> Node {
    let mut document = Map::new();
    document.push("Version", "2012-10-17");
    document.push("Statement", statements);
    document.into()
}

fn statement(actions: Vec<Node>, resources: Vec<Node>) -> Node {
    let mut statement = Map::new();
    statement.push("Effect", "Allow");
    statement.push("Action", actions);
    statement.push("Resource", resources);
    statement.into()
}

fn statements(function: &Function, app: &App, calls: RoleCalls) -> Vec<Node> {
    let mut statements = vec![statement(text_nodes(LOG), vec![logs::arn(function)])];
    for (actions, arn) in calls {
        statements.push(statement(text_nodes(actions.iter().copied()), vec![arn]));
    }
    if function.is_traced(&app.defaults) {
        statements.push(statement(text_nodes(TRACE), text_nodes(["*"])));
    }
    capabilities(function, app, &mut statements);
    statements.extend(function.settings.allow.iter().map(|allow| allowed(allow, app)));
    statements
}

/// The permissions on one resource: the actions on each of its parts.
struct Grant<'a> {
    on: &'a Resource,
    actions: Vec<(GrantScope, Vec<&'static str>)>,
}

/// Adds statements for the calls of the typed clients, resource by resource in the order of the parameters, then
/// those for the idempotency table, then those for invoked functions.
fn capabilities(function: &Function, app: &App, statements: &mut Vec<Node>) {
    let mut grants: Vec<Grant<'_>> = Vec::new();
    let mut functions: Vec<&Function> = Vec::new();
    for capability in &function.capabilities {
        if capability.access == Access::Invoke {
            let invoked = app.function(&capability.target);
            let known = |it: &&Function| functions.iter().any(|other| other.id == it.id);
            functions.extend(invoked.filter(|it| !known(it)));
            continue;
        }
        if let Some(resource) = app.resource(&capability.target) {
            grant(&mut grants, resource, &resource.kind().calls(capability.access));
        }
    }
    let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
    if let Some(table) = store.and_then(|ident| app.resource(ident)) {
        grant(&mut grants, table, idempotency::STORE_CALLS);
    }
    for Grant { on, actions } in grants {
        for (part, actions) in actions {
            let arns = resource::part_arns(on, part);
            if !arns.is_empty() {
                statements.push(statement(text_nodes(actions), arns));
            }
        }
    }
    for function in functions {
        statements.push(statement(text_nodes([INVOKE]), vec![invoke::arn_for_callers(function)]));
    }
}

/// Adds these calls to the permissions on the resource.
fn grant<'a>(grants: &mut Vec<Grant<'a>>, on: &'a Resource, calls: &[ApiCall]) {
    let index = grants.iter().position(|it| it.on.id == on.id).unwrap_or_else(|| {
        grants.push(Grant { on, actions: Vec::new() });
        grants.len() - 1
    });
    for call in calls {
        add(&mut grants[index].actions, call.scope, call.action);
    }
}

fn add(groups: &mut Vec<(GrantScope, Vec<&'static str>)>, on: GrantScope, action: &'static str) {
    match groups.iter_mut().find(|(part, _)| *part == on) {
        Some((_, actions)) if actions.contains(&action) => {}
        Some((_, actions)) => actions.push(action),
        None => groups.push((on, vec![action])),
    }
}

fn allowed(allow: &AllowStatement, app: &App) -> Node {
    let arns = |value: &CfnValue| match value {
        CfnValue::Resource(ident) => {
            app.resource(ident).map(resource::all_part_arns).unwrap_or_default()
        }
        other => vec![value::lower_value(other, app)],
    };
    let resources = allow.resources.iter().flat_map(arns).collect();
    statement(text_nodes(allow.actions.iter().map(String::as_str)), resources)
}

/// Returns the managed policies: those that Lambda needs for the properties, and the user's.
fn managed(function: &Function, users: &Users) -> Vec<Node> {
    let mut arns: Vec<Node> = users.managed.iter().map(|name| managed_arn("", name)).collect();
    for policy in &function.settings.policies {
        let arn = if policy.starts_with("arn:") {
            Node::from(policy)
        } else {
            managed_arn(managed_policy::policy_path(policy), policy)
        };
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    arns
}

fn managed_arn(path: &str, name: &str) -> Node {
    Node::sub(format!("arn:${{AWS::Partition}}:iam::aws:policy/{path}{}", escape_sub(name)))
}

/// Returns the role's tags: the function's, as SAM would set them.
fn tags(function: &Function, app: &App) -> Vec<Node> {
    let defaults = defaults::tag_list(&app.defaults.tags);
    merge_tags(&defaults, &defaults::tag_list(&function.settings.tags))
}

#[cfg(test)]
mod tests;
