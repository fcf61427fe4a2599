use skylift::prelude::*;

#[function(trigger = sq)]
async fn misspelt_source() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = carrier_pigeon)]
async fn source_of_nothing() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = "s3")]
async fn source_in_quotes() -> Result<(), Error> {
    Ok(())
}

fn main() {}
