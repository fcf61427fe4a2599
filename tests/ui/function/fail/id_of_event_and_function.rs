use skylift::prelude::*;

#[function(schedule = "rate(1 hour)")]
async fn tidy() -> Result<(), Error> {
    Ok(())
}

#[function]
async fn tidy_schedule() -> Result<(), Error> {
    Ok(())
}

fn main() {}
