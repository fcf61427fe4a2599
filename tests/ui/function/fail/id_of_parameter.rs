use skylift::prelude::*;

#[function(env(TABLE = param("Inventory")))]
async fn inventory() -> Result<(), Error> {
    Ok(())
}

fn main() {}
