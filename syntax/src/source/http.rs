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
        let known = || Method::all().iter().copied();
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
