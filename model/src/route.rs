//! Routes: the HTTP requests that a function handles, by their method and path. Takes the texts that the user
//! wrote and returns a [`Method`] or a [`RoutePath`], which follows the rules of API Gateway.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::message::Message;
use crate::messages::route as messages;

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

/// The HTTP method of a route. `ANY` matches each method that no other route with the same path has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Method(&'static str);

impl Method {
    /// Returns the names of all methods, in upper case.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        METHODS
    }

    /// Parses the name of a method, in upper or lower case. Returns `None` if there is no such method.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        METHODS.iter().find(|method| method.eq_ignore_ascii_case(text)).map(|method| Self(method))
    }

    /// Returns the name of the method in upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// The path of a route, such as `/orders/{id}` or `/files/{path+}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct RoutePath(String);

impl RoutePath {
    /// Returns the path in API Gateway's notation.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the names of the path's parameters, without the `+` of a greedy parameter.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let braced =
            |segment| str::strip_prefix(segment, '{').and_then(|rest| rest.strip_suffix('}'));
        self.0.split('/').filter_map(braced).map(|name| name.trim_end_matches('+'))
    }

    /// Returns the path that is a greedy parameter alone, so that it matches every path but `/`.
    #[must_use]
    pub fn greedy_root() -> Self {
        Self("/{proxy+}".to_owned())
    }

    /// Returns whether API Gateway treats both paths as one: they differ only in the names of parameters.
    #[must_use]
    pub fn has_shape_of(&self, other: &Self) -> bool {
        self.shape() == other.shape()
    }

    /// Returns the path without the names of its parameters: `/orders/{}` for `/orders/{id}`. API Gateway
    /// treats two paths that differ only in these names as one route.
    fn shape(&self) -> String {
        let blank = |segment: &str| match segment {
            greedy if greedy.ends_with("+}") => "{+}".to_owned(),
            one if one.starts_with('{') => "{}".to_owned(),
            plain => plain.to_owned(),
        };
        self.0.split('/').map(blank).collect::<Vec<_>>().join("/")
    }
}

impl TryFrom<&str> for RoutePath {
    type Error = Message;

    fn try_from(path: &str) -> Result<Self, Message> {
        if let Some(segment) = path.split('/').find(|segment| is_foreign_parameter(segment)) {
            let suggested = suggest_parameters(path);
            return Err(messages::foreign_parameter(path, segment, suggested.as_deref()));
        }
        if !path.starts_with('/') {
            return Err(messages::no_leading_slash(path));
        }
        if let Some(other) =
            path.chars().find(|c| c.is_whitespace() || c.is_control() || "?#".contains(*c))
        {
            return Err(messages::forbidden_character(path, other));
        }
        let mut names: Vec<&str> = Vec::new();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        for (index, segment) in segments.iter().enumerate() {
            let last = index + 1 == segments.len();
            if segment.is_empty() && !(last && segments.len() == 1) {
                return Err(if last {
                    messages::trailing_slash(path)
                } else {
                    messages::empty_segment(path)
                });
            }
            if matches!(*segment, "." | "..") {
                return Err(messages::dot_segment(path, segment));
            }
            if let Some(name) = parse_parameter(path, segment)? {
                if name.ends_with('+') && !last {
                    return Err(messages::greedy_parameter_not_last(path, name));
                }
                let name = name.trim_end_matches('+');
                if names.contains(&name) {
                    return Err(messages::parameter_twice(path, name));
                }
                names.push(name);
            }
        }
        Ok(Self(path.to_owned()))
    }
}

/// The pairs of signs that other frameworks write around a parameter.
const FOREIGN_SIGNS: [(&str, &str); 3] = [("{...", "}"), ("[", "]"), ("<", ">")];

/// Returns whether a segment of a path is a wildcard, or a parameter as other frameworks write it: `*`, `{*rest}`,
/// `{...rest}`, `[id]` or `<id>`. API Gateway would compare it character by character, or take the dots as a part of
/// the name.
fn is_foreign_parameter(segment: &str) -> bool {
    let is_inside =
        |(open, close): &(&str, &str)| segment.starts_with(open) && segment.ends_with(close);
    segment.contains('*') || FOREIGN_SIGNS.iter().any(is_inside)
}

/// Returns the path with API Gateway's parameters in place of the parameters of other frameworks: `/files/{rest+}`
/// for `/files/*`. Returns `None` if a wildcard is only a part of a segment.
fn suggest_parameters(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let mut suggested = String::new();
    for (index, segment) in segments.iter().enumerate() {
        suggested.push('/');
        if is_foreign_parameter(segment) {
            suggested.push_str(&suggest_parameter(segment, index + 1 == segments.len())?);
        } else {
            suggested.push_str(segment);
        }
    }
    RoutePath::try_from(suggested.as_str()).is_ok().then_some(suggested)
}

