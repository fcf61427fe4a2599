use skylift::prelude::*;

#[function(idempotent(key = "$.id", store = "seen"))]
async fn store_by_name() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", store = Undeclared))]
async fn store_undeclared() -> Result<(), Error> {
    Ok(())
}

fn main() {}
