use skylift::prelude::*;

#[function(idempotent(keys = "$.id", key = "$.id"))]
async fn unknown_key_of_idempotent() -> Result<(), Error> {
    Ok(())
}

fn main() {}
