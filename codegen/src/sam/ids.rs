//! The ids of everything in the stack, with those that SAM makes while it expands the template.
//!
//! SAM joins the names of function and event, and where two joints come out the same, the later one
//! replaces the earlier without a word: a schedule or a permission is gone. So all ids are known
//! here, and two owners of one id are an error at the later one.

use std::collections::HashMap;

use skylift_model::aws::limits;
use skylift_model::aws::node::Node;
use skylift_model::problem::{At, Item, Problem, Problems};
use skylift_model::source::Trigger;
use skylift_model::{App, Function, Origin, Settings};

use super::function::{Emitted, Named, Part};
use super::{Stack, destinations, invoked, names, role};
use crate::source::http;

/// The suffix, behind the function's id, of what SAM makes of a `FunctionUrlConfig`.
const URL_ID: &str = "Url";

/// That of the version of a function with an alias: ten digits of a hash end it.
const VERSION: &str = "Version0000000000";

/// Those of the permissions that it adds where anybody may call the URL.
const PUBLIC_URL_IDS: [&str; 2] = ["UrlPublicPermissions", "URLInvokeAllowPublicAccess"];

/// What helps where one id has two owners.
const ANOTHER: &str = "give one of them another id: `id = \"…\"`";

/// Whose an id is.
struct Owner {
    item: Item,
    at: At,
    /// For people: `` the log group of function `a` at src/main.rs:3 ``.
    what: String,
}

/// Every id, in the order of the template, with its owner.
fn all(app: &App, stack: &Stack) -> Vec<(String, Owner)> {
    let mut ids = Vec::new();
    for (index, (function, emitted)) in app.functions.iter().zip(&stack.functions).enumerate() {
        of_function(index, function, emitted, app, &mut ids);
    }
    for (index, (resource, emitted)) in app.resources.iter().zip(&stack.resources).enumerate() {
        // What a function brings belongs to it, for the reader and for the error.
        let item = resource.owner.map_or(Item::Resource(index), Item::Function);
        let kind = resource.kind().as_str();
        let whole = match resource.owner.map(|owner| &app.functions[owner]) {
            Some(function) => {
                format!("the {kind} of function `{}` at {}", function.handler, function.origin)
            }
            None => format!("{kind} `{}` at {}", resource.ident, resource.origin),
        };
        for (id, _) in &emitted.resources {
            let what = match id.strip_prefix(resource.id.as_str()) {
                Some("Policy") => format!("the policy of {whole}"),
                Some("DeadLetters") => format!("the dead-letter queue of {whole}"),
                Some("DeadLettersPolicy") => {
                    format!("the policy of the dead-letter queue of {whole}")
                }
                _ => whole.clone(),
            };
            ids.push((id.clone(), Owner { item, at: At::Key("id".to_owned()), what }));
        }
    }
    ids
}

fn of_function(
    index: usize,
    function: &Function,
    emitted: &Emitted,
    app: &App,
    ids: &mut Vec<(String, Owner)>,
) {
    let id = &function.id;
    let whole = format!("function `{}` at {}", function.handler, function.origin);
    let mut add = |id: String, at: At, part: &str| {
        let what = if part.is_empty() { whole.clone() } else { format!("{part} of {whole}") };
        ids.push((id, Owner { item: Item::Function(index), at, what }));
    };
    for Part { id, at, what, .. } in &emitted.parts {
        add(id.clone(), at.clone(), what);
    }
    let at_id = || At::Key("id".to_owned());
    if role::is_conditional(function) {
        add(role::id(function), At::Key("properties".to_owned()), "the role");
    }
    if function.settings.provisioned_concurrency.is_some() {
        add(invoked::alias_id(function), at_id(), "the alias");
        add(format!("{id}{VERSION}"), at_id(), "the version");
    }
    let invokes =
        |settings: &Settings| settings.retries.is_some() || settings.max_event_age.is_some();
    let destinations = destinations::of(function);
    if invokes(&function.settings) || invokes(&app.defaults) || !destinations.is_empty() {
        add(destinations::config_id(function), at_id(), "the invoke configuration");
    }
    for made in destinations.into_iter().filter_map(|it| it.made) {
        add(made, At::Key("properties".to_owned()), "a destination");
    }
    for suffix in url_ids(function) {
        add(format!("{id}{suffix}"), At::Key("properties".to_owned()), "the function URL");
    }
    for Named { name, kind, at } in &emitted.events {
        for suffix in kind.generated() {
            add(format!("{id}{name}{suffix}"), at.clone(), &format!("the event `{name}`"));
        }
    }
}

