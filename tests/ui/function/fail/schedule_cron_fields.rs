use skylift::prelude::*;

#[function(schedule = "cron(0 12 * * ?)")]
async fn five_fields() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 0 12 * * ? *)")]
async fn seven_fields() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 ? * ? *)")]
async fn both_days_any() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 1 * MON *)")]
async fn no_day_any() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 * * ? ?)")]
async fn year_any() -> Result<(), Error> {
    Ok(())
}

fn main() {}
