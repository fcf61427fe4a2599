use skylift::prelude::*;

pub struct Nightly;

#[function(schedule = "rate(1 day)")]
async fn takes_its_own(event: Nightly) -> Result<(), Error> {
    let Nightly = event;
    Ok(())
}

fn main() {}
