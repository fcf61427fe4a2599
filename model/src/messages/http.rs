//! Messages about the HTTP API: its settings, its authorizers, and the authorization of its routes.

use crate::location::SourceLocation;
use crate::message::Message;
use crate::route::Route;
use crate::suggest::list;

// Settings.

/// Reports that a rate of requests is not a number above zero.
pub(crate) fn invalid_rate(number: f64) -> Message {
    Message::new(format!("a rate of {number} lets no request through"))
        .with_help("write how many requests a second the API takes: `rate = 100`")
}

/// Reports that a text is not the name of a stage that Skylift accepts.
pub(crate) fn invalid_stage_name(name: &str) -> Message {
    Message::new(format!("`{name}` is not the name of a stage: letters and digits, 128 at most"))
        .with_help("write a name such as `prod`, or `$default` for a URL without it")
}

/// Reports that a text is not the name of a stage variable.
pub(crate) fn invalid_stage_variable(name: &str) -> Message {
    Message::new(format!(
        "`{name}` is not the name of a stage variable: letters, digits and underscores"
    ))
}

/// Reports that the value of a stage variable has a character that API Gateway does not take.
pub(crate) fn invalid_stage_value(value: &str, other: char) -> Message {
    Message::new(format!(
        "the value `{value}` has the character `{other}`, which AWS does not take"
    ))
    .with_help("letters, digits and `-._~:/?#&=,` are allowed: use `env` for other values")
}

/// Reports that a domain is written as a URL.
pub(crate) fn url_in_place_of_domain(text: &str) -> Message {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if path.is_empty() { "" } else { ", and the path in `base_path`" };
    Message::new(format!("`{text}` is not the name of a domain, which has no scheme and no path"))
        .with_help(format!("write `{host}`{path}"))
}

/// Reports that a text is not the name of a domain.
pub(crate) fn invalid_domain(name: &str) -> Message {
    Message::new(format!("`{name}` is not the name of a domain, such as `api.shop.example`"))
}

/// Reports that a base path has slashes around it.
pub(crate) fn base_path_with_slash(path: &str, trimmed: &str) -> Message {
    Message::new(format!("the base path `{path}` has slashes around it"))
        .with_help(format!("write `{trimmed}`"))
}

/// Reports that a text is not a base path.
pub(crate) fn invalid_base_path(path: &str) -> Message {
    Message::new(format!("`{path}` is not a base path, such as `v1`"))
        .with_help("leave `base_path` out if all paths of the domain lead to the API")
}

/// Reports that a text is neither the id nor the name of a hosted zone.
pub(crate) fn invalid_zone(text: &str) -> Message {
    Message::new(format!("`{text}` is neither the id nor the name of a hosted zone"))
        .with_help("write an id such as `Z0123456789ABC`, or a name such as `shop.example`")
}

/// Reports that a text is not the place of a file in S3.
pub(crate) fn invalid_truststore(uri: &str) -> Message {
    Message::new(format!("`{uri}` is not the place of a file in S3"))
        .with_help("write `s3://BUCKET/truststore.pem`")
}

// Authorizers.

/// Reports that a text is not the URL of an issuer.
pub(crate) fn invalid_issuer(url: &str) -> Message {
    Message::new(format!("`{url}` is not the URL of an issuer, which begins with `https://`"))
        .with_help("write the URL that tokens have in their claim `iss`")
}

/// Reports that a URL is that of a document of an issuer.
pub(crate) fn document_of_issuer(url: &str, issuer: &str) -> Message {
    Message::new(format!("`{url}` is a document of the issuer"))
        .with_help(format!("write `{issuer}`, exactly as tokens have it in their claim `iss`"))
}

/// Reports that no header and no parameter of a query can have a name.
pub(crate) fn invalid_identity(name: &str) -> Message {
    Message::new(format!("`{name}` is not the name of a header or of a parameter"))
        .with_help("write `header(\"authorization\")` or `query(\"token\")`")
}

/// Reports that two authorizers have the same name in the API. `other` is the identifier of the other one.
pub(crate) fn authorizer_name_taken(id: &str, other: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("authorizer `{other}` at {origin} has the name `{id}` as well"))
        .with_help("give one of them another name: `authorizer(id = \"…\", …)`")
}

/// Reports that an authorizer has the name with which SAM opens a route.
pub(crate) fn reserved_authorizer(id: &str) -> Message {
    Message::new(format!(
        "an authorizer cannot have the name `{id}`: SAM opens routes that name it"
    ))
    .with_help("give it another name: `authorizer(id = \"…\", …)`")
}

// Authorization of routes.

/// Reports that an authorizer is not declared. `near` is a declared one with a similar name, `declared` are all, and
/// `declaration` is what to write in the parentheses of `#[resource]`.
pub(crate) fn undeclared_authorizer(
    ident: &str,
    near: Option<&str>,
    declared: &[&str],
    declaration: &str,
) -> Message {
    let help = match (near, declared) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => {
            format!("write `#[resource({declaration})] struct {ident};`")
        }
        (None, declared) => format!("the authorizers are {}", list(declared.iter().copied())),
    };
    Message::new(format!("no `#[resource]` of the application is an authorizer `{ident}`"))
        .with_help(help)
}

