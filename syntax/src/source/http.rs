//! The source `http`, or `http("GET /orders/{id}")`, or `http(method = GET, path = "/orders/{id}")`. The
//! handler's parameters are extractors; a `Path` has to take as many path parameters as the route has. Further keys are
//! `auth`, `scopes` and `throttle`.

use quote::ToTokens as _;
use skylift_model::http::RouteAuth;
use skylift_model::route::{Method, Route, RoutePath};
use skylift_model::source::http::Http;
use syn::{GenericArgument, PathArguments, Type};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::http::{read_route_auth, read_scopes, read_throttle};
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::read_text;
use crate::signature::{self, Param};
use crate::span::SourceSpan;
use crate::tree::{ArgValue, Args};

/// Words for settings of the API, which no function has.
const API_KEYS: &[FamiliarWords] = &[
    (
        &["cors"],
        "it belongs to the API, not to a function: write `http = { cors = { origins = [\"https://…\"] } }` in\n`[package.metadata.skylift]`",
    ),
    (
        &["authorizer", "authorizers", "authorization", "jwt"],
        "write `http(\"GET /me\", auth = Users)` with `#[resource(authorizer(jwt(…)))] struct Users;`",
    ),
    (
        &["domain", "domainname", "customdomain", "stage", "stagename"],
        "it belongs to the API, not to a function: set it in `[package.metadata.skylift.http]`",
    ),
];

/// Words for the settings of a route.
const ROUTE_KEYS: &[FamiliarWords] = &[
    (
        &["get", "post", "put", "delete", "patch", "head", "options", "route", "uri", "url"],
        "write `http(\"GET /orders/{id}\")`",
    ),
    (
        &["scope", "authorizationscopes", "oauthscopes"],
        "write `scopes = [\"read\"]`: a token needs one of them",
    ),
    (
        &["throttling", "ratelimit", "rate", "burst", "routesettings"],
        "write `throttle(rate = 100, burst = 50)`",
    ),
];

impl SourceGrammar for Http {
    const WORDS: SourceWords = SourceWords {
        names: &[
            (
                &[
                    "http",
                    "rest",
                    "restapi",
                    "api",
                    "apigateway",
                    "apigw",
                    "httpapi",
                    "route",
                    "path",
                    "method",
                    "get",
                    "post",
                    "put",
                    "delete",
                    "patch",
                    "web",
                    "apigatewayv2",
                ],
                "write `trigger = http(\"GET /orders/{id}\")`, a route of an HTTP API",
            ),
            (
                &["alb", "elb", "loadbalancer", "elbv2"],
                "write `trigger = http(\"GET /orders/{id}\")`; for a load balancer, declare its target group in an overlay, and let a\nfunction without a `trigger` take the request as JSON",
            ),
        ],
        keys: ROUTE_KEYS,
        keys_anywhere: API_KEYS,
    };

    fn is_text_of_source(text: &str) -> bool {
        text.split_once(' ').is_some_and(|(method, path)| {
            Method::parse(method).is_some() && path.trim_start().starts_with('/')
        })
    }

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let positional = args.take_positional();
        let keep = |value| Some(value);
        let method = args.take("method", |value, _| keep(value), errors);
        let path = args.take("path", |value, _| keep(value), errors);
        let auth = args.take_if_set(Self::AUTH, read_route_auth, errors);
        let scopes = args.take_if_set(Self::SCOPES, read_scopes, errors);
        let throttle = args.take_nested("throttle", read_throttle, errors);
        let route = match (positional.as_slice(), method, path) {
            ([], None, None) => Some(Route::Default),
            ([key], None, None) => read_route_key(key, errors),
            ([], Some(method), Some(path)) => {
                to_route(read_method(method, errors), read_path(path, errors))
            }
            ([], None, Some(path)) => {
                errors.push_missing(&path.span, messages::path_without_method());
                None
            }
            ([], Some(method), None) => {
                errors.push_missing(&method.span, messages::method_without_path());
                None
            }
            ([key, ..], ..) => {
                errors.push(&key.span, messages::route_in_two_forms());
                None
            }
        };
        if let Some(Some(auth @ (RouteAuth::None | RouteAuth::Iam))) = &auth
            && scopes.is_some()
        {
            let word = if *auth == RouteAuth::Iam { RouteAuth::IAM } else { RouteAuth::NONE };
            errors.push(args.span_of(Self::SCOPES), messages::scopes_beside(word));
            return None;
        }
        Some(Self {
            route: route?,
            auth: auth.map_or(Some(None), |read| read.map(Some))?,
            scopes: scopes.unwrap_or_else(|| Some(Vec::new()))?,
            throttle: throttle.map_or(Some(None), |read| read.map(Some))?,
        })
    }

    fn check_params(&self, params: &[Param], errors: &mut Errors) {
        let Route::Path(_, path) = &self.route else { return };
        let names: Vec<&str> = path.parameters().collect();
        for param in params {
            let Some(count) = count_path_parameters(&param.ty) else { continue };
            if count != names.len() {
                let message =
                    messages::path_parameters_differ(count, &self.route, path.as_str(), &names);
                errors.push(&param.span, message);
            }
        }
    }

    fn check_output(output: &Type, errors: &mut Errors) {
        check_error_type(output, errors);
    }
}

