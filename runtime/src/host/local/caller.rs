//! The caller that the local host assumes. This host verifies neither tokens nor signatures. It refuses requests to closed
//! routes, unless the developer says in a variable who calls: with which claims, or as which principal of IAM.
// See decision 0142.

use std::env::{VarError, var};

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::local_call;
use crate::source::http::RouteAuth;
use crate::{Error, messages};

/// The environment variable with the claims to assume, as a JSON object.
const CLAIMS: &str = "SKYLIFT_CLAIMS";

/// The environment variable with the ARN of the principal of IAM to assume.
const PRINCIPAL: &str = "SKYLIFT_IAM_PRINCIPAL";

/// The caller to assume.
#[derive(Clone, Debug, Default)]
pub(super) struct AssumedCaller {
    /// The claims of the caller's token; `None` if the caller has no token.
    pub(super) claims: Option<Map<String, Value>>,
    /// The ARN of the caller; `None` if the request is not signed.
    pub(super) principal: Option<String>,
}

/// How API Gateway refuses a request: the status and the text.
pub(super) type Refusal = (StatusCode, &'static str);

impl AssumedCaller {
    /// Reads the caller from the environment.
    pub(super) fn from_env() -> Result<Self, Error> {
        let read = |name| match var(name) {
            Ok(text) => Some(text),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(text)) => Some(text.to_string_lossy().into_owned()),
        };
        Self::parse(read(CLAIMS), read(PRINCIPAL))
    }

    /// Parses the values of the two variables.
    fn parse(claims: Option<String>, principal: Option<String>) -> Result<Self, Error> {
        let parse = |text: String| match serde_json::from_str(&text) {
            Ok(Value::Object(claims)) => Ok(claims),
            _ => Err(messages::local::invalid_claims(CLAIMS)),
        };
        let claims = claims.map(parse).transpose()?;
        if let Some(text) = principal.as_ref().filter(|text| !text.starts_with("arn:")) {
            return Err(messages::local::invalid_principal(PRINCIPAL, text));
        }
        Ok(Self { claims, principal })
    }

    /// Returns what API Gateway would write into the field `authorizer` of the request context, which is null for a route
    /// that anyone can call. Returns a refusal if the caller may not call the route.
    pub(super) fn authorize(&self, auth: RouteAuth) -> Result<Value, Refusal> {
        match auth {
            RouteAuth::Open => Ok(Value::Null),
            RouteAuth::Iam => match &self.principal {
                Some(arn) => Ok(iam_context(arn)),
                None => Err((StatusCode::FORBIDDEN, messages::http::forbidden())),
            },
            RouteAuth::Token { scopes, .. } => {
                let Some(claims) = &self.claims else {
                    return Err((StatusCode::UNAUTHORIZED, messages::http::unauthorized()));
                };
                if !scopes.is_empty() && !has_scope(claims, scopes) {
                    return Err((StatusCode::FORBIDDEN, messages::http::forbidden()));
                }
                let texts: Map<String, Value> = claims
                    .iter()
                    .map(|(name, claim)| (name.clone(), Value::String(to_text(claim))))
                    .collect();
                let scopes = if scopes.is_empty() { Value::Null } else { json!(scopes) };
                Ok(json!({ "jwt": { "claims": texts, "scopes": scopes } }))
            }
        }
    }

    /// Returns the lines for the listing about the closed routes among these; none if there are no closed routes.
    pub(super) fn describe(&self, routes: impl Iterator<Item = RouteAuth>) -> Vec<String> {
        let (mut tokens, mut iam) = (false, false);
        for auth in routes {
            tokens |= matches!(auth, RouteAuth::Token { .. });
            iam |= auth == RouteAuth::Iam;
        }
        let mut lines = Vec::new();
        if tokens || iam {
            lines.push(messages::local::nothing_verified().to_owned());
        }
        if tokens {
            lines.push(messages::local::assumed_claims(CLAIMS, self.claims.is_some()));
        }
        if iam {
            lines.push(messages::local::assumed_principal(PRINCIPAL, self.principal.as_deref()));
        }
        lines
    }
}

/// Returns whether claims have one of these scopes, as API Gateway looks for them.
fn has_scope(claims: &Map<String, Value>, scopes: &[&str]) -> bool {
    let is_wanted = |scope: &str| scopes.contains(&scope);
    ["scope", "scp"].into_iter().filter_map(|name| claims.get(name)).any(|claim| match claim {
        Value::String(text) => text.split_whitespace().any(is_wanted),
        Value::Array(items) => items.iter().filter_map(Value::as_str).any(is_wanted),
        _ => false,
    })
}

