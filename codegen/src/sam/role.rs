//! The role of a function: what its code may do, statement by statement, each on exact ARNs. It takes
//! the function and what Lambda does for its triggers, and gives an `AWS::IAM::Role`.
//!
//! SAM makes no role where `Role` is set, and so adds nothing to one either: what it would have
//! added for properties of the user's own is added here.

mod size;

use skylift_model::access::Access;
use skylift_model::aws::iam::{Call, On};
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::policy;
use skylift_model::aws::value::Value;
use skylift_model::idempotency;
use skylift_model::problem::{At, Item, Problems};
use skylift_model::resource::Resource;
use skylift_model::settings::Allow;
use skylift_model::{App, Function};

use super::{Stack, destinations, globals, invoked, logs, texts};
use crate::resource;
use crate::source::Calls;

/// The properties of a `AWS::Serverless::Function` that SAM makes parts of its role of, with the
/// properties of the role that they are.
const OF_ROLE: [(&str, &str); 3] = [
    ("AssumeRolePolicyDocument", "AssumeRolePolicyDocument"),
    ("RolePath", "Path"),
    ("PermissionsBoundary", "PermissionsBoundary"),
];

/// What Lambda does to send traces, with the function's role. IAM knows no resource for it.
const TRACE: [&str; 2] = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/// What a function does to write its logs.
const LOG: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// What it takes to invoke a function.
const INVOKE: &str = "lambda:InvokeFunction";

/// The id of a function's role: the one that SAM would have given to it.
pub(super) fn id(function: &Function) -> String {
    format!("{}Role", function.id)
}

/// The user's own role, where the function has one.
pub(super) fn own(function: &Function) -> Option<&Node> {
    function.properties.get("Role")
}

/// Whether SAM makes a role in one of two cases that the user's own `Role` tells apart.
pub(super) fn is_conditional(function: &Function) -> bool {
    matches!(own(function), Some(Node::Map(role)) if role.get("Fn::If").is_some())
}

/// The role, which depends on nothing that depends on the function.
pub(super) fn emit(function: &Function, app: &App, calls: Calls) -> Node {
    let mut properties = Map::new();
    properties.push("AssumeRolePolicyDocument", trust());
    for (property, of_role) in OF_ROLE {
        properties.set_some(of_role, function.properties.get(property).cloned());
    }
    let managed = managed(function);
    properties.set_some("ManagedPolicyArns", Some(managed).filter(|arns| !arns.is_empty()));
    let mut policy = Map::new();
    policy.push("PolicyName", "Function");
    policy.push("PolicyDocument", document(statements(function, app, calls)));
    properties.push("Policies", vec![Node::Map(policy)]);
    properties.set_some("Tags", tags(function, app));
    let mut node = Map::new();
    node.push("Type", "AWS::IAM::Role");
    node.push("Properties", properties);
    node.into()
}

/// The function's own properties without those that went into its role.
pub(super) fn without(properties: &Map) -> Map {
    let mut rest = Map::new();
    for (name, value) in properties.iter() {
        if OF_ROLE.iter().all(|(property, _)| *property != name) {
            rest.push(name, value.clone());
        }
    }
    rest
}

/// A role of the user's own is granted nothing, so that nothing may ask for it; one of ours has to be
/// one that IAM takes.
pub(super) fn check(app: &App, stack: &Stack, problems: &mut Problems) {
    let made = stack.resources().map(|(id, _)| id).collect();
    for (index, function) in app.functions.iter().enumerate() {
        if own(function).is_none() {
            let id = id(function);
            let parts = stack.functions.get(index).map(|emitted| emitted.parts.as_slice());
            let role = parts.unwrap_or_default().iter().find(|part| part.id == id);
            if let Some(Node::Map(role)) = role.map(|part| &part.node) {
                check_size(Item::Function(index), role, &made, problems);
            }
            continue;
        }
        let settings = &function.settings;
        let asked = [
            ("the function's capabilities", !function.capabilities.is_empty()),
            ("`idempotent`", function.idempotent.is_some()),
            ("`resume`", function.resume.is_some()),
            ("`allow`", !settings.allow.is_empty()),
            ("`policy`", !settings.policies.is_empty()),
        ];
        let Some((what, _)) = asked.into_iter().find(|(_, asked)| *asked) else { continue };
        let message = format!(
            "`Role` is a role of your own, to which Skylift adds nothing: {what} would have no effect"
        );
        problems
            .push(Item::Function(index), At::Key("properties".to_owned()), message)
            .help("leave `Role` out: the function gets a role that allows what it asks for");
    }
}

