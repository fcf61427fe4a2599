use skylift::prelude::*;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"])))]
pub struct FeatureUsers;

fn main() {}
