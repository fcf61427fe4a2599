use skylift::prelude::*;

#[function(
    provisioned_concurrency(min = 1, schedule(at = "cron(0 8 * * ? *)", min = 2, time_zone = "Europe/Berln")),
)]
async fn a_slip() -> Result<(), Error> {
    Ok(())
}

#[function(
    provisioned_concurrency(min = 1, schedule(at = "cron(0 8 * * ? *)", min = 2, time_zone = "+01:00")),
)]
async fn an_offset() -> Result<(), Error> {
    Ok(())
}

#[function(
    provisioned_concurrency(min = 1, schedule(at = "rate(1 day)", min = 2, time_zone = "UTC")),
)]
async fn of_a_rate() -> Result<(), Error> {
    Ok(())
}

fn main() {}
