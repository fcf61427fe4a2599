use skylift::prelude::*;

#[function(retries = 3)]
async fn too_many_retries() -> Result<(), Error> {
    Ok(())
}

fn main() {}
