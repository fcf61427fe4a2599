#![deny(warnings)]

use skylift::prelude::*;

#[function(
    trigger = http("GET /prices"),
    reserved_concurrency = 5,
    keep_warm(every = "cron(0/5 8-18 ? * MON-FRI *)", instances = 5, hold = "100ms"),
    cold_start_metric,
)]
async fn kept_warm() -> &'static str {
    "1"
}

#[function(keep_warm(every = "5m"), cold_start_metric = false)]
async fn kept_warm_alone() -> Result<(), Error> {
    Ok(())
}

#[function(
    trigger = sqs,
    reserved_concurrency = 20,
    provisioned_concurrency(
        min = 1,
        max = 10,
        target = 0.7,
        schedule(at = "cron(0 8 ? * MON-FRI *)", min = 10, max = 20, time_zone = "Europe/Berlin"),
        schedule(at = "cron(0 8 ? * MON-FRI *)", min = 5),
        schedule(at = "at(2028-02-29T00:00:00)", min = 1),
        schedule(at = "rate(1 day)", min = 1),
    ),
    properties = { "SnapStart": { "ApplyOn": "None" } },
)]
async fn scaled(batch: SqsEvent) -> Result<(), Error> {
    println!("{}", batch.records.len());
    Ok(())
}

fn main() {}
