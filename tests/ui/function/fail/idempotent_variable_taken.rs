use skylift::prelude::*;

#[function(idempotent(key = "$.id"), env(TAKES_THE_VARIABLE_IDEMPOTENCY_TABLE_NAME = "mine"))]
async fn takes_the_variable() -> Result<(), Error> {
    Ok(())
}

fn main() {}
