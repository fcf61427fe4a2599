//! A route in API Gateway's notation: a method and a path template. It tells whether it matches a request, and
//! which of several routes takes precedence. Mirrors "Routing API requests" in "Create routes for HTTP APIs" of
//! the API Gateway Developer Guide.

#[cfg(all(feature = "local", feature = "idempotency", debug_assertions))]
use std::collections::BTreeMap;

use super::uri;

/// The path of API Gateway's `$default` route.
pub const DEFAULT_ROUTE: &str = "$default";

/// A route: a method, or `ANY`, and a path template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Route {
    method: &'static str,
    path: &'static str,
}

/// A segment of a path template. A segment that is more specific comes first in the order.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Segment<'a> {
    /// A segment that matches only the same text.
    Literal(&'a str),
    /// A segment such as `{id}`, which matches one segment of a path.
    Variable,
    /// A segment such as `{proxy+}`, which matches the rest of a path.
    Greedy,
}

/// Parses one segment of a path template.
fn parse_segment(text: &str) -> Segment<'_> {
    match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        Some(name) if name.ends_with('+') => Segment::Greedy,
        Some(_) => Segment::Variable,
        None => Segment::Literal(text),
    }
}

/// Returns the name of the variable that is a segment of a path template: `id` for `{id}` and for `{id+}`.
fn variable_name(segment: &str) -> &str {
    segment.trim_start_matches('{').trim_end_matches(['+', '}'])
}