/// What IAM takes of one role.
fn check_size(item: Item, role: &Map, made: &size::Made<'_>, problems: &mut Problems) {
    let Some(Node::Map(properties)) = role.get("Properties") else { return };
    if let Some(Node::Seq(managed)) = properties.get("ManagedPolicyArns")
        && managed.len() > limits::ROLE_MANAGED_POLICIES
    {
        let (count, most) = (managed.len(), limits::ROLE_MANAGED_POLICIES);
        let message = format!(
            "the role of this function would have {count} managed policies, IAM takes {most}"
        );
        problems
            .push(item, At::Name, message)
            .help("say what the code needs with capabilities and `allow` in their place, or split the function");
    }
    let policies = properties.get("Policies").map_or(0, |it| size::of_documents(it, made));
    let most = limits::ROLE_INLINE_POLICY_CHARACTERS;
    if policies > most {
        let message = format!(
            "the policy of this function's role would have {policies} characters at the least, IAM takes {most}"
        );
        problems
            .push(item, At::Name, message)
            .help("split the function: one that uses fewer resources has a smaller policy");
    }
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

fn statements(function: &Function, app: &App, calls: Calls) -> Vec<Node> {
    let mut statements = vec![statement(texts(LOG), vec![logs::arn(function)])];
    let destinations = destinations::of(function).into_iter().flat_map(|it| it.calls);
    for (actions, arn) in calls.into_iter().chain(destinations) {
        statements.push(statement(texts(actions.iter().copied()), vec![arn]));
    }
    if function.is_traced(&app.defaults) {
        statements.push(statement(texts(TRACE), texts(["*"])));
    }
    of_properties(function, &mut statements);
    capabilities(function, app, &mut statements);
    statements.extend(function.settings.allow.iter().map(|allow| allowed(allow, app)));
    statements
}

/// What SAM would have allowed for properties of the user's own.
fn of_properties(function: &Function, statements: &mut Vec<Node>) {
    if let Some(Node::Map(queue)) = given(function, "DeadLetterQueue")
        && let (Some(Node::Str(kind)), Some(target)) = (queue.get("Type"), queue.get("TargetArn"))
    {
        let action = if kind == "SNS" { "sns:Publish" } else { "sqs:SendMessage" };
        statements.push(statement(texts([action]), vec![target.clone()]));
    }
}

/// A property of the user's own, where it says anything.
fn given<'a>(function: &'a Function, name: &str) -> Option<&'a Node> {
    let value = function.properties.get(name)?;
    let empty = matches!(value, Node::Null) || *value == Node::Map(Map::new());
    Some(value).filter(|_| !empty)
}

/// What is granted on one resource: the actions on each of its parts.
struct Grant<'a> {
    on: &'a Resource,
    actions: Vec<(On, Vec<&'static str>)>,
}

/// The calls of the typed clients, resource by resource in the order of the parameters, those on the
/// table that keeps what the function did, then the functions that are invoked.
fn capabilities(function: &Function, app: &App, statements: &mut Vec<Node>) {
    let mut grants: Vec<Grant<'_>> = Vec::new();
    let mut functions: Vec<&Function> = Vec::new();
    for capability in &function.capabilities {
        if capability.access == Access::Invoke {
            let invoked = app.function(&capability.with);
            let known = |it: &&Function| functions.iter().any(|other| other.id == it.id);
            functions.extend(invoked.filter(|it| !known(it)));
            continue;
        }
        if let Some(resource) = app.resource(&capability.with) {
            grant(&mut grants, resource, &resource.kind().calls(capability.access));
        }
    }
    let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
    if let Some(table) = store.and_then(|ident| app.resource(ident)) {
        grant(&mut grants, table, idempotency::CALLS);
    }
    for Grant { on, actions } in grants {
        for (part, actions) in actions {
            let arns = resource::arns(on, part);
            if !arns.is_empty() {
                statements.push(statement(texts(actions), arns));
            }
        }
    }
    for function in functions {
        statements.push(statement(texts([INVOKE]), vec![invoked::arn(function)]));
    }
}

/// Grants these calls on the resource, beside what is granted on it already.
fn grant<'a>(grants: &mut Vec<Grant<'a>>, on: &'a Resource, calls: &[Call]) {
    let index = grants.iter().position(|it| it.on.id == on.id).unwrap_or_else(|| {
        grants.push(Grant { on, actions: Vec::new() });
        grants.len() - 1
    });
    for call in calls {
        add(&mut grants[index].actions, call.on, call.action);
    }
}

fn add(groups: &mut Vec<(On, Vec<&'static str>)>, on: On, action: &'static str) {
    match groups.iter_mut().find(|(part, _)| *part == on) {
        Some((_, actions)) if actions.contains(&action) => {}
        Some((_, actions)) => actions.push(action),
        None => groups.push((on, vec![action])),
    }
}

fn allowed(allow: &Allow, app: &App) -> Node {
    let arns = |value: &Value| match value {
        Value::Resource(ident) => app.resource(ident).map(resource::all_arns).unwrap_or_default(),
        other => vec![globals::value(other, app)],
    };
    let resources = allow.resources.iter().flat_map(arns).collect();
    statement(texts(allow.actions.iter().map(String::as_str)), resources)
}

/// The managed policies: those without which Lambda cannot do what the properties ask for, and the
/// user's own.
fn managed(function: &Function) -> Vec<Node> {
    let mut arns = Vec::new();
    for (property, policy) in [
        ("VpcConfig", "service-role/AWSLambdaVPCAccessExecutionRole"),
        ("DurableConfig", "service-role/AWSLambdaBasicDurableExecutionRolePolicy"),
    ] {
        arns.extend(given(function, property).map(|_| managed_arn("", policy)));
    }
    for policy in &function.settings.policies {
        let arn = if policy.starts_with("arn:") {
            Node::from(policy)
        } else {
            managed_arn(policy::path_of(policy), policy)
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

/// The function's tags, which SAM would have put on its role too.
fn tags(function: &Function, app: &App) -> Option<Vec<Node>> {
    let defaults = globals::tags(&app.defaults.tags).unwrap_or_default();
    let mut all = defaults;
    all.merge(globals::tags(&function.settings.tags).unwrap_or_default());
    let tag = |(key, value): (&str, &Node)| {
        Node::from(Map::new().with("Key", key).with("Value", value.clone()))
    };
    Some(all.iter().map(tag).collect()).filter(|tags: &Vec<Node>| !tags.is_empty())
}

#[cfg(test)]
mod tests;
