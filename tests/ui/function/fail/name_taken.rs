use skylift::prelude::*;

#[function(name = "billing")]
async fn bills() -> Result<(), Error> {
    Ok(())
}

#[function(name = "billing")]
async fn invoices() -> Result<(), Error> {
    Ok(())
}

fn main() {}
