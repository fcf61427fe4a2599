use skylift::prelude::*;

#[function(idempotent(key = "id"))]
async fn without_a_root() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.idempotency-key"))]
async fn without_quotes() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = ["$.customer", "$.orders[*].id"]))]
async fn several_values() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = ["$.order", "$['order']"]))]
async fn key_named_twice() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = []))]
async fn no_path() -> Result<(), Error> {
    Ok(())
}

fn main() {}
