//! Tests of triggers with HTTP routes.

use super::{app, assert_problem, found, triggered, with_timeout};
use crate::bounded::InstanceLimited as _;
use crate::location::{ItemIndex, PlaceInItem};
use crate::route::{Method, Route, RoutePath};
use crate::settings::Timeout;
use crate::source::Trigger;
use crate::source::http::Http;
use crate::source::url::{Url, UrlAuth};
use crate::{App, AppParts, FunctionSettings};

fn route(method: &str, path: &str) -> Route {
    Route::Path(Method::parse(method).unwrap(), RoutePath::try_from(path).unwrap())
}

pub(super) fn http(method: &str, path: &str) -> Trigger {
    Http::new(route(method, path)).into()
}

#[test]
fn a_route_has_one_handler_even_if_its_parameters_have_other_names() {
    for (one, other, clash) in [
        (("GET", "/a/{id}"), ("get", "/a/{name}"), Some("GET /a/{name}")),
        (("GET", "/a/{id}"), ("POST", "/a/{id}"), None),
        (("GET", "/a/{id}"), ("GET", "/a/{id+}"), None),
        (("GET", "/a/{id}"), ("GET", "/a/b"), None),
    ] {
        let functions = vec![
            triggered("a", vec![http(one.0, one.1)]),
            triggered("b", vec![http("ANY", "/"), http(other.0, other.1)]),
        ];
        let app = app(functions, Vec::new());
        match clash {
            Some(route) => assert_problem(
                &app,
                1,
                &PlaceInItem::Trigger(1),
                &format!("route `{route}` is taken by function `a` at a.rs:7"),
                "a route has one handler: change the path or the method of one of them",
            ),
            None => assert_eq!(found(&app), [], "{one:?} {other:?}"),
        }
    }
    let default = || Trigger::from(Http::new(Route::Default));
    let twice = app(vec![triggered("f", vec![default(), default()])], Vec::new());
    let (_, _, message, _) = super::problem(&twice);
    assert_eq!(message, "route `$default` is taken by another trigger of this function");
}

#[test]
fn a_timeout_longer_than_api_gateway_waits_is_reported_once_for_each_function() {
    let slow = |seconds| {
        let function = triggered("f", vec![http("GET", "/a"), http("GET", "/b")]);
        app(vec![with_timeout(function, seconds)], Vec::new())
    };
    assert_eq!(found(&slow(30)), []);
    assert_problem(
        &slow(31),
        0,
        &PlaceInItem::key("timeout"),
        "timeout of 31 s behind an HTTP route: API Gateway gives up after 30 s",
        "write `timeout = \"30s\"`, and send the long work to a queue",
    );
    let two = ["f", "g"]
        .map(|ident| with_timeout(triggered(ident, vec![http("GET", &format!("/{ident}"))]), 31));
    assert_eq!(found(&app(two.to_vec(), Vec::new())).len(), 2);
}

#[test]
fn a_default_timeout_longer_than_api_gateway_waits_is_reported_once_in_the_defaults() {
    let functions =
        ["f", "g"].map(|ident| triggered(ident, vec![http("GET", &format!("/{ident}"))]));
    let timeout = Timeout::try_from(60).ok();
    let defaults = FunctionSettings { timeout, ..FunctionSettings::default() };
    let parts = AppParts { defaults, functions: functions.to_vec(), ..AppParts::default() };
    let (item, at, message, help) = super::problem(&App::new(parts));
    assert_eq!((item, at), (ItemIndex::Defaults, PlaceInItem::key("timeout")));
    assert_eq!(
        message,
        "the default timeout of 60 s applies to `f`, which is behind an HTTP route: API Gateway gives up after 30 s"
    );
    assert_eq!(help, "lower the default, or give that function `timeout = \"30s\"`");
}

#[test]
fn a_function_url_waits_as_long_as_a_function_may_run_for_a_caller() {
    let url = Url { auth: UrlAuth::Iam, cors: None, streams: true, cloudfront: None };
    let slow = |seconds| {
        let mut function = triggered("f", vec![url.clone().into()]);
        function.settings.timeout = Timeout::try_on_instances(seconds).ok();
        app(vec![function], Vec::new())
    };
    assert_eq!(found(&slow(1_800)), []);
    assert_problem(
        &slow(1_801),
        0,
        &PlaceInItem::key("timeout"),
        "timeout of 1801 s behind a function URL: Lambda gives up after 1800 s",
        "write `timeout = \"1800s\"`, and send the long work to a queue",
    );
}