fn url_ids(function: &Function) -> Vec<&'static str> {
    let Some(Node::Map(url)) = function.properties.get("FunctionUrlConfig") else {
        return Vec::new();
    };
    let public = url.get("AuthType") == Some(&Node::from("NONE"));
    let permissions: &[&str] = if public { &PUBLIC_URL_IDS } else { &[] };
    [&[URL_ID], permissions].concat()
}

/// What was found of the ids of a stack.
pub(crate) struct Ids {
    /// How many resources the stack has once SAM has expanded the template.
    pub(crate) count: usize,
    /// Two owners of one id, and ids that are too long.
    pub(crate) problems: Vec<Problem>,
    /// Every id, and every parameter, with what it is for people.
    pub(crate) taken: HashMap<String, String>,
    /// Every output, likewise.
    pub(crate) outputs: HashMap<String, String>,
}

/// Who has an id already: the item, where it is one, and how a message names it.
struct Holder {
    item: Option<Item>,
    what: String,
}

/// Counts the ids, and sees that each has one owner; `stack` is what [`Stack::of`] gave for the
/// application.
pub(crate) fn check(app: &App, stack: &Stack) -> Ids {
    let mut problems = Problems::default();
    let mut holders: HashMap<String, Holder> = HashMap::new();
    if app.triggers().any(|(_, trigger)| matches!(trigger, Trigger::Http(_))) {
        let api = || Holder { item: None, what: "the HTTP API that SAM makes".to_owned() };
        holders.extend(http::API_IDS.iter().map(|id| ((*id).to_owned(), api())));
    }
    let of_api = holders.len();
    let parameter = |name: &str| Holder { item: None, what: format!("parameter `{name}`") };
    holders.extend(app.parameters.iter().map(|it| {
        let name = it.name.as_str();
        (name.to_owned(), parameter(name))
    }));
    let mut reported: Vec<(Item, String)> = Vec::new();
    let mut too_long: Vec<Item> = Vec::new();
    let all = all(app, stack);
    let count = all.len() + of_api;
    for (id, Owner { item, at, what }) in all {
        if id.len() > limits::LOGICAL_ID_LEN && !too_long.contains(&item) {
            too_long.push(item);
            problems
                .push(item, at.clone(), long(&id, &what))
                .help("give it a shorter id: `id = \"…\"`");
        }
        let Some(other) = holders.get(&id) else {
            holders.insert(id, Holder { item: Some(item), what });
            continue;
        };
        // Two functions of one name clash in all that they have: one message says it.
        if reported.iter().any(|(known, by)| *known == item && by == whole(&other.what)) {
            continue;
        }
        reported.push((item, whole(&other.what).to_owned()));
        let message = format!("logical id `{id}` of {what} is taken by {}", other.what);
        problems.push(item, at, message).help(advice(app, item, other));
    }
    let clashing: Vec<Item> = reported.into_iter().map(|(item, _)| item).collect();
    let outputs = names::check(app, stack, &clashing, &mut problems);
    role::check(app, stack, &mut problems);
    let taken = holders.into_iter().map(|(id, holder)| (id, holder.what)).collect();
    Ids { count, problems: problems.into_vec(), taken, outputs }
}

fn long(id: &str, what: &str) -> String {
    let (length, most) = (id.len(), limits::LOGICAL_ID_LEN);
    let stem: String = id.chars().take(32).collect();
    format!("logical id `{stem}…` of {what} has {length} characters, CloudFormation takes {most}")
}

/// What to do about two owners. One attribute that is found twice stands in a file that two targets
/// have as a module.
fn advice(app: &App, item: Item, other: &Holder) -> &'static str {
    let same = other.item.is_some_and(|it| it != item && origin(app, it) == origin(app, item));
    if same {
        "two targets of the package have this file as a module: move it to the library"
    } else {
        ANOTHER
    }
}

fn origin(app: &App, item: Item) -> &Origin {
    match item {
        Item::Function(index) => &app.functions[index].origin,
        Item::Resource(index) => &app.resources[index].origin,
        Item::Init(index) => &app.inits[index].origin,
    }
}

