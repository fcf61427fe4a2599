//! A route as the macro describes it: its method, its path, and which callers API Gateway lets through.

use super::route::Route;

/// The authorization of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteAuth {
    /// Anyone can call the route.
    Open,
    /// The caller signs the request with credentials of IAM.
    Iam,
    /// The caller has a token that an authorizer accepts.
    Token {
        /// The name of the authorizer in the API.
        authorizer: &'static str,
        /// The token has at least one of these scopes. Without scopes here, it needs no scope.
        scopes: &'static [&'static str],
    },
}

/// A route of a function, with its authorization.
#[derive(Clone, Copy, Debug)]
pub struct RouteEntry {
    method: &'static str,
    path: &'static str,
    auth: RouteAuth,
}

impl RouteEntry {
    /// Creates a route; method and path are as API Gateway writes them.
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str, auth: RouteAuth) -> Self {
        Self { method, path, auth }
    }

    /// Returns the route and its authorization.
    pub(super) fn split(self) -> (Route, RouteAuth) {
        (Route::new(self.method, self.path), self.auth)
    }
}

/// A route that anyone can call.
impl From<(&'static str, &'static str)> for RouteEntry {
    fn from((method, path): (&'static str, &'static str)) -> Self {
        Self::new(method, path, RouteAuth::Open)
    }
}
