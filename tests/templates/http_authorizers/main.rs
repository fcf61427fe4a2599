//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//%
//% [package.metadata.skylift.http]
//% auth = "Users"
//% cors = { origins = ["https://shop.example"] }
use serde::Deserialize;
use skylift::http::Claims;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct UserClaims {
    sub: String,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
}

#[resource(authorizer(cognito(
    pool = overlay("Pool"),
    clients = [overlay("Web"), param("MobileClient")],
    claims = UserClaims,
)))]
pub struct Users;

#[resource(authorizer(jwt(
    issuer = "https://robots.example",
    audience = ["shop"],
    identity = query("token"),
)))]
pub struct Robots;

#[function(trigger = http("GET /me", scopes = ["profile", "shop/read"]))]
async fn me(Claims(user): Claims<Users>) -> String {
    format!("{} {}", user.sub, user.groups.join(" "))
}

#[function(trigger = http("GET /greeting"), trigger = http("GET /", auth = none))]
async fn greet(user: Option<Claims<Users>>) -> String {
    user.map_or_else(|| "hello".to_owned(), |Claims(user)| format!("hello {}", user.sub))
}

#[function(trigger = http("POST /parts", auth = Robots, throttle(rate = 10, burst = 5)))]
async fn build(Claims(robot): Claims<Robots>, body: String) -> String {
    format!("{} {body}", robot.sub)
}

#[function(trigger = http("ANY /admin/{path+}", auth = iam))]
async fn admin(Path(path): Path<String>) -> String {
    path
}

/// Takes the preflight requests of browsers, which have no signature.
#[function(trigger = http("OPTIONS /admin/{path+}", auth = none))]
async fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}

skylift::main!();
