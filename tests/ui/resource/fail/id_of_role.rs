use skylift::prelude::*;

#[function]
async fn pack() -> Result<(), Error> {
    Ok(())
}

#[resource(bucket)]
pub struct PackRole;

fn main() {}