/// Writes a claim as the text in which an HTTP API hands it on.
fn to_text(claim: &Value) -> String {
    match claim {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(to_text).collect();
            format!("[{}]", items.join(" "))
        }
        other => other.to_string(),
    }
}

/// Makes the context of a caller with this ARN.
fn iam_context(arn: &str) -> Value {
    let account = arn.split(':').nth(4).filter(|it| !it.is_empty());
    json!({ "iam": {
        "accessKey": null,
        "accountId": account.unwrap_or(local_call::ACCOUNT),
        "callerId": null,
        "cognitoIdentity": null,
        "principalOrgId": null,
        "userArn": arn,
        "userId": null,
    } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(claims: &str) -> AssumedCaller {
        AssumedCaller::parse(Some(claims.to_owned()), None).unwrap()
    }

    const USERS: RouteAuth = RouteAuth::Token { authorizer: "Users", scopes: &[] };
    const READERS: RouteAuth = RouteAuth::Token { authorizer: "Users", scopes: &["read", "admin"] };

    #[test]
    fn a_closed_route_refuses_a_caller_that_is_not_assumed() {
        let nobody = AssumedCaller::default();
        assert_eq!(nobody.authorize(RouteAuth::Open), Ok(Value::Null));
        assert_eq!(nobody.authorize(USERS).unwrap_err().0, 401);
        assert_eq!(nobody.authorize(RouteAuth::Iam).unwrap_err().0, 403);
        assert_eq!(caller("{}").authorize(RouteAuth::Iam).unwrap_err().0, 403);
    }

    #[test]
    fn assumed_claims_are_texts() {
        let claims = r#"{"sub":"7","exp":17,"admin":true,"groups":["a","b"],"none":[]}"#;
        let context = caller(claims).authorize(USERS).unwrap();
        let texts =
            json!({ "sub": "7", "exp": "17", "admin": "true", "groups": "[a b]", "none": "[]" });
        assert_eq!(context, json!({ "jwt": { "claims": texts, "scopes": null } }));
    }

    #[test]
    fn a_token_needs_one_of_the_scopes() {
        for (claims, right) in [
            (r#"{"scope":"write read"}"#, true),
            (r#"{"scp":["admin"]}"#, true),
            (r#"{"scope":"reader"}"#, false),
            (r#"{"sub":"read"}"#, false),
            ("{}", false),
        ] {
            let answer = caller(claims).authorize(READERS);
            assert_eq!(answer.is_ok(), right, "{claims}");
            if let Err((status, _)) = answer {
                assert_eq!(status, 403);
            }
        }
    }

    #[test]
    fn an_assumed_principal_signs_requests() {
        let arn = "arn:aws:iam::210987654321:user/me";
        let caller = AssumedCaller::parse(None, Some(arn.to_owned())).unwrap();
        let context = caller.authorize(RouteAuth::Iam).unwrap();
        assert_eq!(context["iam"]["userArn"], arn);
        assert_eq!(context["iam"]["accountId"], "210987654321");
        assert_eq!(caller.authorize(USERS).unwrap_err().0, 401);
    }

    #[test]
    fn what_is_no_caller_is_an_error_at_the_start() {
        for wrong in ["me", "[]", "\"a\"", ""] {
            assert!(AssumedCaller::parse(Some(wrong.to_owned()), None).is_err(), "{wrong}");
        }
        assert!(AssumedCaller::parse(None, Some("me".to_owned())).is_err());
    }

    #[test]
    fn the_listing_says_that_nothing_is_verified() {
        let lines =
            |caller: &AssumedCaller, routes: &[RouteAuth]| caller.describe(routes.iter().copied());
        assert_eq!(lines(&AssumedCaller::default(), &[RouteAuth::Open]), [""; 0]);
        let refused = lines(&AssumedCaller::default(), &[USERS, RouteAuth::Iam]);
        assert_eq!(refused.len(), 3);
        assert!(refused[1].contains("`SKYLIFT_CLAIMS`") && refused[2].contains("403"));
        let assumed = lines(&caller("{}"), &[USERS]);
        assert!(assumed.len() == 2 && !assumed[1].contains("401"), "{assumed:?}");
    }
}
