use skylift::prelude::*;

#[function(memory = )]
async fn nothing_after_equals() -> Result<(), Error> {
    Ok(())
}

#[function(timeout)]
async fn key_alone() -> Result<(), Error> {
    Ok(())
}

#[function(memory = 256,, timeout = "5s")]
async fn two_commas() -> Result<(), Error> {
    Ok(())
}

fn main() {}
