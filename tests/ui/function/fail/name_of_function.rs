use skylift::prelude::*;

#[function(name = "no spaces")]
async fn name_with_space() -> Result<(), Error> {
    Ok(())
}

#[function(name = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
async fn name_too_long() -> Result<(), Error> {
    Ok(())
}

fn main() {}
