use skylift::prelude::*;

#[function(schedule = "")]
async fn empty_schedule() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "5 minutes")]
async fn bare_period() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "RATE(5 minutes)")]
async fn upper_case_form() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5 minutes")]
async fn unclosed() -> Result<(), Error> {
    Ok(())
}

fn main() {}
