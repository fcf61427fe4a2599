use skylift::prelude::*;

#[function(trigger = http(path = "/pathless"))]
async fn no_method() -> &'static str {
    "no"
}

#[function(trigger = http(method = GET))]
async fn no_path() -> &'static str {
    "no"
}

#[function(trigger = http("/orders"))]
async fn path_alone() -> &'static str {
    "no"
}

#[function(trigger = http("GET /a", method = GET, path = "/a"))]
async fn said_twice() -> &'static str {
    "no"
}

fn main() {}
