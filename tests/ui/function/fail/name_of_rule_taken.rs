use skylift::prelude::*;

#[function(trigger = schedule("rate(1 day)", name = "nightly"))]
async fn cleans_nightly() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = schedule("rate(1 day)", name = "nightly"))]
async fn counts_nightly() -> Result<(), Error> {
    Ok(())
}

fn main() {}
