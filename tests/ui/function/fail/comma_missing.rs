use skylift::prelude::*;

#[function(memory = 256 timeout = "5s")]
async fn no_comma() -> Result<(), Error> {
    Ok(())
}

fn main() {}
