//! An authorizer: `#[resource(authorizer(jwt(issuer = "https://…", audience = ["…"])))] struct Users;`, or
//! `authorizer(cognito(pool = overlay("Pool"), clients = […]))` for a user pool of Cognito.

use proc_macro2::TokenStream;
use skylift_model::SourceLocation;
use skylift_model::aws::arn::Arn;
use skylift_model::aws::limits;
use skylift_model::aws::name::LogicalId;
use skylift_model::aws::sub_text::SubText;
use skylift_model::aws::value::CfnValue;
use skylift_model::http::{Authorizer, JwtIdentity};

use super::accept_message;
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{read_cfn_value, read_list, read_overlay_id, read_text, report_expected};
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// Words of other tools for an authorizer.
pub(crate) const WORDS: &[FamiliarWords] = &[(
    &["jwt", "oauth2", "oidc", "openid", "auth", "auth0", "cognito", "userpool", "cognitouserpool"],
    "write `authorizer(jwt(issuer = \"https://…\", audience = [\"…\"]))`, or `authorizer(cognito(pool = overlay(\"…\"),\nclients = [overlay(\"…\")]))`",
)];

/// Words of other tools for the keys of `jwt` and `cognito`.
const KEYS: &[FamiliarWords] = &[
    (&["iss", "issuerurl", "url", "domain"], "write `issuer = \"https://…\"`"),
    (&["aud", "audiences"], "write `audience = [\"…\"]`"),
    (
        &["identitysource", "token", "source", "header"],
        "write `identity = header(\"authorization\")` or `identity = query(\"token\")`",
    ),
    (&["userpool", "userpoolarn", "userpoolid", "arn"], "write `pool = overlay(\"Pool\")`"),
    (&["client", "clientid", "clientids", "appclients"], "write `clients = [overlay(\"Client\")]`"),
    (
        &["scopes", "authorizationscopes"],
        "a route has scopes: `http(\"GET /me\", auth = Users, scopes = [\"read\"])`",
    ),
];

/// The definition of an authorizer, read from its attribute.
#[derive(Debug)]
pub struct AuthorizerDefinition {
    /// The name of the authorizer in its API.
    pub id: LogicalId,
    /// The URL of the service that signs the tokens.
    pub issuer: CfnValue,
    /// The accepted recipients of tokens.
    pub audience: Vec<CfnValue>,
    /// The part of the request that has the token.
    pub identity: JwtIdentity,
    /// The path of the type of the claims, if the user set it. Only the macro uses it.
    pub claims: Option<TokenStream>,
}

impl AuthorizerDefinition {
    /// Returns the authorizer as a value of the model. `ident` is the identifier of its struct.
    #[must_use]
    pub fn into_authorizer(self, ident: String, origin: SourceLocation) -> Authorizer {
        let Self { id, issuer, audience, identity, claims: _ } = self;
        Authorizer { ident, id, issuer, audience, identity, origin }
    }
}

/// Reads the arguments of `authorizer`, beside its `id`. Returns `None` after an error was recorded.
pub(crate) fn read_authorizer(
    args: &Args,
    id: Option<LogicalId>,
    errors: &mut Errors,
) -> Option<AuthorizerDefinition> {
    args.explain(WORDS);
    args.read_all(Authorizer::KIND, errors, |args, errors| {
        let jwt = args.take_nested("jwt", read_jwt, errors);
        let cognito = args.take_nested("cognito", read_cognito, errors);
        let read = match (jwt, cognito) {
            (Some(read), None) | (None, Some(read)) => read?,
            (Some(_), Some(_)) => {
                errors.push(args.span_of("cognito"), messages::two_kinds_of_tokens());
                return None;
            }
            (None, None) => {
                if !args.has_key("jwt") && !args.has_key("cognito") {
                    errors.push_missing(&args.span, messages::authorizer_without_tokens());
                }
                return None;
            }
        };
        let Tokens { issuer, audience, identity, claims } = read;
        Some(AuthorizerDefinition { id: id?, issuer, audience, identity, claims })
    })
}

/// The tokens that an authorizer accepts.
struct Tokens {
    issuer: CfnValue,
    audience: Vec<CfnValue>,
    identity: JwtIdentity,
    claims: Option<TokenStream>,
}

/// Reads the arguments of `jwt`. Returns `None` after an error was recorded.
fn read_jwt(args: &Args, errors: &mut Errors) -> Option<Tokens> {
    args.explain(KEYS);
    args.read_all("jwt", errors, |args, errors| {
        let issuer = args.take_if_set(Authorizer::ISSUER, read_issuer, errors);
        let audience = args.take_if_set(Authorizer::AUDIENCE, read_audience, errors);
        let (identity, claims) = read_common(args, errors);
        if issuer.is_none() {
            errors.push_missing(&args.span, messages::jwt_without_issuer());
        }
        if audience.is_none() {
            errors.push_missing(&args.span, messages::jwt_without_audience());
        }
        Some(Tokens {
            issuer: issuer??,
            audience: audience??,
            identity: identity?,
            claims: claims?,
        })
    })
}

