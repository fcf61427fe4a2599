use skylift::prelude::*;

#[function(schedule = "cron(0 0 31 2 ? *)")]
async fn on_a_day_that_does_not_exist() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 0 1 1 ? 2020)")]
async fn in_a_year_that_is_over() -> Result<(), Error> {
    Ok(())
}

fn main() {}
