use skylift::prelude::*;

#[function(env(TABLE = "orders-${Stage}"))]
async fn work() -> Result<(), Error> {
    Ok(())
}

fn main() {}
