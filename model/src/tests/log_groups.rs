//! Tests of the log groups that trigger functions.

use super::{app, assert_problem, found, function, triggered};
use crate::Function;
use crate::aws::node::{Map, Node};
use crate::check::check;
use crate::location::PlaceInItem;
use crate::source::LogGroup;
use crate::source::logs::Logs;

fn of(ident: &str) -> LogGroup {
    LogGroup::Function(ident.to_owned())
}

fn named(name: &str) -> LogGroup {
    LogGroup::Named(name.try_into().unwrap())
}

fn follows(ident: &str, group: LogGroup) -> Function {
    triggered(ident, vec![Logs { group, filter: String::new() }.into()])
}

fn with_name(ident: &str, name: &str) -> Function {
    Function { name: Some(name.try_into().unwrap()), ..function(ident) }
}

fn writes_to(function: Function, group: &str) -> Function {
    let logging = Map::new().with("LogGroup", Node::from(group));
    Function { properties: Map::new().with("LoggingConfig", logging), ..function }
}

#[test]
fn the_function_of_a_log_group_is_declared() {
    let at = PlaceInItem::trigger_key(0, "group");
    let text = "no function `fetsh` has a `#[function]` on it";
    let one = app(vec![follows("ship", of("fetsh")), function("fetch")], vec![]);
    assert_problem(&one, 0, &at, text, "did you mean `fetch`?");
    let none = app(vec![follows("ship", of("fetsh"))], vec![]);
    assert_problem(&none, 0, &at, text, "put `#[function]` on `fetsh`");
    assert_eq!(check(&none, &["fetsh".to_owned()], &[]), Vec::new());
    assert_eq!(
        found(&app(vec![follows("ship", of("fetch")), function("fetch")], vec![])),
        Vec::new()
    );
}

#[test]
fn no_function_is_triggered_by_its_own_log_group() {
    let at = PlaceInItem::trigger_key(0, "group");
    let text = "a loop: `ship` writes to the log group that triggers it";
    let help = "name the log group of another function";
    let by_name = Function {
        name: Some("ship-it".try_into().unwrap()),
        ..follows("ship", named("/aws/lambda/ship-it"))
    };
    for functions in [
        vec![follows("ship", of("ship"))],
        vec![by_name],
        vec![writes_to(follows("ship", named("/shop")), "/shop")],
        vec![
            writes_to(follows("ship", of("fetch")), "/shop"),
            writes_to(function("fetch"), "/shop"),
        ],
    ] {
        assert_problem(&app(functions, vec![]), 0, &at, text, help);
    }
}

#[test]
fn no_functions_trigger_each_other_by_their_log_groups() {
    let at = PlaceInItem::trigger_key(0, "group");
    let follows_errors = |ident: &str, group| {
        triggered(ident, vec![Logs { group, filter: "ERROR".to_owned() }.into()])
    };
    let two = app(vec![follows("a", of("b")), follows("b", of("a"))], vec![]);
    assert_problem(
        &two,
        0,
        &at,
        "a loop: each of `a` and `b` writes to a log group that triggers another of them",
        "select entries with `filter = \"…\"`, or leave one of the triggers out",
    );
    let three =
        app(vec![follows("a", of("b")), follows("b", of("c")), follows("c", of("a"))], vec![]);
    let all = found(&three);
    assert_eq!(all.len(), 1, "{all:?}");
    for right in [
        vec![follows("a", of("b")), follows("b", of("c")), function("c")],
        vec![follows("a", of("c")), follows("b", of("c")), function("c")],
        vec![follows_errors("a", of("b")), follows("b", of("a"))],
        vec![follows("a", of("b")), follows_errors("b", of("a"))],
    ] {
        assert_eq!(found(&app(right, vec![])), Vec::new());
    }
}

#[test]
fn a_log_group_of_the_application_is_named_by_its_function() {
    let at = PlaceInItem::trigger_key(0, "group");
    let both = |fetch| app(vec![follows("ship", named("/aws/lambda/fetch-it")), fetch], vec![]);
    assert_problem(
        &both(with_name("fetch", "fetch-it")),
        0,
        &at,
        "`/aws/lambda/fetch-it` is the log group of function `fetch` at fetch.rs:7, which is created with the stack",
        "write `group = fetch`, so that the log group is created before the trigger",
    );
    assert_eq!(found(&both(function("fetch"))), Vec::new());
    assert_eq!(found(&both(writes_to(with_name("fetch", "fetch-it"), "/shop"))), Vec::new());
}

#[test]
fn a_log_group_has_two_triggers() {
    let many = |groups: [LogGroup; 3]| {
        let followers = ["a", "b", "c"].into_iter().zip(groups);
        let mut functions: Vec<_> = followers.map(|(ident, it)| follows(ident, it)).collect();
        functions.push(writes_to(function("fetch"), "/shop"));
        app(functions, vec![])
    };
    let param = |name: &str| LogGroup::Param(name.try_into().unwrap());
    for groups in [
        [of("fetch"), named("/shop"), of("fetch")],
        [param("Group"), param("Group"), param("Group")],
    ] {
        assert_problem(
            &many(groups),
            2,
            &PlaceInItem::trigger_key(0, "group"),
            "CloudWatch Logs takes 2 subscription filters for a log group, and `a` and `b` have triggers on this one already",
            "do the work of two triggers in one function",
        );
    }
    assert_eq!(found(&many([param("A"), param("A"), param("B")])), Vec::new());
    assert_eq!(found(&many([of("fetch"), of("fetch"), named("/other")])), Vec::new());
}
