use skylift::prelude::*;

/// Keeps three environments warm, with the default hold of each ping.
#[function(trigger = http("GET /prices"), keep_warm(every = "5 minutes", instances = 3))]
async fn prices() -> &'static str {
    "1"
}

/// Keeps as many environments of an alias warm as a rule can have targets.
#[function(
    timeout = "10s",
    provisioned_concurrency = 1,
    keep_warm(every = "cron(0/4 6-22 ? * MON-FRI *)", instances = 5, hold = "1s"),
)]
async fn report() -> Result<(), Error> {
    Ok(())
}

/// Keeps one environment warm, with a schedule event of SAM.
#[function(keep_warm(every = "10m"))]
async fn one_alone() -> Result<(), Error> {
    Ok(())
}

#[resource(queue(id = "KeepWarm"))]
pub struct Jobs;

/// Has a queue whose event has the id that the rule would have.
#[function(trigger = sqs(queue = Jobs), keep_warm(every = "rate(5 minutes)", instances = 2))]
async fn work(batch: SqsEvent) -> Result<(), Error> {
    println!("{}", batch.records.len());
    Ok(())
}

skylift::main!();
