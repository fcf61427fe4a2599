//! `http`, `http("GET /orders/{id}")`, `http(method = GET, path = "/orders/{id}")`.

use skylift_model::route::{Method, Route, RoutePath};
use skylift_model::source::http::Http;
use skylift_model::suggest;

use super::Written;
use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Args, Value};

impl Written for Http {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let positional = args.positional();
        let is_written = |value| Some(value);
        let method = args.take("method", |value, _| is_written(value), errors);
        let path = args.take("path", |value, _| is_written(value), errors);
        let route = match (positional.as_slice(), method, path) {
            ([], None, None) => Some(Route::Default),
            ([key], None, None) => route_key(key, errors),
            ([], Some(word), Some(value)) => route(method_of(word, errors), path_of(value, errors)),
            ([], None, Some(value)) => {
                errors
                    .push(&value.place, "a path needs a method")
                    .help("write `method = GET`, or `ANY` for all");
                None
            }
            ([], Some(word), None) => {
                errors.push(&word.place, "a method needs a path").help("write `path = \"/…\"`");
                None
            }
            ([key, ..], ..) => {
                errors.push(&key.place, "the route is given in two ways").help(
                    "write either `http(\"GET /path\")` or `http(method = GET, path = \"/path\")`",
                );
                None
            }
        };
        Some(Self { route: route? })
    }
}

fn route(method: Option<Method>, path: Option<RoutePath>) -> Option<Route> {
    Some(Route::Path(method?, path?))
}

/// API Gateway's own notation for a route: `GET /orders/{id}`, or `$default`.
fn route_key(value: &Value, errors: &mut Errors) -> Option<Route> {
    let key = read::text(value, errors)?;
    if key == "$default" {
        return Some(Route::Default);
    }
    let Some((word, path)) = key.split_once(' ') else {
        let message =
            errors.push(&value.place, format!("`{key}` is not a route: a method and a path"));
        message.help(if key.starts_with('/') {
            format!("write `GET {key}`")
        } else {
            "write `GET /path`".to_owned()
        });
        return None;
    };
    let method = method(word, &value.place, errors);
    route(method, path_at(path.trim(), &value.place, errors))
}

fn method_of(value: &Value, errors: &mut Errors) -> Option<Method> {
    match value.word() {
        Some(word) => method(word, &value.place, errors),
        None => {
            errors
                .push(&value.place, format!("expected an HTTP method, found {}", value.describe()));
            None
        }
    }
}

fn method(word: &str, place: &Place, errors: &mut Errors) -> Option<Method> {
    let method = Method::parse(word);
    if method.is_none() {
        let known = || Method::names().iter().copied();
        let message =
            errors.push(place, format!("`{word}` is not an HTTP method that a route takes"));
        message.help(match suggest::nearest(word, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", suggest::list(known())),
        });
    }
    method
}

fn path_of(value: &Value, errors: &mut Errors) -> Option<RoutePath> {
    let path = read::text(value, errors)?;
    path_at(path, &value.place, errors)
}

fn path_at(path: &str, place: &Place, errors: &mut Errors) -> Option<RoutePath> {
    match RoutePath::try_from(path) {
        Ok(path) => Some(path),
        Err(why) => {
            errors.push(place, why);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::route::Route;

    use crate::source::testing::{refused, trigger};

    fn route(arguments: &str) -> String {
        trigger(&format!("http({arguments})")).route().unwrap().to_string()
    }

    #[test]
    fn a_route_is_written_as_api_gateway_has_it_or_by_its_parts() {
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
    fn what_is_no_route_is_told_what_one_is() {
        let two_ways = "the route is given in two ways\n\nhelp: write either `http(\"GET /path\")` or `http(method = GET, path = \"/path\")`";
        for (arguments, message) in [
            (
                r#""/orders""#,
                "`/orders` is not a route: a method and a path\n\nhelp: write `GET /orders`",
            ),
            (
                r#""orders""#,
                "`orders` is not a route: a method and a path\n\nhelp: write `GET /path`",
            ),
            (
                r#""GTE /a""#,
                "`GTE` is not an HTTP method that a route takes\n\nhelp: did you mean `GET`?",
            ),
            (
                r#""TELEPORT /a""#,
                "`TELEPORT` is not an HTTP method that a route takes\n\nhelp: one of `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD`, `OPTIONS` and `ANY`",
            ),
            ("3", "expected a string, found a number"),
            (r#""GET a""#, "path `a` does not begin with `/`"),
            (
                r#"path = "/a""#,
                "a path needs a method\n\nhelp: write `method = GET`, or `ANY` for all",
            ),
            ("method = GET", "a method needs a path\n\nhelp: write `path = \"/…\"`"),
            (r#"method = 3, path = "/a""#, "expected an HTTP method, found a number"),
            ("method = GET, path = 3", "expected a string, found a number"),
            (r#"method = GET, path = "a""#, "path `a` does not begin with `/`"),
            (r#""GET /a", "GET /b""#, two_ways),
            (r#""GET /a", path = "/a""#, two_ways),
            (r#""GET /a", method = GET"#, two_ways),
        ] {
            assert_eq!(refused(&format!("http({arguments})")), message, "{arguments}");
        }
    }
}
