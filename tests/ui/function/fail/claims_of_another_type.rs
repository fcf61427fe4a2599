use skylift::http::Query;
use skylift::prelude::{function, resource};

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"])))]
#[derive(serde::Deserialize)]
pub struct AnotherUsers;

pub type Claims<T> = Query<T>;

#[function(trigger = http("GET /claims/another-type", auth = AnotherUsers))]
async fn claims_of_another_type(_user: Claims<AnotherUsers>) -> &'static str {
    ""
}

fn main() {}
