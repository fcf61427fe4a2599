//! Tests of authorizers, of the authorization of routes, and of claims.

use super::{capability, found, function, origin, resource, triggered};
use crate::access::Access;
use crate::aws::cors::{Cors, Origin};
use crate::aws::name::LogicalId;
use crate::aws::value::CfnValue;
use crate::http::{Authorizer, HttpSettings, JwtIdentity, RouteAuth};
use crate::location::{ItemIndex, PlaceInItem};
use crate::resource::{ResourceSettings, bucket};
use crate::route::{Method, Route, RoutePath};
use crate::source::Trigger;
use crate::source::http::Http;
use crate::source::url::{Url, UrlAuth};
use crate::{App, AppParts, ClaimsParameter, Function};

fn authorizer(ident: &str) -> Authorizer {
    Authorizer {
        ident: ident.to_owned(),
        id: LogicalId::from_identifier(ident).unwrap(),
        issuer: CfnValue::Literal("https://id.example".to_owned()),
        audience: vec![CfnValue::Literal("shop".to_owned())],
        identity: JwtIdentity::default(),
        origin: origin(ident),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a route takes an option")]
fn named(ident: &str) -> Option<RouteAuth> {
    Some(RouteAuth::Authorizer(ident.to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "a route takes an option")]
const fn open_auth() -> Option<RouteAuth> {
    Some(RouteAuth::None)
}

fn http(path: &str, auth: Option<RouteAuth>) -> Http {
    let route = match path.split_once(' ') {
        Some((method, path)) => {
            Route::Path(Method::parse(method).unwrap(), RoutePath::try_from(path).unwrap())
        }
        None => Route::Default,
    };
    Http { auth, ..Http::new(route) }
}

fn route(path: &str, auth: Option<RouteAuth>) -> Trigger {
    http(path, auth).into()
}

fn url(auth: UrlAuth) -> Trigger {
    Url { auth, cors: None, streams: false, cloudfront: None }.into()
}

fn app(functions: Vec<Function>, authorizers: &[&str], http: HttpSettings) -> App {
    let authorizers = authorizers.iter().map(|ident| authorizer(ident)).collect();
    App::new(AppParts { functions, http, authorizers, ..AppParts::default() })
}

fn with_default(auth: Option<RouteAuth>) -> HttpSettings {
    HttpSettings { auth, ..HttpSettings::default() }
}

/// Returns the places and messages of the problems, with their help.
fn problems(app: &App) -> Vec<(PlaceInItem, String, String)> {
    found(app).into_iter().map(|(_, at, text, help)| (at, text, help)).collect()
}

#[test]
fn a_route_says_who_may_call_it_if_the_application_says_so_anywhere() {
    let silent = |others: Vec<Trigger>, authorizers: &[&str], default| {
        let functions =
            vec![triggered("page", vec![route("GET /page", None)]), triggered("f", others)];
        app(functions, authorizers, with_default(default))
    };
    let open = silent(Vec::new(), &[], None);
    assert_eq!(problems(&open), []);
    assert_eq!(open.unintended_public_routes(), ["GET /page"]);
    let text = "route `GET /page` does not say which callers may call it".to_owned();
    for (app, auth) in [
        (silent(Vec::new(), &["Users"], None), "Users"),
        (silent(vec![route("GET /a", Some(RouteAuth::Iam))], &[], None), "iam"),
        (silent(vec![route("GET /a", Some(RouteAuth::None))], &[], None), "iam"),
    ] {
        let help = format!("write `auth = {auth}`, or `auth = none` to let anyone call it");
        assert_eq!(problems(&app), [(PlaceInItem::Trigger(0), text.clone(), help)]);
        assert_eq!(app.unintended_public_routes(), [""; 0]);
    }
    for default in [RouteAuth::None, RouteAuth::Iam, RouteAuth::Authorizer("Users".to_owned())] {
        let app = silent(Vec::new(), &["Users"], Some(default.clone()));
        assert_eq!(problems(&app), [], "{default:?}");
        assert_eq!(app.unintended_public_routes(), [""; 0]);
        let (_, http) = app.routes().next().unwrap();
        assert_eq!(app.route_auth(http), Some(&default));
    }
}

#[test]
fn an_authorizer_is_declared() {
    let functions = |ident| vec![triggered("f", vec![route("GET /a", named(ident))])];
    let with =
        |ident, authorizers: &[&str]| app(functions(ident), authorizers, HttpSettings::default());
    let at = PlaceInItem::trigger_key(0, "auth");
    let text = "no `#[resource]` of the application is an authorizer `Usres`".to_owned();
    let near = problems(&with("Usres", &["Users"]));
    assert_eq!(near, [(at.clone(), text.clone(), "did you mean `Users`?".to_owned())]);
    let help = "write `#[resource(authorizer(jwt(issuer = \"https://…\", audience = [\"…\"])))] struct Usres;`";
    assert_eq!(problems(&with("Usres", &[])), [(at.clone(), text, help.to_owned())]);
    let far = problems(&with("Staff", &["Users", "Robots"]));
    assert_eq!(far[0].2, "the authorizers are `Users` and `Robots`");
    let bucket =
        ResourceSettings::Bucket(bucket::Bucket { name: None, versioned: false, tls_only: true });
    let resources = vec![resource("Users", bucket)];
    let parts = AppParts { functions: functions("Users"), resources, ..AppParts::default() };
    let text = "`Users` at Users.rs:7 is a bucket, expected an authorizer".to_owned();
    assert_eq!(problems(&App::new(parts)), [(at, text, String::new())]);
    let default = app(functions("Users"), &["Users"], with_default(named("Usrs")));
    let (item, at, _, help) = super::problem(&default);
    assert_eq!((item, at), (ItemIndex::Defaults, PlaceInItem::key("http.auth")));
    assert_eq!(help, "did you mean `Users`?");
}

#[test]
fn each_authorizer_has_a_name_of_its_own() {
    let problem = |other: Authorizer| {
        let authorizers = vec![authorizer("Users"), other];
        super::problem(&App::new(AppParts { authorizers, ..AppParts::default() }))
    };
    let id = LogicalId::try_from("Users").unwrap();
    let (item, at, text, _) = problem(Authorizer { id, ..authorizer("Staff") });
    assert_eq!((item, at), (ItemIndex::Authorizer(1), PlaceInItem::Name));
    assert_eq!(text, "authorizer `Users` at Users.rs:7 has the name `Users` as well");
    let id = LogicalId::try_from("None").unwrap();
    let (_, _, text, _) = problem(Authorizer { id, ..authorizer("Nobody") });
    assert!(text.starts_with("an authorizer cannot have the name `None`"), "{text}");
}

#[test]
fn no_function_uses_an_authorizer_as_a_resource() {
    let reads =
        Function { capabilities: vec![capability(Access::Read, "Users", 0)], ..function("f") };
    let found = problems(&app(vec![reads], &["Users"], HttpSettings::default()));
    let text = "`Users` at Users.rs:7 is an authorizer, which no function can use".to_owned();
    let help = "a handler takes the claims of its caller as `Claims<Users>`".to_owned();
    assert_eq!(found, [(PlaceInItem::Param(0), text, help)]);
}

#[test]
fn only_tokens_have_scopes() {
    let with = |auth, default| {
        let scopes = vec!["read".to_owned()];
        let http = Http { scopes, ..http("GET /a", auth) };
        app(vec![triggered("f", vec![http.into()])], &["Users"], with_default(default))
    };
    assert_eq!(problems(&with(named("Users"), None)), []);
    assert_eq!(problems(&with(None, named("Users"))), []);
    for (auth, default) in [(Some(RouteAuth::Iam), None), (None, Some(RouteAuth::None))] {
        let (_, at, text, _) = super::problem(&with(auth, default));
        assert_eq!(at, PlaceInItem::trigger_key(0, "scopes"));
        assert_eq!(text, "only a token has scopes, and route `GET /a` takes none");
    }
}

#[test]
fn preflight_requests_do_not_reach_the_authorizer_of_the_default_route() {
    let cors = Cors {
        origins: vec![Origin::Exact("https://shop.example".to_owned())],
        methods: Vec::new(),
        headers: Vec::new(),
        expose: Vec::new(),
        max_age: None,
        credentials: false,
    };
    let with = |routes: Vec<Trigger>, cors: Option<&Cors>| {
        let settings = HttpSettings { cors: cors.cloned(), ..HttpSettings::default() };
        problems(&app(vec![triggered("f", routes)], &["Users"], settings))
    };
    let default = || route("$default", named("Users"));
    let found = with(vec![default()], Some(&cors));
    assert!(found[0].1.starts_with("`$default` takes preflight requests too"), "{found:?}");
    assert_eq!((found.len(), &found[0].0), (1, &PlaceInItem::Trigger(0)));
    assert_eq!(with(vec![default()], None), []);
    assert_eq!(with(vec![route("$default", Some(RouteAuth::None))], Some(&cors)), []);
    for (path, auth, right) in [
        ("OPTIONS /{proxy+}", RouteAuth::None, true),
        ("OPTIONS /{proxy+}", RouteAuth::Iam, false),
        ("OPTIONS /a/{proxy+}", RouteAuth::None, false),
        ("GET /{proxy+}", RouteAuth::None, false),
    ] {
        let found = with(vec![default(), route(path, Some(auth))], Some(&cors));
        assert_eq!(found.is_empty(), right, "{path}");
    }
    for auth in [named("Users"), Some(RouteAuth::Iam)] {
        let any = || route("ANY /a/{id}", auth.clone());
        let found = with(vec![any()], Some(&cors));
        assert!(found[0].1.starts_with("`ANY /a/{id}` takes preflight requests too"), "{found:?}");
        assert!(found[0].2.contains("`trigger = http(\"OPTIONS /a/{id}\", auth = none)`"));
        assert_eq!(with(vec![any()], None), []);
        for (path, right) in
            [("OPTIONS /a/{name}", true), ("OPTIONS /{proxy+}", false), ("GET /a/{id}", false)]
        {
            let found = with(vec![any(), route(path, Some(RouteAuth::None))], Some(&cors));
            assert_eq!(found.is_empty(), right, "{path}");
        }
        assert_eq!(with(vec![route("GET /a/{id}", auth.clone())], Some(&cors)), []);
    }
    let headers = |auth| {
        let settings = HttpSettings { cors: Some(cors.clone()), ..HttpSettings::default() };
        let app = app(vec![triggered("f", vec![route("GET /a", auth)])], &["Users"], settings);
        app.cors().unwrap().headers.len()
    };
    assert_eq!((headers(named("Users")), headers(Some(RouteAuth::Iam))), (2, 2));
    assert_eq!(headers(Some(RouteAuth::None)), 1);
}

#[test]
fn a_url_opens_no_closed_route_of_its_function() {
    let with = |route_auth, default, auth, optional| {
        let triggers =
            vec![route("GET /a", route_auth), url(auth), route("GET /open", open_auth())];
        let claims = match optional {
            Some(optional) => {
                vec![ClaimsParameter { authorizer: "Users".to_owned(), optional, parameter: 0 }]
            }
            None => Vec::new(),
        };
        let function = Function { claims, ..triggered("f", triggers) };
        problems(&app(vec![function], &["Users"], with_default(default)))
    };
    let iam = || Some(RouteAuth::Iam);
    assert_eq!(with(iam(), None, UrlAuth::Iam, None), []);
    for auth in [UrlAuth::Iam, UrlAuth::None] {
        assert_eq!(with(open_auth(), named("Users"), auth, None), []);
    }
    let separate = "give the URL to a function of its own, without this route";
    let found = with(iam(), None, UrlAuth::None, None);
    let text = "this URL lets anyone call route `GET /a`, which has `auth = iam`".to_owned();
    let help = format!("write `url(auth = iam)`, or {separate}");
    assert_eq!(found, [(PlaceInItem::Trigger(1), text, help)]);
    let text = "this URL leads to route `GET /a` as well, without a token of `Users`: no URL has an authorizer";
    for (own, default) in [(named("Users"), None), (None, named("Users"))] {
        for (auth, claims) in
            [(UrlAuth::Iam, None), (UrlAuth::None, None), (UrlAuth::Iam, Some(true))]
        {
            let found = with(own.clone(), default.clone(), auth, claims);
            let expected = (PlaceInItem::Trigger(1), text.to_owned(), separate.to_owned());
            assert_eq!(found, [expected]);
        }
    }
}

#[test]
fn a_handler_takes_the_claims_of_the_authorizer_of_its_routes() {
    let with = |routes: Vec<Trigger>, authorizer: &str, optional| {
        let claims =
            vec![ClaimsParameter { authorizer: authorizer.to_owned(), optional, parameter: 1 }];
        let function = Function { claims, ..triggered("me", routes) };
        let app = app(vec![function], &["Users", "Robots"], with_default(named("Users")));
        let problems = problems(&app);
        assert!(problems.iter().all(|(at, ..)| *at == PlaceInItem::Param(1)), "{problems:?}");
        problems.into_iter().map(|(_, text, help)| format!("{text} / {help}")).collect::<Vec<_>>()
    };
    let closed = || route("GET /me", None);
    let open = || route("GET /open", Some(RouteAuth::None));
    for optional in [false, true] {
        assert_eq!(with(vec![closed()], "Users", optional), [""; 0]);
    }
    assert_eq!(with(vec![closed(), open()], "Users", true), [""; 0]);
    for (routes, authorizer, optional, message) in [
        (
            vec![closed(), open()],
            "Users",
            false,
            "route `GET /open` is open, so a caller need not have claims of `Users` / write `auth = Users` at the route, or take an `Option<Claims<Users>>`",
        ),
        (
            vec![open()],
            "Users",
            true,
            "no route of this function has `auth = Users`, so there are no claims / write `auth = Users` at a route, or leave the parameter out",
        ),
        (
            vec![closed(), route("GET /b", named("Robots"))],
            "Users",
            false,
            "the callers of route `GET /b` have no claims of `Users`: it has `auth = Robots` / write `auth = Users` at the route, or a second function",
        ),
        (
            vec![route("GET /b", Some(RouteAuth::Iam))],
            "Users",
            true,
            "the callers of route `GET /b` have no claims of `Users`: it has `auth = iam` / write `auth = Users` at the route, or a second function",
        ),
        (
            Vec::new(),
            "Users",
            false,
            "`Claims<Users>` comes with an HTTP request / write `trigger = http(\"GET /me\", auth = Users)`",
        ),
        (
            vec![url(UrlAuth::Iam)],
            "Users",
            true,
            "a URL has no authorizer, so there are no claims of `Users` / write `trigger = http(\"GET /me\", auth = Users)` in place of the URL, or leave the parameter out",
        ),
        (
            vec![open(), url(UrlAuth::None)],
            "Users",
            true,
            "no route of this function has `auth = Users`, so there are no claims / write `auth = Users` at a route, or leave the parameter out",
        ),
        (
            vec![closed()],
            "User",
            false,
            "no `#[resource]` of the application is an authorizer `User` / did you mean `Users`?",
        ),
    ] {
        assert_eq!(with(routes, authorizer, optional), [message]);
    }
}
