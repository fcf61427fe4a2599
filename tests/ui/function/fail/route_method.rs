use skylift::prelude::*;

#[function(trigger = http("FETCH /pages"))]
async fn fetches() -> &'static str {
    "fetched"
}

#[function(trigger = http(method = GETS, path = "/gets"))]
async fn gets() -> &'static str {
    "got"
}

#[function(trigger = http(method = 1, path = "/one"))]
async fn method_of_one() -> &'static str {
    "one"
}

fn main() {}