/// The item of which `what` is a part.
fn whole(what: &str) -> &str {
    what.split_once(" of function ")
        .map_or(what, |(_, whole)| whole)
        .trim_start_matches("function ")
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::node::Map;

    use super::*;
    use crate::sam::fixtures;

    fn function(id: &str, line: usize) -> Function {
        let origin = Origin { file: "src/main.rs".to_owned(), line, column: 1 };
        Function { handler: id.to_lowercase(), origin, ..fixtures::function(id) }
    }

    fn with_url(mut function: Function, auth: &str) -> Function {
        function.properties.set("FunctionUrlConfig", Map::new().with("AuthType", auth));
        function
    }

    fn found(functions: Vec<Function>) -> Ids {
        let app = fixtures::app(functions, Vec::new());
        check(&app, &Stack::of(&app))
    }

    #[test]
    fn a_function_url_has_ids_of_its_own_and_more_where_it_is_public() {
        let plain = found(vec![function("A", 1)]).count;
        assert_eq!(found(vec![with_url(function("A", 1), "AWS_IAM")]).count, plain + 1);
        assert_eq!(found(vec![with_url(function("A", 1), "NONE")]).count, plain + 3);
        let clash = found(vec![with_url(function("A", 1), "AWS_IAM"), function("AUrl", 2)]);
        assert_eq!(clash.problems.len(), 1);
        let message = "logical id `AUrl` of function `aurl` at src/main.rs:2 is taken by the function URL of function `a` at src/main.rs:1";
        assert_eq!(clash.problems[0].message, message);
    }

    #[test]
    fn an_id_that_sam_makes_too_long_is_one_problem() {
        let fits = "A".repeat(limits::LOGICAL_ID_LEN - "Role".len());
        assert!(found(vec![function(&fits, 1)]).problems.is_empty());
        let long = found(vec![function(&format!("{fits}A"), 1)]).problems;
        assert_eq!(long.len(), 1);
        assert!(long[0].message.contains("has 256 characters"), "{}", long[0].message);
    }

    #[test]
    fn the_id_of_a_version_is_measured_with_its_hash() {
        let with_alias = |length: usize| {
            let mut function = function(&"A".repeat(length), 1);
            function.settings.provisioned_concurrency = Some(fixtures::scaled());
            found(vec![function]).problems
        };
        let fits = limits::LOGICAL_ID_LEN - "Version0123456789".len();
        assert!(with_alias(fits).is_empty());
        let long = with_alias(fits + 1);
        assert!(long[0].message.contains("of the version of function"), "{}", long[0].message);
    }

    #[test]
    fn the_ids_that_a_resource_brings_are_its_own() {
        let resources = fixtures::one_of_each();
        for (id, what) in [
            ("QueuePolicy", "the policy of queue `Queue`"),
            ("QueueDeadLetters", "the dead-letter queue of queue `Queue`"),
            ("QueueDeadLettersPolicy", "the policy of the dead-letter queue of queue `Queue`"),
        ] {
            let app = fixtures::app(vec![function(id, 1)], resources.clone());
            let problems = check(&app, &Stack::of(&app)).problems;
            assert_eq!(problems.len(), 1);
            let begin = format!("logical id `{id}` of {what} at ");
            assert!(problems[0].message.starts_with(&begin), "{}", problems[0].message);
        }
    }

    #[test]
    fn every_resource_of_the_template_is_counted() {
        let app = fixtures::app(vec![function("A", 1)], fixtures::one_of_each());
        let count = check(&app, &Stack::of(&app)).count;
        assert_eq!(count, Stack::of(&app).sections(&app).0.len());
    }

    #[test]
    fn a_function_with_a_role_of_the_users_own_has_one_id_less() {
        let with_role = |role: Node| {
            let mut function = function("A", 1);
            function.properties.set("Role", role);
            found(vec![function]).count
        };
        let plain = found(vec![function("A", 1)]).count;
        assert_eq!(with_role(Node::from("arn:aws:iam::123456789012:role/mine")), plain - 1);
        // SAM makes one for the case in which there is none.
        let either =
            Map::new().with("Fn::If", vec![Node::from("Own"), Node::from("arn:a"), Node::Null]);
        assert_eq!(with_role(either.into()), plain);
    }

    #[test]
    fn one_file_in_two_targets_is_told_to_move_to_the_library() {
        let twice = found(vec![function("A", 1), function("A", 1)]).problems;
        assert_eq!(twice.len(), 1);
        assert!(twice[0].help.as_ref().unwrap().ends_with("move it to the library"));
        let other = found(vec![function("A", 1), function("A", 2)]).problems;
        assert_eq!(other[0].help.as_deref(), Some(ANOTHER));
    }
}
