//! Routes: which HTTP requests a function takes, by their method and path. A path is checked when it is
//! read, by the rules of API Gateway, and says in its error what is wrong with it.

use std::fmt;

use serde::{Serialize, Serializer};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];

/// An HTTP method of a route; `ANY` stands for all that no other route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Method(&'static str);

impl Method {
    /// All of them.
    #[must_use]
    pub const fn names() -> &'static [&'static str] {
        METHODS
    }

    /// The method of this name, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        METHODS.iter().find(|method| method.eq_ignore_ascii_case(text)).map(|method| Self(method))
    }

    /// The method in upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// A path of a route, such as `/orders/{id}` or `/files/{path+}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct RoutePath(String);

impl RoutePath {
    /// The path as API Gateway writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names of its parameters, without the `+` of a greedy one.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let braced =
            |segment| str::strip_prefix(segment, '{').and_then(|rest| rest.strip_suffix('}'));
        self.0.split('/').filter_map(braced).map(|name| name.trim_end_matches('+'))
    }

    /// The path with its parameters' names taken out: what makes two paths one route.
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
    type Error = String;

    fn try_from(path: &str) -> Result<Self, String> {
        if !path.starts_with('/') {
            return Err(format!("path `{path}` does not begin with `/`"));
        }
        if let Some(other) =
            path.chars().find(|c| c.is_whitespace() || c.is_control() || "?#".contains(*c))
        {
            return Err(match other {
                ' ' => format!("path `{path}` has a space in it"),
                other => format!("path `{path}` has `{}` in it", other.escape_debug()),
            });
        }
        let mut names: Vec<&str> = Vec::new();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        for (index, segment) in segments.iter().enumerate() {
            let last = index + 1 == segments.len();
            if segment.is_empty() && !(last && segments.len() == 1) {
                return Err(if last {
                    format!("path `{path}` ends with `/`, which no request to it would match")
                } else {
                    format!("path `{path}` has an empty segment")
                });
            }
            if let Some(name) =
                parse_parameter(segment).map_err(|why| format!("path `{path}`: {why}"))?
            {
                if name.ends_with('+') && !last {
                    return Err(format!(
                        "path `{path}`: `{{{name}}}` takes the rest of the path and has to stand last"
                    ));
                }
                let name = name.trim_end_matches('+');
                if names.contains(&name) {
                    return Err(format!("path `{path}` names the parameter `{name}` twice"));
                }
                names.push(name);
            }
        }
        Ok(Self(path.to_owned()))
    }
}

/// The parameter that a segment is, if it is one: `{id}` gives `id`, `{rest+}` gives `rest+`.
fn parse_parameter(segment: &str) -> Result<Option<&str>, String> {
    if let Some(name) = segment.strip_prefix(':') {
        return Err(format!("a parameter is written `{{{name}}}`, not `:{name}`"));
    }
    if !segment.contains(['{', '}']) {
        return Ok(None);
    }
    let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Some(inner) = inner.filter(|inner| !inner.contains(['{', '}'])) else {
        return Err(format!("a parameter takes a whole segment, as `{{id}}`, not `{segment}`"));
    };
    let name = inner.strip_suffix('+').unwrap_or(inner);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(format!(
            "`{{{inner}}}` is not a parameter: its name is letters, digits, `_`, `-`, `.` and `:`"
        ));
    }
    Ok(Some(inner))
}

/// Which requests a trigger takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Requests of this method to this path.
    Path(Method, RoutePath),
    /// Every request that no other route takes: `$default`.
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
    /// What two routes have in common that API Gateway takes for one.
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
    fn paths_are_checked_as_api_gateway_does() {
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
    fn routes_are_one_whatever_their_parameters_are_called() {
        let route =
            |path| Route::Path(Method::parse("get").unwrap(), RoutePath::try_from(path).unwrap());
        assert_eq!(route("/a/{id}").conflict_key(), route("/a/{name}").conflict_key());
        assert_ne!(route("/a/{id}").conflict_key(), route("/a/{id+}").conflict_key());
        assert_ne!(route("/a/{id}").conflict_key(), route("/a/b").conflict_key());
    }

    #[test]
    fn parameters_are_named_without_the_plus() {
        let path = RoutePath::try_from("/a/{id}/{rest+}").unwrap();
        assert_eq!(path.parameters().collect::<Vec<_>>(), ["id", "rest"]);
    }
}
