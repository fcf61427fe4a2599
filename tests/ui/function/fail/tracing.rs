use skylift::prelude::*;

#[function(tracing = passive)]
async fn looks_on() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Tracing": "Active", "LoggingConfig": { "LogFormat": "JSON" } })]
async fn goes_around_the_keys() -> Result<(), Error> {
    Ok(())
}

fn main() {}