/// Splits a path or a path template into its segments.
fn split_path(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

impl Route {
    pub(crate) fn new(method: &'static str, path: &'static str) -> Self {
        Self { method, path }
    }

    /// Returns whether this is API Gateway's `$default` route.
    fn is_default(&self) -> bool {
        self.path == DEFAULT_ROUTE
    }

    /// Returns whether `key` is the key of this route in API Gateway: `GET /orders/{id}`, `$default`.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        match key.split_once(' ') {
            Some((method, path)) => self.method == method && self.path == path,
            None => self.is_default() && key == DEFAULT_ROUTE,
        }
    }

    /// Returns whether the route takes requests with the method `OPTIONS` alone.
    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) fn is_of_options(&self) -> bool {
        self.method == "OPTIONS"
    }

    /// Returns the key of this route, as templates and the listing of the local host write it.
    #[cfg(all(feature = "local", debug_assertions))]
    pub(crate) fn key(&self) -> String {
        if self.is_default() {
            DEFAULT_ROUTE.into()
        } else {
            format!("{} {}", self.method, self.path)
        }
    }

    /// Returns the values that the variables of this route have in a matching path, by the names of the
    /// variables.
    #[cfg(all(feature = "local", feature = "idempotency", debug_assertions))]
    pub(super) fn parameters(&self, path: &str) -> BTreeMap<&'static str, String> {
        let mut parameters = BTreeMap::new();
        let mut rest = split_path(path);
        for part in split_path(self.path) {
            let name = variable_name(part);
            let Some(given) = rest.next() else { break };
            match parse_segment(part) {
                Segment::Literal(_) => {}
                Segment::Variable => {
                    parameters.insert(name, given.to_owned());
                }
                Segment::Greedy => {
                    let given: Vec<_> = std::iter::once(given).chain(rest.by_ref()).collect();
                    parameters.insert(name, given.join("/"));
                }
            }
        }
        parameters
    }

    /// Writes the path of this route with values for its variables, percent-encoded. `value_of` returns the value of
    /// a variable by its name. Returns `None` if a value is missing, and for the route `$default`.
    pub(crate) fn fill_path<'a>(
        &self,
        value_of: impl Fn(&str) -> Option<&'a str>,
    ) -> Option<String> {
        if self.is_default() {
            return None;
        }
        let mut path = String::with_capacity(2 * self.path.len());
        for part in split_path(self.path) {
            path.push('/');
            let value = || value_of(variable_name(part)).filter(|value| !value.is_empty());
            match parse_segment(part) {
                Segment::Literal(literal) => uri::push_segment(literal, &mut path),
                Segment::Variable => uri::push_segment(value()?, &mut path),
                Segment::Greedy => uri::push_segments(value()?, &mut path),
            }
        }
        Some(path)
    }

    /// Returns whether this route matches a path, whatever the method.
    pub(crate) fn matches_path(&self, path: &str) -> bool {
        if self.is_default() {
            return true;
        }
        let mut rest = split_path(path);
        for part in split_path(self.path) {
            let Some(given) = rest.next() else { return false };
            match parse_segment(part) {
                Segment::Literal(literal) if literal == given => {}
                Segment::Variable if !given.is_empty() => {}
                Segment::Greedy => return !given.is_empty() || rest.next().is_some(),
                _ => return false,
            }
        }
        rest.next().is_none()
    }

    /// Returns whether this route matches a method and a path.
    fn matches(&self, method: &str, path: &str) -> bool {
        let any = self.is_default() || self.method == "ANY";
        (any || self.method == method) && self.matches_path(path)
    }

    /// Chooses the route for a request as API Gateway does: the most specific path, then a named method before
    /// `ANY`, and `$default` if no other route matches. `route` returns the route of an element of `routes`.
    /// Returns `None` if no route matches.
    pub(crate) fn choose<'a, P: 'a>(
        routes: impl Iterator<Item = P>,
        route: impl Fn(&P) -> &Route,
        method: &str,
        path: &str,
    ) -> Option<P> {
        // Not `min_by_key`, because the keys borrow from the elements.
        routes.filter(|route_handler| route(route_handler).matches(method, path)).min_by(|a, b| {
            let (a, b) = (route(a), route(b));
            a.precedence().cmp(&b.precedence())
        })
    }

    /// Returns the sort key by which API Gateway chooses between routes: the smallest one takes precedence.
    fn precedence(&self) -> (bool, Vec<Segment<'_>>, bool) {
        (
            self.is_default(),
            split_path(self.path).map(parse_segment).collect(),
            self.method == "ANY",
        )
    }

    /// Converts the path template to axum's syntax. Returns `None` for the route `$default`, which has no path.
    pub(super) fn axum_path(&self) -> Option<String> {
        if self.is_default() {
            return None;
        }
        let mut path = String::new();
        for part in split_path(self.path) {
            path.push('/');
            match parse_segment(part) {
                Segment::Greedy => {
                    path.extend(["{*", variable_name(part), "}"]);
                }
                Segment::Variable => path.push_str(part),
                Segment::Literal(literal) => uri::push_segment(literal, &mut path),
            }
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(routes: &[(&'static str, &'static str)], request: &str) -> Option<String> {
        let routes: Vec<_> =
            routes.iter().map(|&(method, path)| Route::new(method, path)).collect();
        let (method, path) = request.split_once(' ').unwrap();
        let best = Route::choose(routes.iter(), |route| route, method, path)?;
        Some(format!("{} {}", best.method, best.path))
    }

    /// The table of the developer guide.
    #[test]
    fn the_documented_precedence_holds() {
        let routes = [
            ("ANY", "$default"),
            ("ANY", "/{proxy+}"),
            ("GET", "/pets/{proxy+}"),
            ("GET", "/pets/dog/{id}"),
            ("GET", "/pets/dog/1"),
        ];
        for (request, route) in [
            ("GET /pets/dog/1", "GET /pets/dog/1"),
            ("GET /pets/dog/2", "GET /pets/dog/{id}"),
            ("GET /pets/cat/1", "GET /pets/{proxy+}"),
            ("POST /test/5", "ANY /{proxy+}"),
            ("GET /", "ANY $default"),
        ] {
            assert_eq!(best(&routes, request).as_deref(), Some(route), "{request}");
        }
    }

    #[test]
    fn a_named_method_comes_before_any() {
        let routes = [("ANY", "/a"), ("PUT", "/a")];
        assert_eq!(best(&routes, "PUT /a").as_deref(), Some("PUT /a"));
        assert_eq!(best(&routes, "GET /a").as_deref(), Some("ANY /a"));
    }

    #[test]
    fn a_request_that_no_route_matches_has_no_route() {
        let routes = [("GET", "/orders/{id}"), ("GET", "/files/{path+}")];
        for request in ["GET /orders", "GET /orders/", "GET /orders/1/2", "PUT /orders/1"] {
            assert_eq!(best(&routes, request), None, "{request}");
        }
        assert_eq!(best(&routes, "GET /files"), None);
        assert_eq!(best(&routes, "GET /files/"), None);
        assert!(best(&routes, "GET /files/a/b").is_some());
    }

    #[test]
    #[cfg(all(feature = "local", feature = "idempotency", debug_assertions))]
    fn the_parameters_of_a_path_have_the_names_of_the_route() {
        let parameters = |route, path| Route::new("GET", route).parameters(path);
        let found = parameters("/a/{id}/{rest+}", "/a/7/b/c");
        assert_eq!(found, BTreeMap::from([("id", "7".to_owned()), ("rest", "b/c".to_owned())]));
        assert!(parameters("/a", "/a").is_empty() && parameters(DEFAULT_ROUTE, "/a/b").is_empty());
    }

    #[test]
    fn a_path_is_filled_with_the_values_that_api_gateway_found() {
        let fill = |route, values: &[(&str, &'static str)]| {
            let find = |name: &str| values.iter().find(|(key, _)| *key == name);
            Route::new("GET", route).fill_path(|name| find(name).map(|(_, value)| *value))
        };
        let values = [("id", "a/b %2F?"), ("rest", "c/d e")];
        assert_eq!(fill("/x/{id}/{rest+}", &values).unwrap(), "/x/a%2Fb%20%252F%3F/c/d%20e");
        assert_eq!(fill("/x", &[]).unwrap(), "/x");
        assert_eq!(fill("/x/{id}", &[("name", "7")]), None);
        assert_eq!(fill(DEFAULT_ROUTE, &values), None);
    }

    #[test]
    fn a_path_template_is_converted_to_axums_syntax() {
        assert_eq!(Route::new("GET", "/a/{id}/{rest+}").axum_path().unwrap(), "/a/{id}/{*rest}");
        assert_eq!(Route::new("GET", "/").axum_path().unwrap(), "/");
        assert_eq!(Route::new("GET", "/é/50%").axum_path().unwrap(), "/%C3%A9/50%25");
        assert_eq!(Route::new("ANY", DEFAULT_ROUTE).axum_path(), None);
    }
}