/// Reports that a resource is named in the place of an authorizer. `noun` is its kind with an article.
pub(crate) fn not_an_authorizer(ident: &str, noun: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("`{ident}` at {origin} is {noun}, expected an authorizer"))
}

/// Reports that an authorizer is named in the place of a resource.
pub(crate) fn authorizer_in_place_of_resource(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("`{ident}` at {origin} is an authorizer, which no function can use"))
        .with_help(format!("a handler takes the claims of its caller as `Claims<{ident}>`"))
}

/// Reports that a route does not say who may call it, though other routes of the application do. `authorizer` is one of
/// the application's authorizers.
pub(crate) fn route_without_auth(route: &Route, authorizer: Option<&str>) -> Message {
    let auth = authorizer.unwrap_or("iam");
    Message::new(format!("route `{route}` does not say which callers may call it"))
        .with_help(format!("write `auth = {auth}`, or `auth = none` to let anyone call it"))
}

/// Reports that a route asks for scopes, which only tokens have.
pub(crate) fn scopes_without_token(route: &Route) -> Message {
    Message::new(format!("only a token has scopes, and route `{route}` takes none"))
        .with_help("name an authorizer: `auth = Users`, or leave `scopes` out")
}

/// Reports that preflight requests reach a closed route of all methods. `path` is the path of the route that has to take
/// them.
pub(crate) fn preflight_without_token(route: &Route, path: &str) -> Message {
    let methods = if *route == Route::Default { "" } else { "list the methods of the route, or " };
    Message::new(format!(
        "`{route}` takes preflight requests too, which never have a token: no page of another origin could call it"
    ))
    .with_help(format!(
        "{methods}add a route for them: `trigger = http(\"OPTIONS {path}\", auth = none)`\non a function that answers `StatusCode::NO_CONTENT`"
    ))
}

/// Reports that the URL of a function leads to a route whose callers need a token of the authorizer `ident`.
pub(crate) fn url_opens_route(route: &Route, ident: &str) -> Message {
    Message::new(format!(
        "this URL leads to route `{route}` as well, without a token of `{ident}`: no URL has an authorizer"
    ))
    .with_help(URL_IN_ANOTHER_FUNCTION)
}

/// Reports that a URL for everyone leads to a route whose callers sign their requests.
pub(crate) fn url_opens_signed_route(route: &Route) -> Message {
    Message::new(format!("this URL lets anyone call route `{route}`, which has `auth = iam`"))
        .with_help(format!("write `url(auth = iam)`, or {URL_IN_ANOTHER_FUNCTION}"))
}

/// The remedy for a URL that opens a route of its function.
const URL_IN_ANOTHER_FUNCTION: &str = "give the URL to a function of its own, without this route";

/// Reports that a function takes claims, and only a URL leads to it.
pub(crate) fn claims_of_url(ident: &str) -> Message {
    Message::new(format!("a URL has no authorizer, so there are no claims of `{ident}`"))
        .with_help(format!(
            "write `trigger = http(\"GET /me\", auth = {ident})` in place of the URL, or leave the parameter out"
        ))
}

/// Reports that a function takes claims and has no route.
pub(crate) fn claims_without_route(ident: &str) -> Message {
    Message::new(format!("`Claims<{ident}>` comes with an HTTP request"))
        .with_help(format!("write `trigger = http(\"GET /me\", auth = {ident})`"))
}

/// Reports that a function takes claims, and has an open route.
pub(crate) fn claims_of_open_route(route: &Route, ident: &str) -> Message {
    Message::new(format!("route `{route}` is open, so a caller need not have claims of `{ident}`"))
        .with_help(format!(
            "write `auth = {ident}` at the route, or take an `Option<Claims<{ident}>>`"
        ))
}

/// Reports that a function takes claims of another authorizer than one of its routes has. `found` describes the
/// authorization of the route.
pub(crate) fn claims_of_other_authorizer(route: &Route, ident: &str, found: &str) -> Message {
    Message::new(format!("the callers of route `{route}` have no claims of `{ident}`: {found}"))
        .with_help(format!("write `auth = {ident}` at the route, or a second function"))
}

/// Describes the authorization of a route by an authorizer.
pub(crate) fn protected_by(authorizer: &str) -> String {
    format!("it has `auth = {authorizer}`")
}

/// Reports that a function takes optional claims, and no route has their authorizer.
pub(crate) fn claims_of_no_route(ident: &str) -> Message {
    Message::new(format!("no route of this function has `auth = {ident}`, so there are no claims"))
        .with_help(format!("write `auth = {ident}` at a route, or leave the parameter out"))
}
