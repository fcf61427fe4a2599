use skylift::prelude::*;

#[function(timeout = '3s')]
async fn literal_of_rustc() -> Result<(), Error> {
    Ok(())
}

#[function]
async fn beside_literal_of_rustc() -> Result<(), Error> {
    Ok(())
}

fn main() {}
