use skylift::prelude::*;

#[function(keep_warm(every = "5 minutes", instances = 2, hold = 100))]
async fn held_for_a_number() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "5 minutes", instances = 2, hold = "0.1s"))]
async fn held_for_a_fraction() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "5 minutes", instances = 2, hold = "1m"))]
async fn held_for_too_long() -> Result<(), Error> {
    Ok(())
}

fn main() {}
