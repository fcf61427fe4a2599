use skylift::prelude::*;

#[function(trigger = http("GET orders"))]
async fn relative_path() -> &'static str {
    "no"
}

#[function(trigger = http("GET /orders/"))]
async fn slash_at_the_end() -> &'static str {
    "no"
}

#[function(trigger = http("GET /orders//all"))]
async fn empty_segment() -> &'static str {
    "no"
}

#[function(trigger = http("GET /orders?open=1"))]
async fn with_a_query() -> &'static str {
    "no"
}

#[function(trigger = http("GET /orders/{id"))]
async fn unclosed_brace() -> &'static str {
    "no"
}

#[function(trigger = http("GET /orders/no-{id}"))]
async fn half_a_segment() -> &'static str {
    "no"
}

#[function(trigger = http("GET /{rest+}/end"))]
async fn greedy_in_the_middle() -> &'static str {
    "no"
}

#[function(trigger = http("GET /{id}/{id}"))]
async fn one_name_twice() -> &'static str {
    "no"
}

fn main() {}
