use skylift::prelude::*;

#[function(max_event_age = "59s")]
async fn too_young_events() -> Result<(), Error> {
    Ok(())
}

#[function(max_event_age = "7h")]
async fn too_old_events() -> Result<(), Error> {
    Ok(())
}

fn main() {}
