use skylift::prelude::*;

#[function(memory = 64)]
async fn memory_too_small() -> Result<(), Error> {
    Ok(())
}

fn main() {}
