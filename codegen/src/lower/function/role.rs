//! Lowers the role of a function: statements that allow actions on exact ARNs. It takes the function and the calls
//! that Lambda makes for the function's triggers, and returns an `AWS::IAM::Role`.
//!
//! The SAM template sets `Role`, so SAM generates no role and adds no permissions. This module adds the permissions
//! that SAM would have added for the user's `properties`.
// See decision 0025.

use skylift_model::access::Access;
use skylift_model::allow_statement::{AllowStatement, StatementCondition};
use skylift_model::aws::iam::{ApiCall, GrantScope};
use skylift_model::aws::managed_policy;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::CfnValue;
use skylift_model::idempotency;
use skylift_model::resource::Resource;
use skylift_model::{App, Function};

use super::keys::{KeyStatement, key_statements};
use super::properties::{FileSystemMount, RoleParts};
use super::{defaults, logs};
use crate::lower::resource::ViewGrant;
use crate::lower::source::RoleCalls;
use crate::lower::text::text_nodes;
use crate::lower::{invoke, resource, value};
use crate::stack::{self, IdOwner, Purpose, merge_tags};

/// The properties of a generated role that limit it, and that the role of deployments has too.
pub(super) const USER_ROLE_LIMITS: [&str; 2] = ["Path", "PermissionsBoundary"];

/// The properties of a generated role that the user's `properties` may set, in the order of the template.
const USER_ROLE_PROPERTIES: [&str; 3] = ["AssumeRolePolicyDocument", "Path", "PermissionsBoundary"];

/// The actions to send traces to X-Ray with the function's role. IAM defines no resources for these actions.
pub(crate) const TRACE_ACTIONS: [&str; 2] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/// The actions to write logs to the function's log group.
const LOG_ACTIONS: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// The action to invoke a function.
pub(crate) const INVOKE_ACTION: &str = "lambda:InvokeFunction";

/// Returns the logical id of a function's role: the one that SAM would give to the role.
pub(crate) fn role_id(function: &Function) -> String {
    format!("{}Role", function.id)
}

/// Returns the value of `Role` in the user's `properties` of a function, or `None` if the user set no role.
pub(crate) fn user_role(function: &Function) -> Option<&Node> {
    function.properties.get("Role")
}

/// Returns whether the user's `Role` of a function is an `Fn::If`, so that SAM generates a role for one of the
/// branches.
pub(crate) fn has_conditional_role(function: &Function) -> bool {
    matches!(user_role(function), Some(Node::Map(role)) if role.get("Fn::If").is_some())
}

/// Returns the role of the function with this index; `calls` are those that Lambda makes for the triggers, and
/// `user_parts` are the parts of the user's `properties` that concern the role. The role refers to nothing that
/// depends on the function.
pub(super) fn lower_role(
    index: usize,
    app: &App,
    mut calls: RoleCalls,
    user_parts: &RoleParts,
) -> stack::Resource {
    let function = &app.functions[index];
    let mut properties = Map::new();
    properties.push("AssumeRolePolicyDocument", trust_policy("lambda.amazonaws.com"));
    for property in USER_ROLE_PROPERTIES {
        properties.set_some(property, user_parts.properties.get(property).cloned());
    }
    let managed = managed_policies(function, user_parts);
    if !managed.is_empty() {
        properties.push("ManagedPolicyArns", managed);
    }
    let mut policy = Map::new();
    policy.push("PolicyName", "Function");
    calls.extend(user_parts.calls.iter().cloned());
    let mut statements = role_statements(function, app, calls);
    statements.extend(user_parts.mounts.iter().map(mount_statement));
    policy.push("PolicyDocument", policy_document(statements));
    properties.push("Policies", vec![Node::Map(policy)]);
    let tags = role_tags(function, app);
    if !tags.is_empty() {
        properties.push("Tags", tags);
    }
    let part = IdOwner::for_function(index, Purpose::Role);
    stack::Resource::new(role_id(function), "AWS::IAM::Role", part, properties)
}

