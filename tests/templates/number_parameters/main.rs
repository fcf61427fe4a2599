//% [package.metadata.skylift]
//% memory = { param = "Memory" }
//% log_retention = { param = "Retention" }
//% [package.metadata.skylift.parameters]
//% Memory = { default = "256", min = 128, max = 1024 }
//% Seconds = { default = "20", max = 25 }

use skylift::prelude::*;

#[function(trigger = http("GET /"), timeout = param("Seconds"))]
async fn page() -> &'static str {
    "hello"
}

#[function(
    trigger = sqs,
    timeout = param("Seconds"),
    ephemeral_storage = param("Disk"),
    reserved_concurrency = param("Most"),
)]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(memory = 512, retries = param("Retries"), max_event_age = param("Age"), log_retention = 7)]
async fn later() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
