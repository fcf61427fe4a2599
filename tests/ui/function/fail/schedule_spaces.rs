use skylift::prelude::*;

#[function(schedule = "rate(5  minutes)")]
async fn doubled_space() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate( 5 minutes)")]
async fn leading_space() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5 minutes )")]
async fn trailing_space() -> Result<(), Error> {
    Ok(())
}

#[function(schedule = "rate(5minutes)")]
async fn missing_space() -> Result<(), Error> {
    Ok(())
}

fn main() {}
