use skylift::prelude::*;

#[function(schedule = 5)]
async fn schedule_as_number() -> Result<(), Error> {
    Ok(())
}

fn main() {}