/// Checks that the error type of an HTTP handler is a response with the status of an error.
pub(super) fn check_error_type(output: &Type, errors: &mut Errors) {
    let Some(error) = error_type(output) else { return };
    let span = SourceSpan::from_tokens(&error.to_token_stream());
    if is_redirect(error) {
        errors.push(&span, messages::error_is_a_redirect());
    } else if let Some(name) = name_without_status(error) {
        errors.push(&span, messages::error_without_status(&name));
    }
}

/// Returns the error type of a `Result`, if the type shows it.
fn error_type(output: &Type) -> Option<&Type> {
    let segment = signature::last_segment(output).filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.iter().nth(1)? {
        GenericArgument::Type(error) => Some(error),
        _ => None,
    }
}

/// Returns whether a type is axum's `Redirect`, whose status is 303, 307 or 308.
fn is_redirect(ty: &Type) -> bool {
    let segment = signature::last_segment(ty);
    segment.is_some_and(|it| it.ident == "Redirect" && it.arguments.is_empty())
}

/// Returns the name of a type that is a response with the status 200: axum gives this status to `()`, to text and
/// bytes, and to the wrappers `Json` and `Html`. Returns `None` for any other type.
fn name_without_status(ty: &Type) -> Option<String> {
    const NAMES: &[&str] = &["Bytes", "Cow", "Html", "Json", "String", "Vec"];
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some("()".to_owned()),
        Type::Reference(reference) => {
            let text = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
            text.then(|| "&str".to_owned())
        }
        other => {
            let name = signature::last_segment(other)?.ident.to_string();
            NAMES.contains(&name.as_str()).then_some(name)
        }
    }
}

/// Returns how many path parameters an extractor takes, if its type shows this number: `Path<(String, u32)>`
/// takes two and `Path<String>` takes one. Returns `None` for a struct, which can take any number, and for an
/// extractor that is not a `Path`.
fn count_path_parameters(ty: &Type) -> Option<usize> {
    const SCALARS: &[&str] = &[
        "String", "char", "bool", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
        "i64", "i128", "isize", "f32", "f64", "Uuid",
    ];
    let segment = signature::last_segment(ty).filter(|segment| segment.ident == "Path")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
    match inner {
        Type::Tuple(tuple) => Some(tuple.elems.len()),
        other => {
            let name = &signature::last_segment(other)?.ident;
            SCALARS.iter().any(|scalar| name == scalar).then_some(1)
        }
    }
}

/// Returns the route of a method and a path. Returns `None` if one of them is missing.
fn to_route(method: Option<Method>, path: Option<RoutePath>) -> Option<Route> {
    Some(Route::Path(method?, path?))
}

/// Reads a route key in API Gateway's notation: `GET /orders/{id}`, or `$default`. Returns `None` after an
/// error was recorded.
fn read_route_key(value: &ArgValue, errors: &mut Errors) -> Option<Route> {
    let key = read_text(value, errors)?;
    if key == "$default" {
        return Some(Route::Default);
    }
    let Some((word, path)) = key.split_once(' ') else {
        errors.push(&value.span, messages::not_a_route(key));
        return None;
    };
    let method = parse_method(word, &value.span, errors);
    to_route(method, parse_path(path.trim(), &value.span, errors))
}

/// Reads the value of `method`. Returns `None` after an error was recorded.
fn read_method(value: &ArgValue, errors: &mut Errors) -> Option<Method> {
    match value.word() {
        Some(word) => parse_method(word, &value.span, errors),
        None => {
            errors.push(&value.span, messages::expected(phrases::HTTP_METHOD, &value.describe()));
            None
        }
    }
}

/// Parses the name of an HTTP method. Returns `None` after an error was recorded.
fn parse_method(word: &str, span: &SourceSpan, errors: &mut Errors) -> Option<Method> {
    let method = Method::parse(word);
    if method.is_none() {
        errors.push(span, messages::unknown_http_method(word, Method::names()));
    }
    method
}

/// Reads the value of `path`. Returns `None` after an error was recorded.
fn read_path(value: &ArgValue, errors: &mut Errors) -> Option<RoutePath> {
    let path = read_text(value, errors)?;
    parse_path(path, &value.span, errors)
}

