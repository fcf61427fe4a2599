use skylift::prelude::*;

#[function(idempotent(key = "$.id", ttl = "2 years"))]
async fn kept_too_long() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", ttl = "366d"))]
async fn kept_a_day_too_long() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", ttl = "0s"))]
async fn not_kept_at_all() -> Result<(), Error> {
    Ok(())
}

fn main() {}
