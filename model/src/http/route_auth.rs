//! The authorization of a route: which callers API Gateway lets through.

use serde::Serialize;

/// The authorization of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteAuth {
    /// Any caller may call the route.
    None,
    /// The caller signs the request with credentials of IAM.
    Iam,
    /// The caller has a token that an authorizer accepts. The text is the identifier of the authorizer's struct.
    Authorizer(String),
}

impl RouteAuth {
    /// The word of the grammar for a route without authorization.
    pub const NONE: &'static str = "none";

    /// The word of the grammar for a route that IAM protects.
    pub const IAM: &'static str = "iam";

    /// Returns the identifier of the authorizer's struct, if an authorizer protects the route.
    #[must_use]
    pub fn authorizer(&self) -> Option<&str> {
        match self {
            Self::Authorizer(ident) => Some(ident),
            Self::None | Self::Iam => None,
        }
    }
}