/// Parses the path of a route. Returns `None` after an error was recorded.
fn parse_path(path: &str, span: &SourceSpan, errors: &mut Errors) -> Option<RoutePath> {
    match RoutePath::try_from(path) {
        Ok(path) => Some(path),
        Err(error) => {
            errors.push(span, error);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::http::RouteAuth;
    use skylift_model::route::Route;
    use skylift_model::source::Trigger;

    use crate::source::testing::{rejected, trigger};

    fn route(arguments: &str) -> String {
        trigger(&format!("http({arguments})")).route().unwrap().to_string()
    }

    #[test]
    fn a_route_is_a_route_key_or_a_method_and_a_path() {
        assert!(matches!(trigger("http").route(), Some(Route::Default)));
        assert!(matches!(trigger("http()").route(), Some(Route::Default)));
        assert!(matches!(trigger("http(\"$default\")").route(), Some(Route::Default)));
        for (arguments, written) in [
            (r#""GET /orders/{id}""#, "GET /orders/{id}"),
            (r#""get   /orders ""#, "GET /orders"),
            (r#""ANY /""#, "ANY /"),
            (r#"method = GET, path = "/orders""#, "GET /orders"),
            (r#"path = "/orders", method = "post""#, "POST /orders"),
        ] {
            assert_eq!(route(arguments), written, "{arguments}");
        }
    }

    #[test]
    fn a_route_has_its_own_authorization_and_limits() {
        let http = |arguments: &str| match trigger(&format!("http({arguments})")) {
            Trigger::Http(http) => http,
            other => panic!("{other:?}"),
        };
        let plain = http(r#""GET /a""#);
        assert!(plain.auth.is_none() && plain.scopes.is_empty() && plain.throttle.is_none());
        let own = http(
            r#""GET /a", auth = crate::Users, scopes = ["read"], throttle(rate = 5, burst = 2)"#,
        );
        assert_eq!(own.auth, Some(RouteAuth::Authorizer("Users".to_owned())));
        assert_eq!(
            (own.scopes.as_slice(), own.throttle.unwrap().burst.get()),
            (&["read".to_owned()][..], 2)
        );
        assert_eq!(http("auth = none").auth, Some(RouteAuth::None));
        for word in ["iam", "none"] {
            let found = rejected(&format!(r#"http("GET /a", auth = {word}, scopes = ["a"])"#));
            let message = format!(
                "only a token has scopes, and `auth = {word}` takes none\n\nhelp: name an authorizer: `auth = Users`, or leave `scopes` out"
            );
            assert_eq!(found, message);
        }
        let found = rejected(r#"http("GET /a", rate_limit = 3)"#);
        assert!(found.ends_with("write `throttle(rate = 100, burst = 50)`"), "{found}");
    }

    #[test]
    fn an_invalid_route_is_rejected_with_help() {
        let two_ways = "the route is given in two forms\n\nhelp: write either `http(\"GET /path\")` or `http(method = GET, path = \"/path\")`";
        for (arguments, message) in [
            (
                r#""/orders""#,
                "`/orders` is not a route, which is a method and a path\n\nhelp: write `GET /orders`",
            ),
            (
                r#""https://example.org/orders""#,
                "`https://example.org/orders` is not a route, which is a method and a path\n\nhelp: write `GET /orders`",
            ),
            (
                r#""orders""#,
                "`orders` is not a route, which is a method and a path\n\nhelp: write `GET /path`",
            ),
            (
                r#""GTE /a""#,
                "`GTE` is not an HTTP method that a route takes\n\nhelp: did you mean `GET`?",
            ),
            (
                r#""TELEPORT /a""#,
                "`TELEPORT` is not an HTTP method that a route takes\n\nhelp: one of `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD`, `OPTIONS` and `ANY`",
            ),
            ("3", "expected a string, found a number\n\nhelp: write `\"3\"`"),
            (r#""GET a""#, "path `a` does not begin with `/`\n\nhelp: write `/a`"),
            (
                r#"path = "/a""#,
                "a path needs a method\n\nhelp: write `method = GET`, or `ANY` for all",
            ),
            ("method = GET", "a method needs a path\n\nhelp: write `path = \"/…\"`"),
            (r#"method = 3, path = "/a""#, "expected an HTTP method, found a number"),
            ("method = GET, path = 3", "expected a string, found a number\n\nhelp: write `\"3\"`"),
            (r#"method = GET, path = "a""#, "path `a` does not begin with `/`\n\nhelp: write `/a`"),
            (r#""GET /a", "GET /b""#, two_ways),
            (r#""GET /a", path = "/a""#, two_ways),
            (r#""GET /a", method = GET"#, two_ways),
        ] {
            assert_eq!(rejected(&format!("http({arguments})")), message, "{arguments}");
        }
    }
}
