use skylift::prelude::*;

#[function]
async fn größe() -> Result<(), Error> {
    Ok(())
}

fn main() {}