/// Reads the arguments of `cognito`. Returns `None` after an error was recorded.
fn read_cognito(args: &Args, errors: &mut Errors) -> Option<Tokens> {
    args.explain(KEYS);
    args.read_all("cognito", errors, |args, errors| {
        let issuer = args.take_if_set("pool", read_pool, errors);
        let audience = args.take_if_set("clients", read_audience, errors);
        let (identity, claims) = read_common(args, errors);
        if issuer.is_none() {
            errors.push_missing(&args.span, messages::cognito_without_pool());
        }
        if audience.is_none() {
            errors.push_missing(&args.span, messages::cognito_without_clients());
        }
        Some(Tokens {
            issuer: issuer??,
            audience: audience??,
            identity: identity?,
            claims: claims?,
        })
    })
}

/// Reads the keys that all tokens have: the part of the request, and the type of the claims. Each is `None` after an error
/// was recorded.
#[expect(clippy::option_option, reason = "the inner option is a key that is not set")]
fn read_common(
    args: &Args,
    errors: &mut Errors,
) -> (Option<JwtIdentity>, Option<Option<TokenStream>>) {
    let identity = args.take_if_set("identity", read_identity, errors);
    let claims = args.take_if_set("claims", read_claims, errors);
    (
        identity.unwrap_or_else(|| Some(JwtIdentity::default())),
        claims.map_or(Some(None), |read| read.map(Some)),
    )
}

/// Reads the URL of an issuer, or a value that becomes one. Returns `None` after an error was recorded.
fn read_issuer(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let issuer = read_cfn_value(value, errors)?;
    match &issuer {
        CfnValue::Literal(url) => {
            accept_message(Authorizer::check_issuer(url), value, errors)?;
            Some(issuer)
        }
        CfnValue::Resource(_) => report_expected(phrases::ISSUER, value, errors),
        _ => Some(issuer),
    }
}

/// Reads the recipients of tokens. Returns `None` after an error was recorded.
fn read_audience(value: &ArgValue, errors: &mut Errors) -> Option<Vec<CfnValue>> {
    let items = read_list(value);
    if items.is_empty() {
        errors.push(&value.span, messages::empty_audience());
        return None;
    }
    if items.len() > limits::JWT_AUDIENCE {
        let message = messages::too_many_recipients(items.len(), limits::JWT_AUDIENCE);
        errors.push(&value.span, message);
        return None;
    }
    let read = |item: &ArgValue, errors: &mut Errors| match read_cfn_value(item, errors)? {
        CfnValue::Literal(text) if text.is_empty() => {
            errors.push(&item.span, messages::text_empty());
            None
        }
        CfnValue::Resource(_) => report_expected(phrases::RECIPIENT, item, errors),
        recipient => Some(recipient),
    };
    let read: Vec<Option<CfnValue>> = items.iter().map(|item| read(item, errors)).collect();
    read.into_iter().collect()
}

/// Reads a user pool, and returns its URL as an issuer. Returns `None` after an error was recorded.
fn read_pool(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    match &value.kind {
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            let id = read_overlay_id(function, args, value, errors)?;
            match SubText::of_reference(id.as_str(), Some("ProviderURL")) {
                Ok(url) => Some(CfnValue::Sub(url)),
                Err(_) => report_expected(phrases::TOKEN_POOL, value, errors),
            }
        }
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            match issuer_of_pool(text) {
                Some(url) => Some(CfnValue::Literal(url)),
                None => {
                    errors.push(&value.span, messages::not_a_user_pool(text));
                    None
                }
            }
        }
        _ => report_expected(phrases::TOKEN_POOL, value, errors),
    }
}

/// Returns the issuer of the tokens of a user pool, from the ARN of the pool. Returns `None` if the text is no such ARN.
fn issuer_of_pool(arn: &str) -> Option<String> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "cognito-idp")?;
    let id = arn.resource.strip_prefix("userpool/").filter(|id| !id.contains('/'))?;
    let starts_with_region =
        id.strip_prefix(arn.region).is_some_and(|rest| rest.len() > 1 && rest.starts_with('_'));
    let suffix = if arn.region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    (arn.has_region_and_account() && starts_with_region)
        .then(|| format!("https://cognito-idp.{}.{suffix}/{id}", arn.region))
}

/// Reads the part of the request that has the token. Returns `None` after an error was recorded.
fn read_identity(value: &ArgValue, errors: &mut Errors) -> Option<JwtIdentity> {
    let ArgValueKind::Call(ArgKey { text, .. }, args) = &value.kind else {
        return report_expected(phrases::IDENTITY, value, errors);
    };
    let make: fn(String) -> JwtIdentity = match text.as_str() {
        "header" => JwtIdentity::Header,
        "query" => JwtIdentity::Query,
        _ => return report_expected(phrases::IDENTITY, value, errors),
    };
    errors.scope(|errors| {
        args.read_all(text, errors, |args, errors| {
            let positional = args.take_positional();
            let [name] = positional.as_slice() else {
                return report_expected(phrases::IDENTITY, value, errors);
            };
            let text = read_text(name, errors)?;
            accept_message(JwtIdentity::check_name(text), name, errors)?;
            Some(make(text.to_owned()))
        })
    })
}

