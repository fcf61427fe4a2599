use skylift::prelude::*;

#[resource(authorizer(jwt(issuer = "https://id.example", audience = ["shop"])))]
pub struct RouteUsers;

#[resource(queue)]
pub struct RouteJobs;

#[function(trigger = http("GET /route-auth/near", auth = RouteUsres))]
async fn route_auth_near() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/kind", auth = RouteJobs))]
async fn route_auth_kind() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/quoted", auth = "RouteUsers"))]
async fn route_auth_quoted() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/word", auth = public))]
async fn route_auth_word() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/scopes", auth = iam, scopes = ["read"]))]
async fn route_auth_scopes() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/space", auth = RouteUsers, scopes = ["read write"]))]
async fn route_auth_space() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/silent"))]
async fn route_auth_silent() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/limits", auth = none, throttle(rate = 5)))]
async fn route_auth_limits() -> &'static str {
    ""
}

#[function(trigger = http("GET /route-auth/foreign", authorizer = RouteUsers))]
async fn route_auth_foreign() -> &'static str {
    ""
}

fn main() {}
