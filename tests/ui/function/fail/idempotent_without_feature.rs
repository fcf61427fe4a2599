use skylift::prelude::*;

#[function(idempotent(key = "$.id"))]
async fn without_the_feature() -> Result<(), Error> {
    Ok(())
}

fn main() {}