/// Returns API Gateway's parameter for a parameter of another framework. `is_last` is whether it is the last segment
/// of its path, which can take the rest of the path. Returns `None` if the segment has more than the parameter.
fn suggest_parameter(segment: &str, is_last: bool) -> Option<String> {
    let inside = |open, close| segment.strip_prefix(open)?.strip_suffix(close);
    let inner = inside('{', '}')
        .or_else(|| inside('[', ']'))
        .or_else(|| inside('<', '>'))
        .or_else(|| segment.starts_with('*').then_some(segment))?;
    let is_greedy =
        is_last && (inner.contains('*') || inner.starts_with("...") || inner.starts_with("path:"));
    let inner = inner.trim_matches('*').trim_start_matches("...");
    // Flask writes the type of a parameter before its name.
    let name = inner.rsplit(':').next().unwrap_or_default();
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let default = if is_greedy { "rest" } else { "id" };
    let name = if name.is_empty() { default } else { name };
    let plus = if is_greedy { "+" } else { "" };
    is_name.then(|| format!("{{{name}{plus}}}"))
}

/// Returns the parameter that a segment of a path consists of: `id` for `{id}`, `rest+` for `{rest+}`. Returns
/// `None` for a segment without a parameter, and a message for a segment that API Gateway would refuse.
fn parse_parameter<'a>(path: &str, segment: &'a str) -> Result<Option<&'a str>, Message> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(messages::parameter_with_colon(path, name));
    }
    if !segment.contains(['{', '}']) {
        return Ok(None);
    }
    let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Some(inner) = inner.filter(|inner| !inner.contains(['{', '}'])) else {
        return Err(messages::parameter_in_segment(path, segment));
    };
    let name = inner.strip_suffix('+').unwrap_or(inner);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(messages::invalid_parameter(path, inner));
    }
    Ok(Some(inner))
}

/// The HTTP requests that a trigger handles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Requests of this method to this path.
    Path(Method, RoutePath),
    /// Each request that no other route handles, which is API Gateway's `$default`.
    Default,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(method, path) => write!(f, "{} {}", method.as_str(), path.as_str()),
            Self::Default => f.write_str("$default"),
        }
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Route {
    /// Returns a text that is the same for two routes if API Gateway treats them as one route.
    #[must_use]
    pub fn conflict_key(&self) -> String {
        match self {
            Self::Path(method, path) => format!("{} {}", method.as_str(), path.shape()),
            Self::Default => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_the_rules_of_api_gateway() {
        for good in ["/", "/a", "/a/{id}", "/a/{id}/b/{rest+}", "/a.b/c-d"] {
            assert!(RoutePath::try_from(good).is_ok(), "{good}");
        }
        for bad in [
            "", "a", "//", "/a/", "/a//b", "/{a}{b}", "/x{a}", "/{}", "/{a+}/b", "/{a}/{a}",
            "/a b", "/a?b", "/:id", "/{a b}",
        ] {
            assert!(RoutePath::try_from(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn wildcards_and_parameters_of_other_frameworks_are_refused_with_api_gateways() {
        for (path, help) in [
            ("/x/*", "write `/x/{rest+}`"),
            ("/*", "write `/{rest+}`"),
            ("*", "write `/{rest+}`"),
            ("/x/**", "write `/x/{rest+}`"),
            ("/x/*rest", "write `/x/{rest+}`"),
            ("/x/{*rest}", "write `/x/{rest+}`"),
            ("/x/{path*}", "write `/x/{path+}`"),
            ("/x/{...rest}", "write `/x/{rest+}`"),
            ("/x/[...slug]", "write `/x/{slug+}`"),
            ("/x/*/y", "write `/x/{id}/y`"),
            ("/x/[id]", "write `/x/{id}`"),
            ("/x/<id>/y", "write `/x/{id}/y`"),
            ("/x/<int:id>", "write `/x/{id}`"),
            ("/x/<path:rest>", "write `/x/{rest+}`"),
            (
                "/x/a*",
                "write a parameter for a whole segment, `{id}`, or for the rest of the path, `{rest+}`",
            ),
            (
                "/img/*.png",
                "write a parameter for a whole segment, `{id}`, or for the rest of the path, `{rest+}`",
            ),
        ] {
            let message = RoutePath::try_from(path).unwrap_err();
            assert_eq!(message.help.as_deref(), Some(help), "{path}");
            assert!(message.text.ends_with("so no request would match the route"), "{path}");
        }
        assert_eq!(
            RoutePath::try_from("/x/{*rest}").unwrap_err().text,
            "path `/x/{*rest}`: `{*rest}` is not a parameter of API Gateway, so no request would match the route"
        );
        for dots in ["/x/..", "/./x"] {
            let message = RoutePath::try_from(dots).unwrap_err();
            assert!(message.text.ends_with("which clients resolve before they send a request"));
        }
        for right in ["/x/{a.b}", "/a.b/..c", "/x/{id:v1}", "/$x", "/[a]b"] {
            assert!(RoutePath::try_from(right).is_ok(), "{right}");
        }
    }

    #[test]
    fn routes_that_differ_only_in_the_names_of_parameters_conflict() {
        let route =
            |path| Route::Path(Method::parse("get").unwrap(), RoutePath::try_from(path).unwrap());
        assert_eq!(route("/a/{id}").conflict_key(), route("/a/{name}").conflict_key());
        assert_ne!(route("/a/{id}").conflict_key(), route("/a/{id+}").conflict_key());
        assert_ne!(route("/a/{id}").conflict_key(), route("/a/b").conflict_key());
    }

    #[test]
    fn the_name_of_a_greedy_parameter_has_no_plus() {
        let path = RoutePath::try_from("/a/{id}/{rest+}").unwrap();
        assert_eq!(path.parameters().collect::<Vec<_>>(), ["id", "rest"]);
    }
}