#[test]
fn a_url_beside_routes_serves_the_routes_alone() {
    let url =
        Trigger::from(Url { auth: UrlAuth::None, cors: None, streams: false, cloudfront: None });
    let routes = |triggers: &[Trigger]| -> Vec<String> {
        Trigger::served_routes(triggers).iter().map(ToString::to_string).collect()
    };
    assert_eq!(routes(std::slice::from_ref(&url)), ["$default"]);
    assert_eq!(routes(&[url.clone(), http("GET", "/a"), http("PUT", "/a")]), ["GET /a", "PUT /a"]);
    assert_eq!(routes(&[]), [""; 0]);
    let (index, found) =
        Trigger::find_url(&[http("GET", "/a"), url]).map(|(index, url)| (index, url.auth)).unwrap();
    assert_eq!((index, found), (1, UrlAuth::None));
}

#[test]
fn a_route_is_displayed_in_the_notation_of_api_gateway() {
    for (trigger, summary) in [
        (http("get", "/orders/{id}"), "GET /orders/{id}"),
        (Http::new(Route::Default).into(), "$default"),
    ] {
        assert_eq!(trigger.summary(), summary);
        assert_eq!(trigger.route().map(ToString::to_string).as_deref(), Some(summary));
        assert_eq!(serde_json::to_value(trigger.route()).unwrap(), summary);
    }
}

#[test]
fn methods_are_parsed_in_any_case_and_wrong_paths_have_a_message() {
    for method in Method::names() {
        assert_eq!(Method::parse(&method.to_lowercase()).unwrap().as_str(), *method);
    }
    assert_eq!(Method::parse("FETCH"), None);
    for (path, message) in [
        ("a", "path `a` does not begin with `/`"),
        ("/a b", "path `/a b` has a space in it"),
        ("/a?b", "path `/a?b` has `?` in it"),
        ("/a#b", "path `/a#b` has `#` in it"),
        ("/a\tb", "path `/a\tb` has `\\t` in it"),
        ("/a\u{7}", "path `/a\u{7}` has `\\u{7}` in it"),
        ("/a/", "path `/a/` ends with `/`, which no request to it would match"),
        ("//", "path `//` has an empty segment"),
        ("/a//b", "path `/a//b` has an empty segment"),
        (
            "/{a+}/b",
            "path `/{a+}/b`: `{a+}` takes the rest of the path and has to be the last segment",
        ),
        ("/{a}/{a}", "path `/{a}/{a}` names the parameter `a` twice"),
        ("/{a}/{a+}", "path `/{a}/{a+}` names the parameter `a` twice"),
        ("/:id", "path `/:id`: a parameter is written `{id}`, not `:id`"),
        ("/x{a}", "path `/x{a}`: a parameter takes a whole segment, as `{id}`, not `x{a}`"),
        ("/{a}{b}", "path `/{a}{b}`: a parameter takes a whole segment, as `{id}`, not `{a}{b}`"),
        ("/a}", "path `/a}`: a parameter takes a whole segment, as `{id}`, not `a}`"),
        (
            "/{}",
            "path `/{}`: `{}` is not a parameter: its name is letters, digits, `_`, `-`, `.` and `:`",
        ),
        (
            "/{a!}",
            "path `/{a!}`: `{a!}` is not a parameter: its name is letters, digits, `_`, `-`, `.` and `:`",
        ),
    ] {
        assert_eq!(RoutePath::try_from(path).unwrap_err().text, message);
    }
    for (path, help) in [
        ("a", "write `/a`"),
        ("https://x.org/a/b", "a route has no host: write `/a/b`"),
        ("https://x.org", "a route has no host: write `/`"),
        (
            "/a?b=1",
            "a route has no query: write `/a`, and take the query with the extractor `Query<…>`",
        ),
        ("/a#b", "write `/a`"),
    ] {
        assert_eq!(RoutePath::try_from(path).unwrap_err().help.as_deref(), Some(help));
    }
    assert_eq!(RoutePath::try_from("/{a_b-c.d:e1+}").unwrap().as_str(), "/{a_b-c.d:e1+}");
}
