use skylift::prelude::*;

/// Scales with its use, between two bounds.
#[function(
    trigger = http("GET /page"),
    reserved_concurrency = 20,
    provisioned_concurrency(min = 1, max = 10, target = 0.6),
)]
async fn page() -> &'static str {
    "page"
}

/// Has more environments by day than at night.
#[function(
    provisioned_concurrency(
        min = 1,
        max = 4,
        schedule(at = "cron(0 8 ? * MON-FRI *)", min = 10, max = 20, time_zone = "Europe/Berlin"),
        schedule(at = "cron(0 18 ? * MON-FRI *)", min = 1, time_zone = "Europe/Berlin"),
        schedule(at = "at(2026-11-27T06:00:00)", min = 50),
    ),
)]
async fn orders() -> Result<(), Error> {
    Ok(())
}

/// Scales only on a schedule.
#[function(
    name = "night-of-acme",
    provisioned_concurrency(
        min = 1,
        schedule(at = "cron(0 22 * * ? *)", min = 3),
        schedule(at = "cron(0 6 * * ? *)", min = 1),
    ),
)]
async fn night() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
