//! The claims of a caller: what an authorizer has read from the caller's token. They come from the request context, which
//! API Gateway makes, and never from a header.

mod decode;
#[cfg(test)]
mod tests;

use std::fmt;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::extractors::RawContext;
use super::route_auth::RouteAuth;
use crate::const_text::is_same;
use crate::{Error, messages};

/// An authorizer that the application declares with `#[resource(authorizer(…))]`.
///
/// `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an authorizer",
    label = "an authorizer is expected here",
    note = "help: put `#[resource(authorizer(jwt(issuer = \"https://…\", audience = [\"…\"])))]` on `{Self}`"
)]
pub trait Authorizer: Send + Sync + 'static {
    /// The name of the authorizer in its API.
    const ID: &'static str;

    /// The type of the claims.
    type Claims: DeserializeOwned + Send;
}

/// The claims of the caller of a route with the authorizer `A`, as an extractor.
///
/// Each route of the handler needs this authorizer. A handler that has open routes as well takes an
/// `Option<Claims<A>>`. The type of the claims is the one that the authorizer declares, or [`JwtClaims`].
///
/// An HTTP API hands all claims on as texts: numbers as `"1700000000"`, lists as `"[a b]"`. A number, a boolean and a list
/// of the type are read from these texts. A text without brackets is a list of one item.
///
/// Mirrors "Control access to HTTP APIs with JWT authorizers in API Gateway".
///
/// ```
/// use serde::Deserialize;
/// use skylift::http::Claims;
/// use skylift::{function, resource};
///
/// #[derive(Deserialize)]
/// struct UserClaims {
///     sub: String,
///     exp: u64,
/// }
///
/// #[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"], claims = UserClaims)))]
/// struct Users;
///
/// #[function(trigger = http("GET /me", auth = Users))]
/// async fn me(Claims(user): Claims<Users>) -> String {
///     format!("{} until {}", user.sub, user.exp)
/// }
/// # let _ = me;
/// ```
///
/// # Errors
///
/// The request fails with status 500 if its route has another authorizer or none, and if the claims do not fit their
/// type. Claims are never empty because they are missing.
pub struct Claims<A: Authorizer>(pub A::Claims);

impl<A: Authorizer<Claims: Clone>> Clone for Claims<A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<A: Authorizer<Claims: fmt::Debug>> fmt::Debug for Claims<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Claims").field(&self.0).finish()
    }
}

/// The registered claims of a token, for an authorizer that declares no type of its own. A claim that the token does not
/// have is empty or 0.
///
/// Mirrors RFC 7519 and, for `scope` and `client_id`, RFC 9068.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct JwtClaims {
    /// The URL of the service that signed the token.
    pub iss: String,
    /// The id of the caller.
    pub sub: String,
    /// The recipients of the token.
    pub aud: Vec<String>,
    /// When the token expires, in seconds since 1970.
    pub exp: u64,
    /// When the token was made, in seconds since 1970.
    pub iat: u64,
    /// The scopes of the token, with spaces between them.
    pub scope: String,
    /// The id of the application that got the token.
    pub client_id: String,
}

/// The part of a request context that has claims.
#[derive(Deserialize)]
struct ContextWithClaims {
    authorizer: Option<AuthorizerContext>,
}

#[derive(Deserialize)]
struct AuthorizerContext {
    jwt: Option<JwtContext>,
}

#[derive(Deserialize)]
struct JwtContext {
    claims: Option<Value>,
}

/// Returns the authorization of the route of a request.
fn route_auth(parts: &Parts) -> Result<RouteAuth, Error> {
    let auth = parts.extensions.get::<RouteAuth>().copied();
    auth.ok_or_else(messages::http::request_without_call)
}

/// Decodes the claims that API Gateway sent with a request.
fn decode_claims<A: Authorizer>(parts: &Parts) -> Result<Claims<A>, Error> {
    let raw = parts.extensions.get::<RawContext>();
    let raw = raw.ok_or_else(messages::http::request_without_context)?;
    let context: ContextWithClaims = serde_json::from_str(&raw.0)?;
    let claims = context.authorizer.and_then(|it| it.jwt).and_then(|it| it.claims);
    let claims = claims.ok_or_else(|| messages::http::request_without_claims(A::ID))?;
    let decoded = decode::decode_claims(&claims);
    decoded.map(Claims).map_err(|why| messages::http::invalid_claims(A::ID, &why))
}

impl<S: Sync, A: Authorizer> FromRequestParts<S> for Claims<A> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        match route_auth(parts)? {
            RouteAuth::Token { authorizer, .. } if authorizer == A::ID => decode_claims(parts),
            _ => Err(messages::http::route_without_authorizer(A::ID)),
        }
    }
}

/// `None` on a route that anyone can call.
impl<S: Sync, A: Authorizer> OptionalFromRequestParts<S> for Claims<A> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Error> {
        match route_auth(parts)? {
            RouteAuth::Token { authorizer, .. } if authorizer == A::ID => {
                decode_claims(parts).map(Some)
            }
            RouteAuth::Open => Ok(None),
            _ => Err(messages::http::route_without_authorizer(A::ID)),
        }
    }
}

/// Asserts at compile time that a parameter is the claims of the authorizer `A`.
pub const fn claims<A: Authorizer, P: IsClaims<A>>() {}

/// A parameter that is the claims of the authorizer `A`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not `skylift::http::Claims<{A}>`",
    label = "another type with the name `Claims`",
    note = "help: write `skylift::http::Claims`, or rename the other type"
)]
pub trait IsClaims<A: Authorizer> {}

impl<A: Authorizer> IsClaims<A> for Claims<A> {}
impl<A: Authorizer> IsClaims<A> for Option<Claims<A>> {}

/// Asserts at compile time that a path names the authorizer that the build step found.
///
/// # Panics
///
/// Panics if the authorizer has another name. The call is evaluated in a constant, so that the panic is a message of the
/// compiler.
#[track_caller]
pub const fn check_authorizer_id<A: Authorizer>(id: &str) {
    assert!(is_same(A::ID, id), "{}", messages::compile::another_authorizer());
}
