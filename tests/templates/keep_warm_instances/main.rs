use skylift::prelude::*;

/// Three environments, each ping held for as long as it is by default.
#[function(trigger = http("GET /prices"), keep_warm(every = "5 minutes", instances = 3))]
async fn prices() -> &'static str {
    "1"
}

/// As many as a rule has targets, at an alias.
#[function(
    timeout = "10s",
    provisioned_concurrency = 1,
    keep_warm(every = "cron(0/4 6-22 ? * MON-FRI *)", instances = 5, hold = "1s"),
)]
async fn report() -> Result<(), Error> {
    Ok(())
}

/// One alone stays SAM's event.
#[function(keep_warm(every = "10m"))]
async fn one_alone() -> Result<(), Error> {
    Ok(())
}

#[resource(queue(id = "KeepWarm"))]
pub struct Jobs;

/// The event of its queue has the name that the rule would have had.
#[function(trigger = sqs(queue = Jobs), keep_warm(every = "rate(5 minutes)", instances = 2))]
async fn work(batch: SqsEvent) -> Result<(), Error> {
    println!("{}", batch.records.len());
    Ok(())
}

skylift::main!();
