use skylift::prelude::*;

#[function(schedule = "cron(60 12 * * ? *)")]
async fn minute_sixty() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(*/60 12 * * ? *)")]
async fn step_of_sixty() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 24 * * ? *)")]
async fn hour_twenty_four() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 ? * 0 *)")]
async fn day_of_week_zero() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 ? * 8 *)")]
async fn day_of_week_eight() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 32 * ? *)")]
async fn day_thirty_two() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 * FOO ? *)")]
async fn month_of_no_name() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "cron(0 12 ? * MON#6 *)")]
async fn sixth_monday() -> Result<(), Error> {
    Ok(())
}

fn main() {}
