use skylift::prelude::*;

#[function(schedule = "rate(1 minutes)")]
async fn plural_of_one() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5 minute)")]
async fn singular_of_many() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(0 minutes)")]
async fn every_zero_minutes() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(-5 minutes)")]
async fn into_the_past() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(five minutes)")]
async fn number_in_words() -> Result<(), Error> {
    Ok(())
}

fn main() {}
