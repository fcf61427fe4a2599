use skylift::prelude::*;

#[function(schedule = "rate(30 seconds)")]
async fn every_thirty_seconds() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(2 weeks)")]
async fn every_two_weeks() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5)")]
async fn every_five_of_what() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5 Minutes)")]
async fn upper_case_unit() -> Result<(), Error> {
    Ok(())
}

fn main() {}
