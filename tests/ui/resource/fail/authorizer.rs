use skylift::prelude::*;

#[resource(authorizer)]
pub struct AuthorizerOfNothing;

#[resource(authorizer(jwt(issuer = "id.example", audience = ["shop"])))]
pub struct AuthorizerWithoutScheme;

#[resource(authorizer(jwt(issuer = "https://id.example")))]
pub struct AuthorizerForAll;

#[resource(authorizer(cognito(pool = "eu-west-1_aBc", clients = ["web"])))]
pub struct AuthorizerOfId;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"], identity = "x-token")))]
pub struct AuthorizerByText;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"]), existing = "users"))]
pub struct AuthorizerThatExists;

#[resource(jwt(issuer = "https://id.example"))]
pub struct AuthorizerWithoutKind;

pub struct AuthorizerClaims;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"], claims = AuthorizerClaims)))]
pub struct AuthorizerOfOpaqueClaims;

// An authorizer with errors has no further errors where it is used.
#[function(trigger = http("GET /authorizer/broken", auth = AuthorizerForAll))]
async fn authorizer_broken(Claims(user): Claims<AuthorizerForAll>) -> &'static str {
    drop(user);
    ""
}

fn main() {}
