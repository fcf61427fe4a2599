use skylift::prelude::*;

#[function(reserved_concurrency = 5, provisioned_concurrency(min = 1, max = 6))]
async fn scales_past_reserved() -> Result<(), Error> {
    Ok(())
}

#[function(
    reserved_concurrency = 5,
    provisioned_concurrency(min = 1, schedule(at = "cron(0 8 * * ? *)", min = 6)),
)]
async fn scheduled_past_reserved() -> Result<(), Error> {
    Ok(())
}

fn main() {}