/// Returns the policy that allows a service to assume the role.
pub(super) fn trust_policy(service: &str) -> Node {
    let mut statement = Map::new();
    statement.push("Effect", "Allow");
    statement.push("Principal", Map::new().with("Service", service));
    statement.push("Action", "sts:AssumeRole");
    policy_document(vec![statement.into()])
}

/// Returns a policy document with these statements.
pub(crate) fn policy_document(statements: Vec<Node>) -> Node {
    let mut document = Map::new();
    document.push("Version", "2012-10-17");
    document.push("Statement", statements);
    document.into()
}

/// Returns the inline policy of a role that allows it to invoke these functions.
pub(super) fn invoke_policy(name: &str, functions: Vec<Node>) -> Node {
    let statement = allow_statement(text_nodes([INVOKE_ACTION]), functions);
    let document = policy_document(vec![statement.into()]);
    Map::new().with("PolicyName", name).with("PolicyDocument", document).into()
}

/// Returns a statement that allows these actions on these resources.
pub(crate) fn allow_statement(actions: Vec<Node>, resources: Vec<Node>) -> Map {
    let mut statement = Map::new();
    statement.push("Effect", "Allow");
    statement.push("Action", actions);
    statement.push("Resource", resources);
    statement
}

/// Returns the statement that allows a function to mount a file system through one access point.
fn mount_statement(mount: &FileSystemMount) -> Node {
    let access_point = Map::new().with(mount.condition_key.as_str(), mount.access_point.clone());
    let actions = text_nodes(mount.actions.iter().copied());
    let mut statement = allow_statement(actions, vec![mount.file_systems.clone()]);
    statement.push("Condition", Map::new().with("StringEquals", access_point));
    statement.into()
}

/// Returns all statements of a function's role, without those for the file systems that the function mounts.
fn role_statements(function: &Function, app: &App, calls: RoleCalls) -> Vec<Node> {
    let mut statements = vec![Node::Map(allow_statement(
        text_nodes(LOG_ACTIONS),
        vec![logs::log_group_arn(function)],
    ))];
    for (actions, arn) in calls {
        let actions = text_nodes(actions.iter().copied());
        statements.push(allow_statement(actions, vec![arn]).into());
    }
    if function.is_traced(&app.defaults) {
        statements.push(allow_statement(text_nodes(TRACE_ACTIONS), text_nodes(["*"])).into());
    }
    add_capabilities(function, app, &mut statements);
    for KeyStatement { actions, key, conditions } in key_statements(function, app) {
        let statement = allow_statement(actions, vec![key]).with("Condition", conditions);
        statements.push(statement.into());
    }
    statements.extend(function.settings.allow.iter().map(|allow| user_statement(allow, app)));
    statements
}

/// The permissions on one resource: the allowed actions on each part of the resource.
struct Grant<'a> {
    on: &'a Resource,
    actions: Vec<(GrantScope, Vec<&'static str>)>,
}

/// Adds the statements for a function's capabilities. The calls of the typed clients come first, resource by
/// resource in the order of the parameters. The calls on the idempotency table and the invoked functions follow.
fn add_capabilities(function: &Function, app: &App, statements: &mut Vec<Node>) {
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
            let mut all = resource.kind().calls(capability.access);
            all.retain(|call| resource.makes(call));
            add_grant(&mut grants, resource, &capability.select_calls(all));
        }
    }
    let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
    if let Some(table) = store.and_then(|ident| app.resource(ident)) {
        add_grant(&mut grants, table, idempotency::STORE_CALLS);
    }
    for Grant { on, actions } in grants {
        let whole = app.whole(on);
        for (part, actions) in actions {
            let ViewGrant { arns, conditions } = match &on.view {
                Some(view) => resource::view_grant(whole, &view.part, part),
                None => ViewGrant { arns: resource::part_arns(whole, part), conditions: None },
            };
            if !arns.is_empty() {
                let mut statement = allow_statement(text_nodes(actions), arns);
                statement.set_some("Condition", conditions);
                statements.push(statement.into());
            }
        }
    }
    for function in functions {
        let arn = invoke::arn_for_callers(function);
        statements.push(allow_statement(text_nodes([INVOKE_ACTION]), vec![arn]).into());
    }
}

