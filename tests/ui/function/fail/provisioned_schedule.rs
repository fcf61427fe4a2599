use skylift::prelude::*;

#[function(provisioned_concurrency(min = 1, schedule(min = 2)))]
async fn never_says_when() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, schedule(at = "cron(0 8 * * *)", min = 2)))]
async fn five_fields() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, schedule(at = "at(2027-02-29T08:00:00)", min = 2)))]
async fn no_such_day() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, schedule(at = "at(2026-11-27T06:00:00Z)", min = 2)))]
async fn a_zone_in_the_time() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, schedule = "cron(0 8 * * ? *)"))]
async fn a_bare_schedule() -> Result<(), Error> {
    Ok(())
}

#[function(
    provisioned_concurrency(
        min = 1,
        schedule(at = "cron(0 8 * * ? *)", min = 2),
        schedule(at = "cron(0 8 * * ? *)", min = 3),
    ),
)]
async fn two_at_one_time() -> Result<(), Error> {
    Ok(())
}

fn main() {}
