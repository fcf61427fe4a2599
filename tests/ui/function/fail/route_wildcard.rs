use skylift::prelude::*;

#[function(trigger = http("GET /files/*"))]
async fn with_a_star() -> &'static str {
    "no"
}

#[function(trigger = http("GET /files/{*rest}"))]
async fn as_axum_writes_it() -> &'static str {
    "no"
}

#[function(trigger = http(method = GET, path = "/orders/<int:id>"))]
async fn as_flask_writes_it() -> &'static str {
    "no"
}

fn main() {}