/// Reads the path of the type of the claims. Returns `None` after an error was recorded.
fn read_claims(value: &ArgValue, errors: &mut Errors) -> Option<TokenStream> {
    match &value.kind {
        ArgValueKind::Path(_, path) | ArgValueKind::GenericType(_, path) => Some(path.clone()),
        _ => {
            errors.push(&value.span, messages::not_a_type("claims", &value.describe()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::testing::{accepted_authorizer, rejected_authorizer};

    #[test]
    fn every_key_of_an_authorizer_is_read() {
        let read = accepted_authorizer(
            r#"authorizer(id = "Staff", jwt(issuer = "https://id.example/", audience = ["shop", param("Client")],
                identity = query("token"), claims = crate::UserClaims))"#,
        );
        assert_eq!(read.id.as_str(), "Staff");
        assert_eq!(read.issuer, CfnValue::Literal("https://id.example/".to_owned()));
        assert_eq!(read.audience[0], CfnValue::Literal("shop".to_owned()));
        assert!(matches!(read.audience[1], CfnValue::Param(_)));
        assert_eq!(read.identity, JwtIdentity::Query("token".to_owned()));
        assert_eq!(read.claims.unwrap().to_string(), "crate :: UserClaims");
        let least =
            accepted_authorizer(r#"authorizer(jwt(issuer = param("Issuer"), audience = "shop"))"#);
        assert_eq!((least.id.as_str(), least.identity), ("Users", JwtIdentity::default()));
        assert!(least.claims.is_none() && least.audience.len() == 1);
    }

    #[test]
    fn a_user_pool_is_an_issuer() {
        let issuer = |pool: &str| {
            let text = format!(r#"authorizer(cognito(pool = {pool}, clients = [overlay("Web")]))"#);
            accepted_authorizer(&text).issuer
        };
        let CfnValue::Sub(url) = issuer(r#"overlay("Pool")"#) else { panic!() };
        assert_eq!(url.as_str(), "${Pool.ProviderURL}");
        assert_eq!(
            issuer(r#""arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_aBc""#),
            CfnValue::Literal(
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aBc".to_owned()
            )
        );
        for wrong in [
            "eu-west-1_aBc",
            "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/us-east-1_aBc",
            "arn:aws:cognito-idp:eu-west-1:123456789012:identitypool/eu-west-1_aBc",
            "arn:aws:sqs:eu-west-1:123456789012:userpool/eu-west-1_aBc",
        ] {
            assert_eq!(issuer_of_pool(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn mistakes_in_an_authorizer_are_rejected() {
        for (text, start) in [
            ("authorizer", "an authorizer needs the tokens that it accepts"),
            ("authorizer()", "an authorizer needs the tokens that it accepts"),
            ("authorizer(jwt)", "`jwt` needs values"),
            (
                r#"authorizer(jwt(audience = ["a"]))"#,
                "`jwt` needs the issuer of the tokens\n\nhelp: write `issuer = \"https://…\"`, as tokens have it in their claim `iss`",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example"))"#,
                "without an audience, tokens for any other service of the issuer are accepted\n\nhelp: write `audience = [\"…\"]`, as tokens have it in their claim `aud` or `client_id`",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = []))"#,
                "without an audience, tokens for any other service",
            ),
            (
                r#"authorizer(jwt(issuer = "http://a.example", audience = "a"))"#,
                "`http://a.example` is not the URL of an issuer",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = Shop))"#,
                "expected a recipient in quotes, or `param(\"…\")`, found `Shop`",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a", identity = "authorization"))"#,
                "expected `header(\"…\")` or `query(\"…\")`, found a string",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a", identity = header("a b")))"#,
                "`a b` is not the name of a header",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a", scopes = ["a"]))"#,
                "unknown key `scopes` in `jwt`\n\nhelp: a route has scopes",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a", claims = "UserClaims"))"#,
                "`claims`",
            ),
            (
                r#"authorizer(cognito(pool = "eu-west-1_aBc", clients = "a"))"#,
                "`eu-west-1_aBc` is not the ARN of a user pool",
            ),
            (r#"authorizer(cognito(clients = "a"))"#, "`cognito` needs a user pool"),
            (r#"authorizer(cognito(pool = overlay("A")))"#, "`cognito` needs the clients"),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a"), cognito(pool = overlay("A"), clients = "a"))"#,
                "an authorizer accepts one kind of tokens",
            ),
            (
                r#"authorizer(jwt(issuer = "https://a.example", audience = "a"), retain)"#,
                "unknown key `retain` in `authorizer`",
            ),
        ] {
            let message = rejected_authorizer(text);
            assert!(message.starts_with(start), "{text}: {message}");
        }
    }
}
