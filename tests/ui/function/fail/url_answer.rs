use skylift::prelude::*;

#[function(trigger = url(auth = none))]
async fn error_without_status() -> Result<String, String> {
    Err("no".to_owned())
}

#[function(trigger = url(auth = none), trigger = sqs)]
async fn other_events(body: String) -> String {
    body
}

fn main() {}
