use skylift::prelude::*;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"])))]
struct UrlUsers;

#[function(trigger = http("GET /url-beside/token", auth = UrlUsers), trigger = url(auth = iam))]
async fn url_beside_token() -> &'static str {
    ""
}

#[function(trigger = url(auth = none), trigger = http("GET /url-beside/signed", auth = iam))]
async fn url_beside_signature() -> &'static str {
    ""
}

#[function(trigger = url(auth = none))]
async fn url_claims(Claims(user): Claims<UrlUsers>) -> String {
    user.sub
}

fn main() {}
