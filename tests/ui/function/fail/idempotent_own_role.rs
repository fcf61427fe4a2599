use skylift::prelude::*;

#[function(
    idempotent(key = "$.id"),
    properties = { "Role": "arn:aws:iam::123456789012:role/mine" },
)]
async fn with_a_role_of_its_own() -> Result<(), Error> {
    Ok(())
}

fn main() {}
