//! Messages about the HTTP API: its settings, its authorizers, and the authorization of its routes.

use skylift_model::message::Message;

use super::values;

// Settings.

/// Reports that `throttle` has only one of its two numbers. `key` is the missing one.
pub(crate) fn throttle_without(key: &str) -> Message {
    let when = if key == "rate" { "in a second" } else { "at once" };
    Message::new(format!("`throttle` needs `{key}`: how many requests API Gateway takes {when}"))
        .with_help("write `throttle(rate = 100, burst = 50)`")
}

/// Reports that a domain has no `name` or no `certificate`.
pub(crate) fn domain_without(key: &str) -> Message {
    let example = if key == "name" { "api.shop.example" } else { "arn:aws:acm:…" };
    Message::new(format!("`domain` needs a `{key}`"))
        .with_help(format!("write `{key} = \"{example}\"`"))
}

/// Reports that a text is not the ARN of a certificate.
pub(crate) fn not_a_certificate(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a certificate"))
        .with_help("write `arn:aws:acm:REGION:ACCOUNT:certificate/ID`, of the region of the stack")
}

/// Reports that mutual TLS has no file with certificates.
pub(crate) fn mutual_tls_without_truststore() -> Message {
    Message::new("`mutual_tls` needs the certificates that it accepts")
        .with_help("write `truststore = \"s3://BUCKET/truststore.pem\"`")
}

/// Reports that an API has no URL.
pub(crate) fn api_without_url() -> Message {
    Message::new("nothing leads to the API: it has neither a domain nor the URL of API Gateway")
        .with_help("write `domain = { name = \"…\", certificate = \"arn:…\" }` as well")
}

/// Reports that an API with mutual TLS has the URL of API Gateway too, which needs no certificate.
pub(crate) fn mutual_tls_beside_own_url() -> Message {
    Message::new("mutual TLS protects the domain alone, and the URL of API Gateway leads past it")
        .with_help("write `execute_api = false` as well")
}

// Authorizers.

/// Reports that an authorizer says nothing about its tokens.
pub(crate) fn authorizer_without_tokens() -> Message {
    Message::new("an authorizer needs the tokens that it accepts").with_help(
        "write `authorizer(jwt(issuer = \"https://…\", audience = [\"…\"]))`, or `authorizer(cognito(pool = overlay(\"…\"),\nclients = [overlay(\"…\")]))`",
    )
}

/// Reports that an authorizer has both `jwt` and `cognito`.
pub(crate) fn two_kinds_of_tokens() -> Message {
    Message::new("an authorizer accepts one kind of tokens")
        .with_help("declare a second authorizer, with a struct of its own")
}

/// Reports that `jwt` has no issuer.
pub(crate) fn jwt_without_issuer() -> Message {
    Message::new("`jwt` needs the issuer of the tokens")
        .with_help("write `issuer = \"https://…\"`, as tokens have it in their claim `iss`")
}

/// The text about an authorizer without an audience.
const NO_AUDIENCE: &str =
    "without an audience, tokens for any other service of the issuer are accepted";

/// Reports that `jwt` has no audience.
pub(crate) fn jwt_without_audience() -> Message {
    Message::new(NO_AUDIENCE).with_help(
        "write `audience = [\"…\"]`, as tokens have it in their claim `aud` or `client_id`",
    )
}

/// Reports that a list of recipients is empty.
pub(crate) fn empty_audience() -> Message {
    Message::new(NO_AUDIENCE).with_help("name at least one recipient")
}

/// Reports that an audience has more recipients than AWS takes.
pub(crate) fn too_many_recipients(count: usize, limit: usize) -> Message {
    Message::new(format!("an audience of {count} recipients, AWS takes {limit}"))
}

/// Reports that `cognito` has no user pool.
pub(crate) fn cognito_without_pool() -> Message {
    Message::new("`cognito` needs a user pool")
        .with_help("write `pool = overlay(\"Pool\")`, or the ARN of the pool in quotes")
}

/// Reports that `cognito` has no clients.
pub(crate) fn cognito_without_clients() -> Message {
    Message::new("`cognito` needs the clients whose tokens it accepts")
        .with_help("write `clients = [overlay(\"Client\")]`, or the ids of app clients in quotes")
}

/// Reports that a text is not the ARN of a user pool.
pub(crate) fn not_a_user_pool(text: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a user pool")).with_help(
        "write `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/REGION_ID`, or `overlay(\"…\")` for a pool of the overlay",
    )
}

// Authorization of routes.

/// Reports that the value of `auth` is none. `found` describes the value, and `quoted` is the name of a type in it that is
/// in quotes.
pub(crate) fn not_an_authorization(found: &str, quoted: Option<&str>) -> Message {
    let help = match quoted {
        Some(name) => format!("write `auth = {name}`"),
        None => "write `auth = Users`, the struct with `#[resource(authorizer(…))]`, or `auth = none` for a route that anyone can call".to_owned(),
    };
    values::expected("the path of an authorizer, `iam` or `none`", found).with_help(help)
}

/// Reports that a route has scopes beside an authorization without tokens: `word`.
pub(crate) fn scopes_beside(word: &str) -> Message {
    Message::new(format!("only a token has scopes, and `auth = {word}` takes none"))
        .with_help("name an authorizer: `auth = Users`, or leave `scopes` out")
}

/// Reports that a list of scopes is empty.
pub(crate) fn no_scopes() -> Message {
    Message::new("an empty list of scopes says nothing")
        .with_help("leave `scopes` out: any token of the authorizer is then enough")
}

/// Reports that a scope has a space.
pub(crate) fn several_scopes_in_a_text(text: &str) -> Message {
    let scopes: Vec<String> = text.split_whitespace().map(|scope| format!("{scope:?}")).collect();
    Message::new(format!("`{text}` has a space, and a scope has none"))
        .with_help(format!("write `[{}]`: a token needs one of them", scopes.join(", ")))
}

/// Reports that a route has more scopes than AWS takes.
pub(crate) fn too_many_scopes(count: usize, limit: usize) -> Message {
    Message::new(format!("{count} scopes, AWS takes {limit}"))
}

/// Reports that a handler takes claims inside another type than `Option`. `ty` is the type, and `inner` are the claims.
/// `name` is the name of the parameter.
pub(crate) fn wrapped_claims(ty: &str, name: &str, inner: &str) -> Message {
    Message::new(format!("a handler takes `{inner}` itself, not inside `{ty}`")).with_help(format!(
        "write `{name}: {inner}`, or `Option<{inner}>` if some of its routes are open"
    ))
}
