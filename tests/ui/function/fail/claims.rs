use skylift::prelude::*;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"])))]
pub struct ClaimsUsers;

#[resource(authorizer(jwt(issuer = "https://robots.example", audience = ["shop"])))]
pub struct ClaimsRobots;

#[function(trigger = http("GET /claims/open", auth = none))]
async fn claims_of_open_route(Claims(user): Claims<ClaimsUsers>) -> String {
    user.sub
}

#[function(trigger = http("GET /claims/other", auth = ClaimsRobots))]
async fn claims_of_other_authorizer(Claims(user): Claims<ClaimsUsers>) -> String {
    user.sub
}

#[function(trigger = http("GET /claims/a", auth = ClaimsUsers), trigger = http("GET /claims/b", auth = ClaimsRobots))]
async fn claims_of_two_authorizers(Claims(user): Claims<ClaimsUsers>) -> String {
    user.sub
}

#[function(trigger = http("GET /claims/none", auth = none))]
async fn claims_of_no_route(user: Option<Claims<ClaimsUsers>>) -> &'static str {
    user.map_or("nobody", |_| "somebody")
}

#[function]
async fn claims_without_route(Claims(user): Claims<ClaimsUsers>) -> Result<String, Error> {
    Ok(user.sub)
}

#[function(trigger = http("GET /claims/undeclared", auth = ClaimsUsers))]
async fn claims_of_nothing(Claims(user): Claims<ClaimsUser>) -> String {
    user.sub
}

#[function(trigger = http("GET /claims/wrapped", auth = ClaimsUsers))]
async fn claims_wrapped(user: Result<Claims<ClaimsUsers>, Error>) -> &'static str {
    user.map_or("nobody", |_| "somebody")
}

#[function(trigger = http("GET /claims/resource", auth = ClaimsUsers))]
async fn claims_as_resource(users: Reader<ClaimsUsers>) -> &'static str {
    drop(users);
    ""
}

fn main() {}
