use skylift::prelude::*;

#[function(trigger = http("GET /report"), timeout = "31s")]
async fn slow_page() -> &'static str {
    "done"
}

fn main() {}
