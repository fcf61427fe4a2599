//! An authorizer: it checks the JSON web token of a caller before API Gateway calls a function. AWS: "Control access to
//! HTTP APIs with JWT authorizers in API Gateway".

use serde::Serialize;

use crate::aws::name::LogicalId;
use crate::aws::value::CfnValue;
use crate::location::SourceLocation;
use crate::message::Message;
use crate::messages::http as messages;

/// An authorizer, which the user declared with `#[resource(authorizer(…))]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authorizer {
    /// The identifier of the authorizer's struct, by which routes and handlers name it.
    pub ident: String,
    /// The name of the authorizer in its API.
    pub id: LogicalId,
    /// The URL of the service that signs the tokens: the claim `iss`.
    pub issuer: CfnValue,
    /// The accepted recipients of tokens: the claim `aud`, or `client_id` of a token without it.
    pub audience: Vec<CfnValue>,
    /// The part of the request that has the token.
    pub identity: JwtIdentity,
    /// The location of the authorizer in the source code.
    pub origin: SourceLocation,
}

impl Authorizer {
    /// The key of the attribute for the issuer.
    pub const ISSUER: &'static str = "issuer";

    /// The key of the attribute for the audience.
    pub const AUDIENCE: &'static str = "audience";

    /// The name of the kind in the attribute `#[resource]`.
    pub const KIND: &'static str = "authorizer";

    /// The shortest content of the attribute `#[resource]` that declares an authorizer.
    pub const MINIMAL_DECLARATION: &'static str =
        "authorizer(jwt(issuer = \"https://…\", audience = [\"…\"]))";

    /// Returns the values that may be known only when the stack is deployed, each with the key that has it.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &CfnValue)> {
        let audience = self.audience.iter().map(|value| (Self::AUDIENCE, value));
        std::iter::once((Self::ISSUER, &self.issuer)).chain(audience)
    }

    /// Checks the URL of an issuer.
    ///
    /// # Errors
    ///
    /// Returns an error if API Gateway cannot read the keys of the issuer from this URL.
    pub fn check_issuer(url: &str) -> Result<(), Message> {
        const WELL_KNOWN: &str = "/.well-known/";
        if let Some((issuer, _)) = url.split_once(WELL_KNOWN) {
            return Err(messages::document_of_issuer(url, issuer));
        }
        let host = url.strip_prefix("https://");
        let is_host = host.is_some_and(|it| !it.is_empty() && !it.starts_with('/'));
        if !is_host || url.contains(char::is_whitespace) {
            return Err(messages::invalid_issuer(url));
        }
        Ok(())
    }
}

/// The part of a request that has the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JwtIdentity {
    /// The header with this name.
    Header(String),
    /// The parameter of the query with this name.
    Query(String),
}

impl Default for JwtIdentity {
    fn default() -> Self {
        Self::Header("Authorization".to_owned())
    }
}

impl JwtIdentity {
    /// Returns the part of the request in API Gateway's notation.
    #[must_use]
    pub fn to_source(&self) -> String {
        match self {
            Self::Header(name) => format!("$request.header.{name}"),
            Self::Query(name) => format!("$request.querystring.{name}"),
        }
    }

    /// Returns whether the token is in the header `Authorization`.
    #[must_use]
    pub fn is_authorization(&self) -> bool {
        matches!(self, Self::Header(name) if name.eq_ignore_ascii_case("authorization"))
    }

    /// Checks the name of a header or of a parameter.
    ///
    /// # Errors
    ///
    /// Returns an error if no header and no parameter can have the name.
    pub fn check_name(name: &str) -> Result<(), Message> {
        let is_allowed = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        if name.is_empty() || !name.chars().all(is_allowed) {
            return Err(messages::invalid_identity(name));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_the_url_of_a_service() {
        for right in ["https://id.example", "https://id.example/", "https://id.example/a/b"] {
            assert!(Authorizer::check_issuer(right).is_ok(), "{right}");
        }
        for wrong in ["id.example", "http://id.example", "https://", "https:///a", "https://a b"] {
            assert!(Authorizer::check_issuer(wrong).is_err(), "{wrong}");
        }
        let document = "https://id.example/a/.well-known/openid-configuration";
        let message = Authorizer::check_issuer(document).unwrap_err();
        assert!(message.help.unwrap().starts_with("write `https://id.example/a`"));
    }

    #[test]
    fn the_token_is_in_a_header_or_in_the_query() {
        assert_eq!(JwtIdentity::default().to_source(), "$request.header.Authorization");
        let query = JwtIdentity::Query("token".to_owned());
        assert_eq!(query.to_source(), "$request.querystring.token");
        assert!(JwtIdentity::Header("authorization".to_owned()).is_authorization());
        assert!(!query.is_authorization());
        assert!(JwtIdentity::check_name("x-token").is_ok());
        for wrong in ["", "a b", "a,b", "$request.header.a:"] {
            assert!(JwtIdentity::check_name(wrong).is_err(), "{wrong}");
        }
    }
}
