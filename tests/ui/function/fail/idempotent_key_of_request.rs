use skylift::prelude::*;

#[function(trigger = http("POST /a"), idempotent(key = "$.id"))]
async fn not_a_field_of_a_request() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("POST /b"), idempotent(key = "$.header['idempotency-key']"))]
async fn misspelt_field_of_a_request() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("POST /c"), idempotent(key = "$.body.id", check = "$"))]
async fn whole_request() -> Result<(), Error> {
    Ok(())
}

fn main() {}
