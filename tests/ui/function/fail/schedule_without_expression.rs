use skylift::prelude::*;

#[function(trigger = schedule)]
async fn bare_schedule() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = schedule(enabled = false))]
async fn schedule_of_settings_only() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = schedule("rate(1 hour)", "rate(1 day)"))]
async fn two_expressions() -> Result<(), Error> {
    Ok(())
}

fn main() {}
