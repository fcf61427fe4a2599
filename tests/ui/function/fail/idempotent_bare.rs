use skylift::prelude::*;

#[function(idempotent)]
async fn bare_idempotent() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(ttl = "1h"))]
async fn without_a_key() -> Result<(), Error> {
    Ok(())
}

fn main() {}