/// Adds API calls to the permissions on the resource `on`.
fn add_grant<'a>(grants: &mut Vec<Grant<'a>>, on: &'a Resource, calls: &[ApiCall]) {
    let index = grants.iter().position(|it| it.on.ident == on.ident).unwrap_or_else(|| {
        grants.push(Grant { on, actions: Vec::new() });
        grants.len() - 1
    });
    for call in calls {
        add_action(&mut grants[index].actions, call.scope, call.action);
    }
}

/// Adds an action to the permissions on one part of a resource, unless the action is allowed already.
fn add_action(
    groups: &mut Vec<(GrantScope, Vec<&'static str>)>,
    on: GrantScope,
    action: &'static str,
) {
    match groups.iter_mut().find(|(part, _)| *part == on) {
        Some((_, actions)) if actions.contains(&action) => {}
        Some((_, actions)) => actions.push(action),
        None => groups.push((on, vec![action])),
    }
}

/// Returns the statement for an entry of the user's `allow`.
pub(crate) fn user_statement(allow: &AllowStatement, app: &App) -> Node {
    let arns = |value: &CfnValue| match value {
        CfnValue::Resource(ident) => {
            app.resource(ident).map(resource::all_part_arns).unwrap_or_default()
        }
        other => vec![value::lower_value(other, app)],
    };
    let resources = allow.resources.iter().flat_map(arns).collect();
    let mut statement =
        allow_statement(text_nodes(allow.actions.iter().map(String::as_str)), resources);
    if !allow.conditions.is_empty() {
        statement.push("Condition", condition_map(&allow.conditions, app));
    }
    statement.into()
}

/// Returns the conditions of a statement, by operator and by key. A key with one value has that value, which can be a
/// list of the template.
fn condition_map(conditions: &[StatementCondition], app: &App) -> Map {
    let node = |value: &CfnValue| match value {
        CfnValue::Resource(ident) => app.resource(ident).map_or(Node::Null, resource::resource_arn),
        other => value::lower_value(other, app),
    };
    let mut map = Map::new();
    for StatementCondition { operator, key, values } in conditions {
        let values = match values.as_slice() {
            [one] => node(one),
            several => Node::Seq(several.iter().map(node).collect()),
        };
        let mut keys = match map.get(operator) {
            Some(Node::Map(keys)) => keys.clone(),
            _ => Map::new(),
        };
        keys.set(key, values);
        map.set(operator, keys);
    }
    map
}

/// Returns the managed policies of a function's role: those that Lambda needs for the user's `properties`, and
/// those that the user lists in `policy`.
fn managed_policies(function: &Function, user_parts: &RoleParts) -> Vec<Node> {
    let mut arns: Vec<Node> =
        user_parts.managed.iter().map(|name| managed_policy_arn("", name)).collect();
    for policy in &function.settings.policies {
        let arn = if policy.starts_with("arn:") && policy.contains("${") {
            Node::sub(policy)
        } else if policy.starts_with("arn:") {
            Node::from(policy)
        } else {
            managed_policy_arn(managed_policy::policy_path(policy).unwrap_or_default(), policy)
        };
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    arns
}

/// Returns the ARN of an AWS managed policy.
fn managed_policy_arn(path: &str, name: &str) -> Node {
    Node::sub(format!("arn:${{AWS::Partition}}:iam::aws:policy/{path}{}", escape_sub(name)))
}

/// Returns the tags of a function's role. They are the function's tags, as SAM would set them.
pub(super) fn role_tags(function: &Function, app: &App) -> Vec<Node> {
    let defaults = defaults::tags_as_list(&app.defaults.tags);
    merge_tags(&defaults, &defaults::tags_as_list(&function.settings.tags))
}

#[cfg(test)]
mod tests;
