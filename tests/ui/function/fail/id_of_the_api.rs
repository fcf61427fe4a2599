use skylift::prelude::*;

#[function(trigger = http, id = "ServerlessHttpApi")]
async fn everything() -> &'static str {
    "here"
}

fn main() {}
