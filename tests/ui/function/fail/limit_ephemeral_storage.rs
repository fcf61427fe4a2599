use skylift::prelude::*;

#[function(ephemeral_storage = 511)]
async fn too_little_storage() -> Result<(), Error> {
    Ok(())
}

fn main() {}
